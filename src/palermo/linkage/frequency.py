"""How common something like a name is, where the person comes from: agreeing on a rare name says more.

For each distinct filter it is counted how many records of the same citizenship lie at each level of likeness from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.bits import TILE, add_shared, columns_of, popcount
from palermo.linkage.candidates import Pairs
from palermo.linkage.comparison import BINS, SAME, SOUND, binned
from palermo.linkage.filters import Words, fingerprints

__all__ = ["FUZZY", "local_rates"]

FUZZY = 4
"""From this level on, a Dice coefficient above one half, names are alike enough for their frequency to matter."""
_SAMPLE = 3000
_PSEUDO = 10.0

Table = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Sounds = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Values:
    """Distinct filters within each group of records."""

    words: Words
    weights: Counts
    """How many records have each."""
    begins: Counts
    """Where the group of each begins, and ends."""
    ends: Counts
    firsts: Counts
    """The first record that has each."""
    of_record: Counts


def local_rates(
    words: Words,
    heard: Sounds,
    groups: Counts,
    pairs: Pairs,
    levels: npt.NDArray[np.uint8],
    relation: Counts,
    *,
    rates: Table,
    seed: int,
) -> Table:
    """Give, for each pair, the chance that two records of different people are as alike as these are.

    Parameters
    ----------
    heard
        How each name sounds as a number, the same in one citizenship only; 0 where it is not known.
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
    met, of_record = _in_group(words, heard, groups)
    sizes = np.bincount(groups)[groups] - 1
    found[near] = _averaged(met, of_record, sizes, pairs[near], levels[near], rates[0], near=True)
    if (fuzzy & ~near).any():
        rng = np.random.default_rng(seed)
        sample = np.sort(rng.choice(len(words), min(_SAMPLE, len(words)), replace=False))
        met, of_record = _in_sample(words, heard, sample)
        sizes = np.full(len(words), len(sample))
        for kind in (1, 2):
            these = fuzzy & (relation == kind)
            found[these] = _averaged(met, of_record, sizes, pairs[these], levels[these], rates[kind], near=False)
    return found


def _in_group(words: Words, heard: Sounds, groups: Counts) -> tuple[Counts, Counts]:
    """Count the records of each filter's group by how alike they are; give the row of each record too."""
    values = _values(words, groups)
    sounds = heard[values.firsts]
    met = _met(columns_of(values.words), sounds, values.weights, values.begins, values.ends, BINS)
    met[:, SOUND] = np.where(sounds > 0, np.bincount(heard)[sounds] - values.weights, 0)
    return met, values.of_record


def _in_sample(words: Words, heard: Sounds, sample: Counts) -> tuple[Counts, Counts]:
    """Count the records of a sample by how alike they are to each filter; give the row of each record too."""
    values = _values(words, np.zeros(len(words), np.int64))
    found, often = np.unique(values.of_record[sample], return_counts=True)
    n, end = len(values.words), len(values.words) + len(found)
    columns, weights = columns_of(np.r_[values.words, values.words[found]]), np.r_[values.weights, often]
    sounds = heard[np.r_[values.firsts, values.firsts[found]]]
    met = _met(columns, sounds, weights, np.full(n, n), np.full(n, end), BINS)
    of_sample = np.bincount(heard[sample], minlength=int(heard.max(initial=0)) + 1)
    met[:, SOUND] = np.where(sounds[:n] > 0, np.maximum(of_sample[sounds[:n]] - met[:, SAME], 0), 0)
    return met, values.of_record


def _values(words: Words, groups: Counts) -> _Values:
    """Find the distinct filters of each group; two filters are taken for one when 64 mixed bits are the same."""
    mixed = fingerprints(words)
    order = np.lexsort((mixed, groups))
    group, value = groups[order], mixed[order]
    new = np.r_[True, (group[1:] != group[:-1]) | (value[1:] != value[:-1])]
    firsts = np.flatnonzero(new)
    of_record = np.empty(len(words), np.int64)
    of_record[order] = np.cumsum(new) - 1
    group = group[firsts]
    return _Values(
        words=words[order[firsts]],
        firsts=order[firsts],
        weights=np.diff(np.r_[firsts, len(words)]),
        begins=np.searchsorted(group, group, side="left"),
        ends=np.searchsorted(group, group, side="right"),
        of_record=of_record,
    )


def _averaged(
    met: Counts,
    of_record: Counts,
    sizes: Counts,
    pairs: Pairs,
    levels: npt.NDArray[np.uint8],
    rates: Table,
    *,
    near: bool,
) -> Table:
    """Average the rates seen from both sides, the two records themselves left out."""
    rate = np.zeros(len(pairs))
    itself = np.where(levels == SAME, 2, 1) if near else np.zeros(len(pairs))
    for side in (0, 1):
        record = pairs[:, side]
        counted = np.maximum(met[of_record[record], levels] - itself, 0.0)
        rate += 0.5 * (counted + _PSEUDO * rates[levels]) / (sizes[record] + _PSEUDO)
    return rate


@njit(cache=True, boundscheck=False)
def _met(
    columns: Words, heard: Sounds, weights: Counts, begins: Counts, ends: Counts, bins: npt.NDArray[np.float32]
) -> Counts:
    """Count by level, from `FUZZY` on, the records whose filters each of the first ones meets from begin to end.

    Those that sound the same and are not are left out.
    """
    met = np.zeros((len(begins), SAME + 1), np.int64)
    counts, buffer = np.zeros(columns.shape[1], np.int64), np.zeros(TILE, np.int64)
    for word in range(columns.shape[0]):
        for at in range(len(counts)):
            counts[at] += np.int64(popcount(columns[word, at]))
    for one in range(len(begins)):
        for begin in range(begins[one], ends[one], TILE):
            end = min(begin + TILE, ends[one])
            shared = buffer[: end - begin]
            add_shared(columns, one, begin, end, shared)
            for at in range(len(shared)):
                total = counts[one] + counts[begin + at]
                if 4 * shared[at] > total:
                    level = binned(2.0 * shared[at] / total, bins)
                    if level == SOUND:
                        met[one, SAME] += weights[begin + at]
                    elif heard[one] == 0 or heard[one] != heard[begin + at]:
                        met[one, level] += weights[begin + at]
    return met
