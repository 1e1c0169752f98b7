"""How alike two records are, field by field, as levels: 0 is not known, the last is the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.bits import bit_counts, popcount
from palermo.linkage.candidates import Pairs
from palermo.linkage.encodings import Encodings
from palermo.linkage.filters import Words, fingerprints
from palermo.linkage.tokens import KINDS, Hashes

__all__ = ["BINS", "LEVELS", "MEASURES", "SAME", "SOUND", "Packed", "compare", "levels_by_bits", "pack"]

MEASURES = ("first_name", "surname", "swapped", "year", "month_day", "citizenship", "sex", "document", "place")
"""What is compared, in the order of the columns of levels."""

_LIKE = ("differ", "far", "weak", "fair", "near", "close", "very close")
LEVELS: dict[str, tuple[str, ...]] = {
    "first_name": ("not known", *_LIKE, "sounds the same", "same"),
    "surname": ("not known", *_LIKE, "sounds the same", "same"),
    "swapped": ("in order", "swapped"),
    "year": ("not known", "differ", "one year apart", "same"),
    "month_day": ("not known", "differ", "day and month swapped", "same", "one is 1 January", "both are 1 January"),
    "citizenship": ("not known", "differ", "same"),
    "sex": ("not known", "differ", "same"),
    "document": ("not known", "differ", "close", "same"),
    "place": ("not known", *_LIKE, "same"),
}
"""What each level of each measure means."""

BINS = np.array([0.2, 0.35, 0.5, 0.62, 0.74, 0.86, 0.9999], np.float32)
"""Above which Dice coefficients the levels of `_LIKE` begin, after the first, and in the end the same text."""
SOUND = LEVELS["surname"].index("sounds the same")
"""Which no Dice coefficient tells: two spellings of a name have one blocking token."""
SAME = SOUND + 1
_HEARD = [KINDS.index(f"citizenship, {name}") for name in ("first name", "surname")]
_SWAP_MARGIN = 0.3
_RULES = {"year": (0.5, 0.9), "month_day": (0.42, 0.9), "citizenship": (0.9,), "sex": (0.9,)}
"""Above which Dice coefficients the levels of a coded field begin, after the first."""


Values = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Packed:
    """What the compiled loop reads of each record: few bytes, side by side."""

    names: Words
    """First name and surname in one row."""
    values: Values
    """Shape (records, 8): for first name and surname how many bits are set, and how it sounds in a citizenship as a
    number, 0 where one of the two is not known; then which year, day, citizenship and sex, as a number of its own here.
    """
    name_levels: npt.NDArray[np.uint8]
    """By how many bits two names set, and how many of them both set."""
    tables: tuple[npt.NDArray[np.uint8], ...]
    """For year, day, citizenship and sex, the level of each two numbers."""
    rest: tuple[Words, Words]
    """Document and place, which most records do not have."""
    rest_counts: npt.NDArray[np.int32]

    @property
    def heard(self) -> Values:
        """Give how first name and surname sound."""
        return self.values[:, 2:4]


def pack(encodings: Encodings) -> Packed:
    """Lay the names side by side, and compare the few values of dates and codes once and for all."""
    filters = encodings.filters
    coded = [_coded(filters[name], rule) for name, rule in _RULES.items()]
    days = filters["month_day"][np.unique(coded[1][0], return_index=True)[1]]
    tables = [each[1] for each in coded]
    tables[1] = _days(tables[1], (days == encodings.january_first).all(axis=1))
    names = (filters["first_name"], filters["surname"])
    rest = (filters["document"], filters["place"])
    heard = [_numbered(encodings.tokens[:, kind]) for kind in _HEARD]
    return Packed(
        np.ascontiguousarray(np.concatenate(names, axis=1)),
        np.column_stack([*(bit_counts(each) for each in names), *heard, *(each[0] for each in coded)]),
        levels_by_bits(64 * names[0].shape[1]),
        tuple(tables),
        rest,
        np.column_stack([bit_counts(each) for each in rest]),
    )


def levels_by_bits(bits: int) -> npt.NDArray[np.uint8]:
    """Give the level of two known names for every number of bits that they can set and share."""
    dice = 2.0 * np.arange(bits + 1) / np.maximum(np.arange(2 * bits + 1), 1)[:, None]
    levels = 1 + np.searchsorted(BINS.astype(float), dice)
    return np.where(levels == SOUND, SAME, levels).astype(np.uint8)


def compare(packed: Packed, pairs: Pairs) -> npt.NDArray[np.uint8]:
    """Compare pairs of records; shape (pairs, measures)."""
    pairs = np.ascontiguousarray(pairs)
    levels = _levels(packed.names, packed.values, packed.name_levels, packed.tables, pairs)
    if packed.rest_counts.any():
        _compare_rest(*packed.rest, packed.rest_counts, pairs, BINS, levels)
    return levels


def _numbered(hashes: Hashes) -> npt.NDArray[np.int32]:
    """Number distinct hashes from 1 on, and give 0 to those that are missing."""
    codes = np.unique(hashes, return_inverse=True)[1] + 1
    return np.where(hashes == 0, 0, codes).astype(np.int32)


def _coded(words: Words, edges: tuple[float, ...]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Number the distinct filters of a field, and give the level of each two of them."""
    _, firsts, codes = np.unique(fingerprints(words), return_index=True, return_inverse=True)
    distinct = words[firsts]
    counts = bit_counts(distinct)
    levels = np.zeros((len(distinct), len(distinct)), np.uint8)
    for row, mine in enumerate(distinct):
        shared = np.bitwise_count(distinct & mine).sum(axis=1, dtype=np.int64)
        dice = 2.0 * shared / np.maximum(counts + counts[row], 1)
        levels[row] = np.where((counts > 0) & (counts[row] > 0), 1 + sum(dice > edge for edge in edges), 0)
    return codes.astype(np.int32), levels


def _days(levels: npt.NDArray[np.uint8], january: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """Set 1 January apart, which stands for a day that nobody knows."""
    known = levels.diagonal() > 0
    either = (january[:, None] | january) & known[:, None] & known
    return np.where(either, np.where(january[:, None] & january, 5, 4), levels).astype(np.uint8)


@njit(cache=True, inline="always")
def _shared(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> float:
    shared = np.int64(0)
    for word in range(len(one)):
        shared += np.int64(popcount(one[word] & other[word]))
    return float(shared)


@njit(cache=True, inline="always")
def _binned(dice: float, bins: npt.NDArray[np.float32]) -> int:
    """Give the level of a Dice coefficient."""
    level = 1
    for edge in bins:
        level += dice > edge
    return level


@njit(cache=True, boundscheck=False)
def _levels(
    names: Words,
    values: Values,
    name_levels: npt.NDArray[np.uint8],
    tables: tuple[npt.NDArray[np.uint8], ...],
    pairs: Pairs,
) -> npt.NDArray[np.uint8]:
    levels = np.zeros((len(pairs), 9), np.uint8)
    years, days, citizenships, sexes = tables
    for row in range(len(pairs)):
        one, other = pairs[row, 0], pairs[row, 1]
        mine, yours = values[one], values[other]
        first, last, swapped = _compare_names(names[one], names[other], mine, yours, name_levels)
        levels[row, 0], levels[row, 1], levels[row, 2] = first, last, swapped
        levels[row, 3] = years[mine[4], yours[4]]
        levels[row, 4] = days[mine[5], yours[5]]
        levels[row, 5] = citizenships[mine[6], yours[6]]
        levels[row, 6] = sexes[mine[7], yours[7]]
    return levels


@njit(cache=True, inline="always")
def _compare_names(
    one: npt.NDArray[np.uint64],
    other: npt.NDArray[np.uint64],
    mine: npt.NDArray[np.int32],
    yours: npt.NDArray[np.int32],
    name_levels: npt.NDArray[np.uint8],
) -> tuple[int, int, bool]:
    """Give the levels of first name and surname, and whether they are alike only if one record's are swapped.

    There is hardly a branch, since the processor would guess it wrong for every few pairs.
    """
    width = len(one) // 2
    first, last, first_last, last_first = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    for at in range(width):
        first += np.int64(popcount(one[at] & other[at]))
        last += np.int64(popcount(one[width + at] & other[width + at]))
        first_last += np.int64(popcount(one[at] & other[width + at]))
        last_first += np.int64(popcount(one[width + at] & other[at]))
    of_first, of_last, its_first, its_last = mine[0], mine[1], yours[0], yours[1]
    straight = _dice(first, of_first + its_first) + _dice(last, of_last + its_last)
    swapped = _dice(first_last, of_first + its_last) + _dice(last_first, of_last + its_first) > straight + _SWAP_MARGIN
    if swapped:
        first, last, its_first, its_last = first_last, last_first, its_last, its_first
    first_heard = (not swapped) & (mine[2] == yours[2]) & (mine[2] > 0)
    last_heard = (not swapped) & (mine[3] == yours[3]) & (mine[3] > 0)
    return (
        max(name_levels[of_first + its_first, first], SOUND * first_heard) * ((of_first > 0) & (its_first > 0)),
        max(name_levels[of_last + its_last, last], SOUND * last_heard) * ((of_last > 0) & (its_last > 0)),
        swapped,
    )


@njit(cache=True, inline="always")
def _dice(shared: np.int64, total: np.int32) -> float:
    return 2.0 * int(shared) / max(int(total), 1)


@njit(cache=True, boundscheck=False)
def _compare_rest(
    documents: Words,
    places: Words,
    counts: npt.NDArray[np.int32],
    pairs: Pairs,
    bins: npt.NDArray[np.float32],
    levels: npt.NDArray[np.uint8],
) -> None:
    for row in range(len(pairs)):
        a, b = pairs[row, 0], pairs[row, 1]
        if counts[a, 0] and counts[b, 0]:
            dice = 2.0 * _shared(documents[a], documents[b]) / (counts[a, 0] + counts[b, 0])
            levels[row, 7] = 3 if dice > 0.98 else 2 if dice > 0.75 else 1
        if counts[a, 1] and counts[b, 1]:
            levels[row, 8] = _binned(2.0 * _shared(places[a], places[b]) / (counts[a, 1] + counts[b, 1]), bins)
