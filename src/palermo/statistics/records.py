"""Records → counts by any set of fields, with every margin, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import polars as pl
from ibis.expr.types import ArrayValue, StringValue, Table

from palermo.errors import UsageError
from palermo.standard import Standard
from palermo.statistics.keys import RECORD_KEY
from palermo.tables import CELL_KEYS, EMPTY, MEASURES, TOTAL, Dimension, Engine, Tabulation

__all__ = ["MOST_DIMENSIONS", "Counted", "count_records", "percent"]

MOST_DIMENSIONS = 6
"""More would make a table of single persons, and 64 margins."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a table counts, in the words that travel with it."""

    unit: str
    population: str
    universe: str = "records"


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
    keys = [name for name in (RECORD_KEY,) if name in cases.columns]
    keyed = cases.select(
        **{name: _said(cases, name) for name in single},
        **{name: _each(cases[name]) for name in several},
        **{name: cases[name] for name in keys},
    )
    for name_ in several:
        keyed = keyed.mutate(**{name_: keyed[name_].unnest()})
    measures = {"count": "COUNT(*)"}
    if keys:
        measures["cell_key"] = f"SUM({RECORD_KEY}) % {CELL_KEYS}"
    cube = engine.cube(keyed, single, measures, always=several)
    cells = engine.collect(cube).with_columns(
        low=pl.col("count"),
        high=pl.col("count"),
        below_threshold_cells=pl.lit(0, pl.Int64),
        contributors=pl.col("count"),
    )
    notes = [f"A record can have several codes of {standard.field_label(field)}." for field in several]
    dimensions = [Dimension(field, "overlapping" if field in several else "exclusive") for field in by]
    return Tabulation(
        name=name,
        title=title,
        dimensions=tuple(dimensions),
        unit=what.unit,
        population=what.population,
        cells=cells.select(*by, *MEASURES, *(["cell_key"] if keys else [])).sort(by),
        notes=tuple(notes),
        universe=what.universe,
    )


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
