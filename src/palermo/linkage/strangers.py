"""What records of different people look like (u), from pairs by chance and from how common a value is.

Names are judged given whether citizenships agree, since names and citizenship go together among different people too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from palermo.linkage.candidates import Pairs
from palermo.linkage.comparison import LEVELS, MEASURES, Packed
from palermo.linkage.encodings import Encodings
from palermo.linkage.frequency import local_rates

__all__ = ["Drawn", "log_plain", "log_rare", "share"]

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
_CONDITIONAL = ("first_name", "surname", "swapped")
_PLAIN = ("year", "month_day", "place")

Table = npt.NDArray[np.float64]
Levels = npt.NDArray[np.uint8]


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


def share(levels: Levels, name: str) -> Table:
    """Give the share of each level, half a pair and the expectation added."""
    size = len(LEVELS[name])
    counts = np.bincount(levels, minlength=size)[:size].astype(float)
    unknown = counts[0] / max(counts.sum(), 1.0) if name != "swapped" else _U[name][0]
    expected = np.array(_U[name])
    expected = expected / expected[1:].sum() * (1 - unknown)
    expected[0] = unknown
    counts += 0.5 * (counts.sum() > 0) * (np.arange(size) > 0) + _U_WEIGHT * expected
    return np.asarray(counts / counts.sum())


def log_rare(
    encodings: Encodings,
    packed: Packed,
    pairs: Pairs,
    levels: Levels,
    strangers: Levels,
    seed: int,
) -> Table:
    """Give the logarithm of the chance of as like a name, and as rare a value, as each pair shares."""
    at = {name: place for place, name in enumerate(MEASURES)}
    relations = [np.array([2, 1, 0])[each[:, at["citizenship"]]] for each in (levels, strangers)]
    groups = np.unique(encodings.atoms["citizenship"], return_inverse=True)[1]
    groups = np.where(encodings.atoms["citizenship"] == 0, 0, groups + 1).astype(np.int64)
    log_u = np.zeros(len(pairs))
    for name in _CONDITIONAL:
        mine = strangers[:, at[name]]
        tables = np.array([share(mine[relations[1] == kind], name) for kind in range(3)])
        rates = tables[relations[0], levels[:, at[name]]]
        if name != "swapped":
            straight = levels[:, at["swapped"]] == 0
            rates[straight] = local_rates(
                encodings.filters[name],
                packed.heard[:, at[name]],
                groups,
                pairs[straight],
                levels[straight, at[name]],
                relations[0][straight],
                rates=tables,
                seed=seed,
            )
        log_u += np.log(np.maximum(rates, _UNDER))
    shared = {
        "citizenship": encodings.atoms["citizenship"],
        "sex": encodings.atoms["sex"],
        "document": encodings.tokens[:, -1],
    }
    for name, hashes in shared.items():
        same = levels[:, at[name]] == len(LEVELS[name]) - 1
        rates = share(strangers[:, at[name]], name)[levels[:, at[name]]]
        rates[same] = _value_rates(hashes, *_COMMON[name])[pairs[same, 0]]
        log_u += np.log(rates)
    return log_u


def log_plain(levels: Levels, strangers: Levels) -> Table:
    """Give the logarithm of the chance that strangers are as alike as each pair is where every value counts alike."""
    log_u = np.zeros(len(levels))
    for name in _PLAIN:
        at = MEASURES.index(name)
        log_u += np.log(np.maximum(share(strangers[:, at], name), _UNDER))[levels[:, at]]
    return log_u


def _value_rates(hashes: npt.NDArray[np.uint64], expected: float, weight: float) -> Table:
    """Give the share of the other records that have the value of each, leaning on what is expected."""
    _, which, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    return np.asarray((counts[which] - 1 + weight * expected) / (len(hashes) - 1 + weight))
