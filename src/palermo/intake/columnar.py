"""Reading Parquet, for files that are too large for text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from palermo.errors import InputError
from palermo.intake.headings import find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import FILE_COLUMN, QUARANTINE, RawFile
from palermo.tables import SOURCE_ROW, atomic_file

__all__ = ["read_columnar"]


def read_columnar(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Bring a Parquet file to text columns with numbered rows, a stream at a time.

    Raises
    ------
    InputError
        The file is no Parquet file, is cut off or damaged, has none of the mapping's columns, lacks a required one,
        or holds more than one value in a cell.
    """
    with _whole(path):
        source = pl.scan_parquet(path)
        schema = source.collect_schema()
    if find_headings([schema.names()], mapping) is None:
        raise InputError(
            f"no column of the file is one that the mapping {mapping.name} knows.",
            where=path.name,
            todo="Check that this is the file the mapping was made for.",
        )
    headings = match_headings(path.name, schema.names(), mapping)
    _refuse_no_text(path.name, schema)
    cells = [
        pl.col(name).cast(pl.String).replace("", None).alias(FILE_COLUMN + known)
        for name, known in zip(schema.names(), headings.columns, strict=True)
    ]
    numbered = source.select(cells).with_row_index(SOURCE_ROW, offset=1).cast({SOURCE_ROW: pl.Int64})
    said = numbered.filter(pl.any_horizontal(pl.exclude(SOURCE_ROW).is_not_null()))
    with _whole(path), atomic_file(into) as unfinished:
        said.sink_parquet(unfinished)
    n_rows = pl.scan_parquet(into).select(pl.len()).collect().item()
    return RawFile(path.name, into, headings, n_rows, pl.DataFrame(schema=QUARANTINE))


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Say that a file is damaged where the reader stumbles over it; its own words can quote a cell."""
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        raise InputError(
            "this is no Parquet file that can be read; it may be cut off or damaged.",
            where=path.name,
            todo="Send it again.",
        ) from None


def _refuse_no_text(file: str, schema: pl.Schema) -> None:
    for name, kind in schema.items():
        if kind.is_nested() or kind in (pl.Binary, pl.Object):
            raise InputError(
                f"the column {name!r} holds more than one value in a cell, or bytes.",
                where=file,
                todo="Write it as text, or leave it out.",
            )
