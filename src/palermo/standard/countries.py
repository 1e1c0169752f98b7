"""Countries: ISO 3166 and M49 codes from a table of our own, names from CLDR in any language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from palermo.errors import InputError
from palermo.standard.rows import read_rows

__all__ = ["Country", "fold", "is_language", "name_in", "names_to_codes", "read_countries"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area with its codes; empty where it has none."""

    code: str
    alpha_2: str
    numeric: str
    region: str
    subregion: str
    label: str
    latitude: float | None = None
    longitude: float | None = None


def read_countries(path: Path) -> dict[str, Country]:
    """Read a table of countries, by ISO 3166-1 alpha-3 code."""
    rows = read_rows(path, ("code", "alpha_2", "numeric", "region", "subregion", "label"))
    return {code: _country(row, path.name) for code, row in rows.items()}


def _country(row: Mapping[str, str], file: str) -> Country:
    try:
        latitude, longitude = (float(row[name]) if row.get(name) else None for name in ("latitude", "longitude"))
    except ValueError as error:
        what = f"the point of {row['code']} is no latitude and longitude."
        raise InputError(what, where=file, todo="Give degrees with a point, as in 39.2, or nothing.") from error
    return Country(
        code=row["code"],
        alpha_2=row["alpha_2"],
        numeric=row["numeric"],
        region=row["region"],
        subregion=row["subregion"],
        label=row["label"],
        latitude=latitude,
        longitude=longitude,
    )


def name_in(language: str, country: Country) -> str:
    """Name a country in a language, as CLDR does; where CLDR has no name, its own label or code."""
    return country.label or _territories(language).get(country.alpha_2, country.code)


def names_to_codes(countries: Mapping[str, Country], languages: tuple[str, ...]) -> dict[str, str]:
    """Give the code of each name that CLDR has for these countries in these languages, the name folded by `fold`."""
    names: dict[str, str] = {}
    for language in languages:
        for country in countries.values():
            names.setdefault(fold(name_in(language, country)), country.code)
    return names


def fold(text: str) -> str:
    """Bring a name to the form in which names are compared: no case, accents, punctuation or outer spaces."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join("".join(mark if mark.isalnum() else " " for mark in plain.casefold()).split())


def is_language(code: str) -> bool:
    """Say whether CLDR knows a language, as in ``en``, ``pt-BR`` or ``zh_Hant``."""
    from babel import UnknownLocaleError

    try:
        return bool(_territories(code))
    except (ValueError, UnknownLocaleError):
        return False


@cache
def _territories(language: str) -> Mapping[str, str]:
    from babel import Locale  # large, and of no use to most commands

    return dict(Locale.parse(language.replace("-", "_")).territories)
