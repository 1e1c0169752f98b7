"""Reading workbooks: titles, headings over headings, several tables a sheet, footnotes, wrong declared sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyarrow as pa

from palermo.errors import InputError
from palermo.intake.container import inspect_workbook
from palermo.intake.headings import Top, find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile, store_rows
from palermo.intake.sheet import Table, find_table
from palermo.intake.spelling import normal
from palermo.tables import TextRow

__all__ = ["first_rows_of_sheets", "read_workbook"]

_LOOKED_AT = 60


def read_workbook(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Read a table in a sheet of a workbook into a Parquet file of text.

    The size that the sheet states for itself is not believed: UNODC's says one cell. Macros are not run and links are
    not followed.

    Raises
    ------
    InputError
        The file is no workbook, is cut off or too large inside, the sheet or table is not there, or no row has the
        mapping's headings.
    """
    told = inspect_workbook(path)
    sheet = _sheet(path, mapping.sheet)
    top = _top(path, sheet, mapping)
    table = find_table(sheet, top, mapping)
    headings = match_headings(path.name, table.names, mapping)
    stand = f"{top.start} {'row stands' if top.start == 1 else 'rows stand'} above the headings."
    notes = [*told, *([stand] if top.start else []), *table.notes]
    raw = store_rows(_rows(table), headings, into, file=path.name, notes=notes)
    aside = [(row[0], "row.other-table", [cell or "" for cell in row[1:]]) for row in table.outside.rows()]
    others = [row for row in aside if sum(map(bool, row[2])) > 1]
    quarantine = pl.concat([raw.quarantine, pl.DataFrame(others, schema=raw.quarantine.schema, orient="row")])
    above = tuple(cell for row in sheet.head(top.start).rows() for cell in row if cell)
    return replace(raw, quarantine=quarantine, n_rows=raw.n_rows + len(others), above=above)


def first_rows_of_sheets(path: Path) -> list[list[list[str]]]:
    """Give the first rows of each sheet of a workbook; none where it cannot be opened, which reading it will tell."""
    import fastexcel

    inspect_workbook(path)
    try:
        book = fastexcel.read_excel(path)
        sheets = [
            book.load_sheet(name, header_row=None, skip_rows=0, n_rows=_LOOKED_AT, dtypes="string").to_polars()
            for name in book.sheet_names
        ]
    except fastexcel.FastExcelError:
        return []
    return [[[cell or "" for cell in row] for row in sheet.iter_rows()] for sheet in sheets]


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
        # without skip_rows the empty rows at the beginning would be left out, and all rows have wrong numbers
        cells = book.load_sheet(name or 0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise InputError(
            "this is no workbook that can be opened; it may be cut off or of another kind.",
            where=path.name,
            todo="Open it in a spreadsheet program, save it again as XLSX, and see that it was sent whole.",
        ) from error
    said = pl.all().str.contains(r"\S")
    return cells.select(pl.when(said).then(pl.all())) if cells.width else cells


def _top(path: Path, sheet: pl.DataFrame, mapping: Mapping) -> Top:
    skipped = _titled(path, sheet, mapping.table) if mapping.table else 0
    first = [[cell or "" for cell in row] for row in sheet.slice(skipped, _LOOKED_AT).iter_rows()]
    top = find_headings(first, mapping) if first else None
    if top is None:
        raise InputError(
            f"no row of the sheet has a heading that the mapping {mapping.name} knows.",
            where=path.name,
            todo="Check that this is the file the mapping was made for, and name the sheet in the mapping.",
        )
    return replace(top, start=top.start + skipped)


def _titled(path: Path, sheet: pl.DataFrame, title: str) -> int:
    """Find the row with the title of the table that is meant."""
    for place, row in enumerate(sheet.iter_rows()):
        if any(normal(title) in normal(cell) for cell in row if cell):
            return place
    raise InputError(
        f"no cell holds the words {title!r}.", where=path.name, todo="Mend table in the mapping, or leave it out."
    )


def _rows(table: Table) -> Iterator[TextRow | pa.Table]:
    """Give the rows that fit the headings at once, and the longer ones by themselves."""
    width = len(table.names)
    body = table.body
    beyond = body.columns[width + 1 :]
    if beyond:
        longer = body.filter(pl.any_horizontal(pl.col(beyond).is_not_null()))
        yield from ((row[0], [cell or "" for cell in row[1:]]) for row in longer.rows())
        body = body.filter(pl.all_horizontal(pl.col(beyond).is_null()))
    missing = width + 1 - body.width
    cells = body.select(body.columns[: width + 1]).to_arrow().cast(_schema(body.columns[: width + 1]))
    for position in range(missing):
        cells = cells.append_column(f"missing {position}", pa.nulls(body.height, pa.string()))
    yield cells


def _schema(names: list[str]) -> pa.Schema:
    return pa.schema([(name, pa.string() if position else pa.int64()) for position, name in enumerate(names)])
