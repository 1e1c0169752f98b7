"""How one field of the standard is filled."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from dataclasses import field as default

__all__ = ["CELL", "HEADING", "UNDER", "FieldMapping"]

UNDER = " > "
"""Stands between a heading that spans several columns and one below it."""
HEADING = "(heading)"
"""The column, made while reading, that holds the heading of a cell of a wide table."""
CELL = "(cell)"
"""The column, made while reading, that holds the cell itself."""


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """How one field of the standard is filled."""

    field: str
    columns: tuple[str, ...] = ()
    """The first of these whose cell is filled counts."""
    values: MappingABC[str, str] = default(default_factory=dict)
    """Value → code, the value as `normal` brings it."""
    flags: MappingABC[str, tuple[str, ...]] = default(default_factory=dict)
    """Column → the codes that a yes in it stands for."""
    split: str = ""
    read_as: str = "alpha-3"
    languages: tuple[str, ...] = ("en",)
    format: str = "ymd"
    decimal: str = "."
    """The mark before the fraction of a figure."""
    when: tuple[str, str] | None = None
    """A column and the value it must have for the cell to be read."""
    says: MappingABC[str, str] = default(default_factory=dict)
    """Value → code, where the values of one column speak of several fields; an empty code says nothing of this one."""

    @property
    def speaks_when_empty(self) -> bool:
        """Whether an empty cell means something, as where a total has no sex."""
        return "" in self.values or "" in self.says
