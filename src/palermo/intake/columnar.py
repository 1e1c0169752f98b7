"""Reading Parquet, for files that are too large for text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from palermo.errors import InputError
from palermo.intake.headings import find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile, numbered, store_rows
from palermo.tables import checked_parts, opened_parquet

__all__ = ["first_rows_of_columns", "read_columnar"]

_ROWS = 50_000


def read_columnar(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Bring a Parquet file to text columns with numbered rows, a part at a time.

    Raises
    ------
    InputError
        The file is no Parquet file, is cut off or damaged, has none of the mapping's columns, lacks a required one,
        or holds more than one value in a cell.
    """
    with opened_parquet(path) as file:
        schema = file.schema_arrow
    if find_headings([schema.names], mapping) is None:
        raise InputError(
            f"no column of the file is one that the mapping {mapping.name} knows.",
            where=path.name,
            todo="Check that this is the file the mapping was made for.",
        )
    headings = match_headings(path.name, schema.names, mapping)
    _refuse_no_text(path.name, schema)
    return store_rows(_tables(path), headings, into, file=path.name)


def first_rows_of_columns(path: Path, rows: int) -> pa.Table:
    """Give the first rows of a Parquet file as they are.

    Raises
    ------
    InputError
        It is no Parquet file, is cut off or damaged.
    """
    with opened_parquet(path) as file:
        return pa.Table.from_batches(islice(checked_parts(file, rows), 1), file.schema_arrow)


def _tables(path: Path) -> Iterator[pa.Table]:
    above = 0
    with opened_parquet(path) as file:
        for batch in checked_parts(file, _ROWS):
            texts = pl.DataFrame({str(place): _text(column) for place, column in enumerate(batch.columns)})
            yield numbered(texts.with_columns(pl.all().replace("", None)), above)
            above += batch.num_rows


def _text(column: pa.Array) -> pa.Array:
    is_nothing = pc.is_null(column, nan_is_null=True)
    return pc.if_else(is_nothing, pa.nulls(len(column), pa.string()), column.cast(pa.string()))


def _refuse_no_text(file: str, schema: pa.Schema) -> None:
    for name, kind in zip(schema.names, schema.types, strict=True):
        if not _becomes_text(kind.value_type if pa.types.is_dictionary(kind) else kind):
            raise InputError(
                f"the column {name!r} holds more than one value in a cell, or bytes.",
                where=file,
                todo="Write it as text, or leave it out.",
            )


def _becomes_text(kind: pa.DataType) -> bool:
    types = pa.types
    known = (types.is_string, types.is_large_string, types.is_primitive, types.is_decimal, types.is_null)
    return any(is_of(kind) for is_of in known)
