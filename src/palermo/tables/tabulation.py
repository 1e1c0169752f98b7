"""Counts that know who they count, and may not be shown until the gate has let them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

__all__ = ["CELL_KEYS", "EMPTY", "MEASURES", "NOTHING", "TOTAL", "Dimension", "Tabulation", "Unlisted"]

TOTAL = "total"
"""The code of a margin: all codes of the dimension together."""

EMPTY = "empty"
"""The code of a cell in which nothing was said."""

NOTHING = (EMPTY, "unknown", "not-applicable", "withheld")
"""The codes for nothing in a dimension. With the number zero and a count below threshold they are the six kinds of
nothing; they exclude every other code."""

Unlisted = Literal["zero", "not-reported"]
"""A count of records lists what there is, and the rest is ``zero``; what others reported says nothing of the rest."""

CELL_KEYS = 2**28
"""A record's key is below this, and so is a cell's: the sum of its records' keys, what is above left out."""

MEASURES = ("count", "low", "high", "below_threshold_cells", "contributors")


@dataclass(frozen=True, slots=True)
class Dimension:
    """A field by which a table counts."""

    field: str
    codes: Literal["exclusive", "overlapping", "reported"] = "exclusive"
    """How the codes make the total: ``exclusive`` codes, `EMPTY` included, add up to it; ``overlapping`` ones don't
    (one person can suffer several forms of exploitation; only the codes for nothing exclude the others);
    ``reported`` totals were stated by the source and need not agree with their parts."""


@dataclass(frozen=True, slots=True)
class Tabulation:
    """A cube of counts with all its margins, private until `protection.release` has seen it.

    ``cells`` has one text column for each dimension (`TOTAL` on margins, `EMPTY` where nothing was
    said, else a code) and the whole-number columns of `MEASURES`: ``count`` is the exact part,
    ``low`` and ``high`` bound the truth where some of it is known only as an interval, and
    ``contributors`` is the least number of people or records the cell stands on. Two more may be there: ``cell_key``,
    from which noise is made, and ``largest``, the greatest part of the number that comes from one contributor.
    """

    name: str
    title: str
    dimensions: tuple[Dimension, ...]
    unit: str
    population: str
    cells: pl.DataFrame
    notes: tuple[str, ...] = ()
    universe: str = "records"
    """Tables of the same universe count the same things, so a margin they share is one number."""
    within: tuple[tuple[str, str], ...] = ()
    """The part of the universe that the table counts, as fields and codes: other tables may count by these fields."""
    kind: Literal["statistics", "quality"] = "statistics"
    """``statistics``, or ``quality`` for tables about the data themselves."""
    unlisted: Unlisted = "zero"
    """What a cell is that ``cells`` does not list."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the dimensions, in order."""
        return tuple(dimension.field for dimension in self.dimensions)

    @property
    def scheme(self) -> tuple[Dimension, ...]:
        """The dimensions, and those of which the table counts one code only."""
        return (*self.dimensions, *(Dimension(field) for field, _ in self.within))
