"""Look at a register file as it may come: what is wrong with it, whatever that is, becomes a finding."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from palermo.commitments.records.finding import Finding, findings_of
from palermo.commitments.records.kind import RecordKind
from palermo.commitments.records.reading import Loaded, Rule, read_records
from palermo.errors import InputError

__all__ = ["examine"]


def examine(path: Path, kind: RecordKind, *rules: Rule, above: pl.DataFrame | None = None) -> Loaded:
    """Read a file that may not be there (it is empty then), may be no CSV, and may have columns that nobody reads."""
    if not path.is_file():
        return Loaded(pl.DataFrame(schema=kind.schema()), ())
    try:
        loaded = read_records(path, kind, *rules, above=above)
    except InputError as error:
        return Loaded(pl.DataFrame(schema=kind.schema()), findings_of(error, path.name))
    return Loaded(loaded.frame, (*_strange_headings(path, kind), *loaded.findings))


def _strange_headings(path: Path, kind: RecordKind) -> Iterator[Finding]:
    known = [column.name for column in kind.columns]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        headings = next(csv.reader(lines), [])
    for position, name in enumerate(headings, start=1):
        if name.strip() not in known:
            what, todo = f"nobody reads column {position}.", f"The columns are: {', '.join(known)}."
            yield Finding("file.headings", path.name, 1, what, todo)
