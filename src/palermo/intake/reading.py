"""Which reader a file needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from palermo.errors import InputError
from palermo.intake.columnar import read_columnar
from palermo.intake.delimited import read_delimited
from palermo.intake.documents import read_document
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile
from palermo.intake.statistical import read_statistical
from palermo.intake.workbook import read_workbook
from palermo.intake.zipped import read_zipped
from palermo.tables import must_be_file

__all__ = ["READERS", "read_file", "reader_for"]

Reader = Callable[[Path, Mapping, Path], RawFile]

READERS: dict[str, Reader] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_delimited,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_workbook,
    ".ods": read_workbook,
    ".json": read_document,
    ".jsonl": read_document,
    ".ndjson": read_document,
    ".sav": read_statistical,
    ".zsav": read_statistical,
    ".por": read_statistical,
    ".dta": read_statistical,
    ".parquet": read_columnar,
}


def read_file(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Read an agency's file as text into a Parquet file of our own.

    Raises
    ------
    InputError
        There is no reader for it, or it cannot be read.
    """
    return reader_for(path)(path, mapping, into)


def reader_for(path: Path) -> Reader:
    """Choose the reader for a file, by how its name ends.

    Raises
    ------
    InputError
        There is no such file, a folder in its place, nothing in it, or no reader for its kind.
    """
    must_be_file(path, todo="Check the path.")
    if path.stat().st_size == 0:
        raise InputError("the file is empty.", where=path.name, todo="Ask the agency to send it again.")
    endings = [ending.lower() for ending in path.suffixes if ending.lower() != ".gz"]
    reader = READERS.get(endings[-1]) if endings else None
    if reader is None:
        raise InputError(
            f"there is no reader for files that end in {path.suffix or 'nothing'}.",
            where=path.name,
            todo=f"Export it as one of: {', '.join(READERS)}.",
        )
    return reader


READERS[".zip"] = partial(read_zipped, read=read_file)
