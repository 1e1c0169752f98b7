"""Bringing a table to one row a record: cells that hold for the rows below, and columns that are rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from palermo.errors import InputError
from palermo.intake.field_mapping import CELL, HEADING
from palermo.intake.headings import Headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import FILE_COLUMN, RawFile
from palermo.intake.spelling import normal
from palermo.tables import SOURCE_ROW, atomic_file

__all__ = ["reshape"]


def reshape(raw: RawFile, mapping: Mapping, into: Path) -> RawFile:
    """Fill cells down and make rows of columns, where the mapping says so.

    In a wide table each cell that says something is a row, and has the place of its row in the file.

    Raises
    ------
    InputError
        The file has none of the wide columns.
    """
    if not mapping.fill_down and not mapping.wide:
        return raw
    rows = pl.scan_parquet(raw.path)
    down = [FILE_COLUMN + column for column in raw.headings.columns if column in mapping.fill_down]
    rows = rows.with_columns(pl.col(down).forward_fill()) if down else rows
    if mapping.wide:
        raw, rows = _long(raw, rows, mapping)
    with atomic_file(into) as unfinished:
        rows.collect().write_parquet(unfinished)
    kept = pl.scan_parquet(into).select(pl.len()).collect().item()
    return replace(raw, path=into, n_rows=kept + raw.quarantine.height)


def _long(raw: RawFile, rows: pl.LazyFrame, mapping: Mapping) -> tuple[RawFile, pl.LazyFrame]:
    wide = [column for column in raw.headings.columns if mapping.is_wide(column)]
    if not wide:
        raise InputError(
            f"none of its columns is one of which the mapping {mapping.name} makes rows.",
            where=raw.file,
            todo="Check that this is the file the mapping was made for, and what stands under wide in the mapping.",
        )
    kept = [column for column in raw.headings.columns if column not in wide]
    long = rows.unpivot(
        on=[FILE_COLUMN + column for column in wide],
        index=[SOURCE_ROW, *(FILE_COLUMN + column for column in kept)],
        variable_name=FILE_COLUMN + HEADING,
        value_name=FILE_COLUMN + CELL,
    )
    cell = pl.col(FILE_COLUMN + CELL)
    said = long.filter(cell.is_not_null() & ~cell.map_elements(normal, pl.String).is_in(sorted(mapping.missing)))
    named = said.with_columns(pl.col(FILE_COLUMN + HEADING).str.strip_prefix(FILE_COLUMN))
    headings = Headings((*kept, HEADING, CELL), raw.headings.missing, raw.headings.extra, raw.headings.notes)
    note = f"Each cell of {len(wide)} columns is a row of its own; cells that say nothing are none."
    return replace(raw, headings=headings, notes=(*raw.notes, note)), named.sort(SOURCE_ROW, maintain_order=True)
