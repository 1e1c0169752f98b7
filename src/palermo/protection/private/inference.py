"""Do records tell more of those in the file than of others? Two attacks, each made on both.

After Giomi and others (2023), "A unified framework for quantifying privacy risk in synthetic data": an attack counts
only as far as it succeeds more often on people in the file than on people of the same kind who are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.protection.private.chances import least_rate, most_rate
from palermo.protection.private.layout import Codes

__all__ = ["Risk", "attribute_inference", "rare_combinations", "singling_out"]

Flags = npt.NDArray[np.bool_]
_MOST = 0.05


@dataclass(frozen=True, slots=True)
class Risk:
    """How often an attack succeeds on those in the file and on others."""

    attacks: int
    people: int
    """How many different people were attacked, or records of them."""
    inside: float
    outside: float

    @property
    def excess(self) -> float:
        """How much of what could be hidden from the attacker is not, because people are in the file."""
        return (self.inside - self.outside) / max(1e-9, 1 - self.outside)

    @property
    def excess_at_least(self) -> float:
        """What of the excess chance does not explain; attacks on the same people count once."""
        size = min(self.attacks, self.people)
        inside, outside = least_rate(self.inside * size, size), most_rate(self.outside * size, size)
        return (inside - outside) / max(1e-9, 1 - outside)

    @property
    def passed(self) -> bool:
        """Whether no excess above 5 in 100 is proven."""
        return self.excess_at_least <= _MOST


def attribute_inference(made: Codes, inside: Codes, outside: Codes, *, attacks: int, seed: int) -> Risk:
    """Guess one column of a person from the record that is most like the person in all others."""
    random = np.random.default_rng(seed)
    rates = []
    for people in (inside, outside):
        chosen = people[random.integers(0, len(people), attacks)]
        secret = random.integers(0, made.shape[1], attacks)
        guesses = _nearest(made, chosen, secret)
        rates.append(float((guesses == chosen[np.arange(attacks), secret]).mean()))
    return Risk(attacks, len(inside), *rates)


def singling_out(made: Codes, inside: Codes, outside: Codes, *, attacks: int, seed: int) -> Risk:
    """Say of a combination that one record has, and no other, that exactly one person has it."""
    random = np.random.default_rng(seed)
    outside = outside[: len(inside)]
    found = [0, 0]
    tried, attacked = 0, set()
    for _ in range(20 * attacks):
        nth = int(random.integers(0, len(made)))
        row = made[nth]
        filled = np.flatnonzero(row >= 0)
        columns = random.permutation(filled)[: random.integers(3, 9)]
        if tried == attacks or len(columns) < 2 or (made[:, columns] == row[columns]).all(axis=1).sum() != 1:
            continue
        tried += 1
        attacked.add(nth)
        for number, people in enumerate((inside, outside)):
            found[number] += int((people[:, columns] == row[columns]).all(axis=1).sum() == 1)
    return Risk(tried, len(attacked), found[0] / max(1, tried), found[1] / max(1, tried))


def rare_combinations(made: Flags, inside: npt.NDArray[np.int32], outside: npt.NDArray[np.int32], people: int) -> Risk:
    """Ask how many pairs that one person in the file has are released, and how many that one person elsewhere has.

    Parameters
    ----------
    made
        Whether each pair is in the records.
    inside, outside : shape (pairs,)
        How many people have it.
    people
        How many there are on each side.
    """
    only_inside, only_outside = (inside == 1) & (outside == 0), (outside == 1) & (inside == 0)
    attacks = int(min(only_inside.sum(), only_outside.sum()))
    rates = [float(made[chosen].mean()) if chosen.any() else 0.0 for chosen in (only_inside, only_outside)]
    return Risk(attacks, people, *rates)


@njit(cache=True)
def _nearest(made, people, secret):  # type: ignore[no-untyped-def]
    """Give the secret column of the record that agrees with each person in most other filled columns."""
    guesses = np.empty(len(people), np.int32)
    for person in range(len(people)):
        best, most = 0, -1
        for row in range(len(made)):
            same = 0
            for column in range(made.shape[1]):
                if column != secret[person] and made[row, column] == people[person, column]:
                    same += 1
            if same > most:
                best, most = row, same
        guesses[person] = made[best, secret[person]]
    return guesses
