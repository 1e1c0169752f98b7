"""Records → counts by any set of fields, with every margin, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import polars as pl
from ibis.expr.types import ArrayValue, StringValue, Table

from palermo.errors import UsageError
from palermo.standard import Standard
from palermo.tables import CELL_KEYS, EMPTY, MEASURES, TOTAL, Dimension, Engine, Tabulation

__all__ = ["MOST_DIMENSIONS", "Counted", "count_records", "exact", "percent"]

MOST_DIMENSIONS = 6
"""More would make a table of single persons, and 64 margins."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a table counts, in the words that travel with it."""

    unit: str
    population: str
    universe: str = "records"
    within: tuple[tuple[str, str], ...] = ()
    """The part of the universe that is counted, if it is not all of it."""
    contributor: str = ""
    """The column that says who stands behind a record; without it, somebody else behind each."""
    key: str = ""
    """The column of random keys that noise is made from; none without noise."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are measured besides those that are counted by."""
        return tuple(name for name in (self.contributor, self.key) if name)

    @property
    def measures(self) -> dict[str, str]:
        """What is measured of each cell, in SQL: how many there are, on how many people they stand, and its key."""
        distinct = f'COUNT(DISTINCT "{self.contributor}")' if self.contributor else "COUNT(*)"
        key = {"cell_key": f'SUM("{self.key}") % {CELL_KEYS}'} if self.key else {}
        return {"count": "COUNT(*)", "contributors": distinct, **key}


def count_records(
    cases: Table, by: Sequence[str], what: Counted, *, name: str, title: str, standard: Standard, engine: Engine
) -> Tabulation:
    """Count records by a set of fields, with all margins.

    A field with several codes counts a record once under each of its codes, so its codes don't add up to the total.

    Raises
    ------
    UsageError
        A field is unknown, named twice, or there are more than `MOST_DIMENSIONS`.
    """
    fields = [standard.field(name) for name in by]
    if len(set(by)) < len(by) or len(by) > MOST_DIMENSIONS:
        raise UsageError(
            f"a table counts by up to {MOST_DIMENSIONS} different fields.", todo="Name fewer, each once, after --by."
        )
    several = [field.field for field in fields if field.type == "codes"]
    single = [field.field for field in fields if field.type != "codes"]
    keyed = cases.select(
        **{name: _said(cases, name) for name in single},
        **{name: _each(cases[name]) for name in several},
        **{name: cases[name] for name in what.columns},
    )
    for name_ in several:
        keyed = keyed.mutate(**{name_: keyed[name_].unnest()})
    cells = exact(engine.collect(engine.cube(keyed, single, what.measures, always=several)), by)
    notes = [f"A record can have several codes of {standard.field_label(field)}." for field in several]
    dimensions = [Dimension(field, "overlapping" if field in several else "exclusive") for field in by]
    return Tabulation(
        name=name,
        title=title,
        dimensions=tuple(dimensions),
        unit=what.unit,
        population=what.population,
        cells=cells.sort(by),
        notes=tuple(notes),
        universe=what.universe,
        within=what.within,
    )


def exact(cells: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Say of counts that nothing about them is uncertain, and put the columns of all tables into one order."""
    sure = cells.with_columns(low=pl.col("count"), high=pl.col("count"), below_threshold_cells=pl.lit(0, pl.Int64))
    return sure.select(*by, *MEASURES, *(name for name in ("cell_key",) if name in cells.columns))


def percent(part: int, whole: int) -> float:
    """Give a share in percent with one decimal, halves away from zero, by whole-number arithmetic.

    >>> percent(2, 4)
    50.0
    """
    return (2000 * part + whole) // (2 * whole) / 10


def _said(cases: Table, field: str) -> StringValue:
    return cases[field].cast("string").fill_null(EMPTY)


def _each(codes: ArrayValue) -> ArrayValue:
    """Give a record's codes, with the total that every record belongs to."""
    return ibis.array([TOTAL]).concat(ibis.coalesce(codes, ibis.array([EMPTY])))
