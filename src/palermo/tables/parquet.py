"""Reading Parquet that others wrote.

Arrow reads it, and every part is checked before another program sees it: Polars and DuckDB can end the whole process,
or never end, over a damaged file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from palermo.errors import InputError

__all__ = ["checked_parts", "opened_parquet", "parquet_groups", "read_parquet"]


@contextmanager
def opened_parquet(path: Path, *, todo: str = "Have it sent again.") -> Iterator[pq.ParquetFile]:
    """Open a Parquet file, and say that it is damaged where the reader stumbles over it, in words that quote no cell.

    Raises
    ------
    InputError
        It is no Parquet file, is cut off or damaged.
    """
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            str(file.schema_arrow)  # names that are no text are found here, those within lists too
            yield file
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise InputError(
            "this cannot be read as a Parquet file: it may be cut off or damaged.",
            where=path.name,
            todo=todo,
        ) from None


def checked_parts(file: pq.ParquetFile, rows: int) -> Iterator[pa.RecordBatch]:
    """Give the rows in parts of so many, each checked."""
    for batch in file.iter_batches(rows):
        batch.validate(full=True)
        yield batch


def read_parquet(path: Path, *, todo: str = "Have it sent again.") -> pl.DataFrame:
    """Read a Parquet file whole.

    Raises
    ------
    InputError
        It is no Parquet file, is cut off or damaged.
    """
    with opened_parquet(path, todo=todo) as file:
        table = file.read()
        table.validate(full=True)
        return pl.DataFrame(table.replace_schema_metadata())  # which may hold what is no text


def parquet_groups(file: pq.ParquetFile) -> Iterator[pl.DataFrame]:
    """Give the rows in the groups in which they were written, each checked: of a large file one is held at a time."""
    for group in range(file.num_row_groups):
        table = file.read_row_group(group)
        table.validate(full=True)
        yield pl.DataFrame(table.replace_schema_metadata())
