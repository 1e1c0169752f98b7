"""From pairs to persons: records are put together while their mean log odds say that they are one person.

A wrong link seldom has the support of the whole cluster, and so a mean forgives what a chain of links would not.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.candidates import Pairs

__all__ = ["LARGEST", "Numbers", "log_odds_of", "probability_of", "resolve"]

LARGEST = 2000
"""A component with more records is cut at higher odds until it falls apart."""
_LOW, _HIGH, _APART = -8.0, 12.0, -1.0
_JUDGED = 1e6
"""What a judgement weighs: more than all else that a cluster can hold."""

Numbers = npt.NDArray[np.float64]


def log_odds_of(threshold: float) -> float:
    """Give the log odds of a probability."""
    return float(np.log(threshold / (1.0 - threshold)))


def probability_of(log_odds: Numbers) -> Numbers:
    """Give the probabilities of log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def resolve(
    n: int,
    pairs: Pairs,
    log_odds: Numbers,
    *,
    thresholds: tuple[float, ...],
    groups: npt.NDArray[np.int32],
    same: Pairs,
    different: Pairs,
) -> dict[float, npt.NDArray[np.int64]]:
    """Say of each record which person it belongs to, at each threshold; a person is called by the first of its records.

    Persons at a higher threshold are parts of persons at a lower one.

    Parameters
    ----------
    groups
        Records of one group that is not negative are never put together: the sources that are deduplicated.
    same, different
        Pairs that a person has judged: put together first, and never.
    """
    merges = _merges(n, pairs, log_odds, min(thresholds), groups, same, different)
    return {threshold: _persons(n, *merges, log_odds_of(threshold)) for threshold in thresholds}


def _merges(
    n: int,
    pairs: Pairs,
    log_odds: Numbers,
    least: float,
    groups: npt.NDArray[np.int32],
    same: Pairs,
    different: Pairs,
) -> tuple[Pairs, Numbers]:
    stop = log_odds_of(least)
    sure = log_odds > stop
    joined, weights = np.concatenate([pairs[sure], same]), np.r_[_clipped(log_odds[sure]), np.full(len(same), _JUDGED)]
    labels = _parts(n, joined.astype(np.int32), weights, stop)
    pairs, weights = _inside(labels, pairs, log_odds, same, different)
    edge_order = np.argsort(labels[pairs[:, 0]], kind="stable")
    pairs, weights = pairs[edge_order], weights[edge_order]
    members = np.argsort(labels, kind="stable").astype(np.int32)
    heads, starts = np.unique(labels[members], return_index=True)
    edge_starts = np.searchsorted(labels[pairs[:, 0]], heads)
    return _agglomerate(
        np.r_[starts, n].astype(np.int64),
        members,
        np.r_[edge_starts, len(pairs)].astype(np.int64),
        pairs,
        weights,
        groups,
        stop,
    )


def _inside(
    labels: npt.NDArray[np.int32], pairs: Pairs, log_odds: Numbers, same: Pairs, different: Pairs
) -> tuple[Pairs, Numbers]:
    """Give the pairs whose records are of one component, those that people have judged last, and what each weighs."""
    of_one = [labels[each[:, 0]] == labels[each[:, 1]] for each in (pairs, same, different)]
    kept = [each[own] for each, own in zip((pairs, same, different), of_one, strict=True)]
    judged = np.full(len(kept[1]), _JUDGED), np.full(len(kept[2]), -_JUDGED)
    return np.concatenate(kept).astype(np.int32), np.concatenate([_clipped(log_odds[of_one[0]]), *judged])


def _clipped(log_odds: Numbers) -> Numbers:
    return np.clip(log_odds, _LOW, _HIGH)


def _parts(n: int, pairs: Pairs, weights: Numbers, stop: float) -> npt.NDArray[np.int32]:
    """Give connected components, none of them larger than `LARGEST`."""
    labels = _components(n, pairs[weights > stop])
    sizes = np.bincount(labels, minlength=n)
    while sizes.max(initial=0) > LARGEST and stop < _HIGH:
        stop += 1.0
        large = sizes[labels] > LARGEST
        labels = _components(n, pairs[(weights > stop) | ((weights > stop - 1.0) & ~large[pairs[:, 0]])])
        sizes = np.bincount(labels, minlength=n)
    return labels


@njit(cache=True, boundscheck=False)
def _components(n: int, pairs: Pairs) -> npt.NDArray[np.int32]:
    parents = np.arange(n, dtype=np.int32)
    for row in range(len(pairs)):
        one, other = pairs[row, 0], pairs[row, 1]
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        while parents[other] != other:
            parents[other] = parents[parents[other]]
            other = parents[other]
        if one < other:
            parents[other] = one
        else:
            parents[one] = other
    for record in range(n):
        parents[record] = parents[parents[record]]
    return parents


@njit(cache=True, boundscheck=False)
def _agglomerate(
    starts: npt.NDArray[np.int64],
    members: npt.NDArray[np.int32],
    edge_starts: npt.NDArray[np.int64],
    pairs: Pairs,
    weights: Numbers,
    groups: npt.NDArray[np.int32],
    stop: float,
) -> tuple[Pairs, Numbers]:
    """Merge, in each component, the two clusters with the largest mean, and note who and at which mean."""
    merged = np.empty((len(members), 2), np.int32)
    heights = np.empty(len(members))
    n_merged = 0
    for part in range(len(starts) - 1):
        mine = members[starts[part] : starts[part + 1]]
        if len(mine) < 2:
            continue
        edges = slice(edge_starts[part], edge_starts[part + 1])
        sums = _sums(mine, pairs[edges], weights[edges], groups)
        counts, alive = np.ones(len(mine)), np.ones(len(mine), np.bool_)
        best = np.full(len(mine), -1)
        for row in range(len(mine)):
            best[row] = _best(row, sums, counts, alive)
        while True:
            one, height = _highest(sums, counts, alive, best, stop)
            if one < 0:
                break
            one, other = min(one, best[one]), max(one, best[one])
            merged[n_merged, 0], merged[n_merged, 1] = mine[one], mine[other]
            heights[n_merged] = height
            n_merged += 1
            _unite(one, other, sums, counts, alive, best)
    return merged[:n_merged], heights[:n_merged]


@njit(cache=True, boundscheck=False)
def _sums(mine: npt.NDArray[np.int32], pairs: Pairs, weights: Numbers, groups: npt.NDArray[np.int32]) -> Numbers:
    """Give the log odds of all pairs of a component; what people have judged goes before what a model says."""
    size = len(mine)
    sums = np.full((size, size), -1.0)
    for edge in range(len(pairs)):
        one, other = np.searchsorted(mine, pairs[edge, 0]), np.searchsorted(mine, pairs[edge, 1])
        if abs(weights[edge]) > 1e5 or abs(sums[one, other]) < 1e5:
            sums[one, other] = weights[edge]
            sums[other, one] = weights[edge]
    for one in range(size):
        for other in range(one):
            if groups[mine[one]] >= 0 and groups[mine[one]] == groups[mine[other]]:
                sums[one, other] = -1e9
                sums[other, one] = -1e9
    return sums


@njit(cache=True, boundscheck=False)
def _highest(
    sums: Numbers, counts: Numbers, alive: npt.NDArray[np.bool_], best: npt.NDArray[np.int64], stop: float
) -> tuple[int, float]:
    found, height = -1, stop
    for row in range(len(sums)):
        if alive[row] and best[row] >= 0:
            mean = sums[row, best[row]] / (counts[row] * counts[best[row]])
            if mean > height:
                found, height = row, mean
    return found, height


@njit(cache=True, boundscheck=False)
def _unite(
    one: int, other: int, sums: Numbers, counts: Numbers, alive: npt.NDArray[np.bool_], best: npt.NDArray[np.int64]
) -> None:
    """Lay a cluster to another, and find again the best partner of those whose best may have changed."""
    alive[other] = False
    for row in range(len(sums)):
        sums[one, row] += sums[other, row]
        sums[row, one] = sums[one, row]
    counts[one] += counts[other]
    best[one] = _best(one, sums, counts, alive)
    for row in range(len(sums)):
        if alive[row] and row != one:
            if best[row] == one or best[row] == other:
                best[row] = _best(row, sums, counts, alive)
            elif sums[row, one] / counts[one] > sums[row, best[row]] / counts[best[row]]:
                best[row] = one


@njit(cache=True, boundscheck=False)
def _best(row: int, sums: Numbers, counts: Numbers, alive: npt.NDArray[np.bool_]) -> int:
    best, highest = -1, -1e18
    for other in range(len(sums)):
        if alive[other] and other != row and sums[row, other] / counts[other] > highest:
            best, highest = other, sums[row, other] / counts[other]
    return best


def _persons(n: int, merged: Pairs, heights: Numbers, stop: float) -> npt.NDArray[np.int64]:
    return _components(n, merged[heights > stop]).astype(np.int64)
