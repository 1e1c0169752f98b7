"""Add records to a register file; what is there keeps every byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from palermo.commitments.records.finding import refuse
from palermo.commitments.records.kind import RecordKind
from palermo.commitments.records.reading import Rule, load_records, read_records
from palermo.tables import atomic_file

__all__ = ["append_records"]


def append_records(
    path: Path, kind: RecordKind, rows: Sequence[Mapping[str, str]], *rules: Rule, above: pl.DataFrame | None = None
) -> None:
    """Add rows to a register file, or make it.

    Raises
    ------
    RecordsRefused
        The file is wrong, or would be with these rows: it stays as it is.
    """
    before = b""
    headings = [column.name for column in kind.columns]
    if path.exists():
        load_records(path, kind, *rules, above=above)
        before = path.read_bytes()
        headings = [name.strip() for name in next(csv.reader(io.StringIO(before.decode("utf-8-sig"), newline="")))]
    with atomic_file(path) as unfinished:
        unfinished.write_bytes(_ended(before) + _text(headings, rows, first=not before).encode())
        findings = read_records(unfinished, kind, *rules, above=above).findings
        refuse([replace(finding, file=path.name) for finding in findings])


def _ended(before: bytes) -> bytes:
    return before if not before or before.endswith(b"\n") else before + b"\n"


def _text(headings: Sequence[str], rows: Sequence[Mapping[str, str]], *, first: bool) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, headings, lineterminator="\n")
    if first:
        writer.writeheader()
    writer.writerows({name: row.get(name, "") for name in headings} for row in rows)
    return out.getvalue()
