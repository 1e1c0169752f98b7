"""What identifies the people of a file, for linkage: read at the agency, and in no table of records."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from palermo.errors import InputError
from palermo.intake.coding import BORN_ON, code_file
from palermo.intake.mapping import Mapping
from palermo.intake.raw import FILE_COLUMN
from palermo.intake.reading import read_file
from palermo.intake.values import Context
from palermo.standard import Standard
from palermo.tables import SOURCE_ROW, Engine

__all__ = ["read_identity"]

_CODED = ("record_id", "sex", "citizenship")
_TEXTS = ("first_name", "surname", "document")


def read_identity(file: Path, mapping: Mapping, standard: Standard, engine: Engine) -> pl.DataFrame:
    """Read who the records of a file are about, in the order of its rows.

    Returns
    -------
    polars.DataFrame
        Text columns ``record_id``, ``sex`` and ``citizenship`` as codes, ``birth_date`` as ISO, and the names and
        documents as they stand there; what is not known is empty.

    Raises
    ------
    InputError
        The file cannot be read, or the mapping says of no column that it identifies anybody.
    """
    if not mapping.identity or "record_id" not in mapping.fields:
        raise InputError(
            "the mapping names no columns that identify people, or none for record_id.",
            where=mapping.name,
            todo="Write them under [identity], and record_id under [fields].",
        )
    raw = read_file(file, mapping, engine.scratch / "identity-raw.parquet")
    coded = code_file(raw, Context(mapping, standard), engine)
    known = engine.collect(coded.table.select(SOURCE_ROW, *_CODED, birth_date=coded.table[BORN_ON].cast("string")))
    said = pl.read_parquet(raw.path).select(
        SOURCE_ROW, *(_cell(name, mapping, raw.headings.columns) for name in _TEXTS)
    )
    joined = known.join(said, on=SOURCE_ROW, how="left").sort(SOURCE_ROW)
    return joined.select(pl.col("record_id", *_TEXTS, "birth_date", "sex", "citizenship").fill_null(""))


def _cell(name: str, mapping: Mapping, columns: tuple[str, ...] | list[str]) -> pl.Expr:
    identity = mapping.identity.get(name)
    if identity is None or identity.column not in columns:
        return pl.lit("").alias(name)
    cell = pl.col(FILE_COLUMN + identity.column).str.strip_chars()
    nothing = cell.str.to_lowercase().is_in(list(mapping.missing))
    return pl.when(nothing).then(pl.lit("")).otherwise(cell).alias(name)
