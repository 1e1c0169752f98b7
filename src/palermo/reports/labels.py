"""What codes and fields are called in the reader's language."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from palermo.reports.boundaries import boundaries
from palermo.tables import EMPTY, TOTAL

__all__ = ["Labels", "PlainLabels"]

RESERVED = {
    TOTAL: "Total",
    EMPTY: "Not recorded",
    "unknown": "Unknown",
    "not-applicable": "Not applicable",
    "withheld": "Withheld by the source",
}

KNOWN = {
    ("age_group", "child"): "Under 18",
    ("age_group", "adult"): "18 and over",
    ("form_of_exploitation", "sexual"): "Sexual exploitation",
    ("form_of_exploitation", "slavery-or-similar"): "Slavery or similar practices",
    ("form_of_exploitation", "other"): "Other exploitation",
    ("status", "presumed"): "Presumed victim",
    ("status", "identified"): "Identified victim",
}


class Labels(Protocol):
    """Names for codes and fields; the workflow brings one made from the data standard."""

    def label(self, field: str, code: str) -> str:
        """Name a code of a field."""
        ...

    def field_label(self, field: str) -> str:
        """Name a field."""
        ...


class PlainLabels:
    """Names without a standard at hand: the reserved codes, countries from CLDR, and the codes' own words."""

    def label(self, field: str, code: str) -> str:
        """Name a code: reserved, known, a country, a year or entity as it is, or the code made readable."""
        if code in RESERVED:
            return RESERVED[code]
        country = _country_names().get(code)
        if country and ("country" in field or "citizenship" in field):
            return country
        return KNOWN.get((field, code)) or _readable(code)

    def field_label(self, field: str) -> str:
        """Name a field by its own words."""
        return _readable(field)


def _readable(code: str) -> str:
    if code != code.lower():
        return code
    words = code.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


@cache
def _country_names() -> dict[str, str]:
    from babel import Locale

    names = Locale("en").territories
    return {
        code: names[country.alpha_2] for code, country in boundaries().countries.items() if country.alpha_2 in names
    }
