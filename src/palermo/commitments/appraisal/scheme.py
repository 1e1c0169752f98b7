"""Schemes of others: each a series of its own with its owner's name, never mixed with another, and never with ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from palermo.commitments.records import Finding, read_table, refuse
from palermo.errors import UsageError

__all__ = ["SCHEMES", "SchemeSeries", "read_scheme"]

SCHEMA: dict[str, type[pl.DataType]] = {
    "state": pl.String,
    "year": pl.Int64,
    "component": pl.String,
    "value": pl.String,
}
"""Values stay text: a tier is no number, and components of different schemes are never added."""

_MISSING = frozenset({"", "NA"})


@dataclass(frozen=True, slots=True)
class SchemeSeries:
    """What one scheme says of States by year; empty where it says nothing."""

    scheme: str
    title: str
    owner: str
    limit: str
    """What to know before looking at it."""
    table: pl.DataFrame
    n_missing: int
    """How many values the file leaves open."""


@dataclass(frozen=True, slots=True)
class _Scheme:
    title: str
    owner: str
    limit: str
    state: str
    components: Mapping[str, str]
    """The columns, and what they are called here."""
    rule: Callable[[Mapping[str, str]], str]
    """Says what is wrong with a row; nothing otherwise."""
    about: str = ""
    """The column that says what each row is about, where it is not about the State as a whole."""


def _is_sum(row: Mapping[str, str]) -> str:
    parts = [row[name] for name in ("prosecution", "protection", "prevention")]
    if any(cell in _MISSING for cell in (*parts, row["overall_3p"])):
        return ""
    try:
        adds_up = sum(float(part) for part in parts) == float(row["overall_3p"])
    except ValueError:
        return "a component is no number."
    return "" if adds_up else "the three components do not add to the total."


def _of(codes: Iterable[str], column: str) -> Callable[[Mapping[str, str]], str]:
    allowed = {*codes, *_MISSING}
    return lambda row: "" if row[column] in allowed else f"{column} is none of {', '.join(sorted(codes))}."


_TIERS = ("Tier 1", "Tier 2", "Tier 3", "Watchlist", "Tier 2 Watch List", "Tier 2 Watchlist", "Special Case", "Special")
_WORDINGS = ("urges", "considers", "invites")
_LEVELS = ("none", "partial", "full")

SCHEMES: dict[str, _Scheme] = {
    "3p": _Scheme(
        "3P Anti-trafficking Policy Index",
        "Cho, Dreher and Neumayer",
        "Coded from the report of one government, so tied to its view.",
        "iso3",
        {"prosecution": "prosecution", "protection": "protection", "prevention": "prevention", "overall_3p": "total"},
        _is_sum,
    ),
    "tiers": _Scheme(
        "Tiers of the Trafficking in Persons Report",
        "United States Department of State",
        "One government's judgement: context, never a score.",
        "iso",
        {"tier": "tier"},
        _of(_TIERS, "tier"),
    ),
    "criminalization": _Scheme(
        "Criminalization level",
        "Kelley and Simmons",
        "Yearly until 2011; afterwards mostly States that were not at full.",
        "iso3",
        {"level": "level", "level_adjusted": "level adjusted"},
        _of(_LEVELS, "level"),
    ),
    "greta": _Scheme(
        "GRETA's wording",
        "Group of Experts on Action against Trafficking in Human Beings, Council of Europe",
        "Words of urgency, recalled, and no scale; of parties to the Council of Europe's Convention alone.",
        "iso3",
        {"wording": "wording"},
        _of(_WORDINGS, "wording"),
        about="article",
    ),
}
"""What each file must have as its columns: the State, ``year``, the components, and what a row is about."""


def read_scheme(name: str, path: Path) -> SchemeSeries:
    """Read the file of an outside scheme that the user has downloaded.

    Raises
    ------
    UsageError
        There is no such scheme.
    RecordsRefused
        A row is not as the scheme's rows are: nothing is taken.
    """
    scheme = SCHEMES.get(name)
    if scheme is None:
        raise UsageError(f"there is no scheme {name!r}.", todo=f"There are: {', '.join(SCHEMES)}.")
    rows = read_table(path, needed=(scheme.state, "year", *scheme.components, *_about(scheme)))
    refuse(
        [Finding(f"scheme.{name}", path.name, number, what) for number, row in rows if (what := _wrong(row, scheme))]
    )
    cells = [
        {
            "state": row[scheme.state],
            "year": int(row["year"]),
            "component": " ".join((called, *(f"{about} {row[about]}" for about in _about(scheme)))),
            "value": row[column],
        }
        for _, row in rows
        for column, called in scheme.components.items()
    ]
    said = [cell for cell in cells if cell["value"] not in _MISSING]
    table = pl.DataFrame(said, schema=SCHEMA)
    return SchemeSeries(name, scheme.title, scheme.owner, scheme.limit, table, len(cells) - len(said))


def _about(scheme: _Scheme) -> tuple[str, ...]:
    return (scheme.about,) if scheme.about else ()


def _wrong(row: Mapping[str, str], scheme: _Scheme) -> str:
    return scheme.rule(row) if row["year"].isdigit() else "there is no year."
