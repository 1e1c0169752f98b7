"""Reading Parquet, for files that are too large for text."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from palermo.errors import InputError
from palermo.intake.headings import match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import FILE_COLUMN, QUARANTINE, RawFile
from palermo.tables import SOURCE_ROW, atomic_file

__all__ = ["read_columnar"]


def read_columnar(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Bring a Parquet file to text columns with numbered rows, a stream at a time.

    Raises
    ------
    InputError
        The file is no Parquet file, is cut off, or lacks a required column.
    """
    try:
        source = pl.scan_parquet(path)
        named = source.collect_schema().names()
        n_rows = source.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(
            "this is no Parquet file that can be opened; it may be cut off.", where=path.name, todo="Send it again."
        ) from error
    headings = match_headings(path.name, named, mapping)
    cells = [
        pl.col(name).cast(pl.String).replace("", None).alias(FILE_COLUMN + known)
        for name, known in zip(named, headings.columns, strict=True)
    ]
    numbered = source.select(cells).with_row_index(SOURCE_ROW, offset=1)
    with atomic_file(into) as unfinished:
        numbered.cast({SOURCE_ROW: pl.Int64}).sink_parquet(unfinished)
    return RawFile(path.name, into, headings, n_rows, pl.DataFrame(schema=QUARANTINE))
