"""States and organisations that join treaties: their names then and now, and who was a member of the United Nations."""

from __future__ import annotations

import difflib
import re
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from palermo.commitments.records import read_table
from palermo.errors import UsageError
from palermo.standard import CountryNames, country_names, fold, load_standard, name_in

__all__ = [
    "FORMER_STATES",
    "ORGANISATIONS",
    "find_state",
    "is_state",
    "state_code",
    "state_like",
    "state_name",
    "un_members",
]

_DATA = Path(__file__).with_name("data")
_LANGUAGES = ("en", "fr", "es")
"""The languages in which depositaries name States."""
_TURNED = re.compile(r"(?P<first>[^,(]+?)(?:, *| *\()(?P<rest>[^,()]+)\)?")
_ARTICLE = "the "
_LIKE = 0.75
ORGANISATIONS = frozenset({"EUU"})
"""Regional organisations: parties in their own right, beside their members."""
FORMER_STATES = frozenset({"CSK", "DDR", "EAZ", "SCG", "YMD", "YUG"})


def un_members(day: date) -> frozenset[str]:
    """Give the members of the United Nations on a day."""
    members = _memberships().filter(
        (pl.col("from_on") <= day) & (pl.col("until_on").is_null() | (pl.col("until_on") >= day))
    )
    return frozenset(members["state"])


def state_code(name: str) -> str | None:
    """Give the code of a State by a name it has or had, in English, French or Spanish; none if nobody knows it.

    A name may be turned round, as in ``Korea, Republic of``, and may begin with an article.
    """
    turned = _TURNED.fullmatch(name.strip())
    names = [name, f"{turned['rest']} {turned['first']}"] if turned else [name]
    names += [each[len(_ARTICLE) :] for each in names if each.lower().startswith(_ARTICLE)]
    return next((code for each in names if (code := _code(each))), None)


def find_state(text: str) -> str:
    """Give the code of a State by its code or its name.

    Raises
    ------
    UsageError
        Nobody knows it.
    """
    code = text.strip().upper()
    found = code if is_state(code) else state_code(text)
    if found is None:
        like = state_like(text)
        todo = f"Is it {like}? " if like else ""
        raise UsageError(
            f"there is no State {text!r}.", todo=f"{todo}Give its code of three letters, as KEN, or its name."
        )
    return found


def state_like(text: str) -> str | None:
    """Name the State whose name is most like a text; none if no name is like it."""
    names = {fold(state_name(code)): state_name(code) for code in sorted(_known())}
    found = difflib.get_close_matches(fold(text), names, n=1, cutoff=_LIKE)
    return names[found[0]] if found else None


def state_name(code: str) -> str:
    """Name a State as the United Nations do in English; one that is gone, by the name it had."""
    country = load_standard().countries.get(code)
    return _names().get(code) or (name_in("en", country) if country else code)


def is_state(code: str) -> bool:
    """Say whether a code is that of a State, an area or an organisation, now or formerly."""
    return code in _known()


@cache
def _memberships() -> pl.DataFrame:
    return pl.read_csv(_DATA / "un_members.csv", try_parse_dates=True)


@cache
def _rows() -> list[dict[str, str]]:
    return [row for _, row in read_table(_DATA / "names.csv")]


def _code(name: str) -> str | None:
    return _ours().get(fold(name)) or _standards().code(name)


@cache
def _ours() -> dict[str, str]:
    """Give the names that the standard has not, or that mean a former State or an organisation."""
    return {fold(row["name"]): row["state"] for row in _rows()}


@cache
def _standards() -> CountryNames:
    return country_names(load_standard().countries, _LANGUAGES)


@cache
def _names() -> dict[str, str]:
    """Give the names that differ from CLDR's, or that CLDR has not."""
    return {row["state"]: row["name"] for row in _rows() if row["current"]}


@cache
def _known() -> frozenset[str]:
    return frozenset(load_standard().countries) | frozenset(_names()) | FORMER_STATES
