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

__all__ = ["BINS", "LEVELS", "MEASURES", "SAME", "SOUND", "Packed", "binned", "compare", "pack"]

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


@dataclass(frozen=True, slots=True)
class Packed:
    """What the compiled loop reads of each record: few bytes, side by side."""

    names: Words
    """First name and surname in one row."""
    name_counts: npt.NDArray[np.int32]
    codes: npt.NDArray[np.int32]
    """Shape (records, 4): which year, day, citizenship and sex, as a number of its own here."""
    heard: npt.NDArray[np.int32]
    """How first name and surname sound in a citizenship, as a number; 0 where one of the two is not known."""
    tables: tuple[npt.NDArray[np.uint8], ...]
    """For each of these, the level of each two codes."""
    rest: tuple[Words, Words]
    """Document and place, which most records do not have."""
    rest_counts: npt.NDArray[np.int32]


def pack(encodings: Encodings) -> Packed:
    """Lay the names side by side, and compare the few values of dates and codes once and for all."""
    filters = encodings.filters
    coded = [_coded(filters[name], rule) for name, rule in _RULES.items()]
    days = filters["month_day"][np.unique(coded[1][0], return_index=True)[1]]
    tables = [each[1] for each in coded]
    tables[1] = _days(tables[1], (days == encodings.january_first).all(axis=1))
    names = (filters["first_name"], filters["surname"])
    rest = (filters["document"], filters["place"])
    return Packed(
        np.ascontiguousarray(np.concatenate(names, axis=1)),
        np.ascontiguousarray(np.column_stack([bit_counts(each) for each in names])),
        np.ascontiguousarray(np.column_stack([each[0] for each in coded])),
        np.ascontiguousarray(np.column_stack([_numbered(encodings.tokens[:, kind]) for kind in _HEARD])),
        tuple(tables),
        rest,
        np.ascontiguousarray(np.column_stack([bit_counts(each) for each in rest])),
    )


def compare(packed: Packed, pairs: Pairs) -> npt.NDArray[np.uint8]:
    """Compare pairs of records; shape (pairs, measures)."""
    pairs = np.ascontiguousarray(pairs)
    levels = _levels(packed.names, packed.name_counts, packed.codes, packed.heard, packed.tables, pairs, BINS)
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
def _dice(names: Words, counts: npt.NDArray[np.int32], a: int, f: int, b: int, g: int) -> float:
    """Give how alike a name of one record is to a name of another; -1 if one is not known."""
    if counts[a, f] == 0 or counts[b, g] == 0:
        return -1.0
    width = names.shape[1] // 2
    mine, yours = names[a, f * width : (f + 1) * width], names[b, g * width : (g + 1) * width]
    return float(2.0 * _shared(mine, yours) / (counts[a, f] + counts[b, g]))


@njit(cache=True, inline="always")
def binned(dice: float, bins: npt.NDArray[np.float32]) -> int:
    """Give the level of a Dice coefficient; one below zero is of a value that is not known."""
    if dice < 0:
        return 0
    level = 1
    for edge in bins:
        level += dice > edge
    return level


@njit(cache=True, boundscheck=False)
def _levels(
    names: Words,
    counts: npt.NDArray[np.int32],
    codes: npt.NDArray[np.int32],
    heard: npt.NDArray[np.int32],
    tables: tuple[npt.NDArray[np.uint8], ...],
    pairs: Pairs,
    bins: npt.NDArray[np.float32],
) -> npt.NDArray[np.uint8]:
    levels = np.zeros((len(pairs), 9), np.uint8)
    for row in range(len(pairs)):
        a, b = pairs[row, 0], pairs[row, 1]
        first, last = _dice(names, counts, a, 0, b, 0), _dice(names, counts, a, 1, b, 1)
        if first < 0.9 or last < 0.9:
            one, other = _dice(names, counts, a, 0, b, 1), _dice(names, counts, a, 1, b, 0)
            if max(one, 0.0) + max(other, 0.0) > max(first, 0.0) + max(last, 0.0) + _SWAP_MARGIN:
                first, last = one, other
                levels[row, 2] = 1
        for name, dice in ((0, first), (1, last)):
            level = binned(dice, bins)
            levels[row, name] = SAME if level == SOUND else level
            if level < SOUND and not levels[row, 2] and heard[a, name] == heard[b, name] > 0:
                levels[row, name] = SOUND
        levels[row, 3] = tables[0][codes[a, 0], codes[b, 0]]
        levels[row, 4] = tables[1][codes[a, 1], codes[b, 1]]
        levels[row, 5] = tables[2][codes[a, 2], codes[b, 2]]
        levels[row, 6] = tables[3][codes[a, 3], codes[b, 3]]
    return levels


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
            levels[row, 8] = binned(2.0 * _shared(places[a], places[b]) / (counts[a, 1] + counts[b, 1]), bins)
