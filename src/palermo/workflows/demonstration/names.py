"""Invented names with the spellings that different clerks give them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from palermo.workflows.demonstration.patterns import load

__all__ = ["FAMILIES", "Names", "all_names"]

_SPELLINGS = 4
FAMILIES = tuple(load("names"))


@dataclass(frozen=True, slots=True)
class Names:
    """Names of a kind, family after family."""

    spelled: NDArray[np.object_]
    """Shape (names, spellings); a name with fewer spellings repeats them."""
    start: NDArray[np.int64]
    """The first name of each family."""
    number: NDArray[np.int64]
    """How many names each family has."""

    def draw(self, rng: np.random.Generator, family: NDArray[np.int64]) -> NDArray[np.int64]:
        """Draw a name for each person from the person's family."""
        drawn: NDArray[np.int64] = self.start[family] + (rng.random(len(family)) * self.number[family]).astype(np.int64)
        return drawn


@cache
def all_names() -> dict[str, Names]:
    """Give the female and male first names and the surnames of all families."""
    return {kind: _names(kind) for kind in ("female", "male", "surnames")}


def _names(kind: str) -> Names:
    lists = [_family(family, kind) for family in load("names").values()]
    numbers = [len(names) for names in lists]
    spelled = np.array(
        [[names[i % len(names)] for i in range(_SPELLINGS)] for family in lists for names in family], dtype=object
    )
    return Names(spelled, np.cumsum([0, *numbers[:-1]]), np.array(numbers))


def _family(family: dict[str, list[str]], kind: str) -> list[list[str]]:
    """Give each name of a family as its spellings; surnames are joined from beginnings and endings."""
    endings = family.get("endings", [""]) if kind == "surnames" else [""]
    pairs = product(family[kind], endings)
    return [
        [start + end for start, end in product(starts.split("/"), ends.split("/"))][:_SPELLINGS]
        for starts, ends in pairs
    ]
