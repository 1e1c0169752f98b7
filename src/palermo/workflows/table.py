"""One table from one file: the quick question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import polars as pl
from ibis.expr.types import BooleanValue, Table

from palermo import intake, protection, statistics
from palermo.errors import UsageError
from palermo.standard import Standard
from palermo.tables import EMPTY, NOTHING, TOTAL, Engine, Tabulation, open_engine
from palermo.workflows.surroundings import mapping_for, standard_around

__all__ = ["Question", "TableAnswer", "tabulate"]

_APART = "These rows are of regions and name no country; nobody can know whether they repeat figures of countries."
_PRIVATE = "Not for publication: small counts have not been protected."


@dataclass(frozen=True, slots=True)
class Question:
    """What to count in a file."""

    file: Path
    mapping: str
    by: tuple[str, ...]
    indicator: str | None = None
    where: Mapping[str, str] | None = None
    private: bool = False
    """Show every count as it is, to those inside."""


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """A table for a person or a program."""

    by: tuple[str, ...]
    unit: str
    indicator: str | None
    publishable: bool
    rows: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "by": list(self.by),
            "unit": self.unit,
            "indicator": self.indicator,
            "publishable": self.publishable,
            "rows": list(self.rows),
            "notes": list(self.notes),
        }


def tabulate(question: Question) -> TableAnswer:
    """Count a file by some fields, through the gate unless the answer stays inside.

    Raises
    ------
    UsageError
        A field or code is unknown, or the question would add up what may not be added up.
    InputError
        The file cannot be read.
    """
    standard = standard_around(question.file)
    mapping = mapping_for(question.file, question.mapping, standard)
    for field in question.by:
        standard.field(field)
    where = {field: standard.code(field, value) for field, value in (question.where or {}).items()}
    with open_engine() as engine:
        examined = intake.examine(question.file, mapping, standard, engine)
        count = _COUNT[mapping.shape]
        table, notes = count(question, where, examined, standard, engine)
    if question.private:
        cells, notes = table.cells, (*notes, _PRIVATE)
    else:
        released = protection.release([table]).tables[0]
        cells, notes = released.cells, tuple(dict.fromkeys((*notes, *released.notes)))
    return TableAnswer(
        by=question.by,
        unit=table.unit,
        indicator=question.indicator,
        publishable=not question.private,
        rows=tuple(_rows(table, cells, question.by, standard)),
        notes=notes,
    )


def _count_records(
    question: Question, where: Mapping[str, str], examined: intake.Examined, standard: Standard, engine: Engine
) -> tuple[Tabulation, tuple[str, ...]]:
    if question.indicator:
        raise UsageError("a file of records has no indicators.", todo="Leave out --indicator.")
    for field in (*question.by, *where):
        if standard.field(field).unit == "cell":
            raise UsageError(f"{field} is a field of aggregates, and this is a file of records.")
    chosen = [_is(examined.table, field, code, standard) for field, code in where.items()]
    cases = examined.table.filter(reduce(lambda one, other: one & other, chosen)) if chosen else examined.table
    what = statistics.Counted(examined.mapping.unit, examined.mapping.coverage)
    table = statistics.count_records(cases, question.by, what, name="table", title="", standard=standard, engine=engine)
    return table, table.notes


def _sum_reported(
    question: Question, where: Mapping[str, str], examined: intake.Examined, standard: Standard, engine: Engine
) -> tuple[Tabulation, tuple[str, ...]]:
    known = [code.code for code in standard.codes("indicator")]
    if question.indicator not in known:
        raise UsageError(
            "the rows are of several indicators, which differ in unit and are never added up.",
            todo=f"Name one with --indicator: {', '.join(known)}.",
        )
    table = statistics.sum_reported(
        examined.table,
        question.by,
        indicator=question.indicator,
        where=where,
        name="table",
        title="",
        standard=standard,
        engine=engine,
    )
    lag = statistics.lagging_year(examined.table, question.indicator, engine)
    return table, (*table.notes, *([lag] if lag else []))


_COUNT = {"records": _count_records, "aggregates": _sum_reported}


def _is(cases: Table, field: str, code: str, standard: Standard) -> BooleanValue:
    column = cases[field]
    if code == EMPTY:
        return column.isnull()
    if standard.field(field).type == "codes":
        return column.contains(code).fill_null(False)
    return column.cast("string") == code


def _rows(table: Tabulation, cells: pl.DataFrame, by: Sequence[str], standard: Standard) -> list[dict[str, Any]]:
    """Give a row for each combination of codes; margins are left to those who add up."""
    inner = cells.filter(~pl.any_horizontal(pl.col(list(by)) == TOTAL)) if by else cells
    split = statistics.AREA_FIELD in table.fields
    whole = inner.filter(pl.col(statistics.AREA_FIELD) == TOTAL) if split else inner
    regional = inner.filter(pl.col(statistics.AREA_FIELD) == "not-applicable") if split else inner.clear()
    apart = {tuple(row[field] for field in by): row for row in regional.iter_rows(named=True)}
    rows = []
    for row in whole.iter_rows(named=True):
        own = apart.get(tuple(row[field] for field in by))
        said: dict[str, Any] = {field: _plain(field, row[field], standard) for field in by}
        said["count"] = _measures(row)
        said["apart"] = {"count": _measures(own), "why": _APART} if own else None
        rows.append(said)
    _add_shares(rows, table, cells, by)
    return rows


def _plain(field: str, code: str, standard: Standard) -> str | int | None:
    if code == EMPTY:
        return None
    return int(code) if standard.field(field).type in ("year", "integer") else code


def _measures(row: Mapping[str, Any]) -> dict[str, int | bool | None]:
    counted: dict[str, int | bool | None] = {
        "value": row["count"],
        "low": row["low"],
        "high": row["high"],
        "below_threshold_cells": row["below_threshold_cells"],
    }
    return counted | ({"withheld": True} if row["count"] is None else {})


def _add_shares(rows: list[dict[str, Any]], table: Tabulation, cells: pl.DataFrame, by: Sequence[str]) -> None:
    """Add CTDC's shares to a table by one field with several codes: of the records that say at least one of them."""
    if len(by) != 1 or table.dimensions[0].codes != "overlapping":
        return
    counts = dict(cells.select(by[0], "count").rows())
    nothing = [counts.get(code, 0) for code in NOTHING]
    if None in nothing or counts.get(TOTAL) is None:
        return
    base = counts[TOTAL] - sum(nothing)
    for row in rows:
        if row[by[0]] not in (None, *NOTHING) and row["count"]["value"] is not None:
            row["percent"] = statistics.percent(row["count"]["value"], base)
            row["percent_of"] = base
