"""How common something like a name is, where the person comes from: agreeing on a rare name says more.

For each distinct filter it is counted how many records of the same citizenship lie at each level of likeness from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.bits import bit_counts, popcount
from palermo.linkage.candidates import Pairs
from palermo.linkage.comparison import BINS, binned
from palermo.linkage.filters import Words, fingerprints

__all__ = ["FUZZY", "local_rates"]

FUZZY = 4
"""From this level on names are alike enough for their frequency to matter."""
_SAME = 8
_SAMPLE = 3000
_PSEUDO = 10.0

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Values:
    """Distinct filters within each citizenship."""

    words: Words
    counts: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int32]
    """How many records have each."""
    starts: npt.NDArray[np.int64]
    """Where each citizenship begins."""
    of_record: npt.NDArray[np.int64]


def local_rates(
    words: Words,
    groups: npt.NDArray[np.int64],
    pairs: Pairs,
    levels: npt.NDArray[np.uint8],
    relation: npt.NDArray[np.int64],
    *,
    rates: Table,
    seed: int,
) -> Table:
    """Give, for each pair, the chance that two records of different people are as alike as these are.

    Parameters
    ----------
    groups
        Citizenship of each record as a number, 0 where it is not known.
    relation
        For each pair, 0 if citizenships agree, 1 if they differ, 2 if one is not known.
    rates
        Shape (3, levels): what random pairs show, by that relation. It is what levels below `FUZZY` get, and what
        counts lean on by ten pseudo-records.
    """
    found = rates[relation, levels]
    fuzzy = levels >= FUZZY
    near = fuzzy & (relation == 0)
    values = _values(words, groups)
    met = _within(values.words, values.counts, values.weights, values.starts, BINS)
    sizes = np.bincount(groups, minlength=int(groups.max(initial=0)) + 1)
    found[near] = _averaged(
        met, values.of_record, (sizes[groups] - 1.0).astype(np.float64), pairs[near], levels[near], rates[0], near=True
    )
    if (fuzzy & ~near).any():
        rng = np.random.default_rng(seed)
        sample = np.sort(rng.choice(len(words), min(_SAMPLE, len(words)), replace=False))
        everywhere = _values(words, np.zeros(len(words), np.int64))
        met = _against(everywhere.words, everywhere.counts, words[sample], bit_counts(words[sample]), BINS)
        size = np.full(len(words), float(len(sample)))
        for kind in (1, 2):
            these = fuzzy & (relation == kind)
            found[these] = _averaged(
                met, everywhere.of_record, size, pairs[these], levels[these], rates[kind], near=False
            )
    return found


def _values(words: Words, groups: npt.NDArray[np.int64]) -> _Values:
    """Find the distinct filters of each citizenship; two filters are taken for one when 64 mixed bits are the same."""
    mixed = fingerprints(words)
    order = np.lexsort((mixed, groups))
    group, value = groups[order], mixed[order]
    new = np.r_[True, (group[1:] != group[:-1]) | (value[1:] != value[:-1])]
    firsts = np.flatnonzero(new)
    of_record = np.empty(len(words), np.int64)
    of_record[order] = np.cumsum(new) - 1
    distinct = words[order[firsts]]
    weights = np.diff(np.r_[firsts, len(words)]).astype(np.int32)
    starts = np.flatnonzero(np.r_[True, group[firsts][1:] != group[firsts][:-1], True])
    return _Values(distinct, bit_counts(distinct), weights, starts, of_record)


def _averaged(
    met: npt.NDArray[np.int32],
    of_record: npt.NDArray[np.int64],
    sizes: Table,
    pairs: Pairs,
    levels: npt.NDArray[np.uint8],
    rates: Table,
    *,
    near: bool,
) -> Table:
    """Average the rates seen from both sides, the two records themselves left out."""
    rate = np.zeros(len(pairs))
    itself = np.where(levels == _SAME, 2, 1) if near else np.zeros(len(pairs))
    for side in (0, 1):
        record = pairs[:, side]
        counted = np.maximum(met[of_record[record], levels] - itself, 0.0)
        rate += 0.5 * (counted + _PSEUDO * rates[levels]) / (sizes[record] + _PSEUDO)
    return rate


@njit(cache=True, inline="always")
def _level(one: Words, a: int, other: Words, b: int, total: int, bins: npt.NDArray[np.float32]) -> int:
    shared = np.int64(0)
    for word in range(one.shape[1]):
        shared += np.int64(popcount(one[a, word] & other[b, word]))
    return binned(float(2.0 * shared / total), bins)


@njit(cache=True, boundscheck=False)
def _within(
    words: Words,
    counts: npt.NDArray[np.int32],
    weights: npt.NDArray[np.int32],
    starts: npt.NDArray[np.int64],
    bins: npt.NDArray[np.float32],
) -> npt.NDArray[np.int32]:
    """Count by level, for each distinct filter, the records of its citizenship."""
    met = np.zeros((len(words), 9), np.int32)
    for group in range(len(starts) - 1):
        for a in range(starts[group], starts[group + 1]):
            if counts[a] == 0:
                continue
            met[a, 8] += weights[a]
            for b in range(a + 1, starts[group + 1]):
                if counts[b] == 0:
                    continue
                level = _level(words, a, words, b, counts[a] + counts[b], bins)
                if level >= 4:
                    met[a, level] += weights[b]
                    met[b, level] += weights[a]
    return met


@njit(cache=True, boundscheck=False)
def _against(
    words: Words,
    counts: npt.NDArray[np.int32],
    sample: Words,
    sample_counts: npt.NDArray[np.int32],
    bins: npt.NDArray[np.float32],
) -> npt.NDArray[np.int32]:
    """Count by level, for each filter, the sampled records."""
    met = np.zeros((len(words), 9), np.int32)
    for a in range(len(words)):
        for b in range(len(sample)):
            if counts[a] and sample_counts[b]:
                met[a, _level(words, a, sample, b, counts[a] + sample_counts[b], bins)] += 1
    return met
