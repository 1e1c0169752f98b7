"""How alike two records are, field by field, as levels: 0 is not known, the last is the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.bits import bit_counts, popcount
from palermo.linkage.candidates import Pairs
from palermo.linkage.encodings import FIELDS, Encodings
from palermo.linkage.filters import Words

__all__ = ["BINS", "LEVELS", "MEASURES", "Packed", "binned", "compare", "pack"]

MEASURES = ("first_name", "surname", "swapped", "year", "month_day", "citizenship", "sex", "document", "place")
"""What is compared, in the order of the columns of levels."""

LEVELS: dict[str, tuple[str, ...]] = {
    "first_name": ("not known", "differ", "far", "weak", "fair", "near", "close", "very close", "same"),
    "surname": ("not known", "differ", "far", "weak", "fair", "near", "close", "very close", "same"),
    "swapped": ("in order", "swapped"),
    "year": ("not known", "differ", "one year apart", "same"),
    "month_day": ("not known", "differ", "day and month swapped", "same", "one is 1 January", "both are 1 January"),
    "citizenship": ("not known", "differ", "same"),
    "sex": ("not known", "differ", "same"),
    "document": ("not known", "differ", "close", "same"),
    "place": ("not known", "differ", "far", "weak", "fair", "near", "close", "very close", "same"),
}
"""What each level of each measure means."""

BINS = np.array([0.2, 0.35, 0.5, 0.62, 0.74, 0.86, 0.9999], np.float32)
_SWAP_MARGIN = 0.3


@dataclass(frozen=True, slots=True)
class Packed:
    """The filters of all fields side by side, for the compiled loop."""

    words: Words
    starts: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int32]
    january: npt.NDArray[np.bool_]
    """Which records have 1 January for a birthday."""


def pack(encodings: Encodings) -> Packed:
    """Lay the filters side by side and count their bits once."""
    parts = [encodings.filters[name] for name in FIELDS]
    widths = [part.shape[1] for part in parts]
    january = (encodings.filters["month_day"] == encodings.january_first).all(axis=1)
    return Packed(
        np.ascontiguousarray(np.concatenate(parts, axis=1)),
        np.concatenate([[0], np.cumsum(widths)]).astype(np.int64),
        np.ascontiguousarray(np.column_stack([bit_counts(part) for part in parts])),
        january,
    )


def compare(packed: Packed, pairs: Pairs) -> npt.NDArray[np.uint8]:
    """Compare pairs of records; shape (pairs, measures)."""
    return _levels(packed.words, packed.starts, packed.counts, packed.january, np.ascontiguousarray(pairs), BINS)


@njit(cache=True, inline="always")
def _dice(
    words: Words, counts: npt.NDArray[np.int32], starts: npt.NDArray[np.int64], a: int, f: int, b: int, g: int
) -> float:
    total = counts[a, f] + counts[b, g]
    if counts[a, f] == 0 or counts[b, g] == 0:
        return -1.0
    shared = np.int64(0)
    begin, other = starts[f], starts[g]
    for word in range(starts[f + 1] - begin):
        shared += np.int64(popcount(words[a, begin + word] & words[b, other + word]))
    return float(2.0 * shared / total)


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
    words: Words,
    starts: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int32],
    january: npt.NDArray[np.bool_],
    pairs: Pairs,
    bins: npt.NDArray[np.float32],
) -> npt.NDArray[np.uint8]:
    levels = np.zeros((len(pairs), 9), np.uint8)
    for row in range(len(pairs)):
        a, b = pairs[row, 0], pairs[row, 1]
        first, last = _dice(words, counts, starts, a, 0, b, 0), _dice(words, counts, starts, a, 1, b, 1)
        if first < 0.9 or last < 0.9:
            one, other = _dice(words, counts, starts, a, 0, b, 1), _dice(words, counts, starts, a, 1, b, 0)
            if max(one, 0.0) + max(other, 0.0) > max(first, 0.0) + max(last, 0.0) + _SWAP_MARGIN:
                first, last = one, other
                levels[row, 2] = 1
        levels[row, 0] = binned(first, bins)
        levels[row, 1] = binned(last, bins)
        dice = _dice(words, counts, starts, a, 2, b, 2)
        levels[row, 3] = 0 if dice < 0 else 3 if dice > 0.9 else 2 if dice > 0.5 else 1
        dice = _dice(words, counts, starts, a, 3, b, 3)
        if dice >= 0:
            if january[a] or january[b]:
                levels[row, 4] = 5 if january[a] and january[b] else 4
            else:
                levels[row, 4] = 3 if dice > 0.9 else 2 if dice > 0.42 else 1
        dice = _dice(words, counts, starts, a, 4, b, 4)
        levels[row, 5] = 0 if dice < 0 else 2 if dice > 0.9 else 1
        dice = _dice(words, counts, starts, a, 5, b, 5)
        levels[row, 6] = 0 if dice < 0 else 2 if dice > 0.9 else 1
        dice = _dice(words, counts, starts, a, 6, b, 6)
        levels[row, 7] = 0 if dice < 0 else 3 if dice > 0.98 else 2 if dice > 0.75 else 1
        levels[row, 8] = binned(_dice(words, counts, starts, a, 7, b, 7), bins)
    return levels
