"""What records of different people look like (u), from pairs by chance and from how common a value is.

Names are judged given whether citizenships agree, since names and citizenship go together among different people too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.candidates import Pairs
from palermo.linkage.comparison import LEVELS, MEASURES, Packed
from palermo.linkage.encodings import Encodings
from palermo.linkage.frequency import LocalRates

__all__ = ["Drawn", "Rarity", "log_plain", "share", "tally"]

PART = 1 << 18
"""How many pairs are taken at a time."""
_SAMPLE = 1_000_000
_UNDER = 1e-9
_NAME_U = (0.0, 0.55, 0.25, 0.12, 0.05, 0.015, 0.007, 0.003, 0.002, 0.003)
_U = {
    "first_name": _NAME_U,
    "surname": _NAME_U,
    "swapped": (0.97, 0.03),
    "year": (0.0, 0.92, 0.05, 0.03),
    "month_day": (0.0, 0.79, 0.005, 0.005, 0.18, 0.02),
    "citizenship": (0.0, 0.9, 0.1),
    "sex": (0.0, 0.5, 0.5),
    "document": (0.0, 0.99, 0.009, 0.001),
    "place": (0.0, 0.55, 0.25, 0.12, 0.04, 0.015, 0.009, 0.006, 0.01),
}
"""What is expected of two records of different people; worth 200 pairs, and so of weight in small files only."""
_U_WEIGHT = 200.0
_COMMON = {"citizenship": (0.1, 10.0), "sex": (0.5, 10.0), "document": (0.00001, 1000.0)}
"""How common a value is expected to be, and as how many records that counts; documents are made to be unique."""
_PLAIN = ("year", "month_day", "place")

_AT = {name: place for place, name in enumerate(MEASURES)}
_SIZES = tuple(map(len, LEVELS.values()))
_CITIZENSHIP = _AT["citizenship"]
_RELATION = np.array([2, 1, 0], np.uint8)
"""By the level of citizenships: 0 if they agree, 1 if they differ, 2 if one is not known."""

Table = npt.NDArray[np.float64]
Levels = npt.NDArray[np.uint8]
Tally = npt.NDArray[np.int64]
"""Shape (3, measures, levels): how many pairs whose citizenships agree, differ, or are not both known."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pairs by chance: records in a ring without order, each with those that follow it."""

    places: npt.NDArray[np.int64]
    """Where each record is in the ring."""
    pairs: Pairs

    @classmethod
    def by_chance(cls, n: int, seed: int) -> Drawn:
        """Draw pairs of ``n`` records; of few records, nearly all there are."""
        ring = np.random.default_rng(seed).permutation(n).astype(np.int32)
        steps = range(1, 1 + min(-(-_SAMPLE // max(n, 1)), max((n - 1) // 2, 1)) * (n > 1))
        others = np.concatenate([np.roll(ring, -step) for step in steps] or [ring[:0]])
        pairs = np.column_stack([np.tile(ring, len(steps)), others])[:_SAMPLE]
        return cls(np.argsort(ring), np.ascontiguousarray(pairs))

    def among(self, pairs: Pairs) -> npt.NDArray[np.bool_]:
        """Say of each pair that was drawn whether it is among others."""
        n, found = len(self.places), np.zeros(len(self.pairs), np.bool_)
        for one, other in (pairs.T, pairs.T[::-1]):
            step = (self.places[other] - self.places[one]) % n
            rows = (step - 1) * n + self.places[one]
            found[rows[rows < len(found)]] = True
        return found


@njit(cache=True, boundscheck=False)
def tally(levels: Levels) -> Tally:
    """Count the levels of pairs by how their citizenships are to each other."""
    counts = np.zeros((3, len(_SIZES), max(_SIZES)), np.int64)
    for row in range(len(levels)):
        for measure in range(len(_SIZES)):
            counts[_RELATION[levels[row, _CITIZENSHIP]], measure, levels[row, measure]] += 1
    return counts


def share(strangers: Tally, name: str) -> Table:
    """Give the share of each level, half a pair and the expectation added."""
    size = len(LEVELS[name])
    counts = strangers.sum(axis=0)[_AT[name], :size].astype(float)
    unknown = counts[0] / max(counts.sum(), 1.0) if name != "swapped" else _U[name][0]
    expected = np.array(_U[name])
    expected = expected / expected[1:].sum() * (1 - unknown)
    expected[0] = unknown
    counts += 0.5 * (counts.sum() > 0) * (np.arange(size) > 0) + _U_WEIGHT * expected
    return np.asarray(counts / counts.sum())


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare what two records share is among strangers: names by citizenship, and values by how many have them."""

    names: dict[str, LocalRates]
    swapped: Table
    """By whether citizenships agree, differ or one is not known, and whether names are swapped."""
    values: dict[str, tuple[Table, Table]]
    """By measure: the share of each level, and of the records that have the value of each record."""

    @classmethod
    def learn(cls, encodings: Encodings, packed: Packed, strangers: Tally, seed: int) -> Rarity:
        """Learn it from pairs of strangers, and from the values of all records."""
        groups = _numbers_of(encodings.atoms["citizenship"])
        names = {}
        for name in ("first_name", "surname"):
            words, heard = encodings.filters[name], np.ascontiguousarray(packed.heard[:, _AT[name]])
            names[name] = LocalRates.learn(words, heard, groups, rates=_by_relation(strangers, name), seed=seed)
        shared = {
            "citizenship": encodings.atoms["citizenship"],
            "sex": encodings.atoms["sex"],
            "document": encodings.tokens[:, -1],
        }
        values = {
            name: (share(strangers, name), _value_rates(hashes, *_COMMON[name])) for name, hashes in shared.items()
        }
        return cls(names, _by_relation(strangers, "swapped"), values)

    def log_u(self, pairs: Pairs, levels: Levels) -> Table:
        """Give the logarithm of the chance of as like a name, and as rare a value, as each pair shares.

        It is taken in parts, so that what lies between stays small however many pairs there are.
        """
        log_u = np.empty(len(pairs))
        for begin in range(0, len(pairs), PART):
            part = slice(begin, begin + PART)
            log_u[part] = self._log_u(pairs[part], levels[part])
        return log_u

    def _log_u(self, pairs: Pairs, levels: Levels) -> Table:
        relation, swapped = _RELATION[levels[:, _CITIZENSHIP]], levels[:, _AT["swapped"]]
        log_u = np.zeros(len(pairs))
        for name, local in self.names.items():
            log_u += np.log(np.maximum(local.of(pairs, levels[:, _AT[name]], relation, swapped), _UNDER))
        log_u += np.log(np.maximum(self.swapped[relation, swapped], _UNDER))
        for name, (by_level, by_record) in self.values.items():
            mine = levels[:, _AT[name]]
            same = mine == len(LEVELS[name]) - 1
            log_u += np.log(np.where(same, by_record[pairs[:, 0]], by_level[mine]))
        return log_u


def log_plain(strangers: Tally) -> Table:
    """Give the logarithm of the chance of each level among strangers, where every value counts alike; else 0."""
    log_u = np.zeros((len(MEASURES), max(map(len, LEVELS.values()))))
    for name in _PLAIN:
        log_u[_AT[name], : len(LEVELS[name])] = np.log(np.maximum(share(strangers, name), _UNDER))
    return log_u


def _by_relation(strangers: Tally, name: str) -> Table:
    """Give the share of each level where citizenships agree, where they differ, and where one is not known."""
    return np.array([share(strangers[[kind]], name) for kind in range(3)])


def _numbers_of(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Number distinct hashes, and give 0 to those that are missing."""
    return np.where(hashes == 0, 0, np.unique(hashes, return_inverse=True)[1] + 1)


def _value_rates(hashes: npt.NDArray[np.uint64], expected: float, weight: float) -> Table:
    """Give the share of the other records that have the value of each, leaning on what is expected."""
    _, which, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    return np.asarray((counts[which] - 1 + weight * expected) / (len(hashes) - 1 + weight))
