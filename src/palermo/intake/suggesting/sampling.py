"""The first rows of a file, as text, under its own headings."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

import polars as pl
import pyarrow.parquet as pq

from palermo.intake.columnar import first_rows_of_columns
from palermo.intake.container import inspect_workbook
from palermo.intake.mapping import Mapping
from palermo.intake.raw import FILE_COLUMN
from palermo.intake.reading import read_file, reader_for
from palermo.intake.suggesting.recognition import BOOKS, TEXT, recognise
from palermo.tables import SOURCE_ROW

__all__ = ["UNKNOWN", "Sample", "sample"]

UNKNOWN = Mapping("", "", "records", "record", {})
"""The mapping of a file of which nothing is known: every column is one more."""

_ROWS = 20_000
_BYTES = 1 << 23


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of a file, enough to see what its columns hold."""

    file: str
    rows: pl.DataFrame
    """A text column for each heading."""
    sheet: str
    """The sheet of a workbook that they are from: the largest."""
    is_part: bool
    """Whether the file has more rows than these."""
    notes: tuple[str, ...]
    recognised: tuple[Mapping, ...] = ()
    """The mappings that know its columns; it was read by the first of them."""


def sample(path: Path, scratch: Path, known: Iterable[Mapping] = ()) -> Sample:
    """Read the first rows of a file in any format that palermo reads.

    Parameters
    ----------
    scratch
        A folder for what is needed on the way.
    known
        Mappings that may have been made for files of its kind.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    reader_for(path)
    known, head = tuple(known), _head(path, scratch)
    recognised = recognise(head, known)
    mapping = recognised[0] if recognised else UNKNOWN
    if not mapping.sheet and head.suffix.lower() in BOOKS:
        mapping = replace(mapping, sheet=_largest_sheet(head))
    raw = read_file(head, mapping, scratch / "sample.parquet")
    rows = pl.scan_parquet(raw.path).drop(SOURCE_ROW).head(_ROWS + 1).collect()
    named = rows.rename({column: column.removeprefix(FILE_COLUMN) for column in rows.columns})
    is_part = head != path or rows.height > _ROWS
    if not {ending.lower() for ending in head.suffixes} & {*TEXT, *BOOKS}:  # its columns were not known before
        recognised = recognise(head, known, named.columns)
    return Sample(path.name, named.head(_ROWS), mapping.sheet, is_part, raw.notes, recognised)


def _largest_sheet(path: Path) -> str:
    """Name the sheet with most cells, where there are several: the first is often an explanation."""
    import fastexcel

    inspect_workbook(path)
    try:
        book = fastexcel.read_excel(path)
        if len(book.sheet_names) == 1:
            return ""
        sheets = [book.load_sheet(name, header_row=None, dtypes="string") for name in book.sheet_names]
    except (fastexcel.FastExcelError, OSError):
        return ""  # reading it will say what is wrong
    return max(sheets, key=lambda sheet: sheet.height * sheet.width).name


def _head(path: Path, scratch: Path) -> Path:
    """Cut a large file down to its first rows; a workbook cannot be cut."""
    endings = [ending.lower() for ending in path.suffixes]
    if not path.is_file() or not endings or path.stat().st_size <= _BYTES:
        return path
    if endings[-1] == ".parquet":
        return _first_rows(path, scratch)
    if endings[-1] in TEXT or (endings[-2:-1] and endings[-2] in TEXT and endings[-1] == ".gz"):
        return _first_bytes(path, scratch)
    return path


def _first_rows(path: Path, scratch: Path) -> Path:
    pq.write_table(first_rows_of_columns(path, _ROWS + 1), scratch / path.name)
    return scratch / path.name


def _first_bytes(path: Path, scratch: Path) -> Path:
    zipped = path.suffix.lower() == ".gz"
    with cast(IO[bytes], gzip.open(path)) if zipped else path.open("rb") as whole:
        head = whole.read(_BYTES)
        more = bool(whole.read(1))
    if not more:
        return path
    cut = scratch / path.name.removesuffix(path.suffix if zipped else "")
    cut.write_bytes(head[: head.rindex(b"\n") + 1] if b"\n" in head else head)
    return cut
