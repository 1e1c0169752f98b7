"""What a register is: a CSV file of records, declared field by field, and read with every finding."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from palermo.commitments.records import Finding, Loaded, RecordKind, read_records
from palermo.commitments.registers.fields import FIELD_FORMS, Field
from palermo.errors import InputError

__all__ = ["Register"]


@dataclass(frozen=True, slots=True)
class Register:
    """A file of the folder ``register/`` and what its rows say."""

    name: str
    words: str
    """One sentence: what a row is."""
    fields: tuple[Field, ...]
    true_from: str = ""
    """The field with the day from which a record is true; where there is none, it is true on every day."""

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def kind(self) -> RecordKind:
        """The kind of record that `records` reads."""
        return RecordKind(self.name, tuple(field.column for field in self.fields))

    def field(self, name: str) -> Field:
        """Give a field by its name."""
        return next(field for field in self.fields if field.name == name)

    def read(self, path: Path) -> Loaded:
        """Read every record of a file with what is wrong; without a file the register is empty."""
        if not path.is_file():
            return Loaded(pl.DataFrame(schema=self.kind.schema()), ())
        try:
            loaded = read_records(path, self.kind, self._forms)
        except InputError as error:
            finding = Finding("file.readable", self.file, 0, error.what, error.todo)
            return Loaded(pl.DataFrame(schema=self.kind.schema()), (finding,))
        return Loaded(loaded.frame, (*self._strange_headings(path), *loaded.findings))

    def _forms(self, frame: pl.DataFrame, file: str) -> list[Finding]:
        """Find cells of another form than their field's."""
        wrong = partial(Finding, what="the cell has another form.")
        return [
            wrong(
                f"{self.name}.{field.name}",
                file,
                record["row"],
                todo=f"In {field.name}, give {FIELD_FORMS[field.form].words}.",
            )
            for record in frame.iter_rows(named=True)
            for field in self.fields
            if not field.is_right(record)
        ]

    def _strange_headings(self, path: Path) -> Iterator[Finding]:
        known = [column.name for column in self.kind.columns]
        with path.open(encoding="utf-8-sig", newline="") as lines:
            headings = next(csv.reader(lines), [])
        for position, name in enumerate(headings, start=1):
            if name.strip() not in known:
                what, todo = f"nobody reads column {position}.", f"The columns are: {', '.join(known)}."
                yield Finding("file.headings", self.file, 1, what, todo)
