"""Which part of a sheet is the table: without titles, notes, headings that come again, and tables below or beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from palermo.intake.headings import Top, count_known
from palermo.intake.mapping import Mapping

__all__ = ["Table", "find_table"]

_PLACE = "row"
_FIGURE = re.compile(r"[<>≤≥]?[-+]?[\d.,\s%*]+")
_YEAR = re.compile(r"(19|20)\d\d(\.0)?")
_NOTED = 60


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table, and what was left out."""

    names: tuple[str, ...]
    body: pl.DataFrame
    """``row`` as the sheet counts, and a column for each cell; more of them than names where a row is too long."""
    outside: pl.DataFrame
    """The same for rows of another table below."""
    notes: tuple[str, ...]


def find_table(sheet: pl.DataFrame, top: Top, mapping: Mapping) -> Table:
    """Cut the table under the headings out of a sheet.

    Parameters
    ----------
    sheet
        Columns of text with nulls for what is empty.
    """
    below = top.start + top.depth
    first, last, beside = _columns(sheet, top, mapping)
    cells = sheet.select(sheet.columns[first:last]).with_row_index(_PLACE, offset=1).cast({_PLACE: pl.Int64})
    repeated = _repeats(cells.drop(_PLACE), below)
    body = cells.slice(below)
    body = body.filter(pl.any_horizontal(pl.exclude(_PLACE).is_not_null()))
    end = _other_table(body, repeated)
    repeated = [place for place in repeated if not end or place < end]
    outside = body.filter(pl.col(_PLACE) >= end) if end else body.clear()
    body = body.filter(pl.col(_PLACE) < end) if end else body
    body = body.filter(~pl.col(_PLACE).is_in(repeated))
    n_notes = _footnotes(body)
    told = [_said(n_notes, "row of notes stands", "rows of notes stand", "below the table")] if n_notes else []
    told += [_said(len(repeated), "row repeats", "rows repeat", "the headings")] if repeated else []
    told += [f"Another table begins in row {end} and was not read; table names the one that is meant."] if end else []
    told += [f"Another table stands beside this one, in {beside} columns, and was not read."] if beside else []
    names = top.names[first : min(last, len(top.names))]
    while names and not names[-1].strip():
        names = names[:-1]
    return Table(names, body.head(body.height - n_notes), outside, tuple(told))


def _said(n: int, one: str, many: str, rest: str) -> str:
    return f"{n} {one if n == 1 else many} {rest}."


def _columns(sheet: pl.DataFrame, top: Top, mapping: Mapping) -> tuple[int, int, int]:
    """Choose the columns of the table; one without heading and cells parts it from a table beside it."""
    empty = [column.null_count() == sheet.height for column in sheet.slice(top.start)]
    groups: list[list[int]] = [[]]
    for position, name in enumerate((*top.names, *[""] * (sheet.width - len(top.names)))):
        if not name.strip() and empty[position]:
            groups.append([])
        else:
            groups[-1].append(position)
    meant = [g for g in groups if g and count_known([top.names[at] for at in g if at < len(top.names)], mapping)]
    first, last = meant[0][0], meant[-1][-1] + 1
    beside = [
        at for g in groups for at in g if not first <= at < last and at < len(top.names) and top.names[at].strip()
    ]
    return first, last, len(beside)


def _repeats(cells: pl.DataFrame, below: int) -> list[int]:
    """Find the rows in which the headings come again, as on every page of a long list."""
    heads = cells.row(below - 1)
    if sum(head is not None for head in heads) < 2:
        return []
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.lit(head)) for name, head in zip(cells.columns, heads, strict=True)
    )
    places = cells.select(same.alias("same"))["same"].arg_true() + 1
    return [place for place in places if place > below]


def _other_table(body: pl.DataFrame, repeated: Sequence[int]) -> int | None:
    """Find the row in which a title stands alone after an empty one or over headings that come again.

    A row without any figure but years is taken for headings. What merely names a part of the table stands over figures.
    """
    if body.width < 4:
        return None
    n_filled = body.select(pl.sum_horizontal(pl.exclude(_PLACE).is_not_null()).alias("n"))["n"]
    places = body[_PLACE]
    for at in (n_filled == 1).arg_true():
        alone = at > 0 and (places[at] - places[at - 1] > 1 or places[at] + 1 in repeated)
        if alone and (heads := _next_long(body, n_filled, at)) and not any(map(_is_figure, heads)):
            return int(places[at])
    return None


def _next_long(body: pl.DataFrame, n_filled: pl.Series, at: int) -> Sequence[str] | None:
    for place in range(at + 1, min(at + 4, body.height)):
        if n_filled[place] > 1:
            return [cell for cell in body.row(place)[1:] if cell]
    return None


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell.strip())) and not _YEAR.fullmatch(cell.strip())


def _footnotes(body: pl.DataFrame) -> int:
    """Count the rows at the end in which only the first cell says anything, a note on the table and no record."""
    if body.width < 4:
        return 0
    notes = 0
    for row in reversed(body.tail(_NOTED).rows()):
        filled = [position for position, cell in enumerate(row[1:]) if cell is not None]
        if filled not in ([], [0]):
            break
        notes += 1
    return notes
