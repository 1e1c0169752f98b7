"""Rows of text on their way to a Parquet file, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from palermo.tables.atomic import atomic_file

__all__ = ["SOURCE_ROW", "TextRow", "write_text_rows"]

SOURCE_ROW = "source_row"
"""The column that says in which row of its file a record stands, as a spreadsheet program counts."""

TextRow = tuple[int, Sequence[str]]
"""The number of a row in its file, and its cells."""

_CHUNK = 50_000


def write_text_rows(path: Path, columns: Sequence[str], rows: Iterable[TextRow | pa.Table]) -> int:
    """Write numbered rows of cells to a Parquet file and say how many there were; an empty cell becomes null.

    Parameters
    ----------
    rows
        Each row with as many cells as there are columns; or many at once, as a table of numbers and cells with nulls.
    """
    schema = pa.schema([(SOURCE_ROW, pa.int64()), *((column, pa.string()) for column in columns)])
    written = 0
    with atomic_file(path) as unfinished, pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        for table in _tables(rows, schema):
            writer.write_table(table)
            written += table.num_rows
    return written


def _tables(rows: Iterable[TextRow | pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    waiting: list[TextRow] = []
    for row in rows:
        if isinstance(row, tuple):
            waiting.append(row)
        if waiting and (len(waiting) == _CHUNK or not isinstance(row, tuple)):
            yield _table(waiting, schema)
            waiting = []
        if not isinstance(row, tuple):
            yield row.rename_columns(schema.names)
    yield _table(waiting, schema)


def _table(rows: Sequence[TextRow], schema: pa.Schema) -> pa.Table:
    """Put rows beside each other with Polars: Arrow would load pandas to look at a list."""
    columns = list(zip(*(cells for _, cells in rows), strict=True)) or [()] * (len(schema) - 1)
    numbers = pl.Series([number for number, _ in rows], dtype=pl.Int64)
    texts = [pl.Series([cell or None for cell in column], dtype=pl.String) for column in columns]
    return pa.Table.from_arrays([column.to_arrow() for column in (numbers, *texts)], schema.names).cast(schema)
