"""A file as it was read: its cells as text, each row with its place, and the rows that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa

from palermo.intake.headings import Headings
from palermo.tables import SOURCE_ROW, TextRow, write_text_rows

__all__ = ["BLANK", "FILE_COLUMN", "QUARANTINE", "RawFile", "RowFinding", "Sieve", "numbered", "store_rows"]

FILE_COLUMN = "in: "
"""Stands before the headings of a file, which can be called as our own columns are."""

BLANK = "row.only-separators"
"""The rule that a row breaks which has cells and says nothing in any of them."""

QUARANTINE = pl.Schema({"source_row": pl.Int64(), "reason": pl.String(), "cells": pl.List(pl.String())})
"""The columns of the quarantine, where rows are kept that could not be read as a record."""


@dataclass(frozen=True, slots=True)
class RowFinding:
    """A rule broken by a row before it was a record."""

    rule: str
    source_row: int


@dataclass(frozen=True, slots=True)
class RawFile:
    """What a reader hands on."""

    file: str
    path: Path
    """A Parquet file of text columns, each heading with `FILE_COLUMN` before it, and with `SOURCE_ROW` first."""
    headings: Headings
    n_rows: int
    quarantine: pl.DataFrame
    findings: tuple[RowFinding, ...] = ()
    notes: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    """What stands above the headings, such as a title with a year in it."""


@dataclass(slots=True)
class Sieve:
    """Lets through the rows that fit the headings, and keeps the others with the reason."""

    width: int
    quarantined: list[tuple[int, str, list[str]]] = field(default_factory=list)
    findings: list[RowFinding] = field(default_factory=list)

    def fitting(self, rows: Iterable[TextRow | pa.Table]) -> Iterator[TextRow | pa.Table]:
        """Give each row with as many cells as there are headings; blank rows are no rows, and tables fit already."""
        width = self.width
        for given in rows:
            if not isinstance(given, tuple):
                yield given
                continue
            number, row = given
            if len(row) == width:
                if any(map(str.strip, row)):
                    yield number, row
                elif width > 1:
                    self.findings.append(RowFinding(BLANK, number))
            elif (fitted := self._fit(number, row)) is not None:
                yield number, fitted

    def _fit(self, number: int, row: Sequence[str]) -> Sequence[str] | None:
        if not any(cell.strip() for cell in row):
            if len(row) > 1:
                self.findings.append(RowFinding(BLANK, number))
            return None
        if any(cell.strip() for cell in row[self.width :]):
            self.quarantined.append((number, "row.too-many-cells", list(row)))
            return None
        if len(row) < self.width:
            self.findings.append(RowFinding("row.too-few-cells", number))
        return [*row[: self.width], *([""] * (self.width - len(row)))]


def numbered(texts: pl.DataFrame, above: int) -> pa.Table:
    """Number the rows of a part of a file, of which so many stand above it, and leave out those that say nothing."""
    numbers = pl.Series(SOURCE_ROW, range(above + 1, above + 1 + texts.height), pl.Int64)
    cells = texts.rename(lambda name: FILE_COLUMN + name)
    said = cells.insert_column(0, numbers).filter(pl.any_horizontal(pl.exclude(SOURCE_ROW).is_not_null()))
    words = ((name, pa.string()) for name in said.columns[1:])
    return said.to_arrow().cast(pa.schema([(SOURCE_ROW, pa.int64()), *words]))


def store_rows(
    rows: Iterable[TextRow | pa.Table],
    headings: Headings,
    path: Path,
    *,
    file: str,
    notes: Sequence[str] = (),
    findings: Sequence[RowFinding] = (),
) -> RawFile:
    """Sift rows into a Parquet file and a quarantine."""
    sieve = Sieve(len(headings.columns))
    columns = [FILE_COLUMN + column for column in headings.columns]
    kept = write_text_rows(path, columns, sieve.fitting(rows))
    return RawFile(
        file=file,
        path=path,
        headings=headings,
        n_rows=kept + len(sieve.quarantined),
        quarantine=pl.DataFrame(sieve.quarantined, schema=QUARANTINE, orient="row"),
        findings=(*findings, *sieve.findings),
        notes=(*notes, *headings.notes),
    )
