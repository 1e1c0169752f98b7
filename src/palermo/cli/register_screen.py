"""Answers from a register on a screen of eighty columns: a narrow table as a table, a wide one record by record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from palermo.cli.screen import Screen
from palermo.workflows.register_views import View

__all__ = ["show_view"]

_SCREEN = 80
_CHANGE = frozenset({"before", "after"})


def show_view(view: View) -> None:
    """Show an answer to people, with the days as of which it holds."""
    screen = Screen()
    if isinstance(view.value, pl.DataFrame):
        rows = view.value.to_dicts()
        _show_rows(screen, rows, view.value.columns)
        screen.say(f"{len(rows):,} rows, as of {view.question.as_of}, as known on {view.question.as_recorded}.")
    elif "summaries" in view.value:
        for summary in view.value["summaries"]:
            _show_summary(screen, summary)
        screen.say(f"As of {view.question.as_of}, as known on {view.question.as_recorded}.")
    else:
        for name, part in view.value.items():
            _show_part(screen, name, part)
        screen.say(f"As of {view.question.as_of}, as known on {view.question.as_recorded}.")
    for note in view.notes:
        screen.say(note)


def _show_part(screen: Screen, name: str, part: Any) -> None:
    title = name.replace("_", " ")
    if not isinstance(part, list):
        screen.data.print(f"{title}: {part or 'none'}", markup=False)
        return
    screen.data.print(f"\n{title}: {len(part) or 'none'}", markup=False, style="bold")
    if part:
        _show_rows(screen, part, list(part[0]))


def _show_rows(screen: Screen, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Leave out the columns that no row fills."""
    shown = [name for name in columns if any(_cell(row[name]) for row in rows)] or columns
    cells = [[_cell(row[name]) for name in shown] for row in rows]
    if sum(_widths(shown, cells)) + 2 * len(shown) <= _SCREEN:
        screen.table(shown, cells)
        return
    for row in cells:
        screen.table(("", ""), [cell for cell in zip(shown, row, strict=True) if cell[1]])


def _show_summary(screen: Screen, summary: Mapping[str, Any]) -> None:
    screen.data.print(f"\n{summary['title']}", markup=False, style="bold")
    section = ""
    for number, sentence in enumerate(summary["sentences"], start=1):
        if sentence["section"] != section:
            section = sentence["section"]
            screen.data.print(f"\n{section}", markup=False, style="bold")
        screen.data.print(f"{number}. {sentence['text']} [{sentence['status']}]", markup=False)
        screen.data.print(f"   Cites: {', '.join(sentence['cites'])}", markup=False)


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, cells)) for cells in zip(headings, *rows, strict=True)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(map(_item, value)) if isinstance(value, list | tuple) else str(value)


def _item(value: Any) -> str:
    """Write a change of words as what was there, and what is there now."""
    if isinstance(value, dict) and value.keys() == _CHANGE:
        return f"“{value['before']}” is now “{value['after']}”"
    return str(value)
