"""What a register is: a CSV file of records, declared field by field, and read with every finding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from palermo.commitments.records import Finding, Loaded, RecordKind, examine
from palermo.commitments.registers.fields import FIELD_FORMS, Field

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
        return examine(path, self.kind, self._forms)

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
