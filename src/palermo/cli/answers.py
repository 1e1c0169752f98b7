"""Answers of workflows, as a person reads them."""

from __future__ import annotations

from typing import Any

from palermo.cli.screen import Screen, show_json
from palermo.workflows.check import CheckAnswer
from palermo.workflows.run import Run
from palermo.workflows.table import TableAnswer

__all__ = ["show_check", "show_run", "show_table"]


def show_check(answer: CheckAnswer) -> None:
    """Print what is in a file, what is wrong with it, and what to do next."""
    screen = Screen()
    screen.say(f"{answer.file}, read with the mapping {answer.mapping}")
    screen.say(
        f"  {answer.rows_in:,} rows in = {answer.rows_accepted:,} accepted + {answer.rows_quarantined:,} quarantined"
    )
    for note in answer.notes:
        screen.say(f"  {note}")
    for words, columns in (("not in the file", answer.columns_missing), ("not in the mapping", answer.columns_extra)):
        if columns:
            screen.say(f"  {len(columns)} columns {words}: {', '.join(columns[:6])}{' …' if len(columns) > 6 else ''}")
    if answer.findings:
        rows = [(f"{found.rows:,}", found.field, found.sentence, found.rule) for found in answer.findings]
        screen.table(("rows", "field", "what should hold", "rule"), rows, right=(0,))
    else:
        screen.say("  No rule is broken.")
    for missed in answer.unmapped:
        shown = ", ".join(f"{value!r} in {rows:,}" for value, rows in missed.frequent[:5])
        words = f"{missed.field}: {missed.values} values without a code in {missed.rows:,} rows"
        screen.say(f"{words}: {shown}" if shown else words)
    if answer.unmapped:
        screen.say("Give each a line under [fields.FIELD.values] in the mapping. Codes: palermo standard codes FIELD")


def show_table(answer: TableAnswer) -> None:
    """Print a table; withheld cells say so."""
    screen = Screen()
    headings = [*answer.by, answer.unit + "s"]
    extra = [name for name in ("percent",) if any(name in row for row in answer.rows)]
    rows = [
        [
            *("not recorded" if row[field] is None else str(row[field]) for field in answer.by),
            _count(row),
            *_more(row, extra),
        ]
        for row in answer.rows
    ]
    screen.table([*headings, *extra], rows, right=range(len(answer.by), len(headings) + len(extra)))
    for note in answer.notes:
        screen.say(note)


def _count(row: dict[str, Any]) -> str:
    count = row["count"]
    if count["value"] is None:
        return "withheld"
    if count["low"] == count["high"]:
        return f"{count['value']:,}"
    return f"{count['value']:,} ({count['low']:,}–{count['high']:,})"


def _more(row: dict[str, Any], names: list[str]) -> list[str]:
    return [f"{row[name]:.1f} %" if name in row else "" for name in names]


def show_run(made: Run, screen: Screen, *, as_json: bool) -> None:
    """Print what a run made; the last line is the path of the report."""
    if as_json:
        show_json(
            {
                "id": made.id,
                "folder": str(made.folder),
                "report": str(made.report),
                "verified": made.verified,
                "tables": made.n_tables,
                "cells_withheld": made.n_withheld,
            }
        )
        return
    state = "was there and is unchanged" if made.verified else "is made"
    screen.say(
        f"Release {made.id} {state}: {made.n_tables} tables, {made.n_withheld:,} cells withheld to protect people."
    )
    screen.data.print(str(made.report), soft_wrap=True, markup=False)
