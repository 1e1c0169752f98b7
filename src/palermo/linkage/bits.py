"""Counting bits, compiled: the inner loop of every comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from numba import njit, types
from numba.extending import intrinsic

from palermo.linkage.filters import Words

__all__ = ["TILE", "add_shared", "bit_counts", "columns_of", "count_pairs_above", "popcount"]

TILE = 1024
"""How many filters are compared at a time, so that they stay near the processor."""


@intrinsic
def _popcount(typing: Any, word: Any) -> Any:
    """Count the bits of a word by the processor's own instruction."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


popcount = cast(Callable[[Any], Any], _popcount)


def bit_counts(words: Words) -> npt.NDArray[np.int32]:
    """Count the bits of each filter."""
    return np.asarray(np.bitwise_count(words).sum(axis=1, dtype=np.int32))


def columns_of(words: Words) -> Words:
    """Lay filters out for `add_shared`: a column a filter, and empty words to the next multiple of four."""
    return np.ascontiguousarray(np.pad(words, ((0, 0), (0, -words.shape[1] % 4))).T)


@njit(cache=True, boundscheck=False)
def add_shared(columns: Words, one: int, begin: int, end: int, into: npt.NDArray[np.int64]) -> None:
    """Count the bits that a filter shares with those from ``begin`` to ``end``, four words at a time.

    The slices are what lets the compiler use the processor's widest registers.
    """
    into[:] = 0
    for word in range(0, columns.shape[0], 4):
        a, b, c, d = columns[word, one], columns[word + 1, one], columns[word + 2, one], columns[word + 3, one]
        first, second = columns[word, begin:end], columns[word + 1, begin:end]
        third, fourth = columns[word + 2, begin:end], columns[word + 3, begin:end]
        for at in range(len(into)):
            into[at] += np.int64(
                popcount(a & first[at]) + popcount(b & second[at]) + popcount(c & third[at]) + popcount(d & fourth[at])
            )


@njit(cache=True, boundscheck=False)
def _above(columns: Words, counts: npt.NDArray[np.int64], least: float) -> int:
    n = columns.shape[1]
    buffer = np.zeros(TILE, np.int64)
    found = 0
    for tile in range(0, n, TILE):
        end = min(n, tile + TILE)
        for one in range(end):
            begin = max(tile, one + 1)
            shared, others = buffer[: end - begin], counts[begin:end]
            add_shared(columns, one, begin, end, shared)
            for at in range(len(shared)):
                found += 2.0 * shared[at] >= least * np.float64(counts[one] + others[at])
    return found


def count_pairs_above(words: Words, least: float) -> int:
    """Count the pairs of filters whose Dice coefficient is at least ``least``."""
    return int(_above(columns_of(words), bit_counts(words).astype(np.int64), least))
