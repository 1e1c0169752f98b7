"""Settings that a person writes by hand in TOML: every key is known, and every value has its form, or it is said."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, NoReturn

from palermo.errors import PalermoError

__all__ = ["Form", "Handwritten"]

Form = Literal[
    "text", "texts", "text or texts", "number", "decimal", "numbers", "day", "table", "tables", "text or table"
]


def _is(value: Any, *kinds: type) -> bool:
    """Compare types exactly, since TOML's yes is a number to Python, and its moment a day."""
    return type(value) in kinds


def _are(values: Any, kind: type) -> bool:
    return _is(values, list) and all(_is(value, kind) for value in values)


_FORMS: dict[Form, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda value: _is(value, str), "text between quotation marks"),
    "texts": (lambda value: _are(value, str), 'texts between brackets, as in ["a", "b"]'),
    "text or texts": (lambda value: _is(value, str) or _are(value, str), 'a text, or texts as in ["a", "b"]'),
    "number": (lambda value: _is(value, int), "a whole number"),
    "decimal": (lambda value: _is(value, int, float), "a number, as in 4 or 0.5"),
    "numbers": (lambda value: _are(value, int), "whole numbers between brackets, as in [2023, 2024]"),
    "day": (lambda value: _is(value, date), "a day, as in 2024-01-31, without quotation marks"),
    "table": (lambda value: _is(value, dict), "a table"),
    "tables": (lambda value: _are(value, dict), "a table of its own for each, under double brackets"),
    "text or table": (lambda value: _is(value, str, dict), "a text or a table"),
}


@dataclass(frozen=True, slots=True)
class Handwritten:
    """A TOML file, and the error with which it is refused."""

    path: Path
    error: type[PalermoError]

    def read(self) -> dict[str, Any]:
        """Read the file, if it is TOML."""
        try:
            return tomllib.loads(self.path.read_text("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.refuse(f"this is not TOML: {error}.", "Mend it there.")

    def check(self, table: Mapping[str, Any], place: str, forms: Mapping[str, Form], *needed: str) -> None:
        """Refuse a table with a key that nobody reads, a value of the wrong form, or without a key that it needs."""
        at = f"{place} " if place else ""
        for key, value in table.items():
            if key not in forms:
                self.refuse(f"{at}has a key that nobody reads, {key!r}.", f"The keys are: {', '.join(forms)}.")
            fits, words = _FORMS[forms[key]]
            if not fits(value):
                self.refuse(f"{at}{key} has the wrong form.", f"Give {words}.")
        if missing := [key for key in needed if key not in table]:
            self.refuse(f"{at}lacks the key {missing[0]!r}.", "Add it there; the guide shows a file with every key.")

    def refuse(self, what: str, todo: str) -> NoReturn:
        """Say what is wrong in this file."""
        raise self.error(what, where=self.path.name, todo=todo)
