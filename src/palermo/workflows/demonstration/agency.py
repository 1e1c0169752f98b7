"""An agency: the columns of its file, its words for the standard's codes, and what it seldom asks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

import numpy as np
from babel import Locale
from numpy.typing import NDArray

from palermo.standard import Standard
from palermo.workflows.demonstration.patterns import DATA, load

__all__ = ["DATES", "Agency", "load_agency"]

DATES = ("registered_on", "detected_on", "status_on", "birth_date")
_VARIANTS = 2


@dataclass(frozen=True, slots=True)
class Agency:
    """How one agency writes things down."""

    name: str
    habits: dict[str, Any]
    mapping: dict[str, Any]
    standard: Standard

    def column(self, field: str) -> str:
        """Name the column of a field; empty if the agency has none."""
        source = self._source(field)
        return str(source.get("column", "")) if isinstance(source, dict) else source

    def flags(self, field: str) -> dict[str, str]:
        """Give the columns that stand for one code each."""
        source = self._source(field)
        found: dict[str, str] = source.get("flags", {}) if isinstance(source, dict) else {}
        return found

    def splitter(self, field: str) -> str:
        """Give what parts several answers in a cell."""
        source = self._source(field)
        return str(source.get("split", "")) if isinstance(source, dict) else ""

    def day_first(self, field: str) -> bool:
        """Say whether a date is written 31/12/2019 rather than 2019-12-31."""
        source = self._source(field)
        return isinstance(source, dict) and source.get("format") == "dmy"

    def words(self, field: str, codes: tuple[str, ...]) -> NDArray[np.object_]:
        """Give the agency's words, shape (codes + 1, variants); the last row, of no code, is empty."""
        found = [self.word(field, code) for code in codes]
        rows = [[words[i % len(words)] for i in range(_VARIANTS)] for words in found]
        return np.array([*rows, [""] * _VARIANTS], dtype=object)

    def word(self, field: str, code: str) -> list[str]:
        """Give the agency's words for a code, or one empty word if it has none."""
        own: list[str] = self.habits.get("own_words", {}).get(field, {}).get(code, [])
        if own:
            return own
        source = self._source(field)
        values: dict[str, str] = source.get("values", {}) if isinstance(source, dict) else {}
        mapped = [word for word, meant in values.items() if meant == code]
        return mapped or [self._unmapped_word(field, code, source, values)]

    def _unmapped_word(self, field: str, code: str, source: Any, values: dict[str, str]) -> str:
        reserved = code in ("unknown", "withheld")
        if isinstance(source, dict) and source.get("read_as") == "names":
            return "" if reserved else self._country(source["languages"][0], code)
        if not values:
            return code
        if reserved:
            return ""
        other = next((word for word, meant in values.items() if meant == "other"), "")
        return self.standard.label(field, code) if self.habits.get("labels") else other

    def _country(self, language: str, code: str) -> str:
        return str(Locale.parse(language).territories[self.standard.countries[code].alpha_2])

    def _source(self, field: str) -> Any:
        return self.mapping["fields"].get(field) or self.mapping["identity"].get(field) or ""


def load_agency(name: str, standard: Standard) -> Agency:
    """Read an agency's habits, and the mapping that reads its file."""
    mapping = tomllib.loads((DATA / "mappings" / f"{name}.toml").read_text("utf-8"))
    return Agency(name, load(f"agencies/{name}"), mapping, standard)
