"""Of whom an appraisal speaks: a State, a region of the United Nations' own list, or the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.commitments.instruments import find_state, is_state, state_code, un_members
from palermo.errors import UsageError
from palermo.standard import fold, load_standard

__all__ = ["Scope", "read_scope"]

WORLD = "world"
_REGIONS = {
    "002": "Africa", "015": "Northern Africa", "202": "Sub-Saharan Africa",
    "019": "Americas", "021": "Northern America", "419": "Latin America and the Caribbean",
    "142": "Asia", "143": "Central Asia", "030": "Eastern Asia", "035": "South-eastern Asia", "034": "Southern Asia",
    "145": "Western Asia", "150": "Europe", "151": "Eastern Europe", "154": "Northern Europe", "039": "Southern Europe",
    "155": "Western Europe", "009": "Oceania", "053": "Australia and New Zealand", "054": "Melanesia",
    "057": "Micronesia", "061": "Polynesia",
}  # fmt: skip
"""The regions of M49, the list of the Statistics Division of the United Nations."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A name and the States that it holds, in the order of their codes."""

    name: str
    states: tuple[str, ...]


def read_scope(text: str, as_of: date) -> Scope:
    """Read ``KEN``, ``Kenya``, ``world``, or a region of M49 by number or name, as in ``202``.

    The world and a region are their members of the United Nations on that day.

    Raises
    ------
    UsageError
        It is none of these.
    """
    name = text.strip()
    members = un_members(as_of)
    if name.lower() == WORLD:
        return Scope(WORLD, tuple(sorted(members)))
    state = name.upper() if is_state(name.upper()) else state_code(name)
    region = _region(name)
    if state is None and region is not None:
        countries = load_standard().countries.values()
        within = {country.code for country in countries if region in (country.region, country.subregion)}
        return Scope(region, tuple(sorted(within & members)))
    if name.isdigit():
        regions = ", ".join(f"{code} {each}" for code, each in _REGIONS.items())
        raise UsageError(f"there is no region {name!r}.", todo=f"Its number or name: {regions}.")
    state = state or find_state(name)
    return Scope(state, (state,))


def _region(text: str) -> str | None:
    codes = {fold(name): code for code, name in _REGIONS.items()}
    code = text.zfill(3) if text.isdigit() else codes.get(fold(text))
    return code if code in _REGIONS else None
