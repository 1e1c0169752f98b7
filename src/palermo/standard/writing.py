"""How the values of a field that needs no code list are written in another standard: countries, languages, numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from palermo.standard.profile import Standard
from palermo.tables import NOTHING

__all__ = ["WRITINGS", "read_value", "write_value"]

_Change = Callable[[str, Standard], str]


def write_value(written: str, said: str, standard: Standard) -> str:
    """Write a value of the profile as the other standard does; what cannot be written so stays as it is."""
    return said if said in NOTHING else WRITINGS[written][0](said, standard)


def read_value(written: str, said: str, standard: Standard) -> str:
    """Read a value that is written as the other standard does; what cannot be read so stays as it is."""
    return WRITINGS[written][1](said, standard)


def _same(said: str, _: Standard) -> str:
    return said


def _to_alpha_2(said: str, standard: Standard) -> str:
    return standard.countries[said].alpha_2 or said if said in standard.countries else said


def _from_alpha_2(said: str, standard: Standard) -> str:
    return _by(standard, lambda code: standard.countries[code].alpha_2).get(said, said)


def _to_m49(said: str, standard: Standard) -> str:
    return standard.countries[said].numeric.lstrip("0") or said if said in standard.countries else said


def _from_m49(said: str, standard: Standard) -> str:
    return _by(standard, lambda code: standard.countries[code].numeric.lstrip("0")).get(said.lstrip("0"), said)


def _by(standard: Standard, key: Callable[[str], str]) -> Mapping[str, str]:
    return {key(code): code for code in standard.countries if key(code)}


def _from_language(said: str, standard: Standard) -> str:
    """Read two letters or three, since HTCDS asks for both at once."""
    plain = said.strip().casefold()
    found = [code for code, threes in standard.languages.items() if plain in (code, *threes)]
    return found[0] if found else said


WRITINGS: dict[str, tuple[_Change, _Change]] = {
    "": (_same, _same),
    "accepted": (_same, _same),
    "text": (_same, _same),
    "number": (_same, _same),
    "count": (_same, _same),
    "date": (_same, _same),
    "alpha-3": (_same, _same),
    "alpha-2": (_to_alpha_2, _from_alpha_2),
    "m49-plain": (_to_m49, _from_m49),
    "language": (_same, _from_language),
}
"""By the word in the column ``written``: how a value goes out, and how it comes back."""
