"""Columns whose values speak of several fields: of sex in one row, of age or of a form of exploitation in the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from palermo.intake.field_mapping import HEADING, FieldMapping
from palermo.intake.spelling import normal
from palermo.tables import Handwritten

__all__ = ["Sayings", "is_mixed"]

_NAMES = frozenset({"dimension", "category"})
"""The fields that only name what the others say."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """Reads ``[says."column"]``: value → the fields it speaks of, with their codes."""

    file: Handwritten
    constants: Mapping[str, str]
    """What a field is where the value says nothing of it."""
    code: Callable[[str, Any], str]

    def fields(self, given: Mapping[str, Any]) -> dict[str, FieldMapping]:
        """Give a mapping to every field that some value speaks of."""
        found: dict[str, FieldMapping] = {}
        for column, values in given.items():
            self._check(column, values, found)
            for field in dict.fromkeys(field for said in values.values() for field in said):
                codes = {normal(value): self._code(field, said) for value, said in values.items()}
                found[field] = FieldMapping(field, columns=(column,), says=codes)
        return found

    def _check(self, column: str, values: Any, found: Mapping[str, FieldMapping]) -> None:
        self.file.check({column: values}, "[says]", {column: "table"})
        self.file.check(values, f"[says.{column!r}]", dict.fromkeys(values, "table"))
        for said in values.values():
            if twice := sorted(said.keys() & found.keys()):
                what = f"[says.{column!r}]: another column speaks of {twice[0]} as well."
                self.file.refuse(what, "Let one column speak of it.")

    def _code(self, field: str, said: Mapping[str, Any]) -> str:
        return self.code(field, said[field]) if field in said else self.constants.get(field, "")


def is_mixed(column: str, values: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the values of a column speak of different things; headings of a wide table may."""
    spoken = {frozenset(said) - _NAMES for said in values.values()} - {frozenset()}
    return column != HEADING and len(spoken) > 1
