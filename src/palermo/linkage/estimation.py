"""How much each level of likeness says, learnt from the file itself (Fellegi and Sunter 1969; Winkler 1988 for EM).

Names are judged given whether citizenships agree, since names and citizenship go together among different people too.
What is expected of the same person (m) leans on a prior as strong as a quarter of the file. Without it EM collapses
when few people are on two lists: it takes thousands of strangers for the same and claims to be sure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.candidates import Pairs
from palermo.linkage.comparison import LEVELS, MEASURES, Packed, compare
from palermo.linkage.encodings import Encodings
from palermo.linkage.strangers import Drawn, Rarity, log_plain, share, tally

__all__ = ["Model", "estimate"]

_LEAST_PRIOR = 500.0

_NAME_M = (0.05, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.10, 0.12, 0.50)
_M = {
    "first_name": _NAME_M,
    "surname": _NAME_M,
    "swapped": (0.95, 0.05),
    "year": (0.06, 0.02, 0.10, 0.82),
    "month_day": (0.06, 0.05, 0.05, 0.70, 0.07, 0.07),
    "citizenship": (0.05, 0.02, 0.93),
    "sex": (0.05, 0.02, 0.93),
    "document": (0.50, 0.17, 0.05, 0.28),
    "place": (0.10, 0.25, 0.08, 0.06, 0.05, 0.05, 0.06, 0.09, 0.26),
}
"""What is expected of two records of one person, written before any data were seen. The share that is not known is
taken from the file instead."""

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt of a file."""

    m: dict[str, tuple[float, ...]]
    """By measure and level: the share of pairs of one person."""
    u: dict[str, tuple[float, ...]]
    """The same of pairs of different people, whatever their citizenship."""
    prevalence: float
    """The share of all pairs that are one person's."""
    n_pairs: int
    """How many pairs there are at all, compared or not."""
    rounds: int


def estimate(
    encodings: Encodings, packed: Packed, pairs: Pairs, levels: npt.NDArray[np.uint8], *, n_pairs: int, seed: int
) -> tuple[Model, Table]:
    """Learn m from the candidates and u from random pairs, and give the log odds of every candidate.

    Parameters
    ----------
    n_pairs
        How many pairs of records could be one person's.
    """
    n = len(encodings)
    drawn = Drawn.by_chance(n, seed)
    met = compare(packed, drawn.pairs)
    strangers = tally(met)
    prior = {name: _prior(name, float(share(strangers, name)[0])) for name in MEASURES}
    log_rare = Rarity.learn(encodings, packed, strangers, seed).log_u(pairs, levels)
    learnt = _learn(levels, log_rare, log_plain(strangers), prior, n_pairs, n)
    # Among pairs by chance are some of one person, who would make likeness look common among strangers.
    strangers = tally(met[~drawn.among(pairs[learnt.log_odds > 0])])
    learnt = _learn(levels, log_rare, log_plain(strangers), prior, n_pairs, n)
    m = {name: tuple(map(float, learnt.m[at, : len(LEVELS[name])])) for at, name in enumerate(MEASURES)}
    u = {name: tuple(map(float, share(strangers, name))) for name in MEASURES}
    return Model(m, u, learnt.prevalence, n_pairs, learnt.rounds), learnt.log_odds


def _prior(name: str, unknown: float) -> Table:
    expected: Table = np.array(_M[name])
    if name == "swapped":
        return expected
    expected = expected / expected[1:].sum() * (1 - unknown)
    expected[0] = unknown
    return expected


@dataclass(frozen=True, slots=True)
class _Learnt:
    m: Table
    prevalence: float
    rounds: int
    log_odds: Table


def _learn(
    levels: npt.NDArray[np.uint8], log_rare: Table, log_plain: Table, prior: dict[str, Table], n_pairs: int, n: int
) -> _Learnt:
    """Go back and forth between who is the same and what the same look like, until neither moves."""
    weight = max(n / 4, _LEAST_PRIOR)
    base = np.zeros_like(log_plain)
    for at, name in enumerate(MEASURES):
        base[at, : len(prior[name])] = prior[name]
    m, prevalence, rounds = base, 0.05 * 2 / max(n - 1, 1), 0
    log_odds = np.empty(len(levels))
    while rounds < 200:
        rounds += 1
        counts, expected = _expect(levels, log_rare, _log(m) - log_plain, np.log(prevalence), log_odds)
        moved = (counts + weight * base) / (expected + weight)
        often = max(expected / max(n_pairs, 1), 1e-15)
        done = np.abs(moved - m).max() < 1e-5 and abs(often - prevalence) < 1e-4 * prevalence
        m, prevalence = moved, often
        if done:
            break
    _expect(levels, log_rare, _log(m) - log_plain, np.log(prevalence), log_odds)
    return _Learnt(m, float(prevalence), rounds, log_odds)


def _log(m: Table) -> Table:
    return np.log(np.maximum(m, 1e-12))


@njit(cache=True, boundscheck=False, fastmath=True)
def _expect(
    levels: npt.NDArray[np.uint8], log_rare: Table, weights: Table, log_prevalence: float, log_odds: Table
) -> tuple[Table, float]:
    """Work out the log odds of each pair, and how many of one person are expected, by level and in all."""
    counts = np.zeros_like(weights)
    expected = 0.0
    for row in range(len(levels)):
        odds = log_prevalence - log_rare[row]
        for measure in range(levels.shape[1]):
            odds += weights[measure, levels[row, measure]]
        log_odds[row] = odds
        if odds > -12.0:
            posterior = 1.0 / (1.0 + np.exp(-odds))
            expected += posterior
            for measure in range(levels.shape[1]):
                counts[measure, levels[row, measure]] += posterior
    return counts, expected
