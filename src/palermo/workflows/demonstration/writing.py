"""The agencies' files, each with the habits of the program that wrote it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from palermo.workflows.demonstration.agency import DATES, Agency
from palermo.workflows.demonstration.records import Records

__all__ = ["frame_of", "write_text", "write_workbook"]

_TAKEN = datetime(2024, 1, 31, tzinfo=UTC)
_TITLE_GAP = 1


def frame_of(records: Records) -> pl.DataFrame:
    """Give the columns as text."""
    return pl.DataFrame({name: pl.Series(name, cells.tolist(), pl.String) for name, cells in records.columns.items()})


def write_text(path: Path, frame: pl.DataFrame, agency: Agency, rng: np.random.Generator) -> None:
    """Write delimited text with titles, empty columns, rows of the wrong length and a few lines in another encoding."""
    habits = agency.habits
    padding = [""] * habits.get("empty_columns", 0)
    above = [[title] for title in habits["titles"]] + [[]] * (_TITLE_GAP if habits["titles"] else 0)
    rows = [[*row, *padding] for row in frame.rows()]
    lengths = rng.permutation(len(rows))[: 2 * max(1, len(rows) // 2000)]
    for turn, at in enumerate(lengths.tolist()):
        rows[at] = rows[at] + ["", "see above"] if turn % 2 else rows[at][:-3]
    odd = rng.random(len(rows)) < 0.04
    encodings = [habits["odd_encoding"] if strange and habits["odd_encoding"] else "" for strange in odd]
    with path.open("wb") as file:
        for row in [*above, [*frame.columns, *padding]]:
            file.write(_line(row, habits["delimiter"]).encode(habits["encoding"], "replace"))
        for row, other in zip(rows, encodings, strict=True):
            file.write(_line(row, habits["delimiter"]).encode(other or habits["encoding"], "replace"))


def write_workbook(path: Path, frame: pl.DataFrame, agency: Agency) -> None:
    """Write a workbook that opens on another sheet, with titles above and a note below the register."""
    habits = agency.habits
    dates = {agency.column(field) for field in DATES}
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": habits["titles"][0], "created": _TAKEN})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet("Read me").write(0, 0, habits["titles"][0])
        sheet = book.add_worksheet(agency.mapping["sheet"])
        for at, title in enumerate(habits["titles"]):
            sheet.write(at, 0, title)
        top = len(habits["titles"]) + _TITLE_GAP
        sheet.write_row(top, 0, frame.columns)
        dated = [name in dates for name in frame.columns]
        for at, row in enumerate(frame.iter_rows(), start=top + 1):
            for column, (cell, is_day) in enumerate(zip(row, dated, strict=True)):
                moment = _moment(cell) if is_day else None
                if moment is not None:
                    sheet.write_datetime(at, column, moment, day)
                elif cell:
                    sheet.write_string(at, column, cell)
        sheet.write(top + len(frame) + 2, 0, habits["footnote"])


def _moment(cell: str) -> datetime | None:
    try:
        found = date.fromisoformat(cell)
    except ValueError:
        return None
    return datetime.combine(found, time()) if found.year >= 1900 else None


def _line(cells: list[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue()
