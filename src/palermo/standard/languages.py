"""Languages of people: two-letter codes of ISO 639-1, the three-letter ones that mean the same, names from CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from palermo.standard.rows import read_rows

__all__ = ["language_name", "read_languages"]


def read_languages(path: Path) -> dict[str, tuple[str, ...]]:
    """Read the table of languages: two letters → every three letters that mean it, ISO 639-2's two kinds among them."""
    return {
        code: tuple(row["three_letters"].split()) for code, row in read_rows(path, ("code", "three_letters")).items()
    }


def language_name(language: str, code: str) -> str:
    """Name a language in a language, as CLDR does; where CLDR has no name, its code."""
    return _languages(language).get(code, code)


@cache
def _languages(language: str) -> Mapping[str, str]:
    from babel import Locale  # large, and of no use to most commands

    return dict(Locale.parse(language.replace("-", "_")).languages)
