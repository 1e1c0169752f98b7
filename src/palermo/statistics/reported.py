"""Aggregates that others reported → sums that add only what may be added.

The same people stand under several dimensions, so a sum over all rows is never made: what is not asked for stands at
its total. Cells below a threshold and values in conflict are intervals, and stay intervals in every sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import polars as pl
from ibis.expr.types import IntegerValue, StringValue, Table

from palermo.errors import UsageError
from palermo.standard import Standard
from palermo.tables import EMPTY, NOTHING, TOTAL, Dimension, Engine, Tabulation

__all__ = ["AREA_FIELD", "reporting_countries", "sum_reported"]

AREA_FIELD = "area"
"""``named`` for rows that name a country, ``not-applicable`` for regional ones, since nobody can know whether these
repeat countries. Tables by country have it too: the gate must know the same people by the same name in all tables."""

_BREAKDOWNS = {
    "form_of_exploitation": "form-of-exploitation",
    "citizenship": "citizenship",
    "country_of_repatriation": "country-of-repatriation",
}
_REPORTED = ("dimension", "category", "sex", "age_group", *_BREAKDOWNS)
_SUMMED = ("year", "country", "region", "subregion")
_MEASURES = {
    "count": "SUM(exact)",
    "low": "SUM(low)",
    "high": "SUM(high)",
    "below_threshold_cells": "SUM(below)",
    "conflicting": "SUM(conflicting)",
    "contributors": "SUM(low)",
}


def sum_reported(
    cells: Table,
    by: Sequence[str],
    *,
    indicator: str,
    where: Mapping[str, str] | None = None,
    name: str,
    title: str,
    standard: Standard,
    engine: Engine,
) -> Tabulation:
    """Sum reported aggregates of one indicator.

    Parameters
    ----------
    cells
        As intake gives them: fields, ``value`` and ``value_high``, ``key_digest``, ``first`` and ``settled``.
    by
        ``year``, ``country``, ``region`` and ``subregion`` are summed; ``sex``, ``age_group`` and one breakdown are
        taken as reported. What is in neither ``by`` nor ``where`` stands at its total.

    Raises
    ------
    UsageError
        The question would count the same people twice, or units that differ.
    """
    where = dict(where or {})
    dimension = _dimension(by, where)
    rows = cells.filter(cells.indicator == indicator, cells.first, cells.dimension == dimension)
    for field in ("sex", "age_group"):
        if field not in by and field not in where:
            rows = rows.filter(rows[field] == TOTAL)
    for field, value in where.items():
        if field not in ("indicator", "dimension"):
            rows = rows.filter(_said(rows, field) == value)
    area = () if "country" in where else (AREA_FIELD,)
    fields = (*by, *area)
    reported = [field for field in by if field in _REPORTED]
    cube = engine.cube(_keyed(rows, fields), [f for f in fields if f not in reported], _MEASURES, always=reported)
    found = engine.collect(cube).with_columns(pl.col(list(_MEASURES)).fill_null(0))
    return Tabulation(
        name=name,
        title=title,
        dimensions=tuple(Dimension(field, "reported" if field in reported else "exclusive") for field in fields),
        unit=standard.codes("indicator").codes[indicator].parent,
        population=_population(indicator, standard),
        cells=found.drop("conflicting").sort(fields),
        notes=_notes(found),
        universe=f"{indicator}|{dimension}|{sorted(where.items())}",
        unlisted="not-reported",
    )


def reporting_countries(cells: Table, indicator: str, engine: Engine) -> pl.DataFrame:
    """Count, for each year, the countries that reported a total: ``year``, ``countries``."""
    totals = cells.filter(
        cells.indicator == indicator,
        cells.dimension == TOTAL,
        cells.sex == TOTAL,
        cells.age_group == TOTAL,
        cells.country.notin(NOTHING),
    )
    return engine.collect(totals.group_by("year").agg(countries=totals.country.nunique())).sort("year")


def _dimension(by: Sequence[str], where: Mapping[str, str]) -> str:
    """Say which breakdown the question is about, and refuse one that would add people up twice."""
    unknown = [field for field in (*by, *where) if field not in (*_REPORTED, *_SUMMED, "indicator")]
    if unknown:
        raise UsageError(
            f"reported figures cannot be counted by {', '.join(unknown)}.",
            todo=f"Take {', '.join(_SUMMED + _REPORTED)}.",
        )
    if "indicator" in by:
        raise UsageError(
            "indicators differ in unit and are never put into one table.", todo="Name one with --indicator."
        )
    asked = {_BREAKDOWNS[field] for field in (*by, *where) if field in _BREAKDOWNS}
    if "dimension" in where:
        asked.add(where["dimension"])
    if len(asked) > 1 or "dimension" in by:
        raise UsageError(
            "the same people stand under every dimension, so dimensions are never put into one table.",
            todo="Ask for one, for example with --where dimension=form-of-exploitation.",
        )
    dimension = asked.pop() if asked else TOTAL
    if dimension != TOTAL and not {"category", *_BREAKDOWNS} & {*by, *where}:
        raise UsageError(
            f"categories of the dimension {dimension} can overlap and are never added up.", todo="Add category to --by."
        )
    if dimension == TOTAL and "category" in {*by, *where}:
        raise UsageError(
            "a category means something only within its dimension.",
            todo="Name the dimension, for example with --where dimension=form-of-exploitation.",
        )
    return dimension


def _keyed(rows: Table, fields: Sequence[str]) -> Table:
    """Bring the rows to one cell a key: exact, below threshold, or in conflict."""
    same = ibis.window(group_by="key_digest")
    low, high = rows.value.min().over(same), rows.value_high.max().over(same)
    exact = rows.settled & (rows.value == rows.value_high)
    cells = rows.select(
        "source_row",
        **{field: _said(rows, field) for field in fields},
        keeper=rows.source_row.min().over(same),
        low=low,
        high=high,
        exact=ibis.ifelse(exact, rows.value, 0),
        below=_one(rows.settled & (rows.value < rows.value_high)),
        conflicting=_one(~rows.settled),
    )
    return cells.filter(cells.source_row == cells.keeper).drop("source_row", "keeper")


def _one(condition: ibis.expr.types.BooleanValue) -> IntegerValue:
    return ibis.ifelse(condition, 1, 0)


def _said(rows: Table, field: str) -> StringValue:
    if field == AREA_FIELD:
        return ibis.ifelse(rows.country.isnull() | (rows.country == "not-applicable"), "not-applicable", "named")
    if field == "form_of_exploitation":
        return rows[field][0].fill_null(EMPTY)
    return rows[field].cast("string").fill_null(EMPTY)


def _population(indicator: str, standard: Standard) -> str:
    code = standard.codes("indicator").codes[indicator]
    return f"{code.label}, as States reported them. {code.definition}."


def _notes(found: pl.DataFrame) -> tuple[str, ...]:
    notes = []
    below, conflicting = found["below_threshold_cells"].max() or 0, found["conflicting"].max() or 0
    if below:
        notes.append(
            "An interval stands where the source says of some figures only that they are small, such as below five;"
            " the exact part is without them."
        )
    if conflicting:
        notes.append("Some figures stand in the source with different values; they are counted as intervals.")
    return tuple(notes)
