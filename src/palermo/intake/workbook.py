"""Reading workbooks: title rows, footnotes, wrong declared sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from palermo.errors import InputError
from palermo.intake.headings import find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile, store_rows

if TYPE_CHECKING:
    import polars as pl

__all__ = ["read_workbook"]

_LOOKED_AT = 60


def read_workbook(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Read a sheet of a workbook into a Parquet file of text.

    The size that the sheet states for itself is not believed: UNODC's says one cell.

    Raises
    ------
    InputError
        The file is no workbook or is cut off, the sheet is not there, or no row has the mapping's headings.
    """
    sheet = _sheet(path, mapping.sheet)
    first = [[cell or "" for cell in row] for row in sheet.head(_LOOKED_AT).iter_rows()]
    start = find_headings(first, mapping)
    if start is None:
        raise InputError(
            f"no row of the sheet has a heading that the mapping {mapping.name} knows.",
            where=path.name,
            todo="Check that this is the file the mapping was made for, and name the sheet in the mapping.",
        )
    width = max(position for position, cell in enumerate(first[start], start=1) if cell.strip())
    headings = match_headings(path.name, first[start][:width], mapping)
    body = sheet.slice(start + 1)
    footnotes = _footnotes(body)
    notes = [f"{start} {'row stands' if start == 1 else 'rows stand'} above the headings."] if start else []
    if footnotes:
        notes.append(
            f"{footnotes} {'row of notes stands' if footnotes == 1 else 'rows of notes stand'} below the table."
        )
    rows = _rows(body.head(body.height - footnotes), start + 2)
    return store_rows(rows, headings, into, file=path.name, notes=notes)


def _sheet(path: Path, name: str) -> pl.DataFrame:
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        if name and name not in book.sheet_names:
            raise InputError(
                f"there is no sheet {name!r}; there are {', '.join(book.sheet_names)}.",
                where=path.name,
                todo="Give the sheet's name in the mapping.",
            )
        return book.load_sheet(name or 0, header_row=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise InputError(
            "this is no workbook that can be opened; it may be cut off or of another kind.",
            where=path.name,
            todo="Open it in a spreadsheet program, save it again as XLSX, and see that it was sent whole.",
        ) from error


def _footnotes(body: pl.DataFrame) -> int:
    """Count the rows at the end in which only the first cell says anything, a note on the table and no record."""
    if body.width < 3:
        return 0
    notes = 0
    for row in reversed(body.tail(_LOOKED_AT).rows()):
        filled = [position for position, cell in enumerate(row) if cell and cell.strip()]
        if filled not in ([], [0]):
            break
        notes += 1
    return notes


def _rows(body: pl.DataFrame, first: int) -> Iterator[tuple[int, Sequence[str]]]:
    for number, row in enumerate(body.iter_rows(), start=first):
        yield number, [cell or "" for cell in row]
