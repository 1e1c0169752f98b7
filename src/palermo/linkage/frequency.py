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
from palermo.linkage.comparison import SAME, SOUND, levels_by_bits
from palermo.linkage.filters import Words, fingerprints

__all__ = ["FUZZY", "LocalRates"]

FUZZY = 4
"""From this level on, a Dice coefficient above one half, names are alike enough for their frequency to matter."""
_SAMPLE = 3000
_PSEUDO = 10.0

Table = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Sounds = npt.NDArray[np.int32]
Levels = npt.NDArray[np.uint8]


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


@dataclass(frozen=True, slots=True)
class _Nearby:
    """How many records lie at each level of likeness from each record's name."""

    counts: Counts
    """Shape (distinct filters, levels)."""
    of_record: Counts
    """Which distinct filter each record has."""
    among: Counts
    """Among how many records these were counted, for each record."""


@dataclass(frozen=True, slots=True)
class LocalRates:
    """How common something like the name of each record is."""

    near: _Nearby
    """In the record's own citizenship."""
    far: _Nearby
    """In a sample of all records."""
    rates: Table

    @classmethod
    def learn(cls, words: Words, heard: Sounds, groups: Counts, *, rates: Table, seed: int) -> LocalRates:
        """Count what lies near each name.

        Parameters
        ----------
        heard
            How each name sounds as a number, the same in one citizenship only; 0 where it is not known.
        groups
            Citizenship of each record as a number, 0 where it is not known.
        rates
            Shape (3, levels): what random pairs show, where citizenships agree, differ, or one is not known.
        """
        rng = np.random.default_rng(seed)
        sample = np.sort(rng.choice(len(words), min(_SAMPLE, len(words)), replace=False))
        return cls(_in_group(words, heard, groups), _in_sample(words, heard, sample), rates)

    def of(self, pairs: Pairs, levels: Levels, relation: Levels, swapped: Levels) -> Table:
        """Give, for each pair, the chance that two records of different people are as alike as these are.

        It is what random pairs show for levels below `FUZZY` and swapped names; and counts lean on that by ten
        pseudo-records.

        Parameters
        ----------
        relation
            For each pair, 0 if citizenships agree, 1 if they differ, 2 if one is not known.
        """
        near, far = self.near, self.far
        return _averaged(
            (near.counts, far.counts), (near.of_record, far.of_record), (near.among, far.among),
            pairs, levels, relation, swapped, self.rates,
        )  # fmt: skip


def _in_group(words: Words, heard: Sounds, groups: Counts) -> _Nearby:
    """Count the records of each filter's group by how alike they are."""
    values = _values(words, groups)
    sounds = heard[values.firsts]
    levels = levels_by_bits(64 * words.shape[1])
    met = _count_nearby(columns_of(values.words), sounds, values.weights, values.begins, values.ends, levels)
    met[:, SOUND] = np.where(sounds > 0, np.bincount(heard)[sounds] - values.weights, 0)
    return _Nearby(met, values.of_record, np.bincount(groups)[groups] - 1)


def _in_sample(words: Words, heard: Sounds, sample: Counts) -> _Nearby:
    """Count the records of a sample by how alike they are to each filter."""
    values = _values(words, np.zeros(len(words), np.int64))
    found, often = np.unique(values.of_record[sample], return_counts=True)
    n, end = len(values.words), len(values.words) + len(found)
    columns, weights = columns_of(np.r_[values.words, values.words[found]]), np.r_[values.weights, often]
    sounds = heard[np.r_[values.firsts, values.firsts[found]]]
    met = _count_nearby(columns, sounds, weights, np.full(n, n), np.full(n, end), levels_by_bits(64 * words.shape[1]))
    of_sample = np.bincount(heard[sample], minlength=int(heard.max(initial=0)) + 1)
    met[:, SOUND] = np.where(sounds[:n] > 0, np.maximum(of_sample[sounds[:n]] - met[:, SAME], 0), 0)
    return _Nearby(met, values.of_record, np.full(len(words), len(sample)))


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


@njit(cache=True, boundscheck=False)
def _averaged(
    counts: tuple[Counts, Counts],
    of_record: tuple[Counts, Counts],
    among: tuple[Counts, Counts],
    pairs: Pairs,
    levels: Levels,
    relation: Levels,
    swapped: Levels,
    rates: Table,
) -> Table:
    """Average the rates seen from both sides, near or far, the two records themselves left out of what is near."""
    found = np.empty(len(pairs))
    for row in range(len(pairs)):
        level, far = levels[row], min(relation[row], 1)
        expected = rates[relation[row], level]
        found[row] = expected
        if level >= FUZZY and not swapped[row]:
            itself = 0 if far else 2 if level == SAME else 1
            found[row] = 0.0
            for record in pairs[row]:
                met = max(counts[far][of_record[far][record], level] - itself, 0)
                found[row] += 0.5 * (met + _PSEUDO * expected) / (among[far][record] + _PSEUDO)
    return found


@njit(cache=True, boundscheck=False)
def _count_nearby(
    columns: Words, heard: Sounds, weights: Counts, begins: Counts, ends: Counts, by_bits: npt.NDArray[np.uint8]
) -> Counts:
    """Count by level the records whose filters each of the first ones meets from begin to end.

    Those that sound the same and are not are left out.
    """
    met = np.zeros((len(begins), SAME + 1), np.int64)
    counts, buffer = np.zeros(columns.shape[1], np.int64), np.zeros(TILE, np.int64)
    for word in range(columns.shape[0]):
        for at in range(len(counts)):
            counts[at] += np.int64(popcount(columns[word, at]))
    for one in range(len(begins)):
        mine = met[one]
        for begin in range(begins[one], ends[one], TILE):
            end = min(begin + TILE, ends[one])
            shared, others, sounds = buffer[: end - begin], counts[begin:end], heard[begin:end]
            often = weights[begin:end]
            add_shared(columns, one, begin, end, shared)
            for at in range(len(shared)):
                level = by_bits[counts[one] + others[at], shared[at]]
                apart = (level == SAME) | (heard[one] == 0) | (heard[one] != sounds[at])
                mine[level] += often[at] * apart
    return met
