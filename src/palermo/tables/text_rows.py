"""Rows of text on their way to a Parquet file, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from palermo.tables.atomic import atomic_file

__all__ = ["SOURCE_ROW", "write_text_rows"]

SOURCE_ROW = "source_row"
"""The column that says in which row of its file a record stands, as a spreadsheet program counts."""

_CHUNK = 50_000


def write_text_rows(path: Path, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> int:
    """Write numbered rows of cells to a Parquet file and say how many there were; an empty cell becomes null.

    Parameters
    ----------
    rows
        The number of each row in its file, and its cells, as many as there are columns.
    """
    schema = pa.schema([(SOURCE_ROW, pa.int64()), *((column, pa.string()) for column in columns)])
    written = 0
    waiting = iter(rows)
    with atomic_file(path) as unfinished, pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        while chunk := list(islice(waiting, _CHUNK)):
            cells = list(zip(*(row for _, row in chunk), strict=True)) or [()] * len(columns)
            arrays = [pa.array([number for number, _ in chunk], pa.int64())]
            arrays += [pa.array([cell or None for cell in column], pa.string()) for column in cells]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            written += len(chunk)
    return written
