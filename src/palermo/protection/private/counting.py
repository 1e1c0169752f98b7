"""Counts of filled values, pairs and triples, and the cap on what one row can add to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.protection.private.layout import Codes, Layout
from palermo.protection.private.noise import secure_words

__all__ = ["CodedRows", "Counts", "Integers", "Rows", "Weighed", "cap", "clip", "count_all", "row_loads"]

Counts = npt.NDArray[np.int32]
Integers = npt.NDArray[np.int64]


class Weighed(Protocol):
    """Rows of which it is known how much each weighs, in pairs and in triples."""

    def loads(self, steps: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
        """Count the rows that weigh up to each step and more than the one before."""

    def combinations(self, most: tuple[int, int]) -> tuple[Counts, Counts]:
        """Count every pair and triple of rows that are capped to weigh no more than this."""


class Rows(Protocol):
    """The rows of a file, wherever they are: all that the measurement asks of them."""

    @property
    def layout(self) -> Layout:
        """The places of their counts."""

    def number(self) -> int:
        """Say how many there are."""

    def values(self) -> Counts:
        """Count every value."""

    def weigh(self, weights: Integers) -> Weighed:
        """Give each row the sum of its pair weights and its number of triples."""


@dataclass(frozen=True, slots=True, eq=False)
class CodedRows:
    """Rows in memory."""

    codes: Codes
    layout: Layout

    def number(self) -> int:
        """See `Rows`."""
        return len(self.codes)

    def values(self) -> Counts:
        """See `Rows`."""
        return np.bincount(self.codes[self.codes >= 0], minlength=self.layout.n_values).astype(np.int32)

    def weigh(self, weights: Integers) -> Weighed:
        """See `Rows`."""
        return _WeighedCodes(self, weights, row_loads(self.codes, weights))


@dataclass(frozen=True, slots=True, eq=False)
class _WeighedCodes:
    rows: CodedRows
    weights: Integers
    of_each: tuple[Integers, Integers]

    def loads(self, steps: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
        """See `Weighed`."""
        pairs, triples = (
            np.bincount(np.searchsorted(own, loads), minlength=len(own))
            for own, loads in zip(steps, self.of_each, strict=True)
        )
        return pairs, triples

    def combinations(self, most: tuple[int, int]) -> tuple[Counts, Counts]:
        """See `Weighed`."""
        pairs, triples = self.of_each
        beyond = (pairs > most[0]) | (triples > most[1])
        capped = self.rows.codes.copy()
        capped[beyond] = cap(capped[beyond], self.weights, most)
        _, two, three = count_all(capped, self.rows.layout)
        return two, three


def count_all(codes: Codes, layout: Layout, *, deep: bool = True) -> tuple[Counts, Counts, Counts]:
    """Count every value, pair and, where it goes so deep, triple of every row."""
    one = np.zeros(layout.n_values, dtype=np.int32)
    two = np.zeros(layout.n_pairs, dtype=np.int32)
    three = np.zeros(layout.n_triples if deep else 0, dtype=np.int32)
    _count(codes, layout.two, layout.three, one, two, three)
    return one, two, three


def row_loads(codes: Codes, weights: Integers) -> tuple[Integers, Integers]:
    """Give each row's sum of pair weights and its number of triples.

    Parameters
    ----------
    weights : shape (columns, columns)
        Symmetric, with zeros on the diagonal.
    """
    filled = (codes >= 0).astype(np.float64)
    pairs = ((filled @ weights.astype(np.float64)) * filled).sum(axis=1) / 2
    m = filled.sum(axis=1).astype(np.int64)
    return np.rint(pairs).astype(np.int64), m * (m - 1) * (m - 2) // 6


def cap(codes: Codes, weights: Integers, most: tuple[int, int]) -> Codes:
    """Cap rows, with fresh secure randomness for each."""
    return clip(codes, weights, *most, secure_words(codes.size).reshape(codes.shape))


def clip(
    codes: Codes, weights: Integers, most_pairs: int, most_triples: int, priorities: npt.NDArray[np.uint64]
) -> Codes:
    """Blank values of rows beyond a limit, in the order of their priorities, until both limits hold.

    What is blanked in a row depends on this row and its own random priorities alone, so that a row more or less in the
    file changes no other row.

    Parameters
    ----------
    priorities : shape (rows, columns)
        Fresh secure random numbers; the lowest goes first.
    """
    clipped = codes.copy()
    _clip(clipped, weights, most_pairs, most_triples, np.argsort(priorities, axis=1))
    return clipped


@njit(cache=True)
def _count(codes, two_at, three_at, one, two, three):  # type: ignore[no-untyped-def]
    filled = np.empty(codes.shape[1], np.int64)
    for row in range(codes.shape[0]):
        m = 0
        for column in range(codes.shape[1]):
            if codes[row, column] >= 0:
                filled[m] = codes[row, column]
                m += 1
        for i in range(m):
            one[filled[i]] += 1
            for j in range(i + 1, m):
                two[two_at[filled[i]] + filled[j]] += 1
                if not len(three):
                    continue
                base = three_at[filled[i]] + two_at[filled[j]]
                for k in range(j + 1, m):
                    three[base + filled[k]] += 1


@njit(cache=True)
def _clip(codes, weights, most_pairs, most_triples, order):  # type: ignore[no-untyped-def]
    n_columns = codes.shape[1]
    for row in range(codes.shape[0]):
        m, load = 0, 0
        for i in range(n_columns):
            if codes[row, i] >= 0:
                m += 1
                for j in range(i + 1, n_columns):
                    if codes[row, j] >= 0:
                        load += weights[i, j]
        turn = 0
        while load > most_pairs or m * (m - 1) * (m - 2) // 6 > most_triples:
            column = order[row, turn]
            turn += 1
            if codes[row, column] >= 0:
                codes[row, column] = -1
                m -= 1
                for j in range(n_columns):
                    if codes[row, j] >= 0:
                        load -= weights[column, j]
