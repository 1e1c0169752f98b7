"""Counting bits, compiled: the inner loop of every comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from numba import njit, types
from numba.extending import intrinsic

from palermo.linkage.filters import Words

__all__ = ["bit_counts", "count_pairs_above", "popcount"]


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


@njit(cache=True, boundscheck=False, fastmath=True)
def _above(
    columns: Words, counts: npt.NDArray[np.int32], least: float, shared: npt.NDArray[np.int32], begin: int, end: int
) -> int:
    width, n = columns.shape
    found = 0
    for one in range(begin, end):
        shared[:] = 0
        for word in range(width):
            mine = columns[word, one]
            for other in range(one + 1, n):
                shared[other] += np.int32(popcount(mine & columns[word, other]))
        for other in range(one + 1, n):
            if 2 * shared[other] >= least * (counts[one] + counts[other]):
                found += 1
    return found


def count_pairs_above(words: Words, least: float) -> int:
    """Count the pairs of filters whose Dice coefficient is at least ``least``, over all pairs."""
    columns = np.ascontiguousarray(words.T)
    shared = np.zeros(len(words), np.int32)
    return int(_above(columns, bit_counts(words), least, shared, 0, len(words)))
