"""Where the counts of all 1-, 2- and 3-way tables stand: every combination of public values has its place.

Values are numbered through, column by column. The pairs of a value ``a`` stand together, one for each value of a
later column; so do the triples of ``a``, one for each pair of later columns. Then the pair ``a < b`` is at
``two[a] + b`` and the triple ``a < b < c`` at ``three[a] + two[b] + c``, and no table of offsets is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["BLANK", "Codes", "Floats", "Layout", "lay_out"]

BLANK = -1

Codes = npt.NDArray[np.int32]
"""Shape (rows, columns): the number of a value, or `BLANK`."""
Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The places of values, pairs and triples."""

    firsts: Integers
    """The first value of each column, and the number of values at the end."""
    column: Integers
    """The column of each value."""
    two: Integers
    three: Integers
    n_pairs: int
    n_triples: int

    @property
    def n_columns(self) -> int:
        """How many columns there are."""
        return len(self.firsts) - 1

    @property
    def n_values(self) -> int:
        """How many values all columns have."""
        return int(self.firsts[-1])

    @property
    def sizes(self) -> Integers:
        """How many values each column has."""
        sizes: Integers = np.diff(self.firsts)
        return sizes

    def after(self, value: int) -> int:
        """Give the first value of the next column."""
        return int(self.firsts[self.column[value] + 1])

    def pairs_of(self, value: int) -> slice:
        """Say where the pairs that begin with a value are."""
        start = int(self.two[value])
        return slice(start + self.after(value), start + self.n_values)

    def triples_of(self, value: int) -> slice:
        """Say where the triples that begin with a value are: as many as there are pairs of later columns."""
        start = int(self.three[value])
        return slice(start + self.pairs_behind(value), start + self.n_pairs)

    def pairs_behind(self, value: int) -> int:
        """Say where the pairs of later columns begin."""
        following = self.after(value)
        return self.pairs_of(following).start if following < self.n_values else self.n_pairs

    def expand(self, by_columns: npt.NDArray[np.float64]) -> Floats:
        """Give each pair of values what its pair of columns has."""
        out = np.empty(self.n_pairs, dtype=np.float32)
        for value in range(self.n_values):
            out[self.pairs_of(value)] = by_columns[self.column[value], self.column[self.after(value) :]]
        return out

    def column_pairs(self) -> Iterator[tuple[int, int]]:
        """Go through the pairs of columns."""
        for left in range(self.n_columns):
            yield from ((left, right) for right in range(left + 1, self.n_columns))

    def pair_table(self, left: int, right: int) -> Integers:
        """Say where the cells of one 2-way table are: shape (values of left, values of right)."""
        rows = np.arange(self.firsts[left], self.firsts[left + 1])
        columns = np.arange(self.firsts[right], self.firsts[right + 1])
        places: Integers = self.two[rows][:, None] + columns
        return places


def lay_out(sizes: Sequence[int]) -> Layout:
    """Place the tables of columns with so many values each."""
    firsts = np.concatenate([[0], np.cumsum(np.asarray(sizes, dtype=np.int64))]).astype(np.int64)
    n_values = int(firsts[-1])
    column = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    after = firsts[column + 1]
    pairs = n_values - after
    starts = np.concatenate([[0], np.cumsum(pairs)]).astype(np.int64)
    behind = starts[after]
    triples = starts[-1] - behind
    starts3 = np.concatenate([[0], np.cumsum(triples)]).astype(np.int64)
    return Layout(firsts, column, starts[:-1] - after, starts3[:-1] - behind, int(starts[-1]), int(starts3[-1]))
