"""Of whom an appraisal speaks: a State, a region of the United Nations' own list, or the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.commitments.instruments import find_state, is_state, un_members
from palermo.errors import UsageError
from palermo.standard import load_standard

__all__ = ["Scope", "read_scope"]

WORLD = "world"


@dataclass(frozen=True, slots=True)
class Scope:
    """A name and the States that it holds, in the order of their codes."""

    name: str
    states: tuple[str, ...]


def read_scope(text: str, as_of: date) -> Scope:
    """Read ``KEN``, ``Kenya``, ``world``, or the M49 number of a region, as in ``202``.

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
    if name.isdigit():
        within = {
            country.code
            for country in load_standard().countries.values()
            if name in (country.region, country.subregion)
        }
        if not within & members:
            raise UsageError(
                f"there is no region {name!r}.", todo="Give its M49 number, as 202 for sub-Saharan Africa."
            )
        return Scope(name, tuple(sorted(within & members)))
    state = name.upper() if is_state(name.upper()) else find_state(name)
    return Scope(state, (state,))
