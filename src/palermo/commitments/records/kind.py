"""What the columns of a register file are called and may hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

__all__ = ["PROVENANCE", "Column", "Form", "RecordKind"]


class Form(StrEnum):
    """What a cell may hold."""

    TEXT = "text"
    DAY = "day"
    SPAN = "span"
    """A day as far as it is known; its bounds become the columns ``…_earliest`` and ``…_latest``."""
    NUMBER = "number"
    FLAG = "flag"
    STATE = "state"
    """A code of three letters, as in KEN."""

    @property
    def dtype(self) -> type[pl.DataType]:
        """The type of the column in a frame."""
        return {Form.DAY: pl.Date, Form.NUMBER: pl.Int64, Form.FLAG: pl.Boolean}.get(self, pl.String)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register file."""

    name: str
    form: Form = Form.TEXT
    needed: bool = False
    codes: frozenset[str] = frozenset()
    """What a cell may say; anything if there are none."""
    many: bool = False
    """Whether a cell may hold several codes, with ``;`` between them."""
    words: str = ""
    """What it holds, for the person who fills it."""


PROVENANCE = (
    Column("id", needed=True),
    Column("recorded_on", Form.DAY, needed=True),
    Column("source", needed=True),
    Column("corrects"),
    Column("withdrawn", Form.FLAG),
)
"""What every record says of itself. A correction is a new record that names the one it corrects; a record that is
withdrawn corrects another and puts nothing in its place."""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One file of the register: ``register/<name>.csv``."""

    name: str
    own: tuple[Column, ...]
    words: str = ""
    """One sentence: what a row is."""
    true_from: str = ""
    """The column with the day from which a record is true; where there is none, it is true on every day."""

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that every record has, then its own."""
        return PROVENANCE + self.own

    def schema(self) -> dict[str, type[pl.DataType]]:
        """Name the columns of the frame, the bounds of spans and the row in the file among them."""
        schema: dict[str, type[pl.DataType]] = {}
        for column in self.columns:
            schema[column.name] = column.form.dtype
            if column.form is Form.SPAN:
                schema |= {f"{column.name}_earliest": pl.Date, f"{column.name}_latest": pl.Date}
        return schema | {"row": pl.Int64}
