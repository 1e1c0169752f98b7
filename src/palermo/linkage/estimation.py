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
from palermo.linkage.frequency import local_rates

__all__ = ["Model", "estimate"]

_SAMPLE = 1_000_000
_LEAST_PRIOR = 500.0
_UNDER = 1e-9

_NAME_M = (0.05, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.10, 0.12, 0.50)
_NAME_U = (0.0, 0.55, 0.25, 0.12, 0.05, 0.015, 0.007, 0.003, 0.002, 0.003)
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
_AGREE = 2

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
    log_odds: npt.NDArray[np.float64]
    """For each candidate pair; posterior = 1 / (1 + exp(-log_odds))."""

    @property
    def posterior(self) -> Table:
        """Give the probability of each candidate pair that both records are one person's."""
        return 1.0 / (1.0 + np.exp(-self.log_odds))

    @property
    def expected(self) -> float:
        """Give the number of pairs of one person that are expected among the candidates."""
        return float(self.posterior.sum())


def estimate(
    encodings: Encodings, packed: Packed, pairs: Pairs, levels: npt.NDArray[np.uint8], *, n_pairs: int, seed: int
) -> Model:
    """Learn m from the candidates and u from random pairs, and judge every candidate.

    Parameters
    ----------
    n_pairs
        How many pairs of records could be one person's.
    """
    strangers = compare(packed, _random_pairs(len(encodings), seed))
    u = {name: _share(strangers[:, at], name) for at, name in enumerate(MEASURES)}
    log_u = _log_u(encodings, packed, pairs, levels, strangers, u, seed)
    prior = {name: _prior(name, float(u[name][0])) for name in MEASURES}
    weight = max(len(encodings) / 4, _LEAST_PRIOR)
    m, prevalence, rounds, log_odds = _learn(levels, log_u, prior, weight, n_pairs, len(encodings))
    tables = {name: tuple(float(each) for each in m[at, : len(LEVELS[name])]) for at, name in enumerate(MEASURES)}
    return Model(tables, {name: tuple(map(float, u[name])) for name in MEASURES}, prevalence, n_pairs, rounds, log_odds)


def _random_pairs(n: int, seed: int) -> Pairs:
    """Draw pairs, or take all where there are few."""
    if n * (n - 1) // 2 <= _SAMPLE:
        one, other = np.triu_indices(n, 1)
        return np.column_stack([one, other]).astype(np.int32)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, n, (_SAMPLE, 2), dtype=np.int32)
    return np.ascontiguousarray(drawn[drawn[:, 0] != drawn[:, 1]])


def _share(levels: npt.NDArray[np.uint8], name: str) -> Table:
    """Give the share of each level, half a pair and the expectation added."""
    size = len(LEVELS[name])
    counts = np.bincount(levels, minlength=size)[:size].astype(float)
    unknown = counts[0] / max(counts.sum(), 1.0) if name != "swapped" else _U[name][0]
    expected = np.array(_U[name])
    expected = expected / expected[1:].sum() * (1 - unknown)
    expected[0] = unknown
    counts += 0.5 * (counts.sum() > 0) * (np.arange(size) > 0) + _U_WEIGHT * expected
    return np.asarray(counts / counts.sum())


def _prior(name: str, unknown: float) -> Table:
    expected: Table = np.array(_M[name])
    if name == "swapped":
        return expected
    expected = expected / expected[1:].sum() * (1 - unknown)
    expected[0] = unknown
    return expected


def _log_u(
    encodings: Encodings,
    packed: Packed,
    pairs: Pairs,
    levels: npt.NDArray[np.uint8],
    strangers: npt.NDArray[np.uint8],
    u: dict[str, Table],
    seed: int,
) -> Table:
    """Give the logarithm of the chance that different people are as alike as each pair is."""
    at = {name: place for place, name in enumerate(MEASURES)}
    relations = [np.array([2, 1, 0])[each[:, at["citizenship"]]] for each in (levels, strangers)]
    groups = np.unique(encodings.atoms["citizenship"], return_inverse=True)[1]
    groups = np.where(encodings.atoms["citizenship"] == 0, 0, groups + 1).astype(np.int64)
    log_u = np.zeros(len(pairs))
    for name in _CONDITIONAL:
        mine = strangers[:, at[name]]
        tables = np.array([_share(mine[relations[1] == kind], name) for kind in range(3)])
        if name == "swapped":
            log_u += np.log(tables[relations[0], levels[:, at[name]]])
            continue
        rates = tables[relations[0], levels[:, at[name]]]
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
    for name in ("year", "month_day", "place"):
        log_u += np.log(u[name][levels[:, at[name]]])
    shared = {
        "citizenship": encodings.atoms["citizenship"],
        "sex": encodings.atoms["sex"],
        "document": encodings.tokens[:, -1],
    }
    for name, hashes in shared.items():
        same = levels[:, at[name]] == len(LEVELS[name]) - 1
        rates = u[name][levels[:, at[name]]]
        rates[same] = _value_rates(hashes, *_COMMON[name])[pairs[same, 0]]
        log_u += np.log(rates)
    return log_u


def _value_rates(hashes: npt.NDArray[np.uint64], expected: float, weight: float) -> Table:
    """Give the share of the other records that have the value of each, leaning on what is expected."""
    _, which, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    return np.asarray((counts[which] - 1 + weight * expected) / (len(hashes) - 1 + weight))


def _learn(
    levels: npt.NDArray[np.uint8], log_u: Table, prior: dict[str, Table], weight: float, n_pairs: int, n: int
) -> tuple[Table, float, int, Table]:
    """Go back and forth between who is the same and what the same look like, until neither moves."""
    width = max(len(each) for each in LEVELS.values())
    base = np.zeros((len(MEASURES), width))
    for at, name in enumerate(MEASURES):
        base[at, : len(prior[name])] = prior[name]
    m, prevalence, rounds = base, 0.05 * 2 / max(n - 1, 1), 0
    while rounds < 200:
        rounds += 1
        _, counts, expected = _expect(levels, log_u, _log(m), np.log(prevalence))
        moved = (counts + weight * base) / (expected + weight)
        share = max(expected / max(n_pairs, 1), 1e-15)
        done = np.abs(moved - m).max() < 1e-5 and abs(share - prevalence) < 1e-4 * prevalence
        m, prevalence = moved, share
        if done:
            break
    log_odds, _, _ = _expect(levels, log_u, _log(m), np.log(prevalence))
    return m, float(prevalence), rounds, log_odds


def _log(m: Table) -> Table:
    return np.log(np.maximum(m, 1e-12))


@njit(cache=True, boundscheck=False, fastmath=True)
def _expect(
    levels: npt.NDArray[np.uint8], log_u: Table, log_m: Table, log_prevalence: float
) -> tuple[Table, Table, float]:
    log_odds = np.empty(len(levels))
    counts = np.zeros_like(log_m)
    expected = 0.0
    for row in range(len(levels)):
        odds = log_prevalence - log_u[row]
        for measure in range(levels.shape[1]):
            odds += log_m[measure, levels[row, measure]]
        log_odds[row] = odds
        if odds > -12.0:
            posterior = 1.0 / (1.0 + np.exp(-odds))
            expected += posterior
            for measure in range(levels.shape[1]):
                counts[measure, levels[row, measure]] += posterior
    return log_odds, counts, expected
