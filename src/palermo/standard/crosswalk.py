"""Crosswalks: how each field and code of the profile is said in another standard, and what is lost on the way.

A row says what theirs is beside ours: *exact*, *broader* (it covers ours and more), *narrower* (it covers a part of
ours) or *none*. Out of the profile one can go by exact and broader rows, into it by exact and narrower ones: whoever
has ours has what covers it, and whoever has a part of ours has ours. All else would be a guess, and comes out as lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, cast

from palermo.errors import UsageError
from palermo.standard.near import did_you_mean
from palermo.standard.profile import Standard
from palermo.standard.rows import read_lines
from palermo.standard.writing import read_value, write_value
from palermo.tables import NOTHING

__all__ = ["Crossing", "Crosswalk", "Match", "Passage", "crosswalks", "load_crosswalk"]

Match = Literal["exact", "broader", "narrower", "none"]
Pair = tuple[str, str]
"""A field and what stands in it."""

_FOLDER = Path(str(resources.files("palermo.standard") / "data" / "crosswalks"))
_COLUMNS = ("field", "code", "their_field", "their_code", "written", "match", "lost", "certainty", "source")
ANY = "*"
"""A row for whatever field, as for what is missing."""
FLAG = "1"
CUT = 32
_READ_ONLY = "accepted"


@dataclass(frozen=True, slots=True)
class Crossing:
    """One row of a crosswalk; a side that is empty has no counterpart, a field without a code stands for all of it."""

    field: str
    code: str
    their_field: str
    their_code: str
    written: str
    """How the values of a whole field are written there, or ``accepted`` for a spelling that is only read."""
    match: Match
    lost: str
    certainty: str
    source: str

    @property
    def leads_out(self) -> bool:
        """Whether who has ours certainly has theirs."""
        return self.match in ("exact", "broader") and self.written != _READ_ONLY

    @property
    def leads_in(self) -> bool:
        """Whether who has theirs certainly has ours."""
        return self.match in ("exact", "narrower") and bool(self.field)


@dataclass(frozen=True, slots=True)
class Passage:
    """What arrived, and what did not."""

    said: frozenset[Pair]
    lost: tuple[Crossing, ...]
    """The rows that say what did not arrive, or not whole."""
    unmapped: tuple[Pair, ...]
    """What no row speaks of."""


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """From the profile to one other standard, and back."""

    name: str
    rows: tuple[Crossing, ...]
    standard: Standard

    def leave(self, said: Iterable[Pair]) -> Passage:
        """Say in the other standard what is said in the profile."""
        return _pass(said, self.outward, attrgetter("leads_out"), self._write)

    def enter(self, said: Iterable[Pair]) -> Passage:
        """Say in the profile what is said in the other standard."""
        return _pass(said, self.homeward, attrgetter("leads_in"), self._read)

    def outward(self, field: str, code: str) -> tuple[Crossing, ...]:
        """The rows for a field and code of the profile, the most particular ones that there are."""
        if found := self._ours.get((field, code)):
            return found
        if code not in NOTHING:
            return self._ours.get((field, ""), ())
        theirs = dict.fromkeys(row.their_field for row in self.rows if _is_column(row) and row.field == field)
        anywhere = self._ours.get((ANY, code), ())
        return tuple(replace(row, field=field, their_field=at) for row in anywhere for at in theirs)

    def homeward(self, their_field: str, their_code: str) -> tuple[Crossing, ...]:
        """The rows for a field and code of the other standard, the most particular ones that there are.

        Some copies of files have names that are cut at 32 characters: such a name is known by what is left of it.
        """
        if their_field not in self._names.values():
            their_field = self._names.get(their_field[:CUT], "")
        if not their_field:
            return ()
        if found := self._theirs.get((their_field, their_code)):
            return found
        if anywhere := self._theirs.get((ANY, their_code)):
            ours = dict.fromkeys(row.field for row in self.rows if _is_column(row) and row.their_field == their_field)
            return tuple(replace(row, field=at, their_field=their_field) for row in anywhere for at in ours)
        return self._theirs.get((their_field, ""), ())

    @cached_property
    def _ours(self) -> Mapping[Pair, tuple[Crossing, ...]]:
        return _grouped(self.rows, lambda row: (row.field, row.code))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {row.their_field[:CUT]: row.their_field for row in self.rows}

    @cached_property
    def _theirs(self) -> Mapping[Pair, tuple[Crossing, ...]]:
        return _grouped(self.rows, lambda row: (row.their_field, row.their_code))

    def _write(self, row: Crossing, said: str) -> Pair:
        return row.their_field, row.their_code or write_value(row.written, said, self.standard)

    def _read(self, row: Crossing, said: str) -> Pair:
        return row.field, row.code or read_value(row.written, said, self.standard)


def crosswalks() -> tuple[str, ...]:
    """Name the standards that there is a crosswalk to."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.csv")))


def load_crosswalk(name: str, standard: Standard) -> Crosswalk:
    """Read the crosswalk to a standard.

    Raises
    ------
    UsageError
        There is none.
    """
    if name not in crosswalks():
        todo = f"{did_you_mean(name, crosswalks())}There are: {', '.join(crosswalks())}."
        raise UsageError(f"there is no crosswalk to {name!r}.", todo=todo)
    return Crosswalk(name, _rows(name), standard)


@cache
def _rows(name: str) -> tuple[Crossing, ...]:
    lines = read_lines(_FOLDER / f"{name}.csv", _COLUMNS)
    return tuple(Crossing(**cast(dict[str, Any], {column: line[column] for column in _COLUMNS})) for line in lines)


def _is_outdone(row: Crossing, certain: Sequence[Crossing]) -> bool:
    """Whether another row says the same more exactly, of the same two fields."""
    ends = (row.field, row.their_field)
    return any(other.match == "exact" and (other.field, other.their_field) == ends for other in certain)


def _grouped(rows: Iterable[Crossing], key: Callable[[Crossing], Pair]) -> Mapping[Pair, tuple[Crossing, ...]]:
    found: defaultdict[Pair, tuple[Crossing, ...]] = defaultdict(tuple)
    for row in rows:
        found[key(row)] += (row,)
    return dict(found)


def _is_column(row: Crossing) -> bool:
    """Whether their field can say more than yes or no, and so can say that something is missing."""
    return row.match != "none" and row.their_code != FLAG


def _pass(
    said: Iterable[Pair],
    rows_for: Callable[[str, str], tuple[Crossing, ...]],
    leads: Callable[[Crossing], bool],
    carry: Callable[[Crossing, str], Pair],
) -> Passage:
    arrived: set[Pair] = set()
    lost: list[Crossing] = []
    unmapped: list[Pair] = []
    for field, code in said:
        rows = rows_for(field, code)
        certain = [row for row in rows if leads(row)]
        arrived |= {carry(row, code) for row in certain if row.match == "exact" or not _is_outdone(row, certain)}
        if not rows:
            unmapped.append((field, code))
        elif not any(row.match == "exact" for row in certain):
            lost += rows
    return Passage(frozenset(arrived), tuple(lost), tuple(unmapped))
