"""How complete a table is, field by field, in the kinds of nothing."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import polars as pl
from ibis.expr.types import BooleanValue, Table

from palermo.standard import Field
from palermo.tables import EMPTY, NOTHING, Engine

__all__ = ["FILLED", "measure"]

FILLED = "filled"


def measure(table: Table, fields: Sequence[Field], engine: Engine) -> pl.DataFrame:
    """Count, for every field, the rows that say something and those that say each kind of nothing.

    Returns
    -------
    polars.DataFrame
        ``field``, ``state`` (`FILLED` or one of `NOTHING`), ``rows``.
    """
    counted = {f"{field.field}|{state}": _is(table, field, state).sum() for field in fields for state in _STATES}
    counts = engine.collect(table.aggregate(**counted)).row(0)
    rows = [(*name.split("|"), int(count or 0)) for name, count in zip(counted, counts, strict=True)]
    return pl.DataFrame(rows, schema={"field": pl.String, "state": pl.String, "rows": pl.Int64}, orient="row")


_STATES = (FILLED, *NOTHING)


def _is(table: Table, field: Field, state: str) -> BooleanValue:
    column = table[field.field]
    if state == EMPTY:
        return column.isnull()
    if not field.is_coded:
        return column.notnull() if state == FILLED else ibis.literal(False) & column.notnull()
    said = column[0] if field.type == "codes" else column
    return column.notnull() & (said.notin(NOTHING) if state == FILLED else said == state)
