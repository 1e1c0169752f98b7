"""Which country a name means, in whatever language, spelling or state of damage; a name that could mean two means none.

Names come from CLDR, from the United Nations (``country_names.csv``), from what citizens are called
(``citizens.csv``) and from what agencies wrote (``spellings.csv``). Nothing is matched by likeness alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from palermo.standard.countries import Country, fold, names_to_codes
from palermo.standard.rows import read_rows

__all__ = ["CountryNames", "country_names"]

_DATA = Path(str(resources.files("palermo.standard") / "data"))
_LOST = "\ufffd"
"""Stands in a text for each byte that a program could not read."""
_ANY = "ꙮ"
"""A letter that no name of a country has."""
_FEWEST_LETTERS = 3


@dataclass(frozen=True)
class CountryNames:
    """Names of countries and of their citizens, with the code of each."""

    codes: Mapping[str, str]
    """Name, as `fold` brings it → code."""

    def code(self, text: str) -> str | None:
        """Say which country a text names; None where it names none for sure."""
        if _LOST in text:
            return self._damaged(text)
        return self.codes.get(fold(text)) or self.codes.get(fold(_mended(text)))

    def _damaged(self, text: str) -> str | None:
        """Take the one country whose name has letters where the text has lost bytes."""
        pattern = re.sub(f"{_ANY}+", lambda lost: f".{{1,{len(lost[0])}}}", fold(text.replace(_LOST, _ANY)))
        if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
            return None
        codes = {self.codes[name] for name in self._lines if re.fullmatch(pattern, name)}
        return codes.pop() if len(codes) == 1 else None

    @cached_property
    def _lines(self) -> list[str]:
        return list(self.codes)


def country_names(countries: Mapping[str, Country], languages: tuple[str, ...]) -> CountryNames:
    """Gather the names of these countries in these languages, and the spellings of any language."""
    codes = names_to_codes(countries, languages)
    for name, code in _written(languages):
        if code in countries:
            codes.setdefault(fold(name), code)
    return CountryNames(codes)


def _written(languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for row in read_rows(_DATA / "country_names.csv", ("name", "code", "languages")).values():
        if not set(languages).isdisjoint(row["languages"].split("|")):
            yield row["name"], row["code"]
    for row in read_rows(_DATA / "spellings.csv", ("name", "code")).values():
        yield row["name"], row["code"]
    for row in read_rows(_DATA / "citizens.csv", ("code",)).values():
        for language in languages:
            for name in filter(None, row.get(language, "").split("|")):
                yield name, row["code"]


def _mended(text: str) -> str:
    """Undo the commonest damage: UTF-8 that was read as the encoding of Western Europe."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
