"""Finding the row of headings, and matching it with the columns that a mapping knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from palermo.errors import InputError
from palermo.intake.mapping import Mapping, normal

__all__ = ["Headings", "count_known", "find_headings", "match_headings"]

_SEARCHED = 50
_ABOUT = 0.75
_LONGEST = 120
_CUT = 32  # some programs cut names at 32 characters, and CTDC's files have been through them


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a file as the mapping sees them."""

    columns: tuple[str, ...]
    """A name for each column of the file: the mapping's own where it knows it."""
    missing: tuple[str, ...]
    """Columns of the mapping that the file does not have."""
    extra: tuple[str, ...]
    """Columns of the file that the mapping does not know."""


def find_headings(rows: Sequence[Sequence[str]], mapping: Mapping) -> int | None:
    """Say which of the first rows holds the headings: the one in which the mapping finds most of its columns.

    Where the mapping knows no column, it is the first row with about as many different words as any has.
    """
    matches = [count_known(row, mapping) for row in rows[:_SEARCHED]]
    most = max(matches, default=0)
    least = most if mapping.columns else most * _ABOUT
    return next((at for at, found in enumerate(matches) if found >= least), None) if most else None


def count_known(row: Sequence[str], mapping: Mapping) -> int:
    """Count the columns of the mapping that a row names; all its different words where the mapping knows none."""
    if not mapping.columns:
        return len({cell.strip() for cell in row if _is_word(cell)})
    return len({_key(cell) for cell in row if cell} & {_key(column) for column in mapping.columns})


def _is_word(cell: str) -> bool:
    return 0 < len(cell.strip()) <= _LONGEST and any(map(str.isalpha, cell))


def match_headings(file: str, row: Sequence[str], mapping: Mapping) -> Headings:
    """Name the columns of a file, and refuse one that cannot be read without doubt.

    Raises
    ------
    InputError
        A required column is not there, or a name stands over two columns.
    """
    known = {_key(column): column for column in mapping.columns}
    named = [_name(cell, position, known) for position, cell in enumerate(row, start=1)]
    _refuse_twins(file, named)
    missing = [column for column in mapping.columns if column not in named]
    if required := [column for column in mapping.required if column in missing]:
        raise InputError(
            f"there is no heading {', '.join(map(repr, required))}, which the mapping {mapping.name} needs.",
            where=file,
            todo="Check that this is the file the mapping was made for, or name the right column in the mapping.",
        )
    extra = [name for name in named if name not in mapping.columns]
    return Headings(tuple(named), tuple(missing), tuple(extra))


def _name(cell: str, position: int, known: dict[str, str]) -> str:
    text = " ".join(cell.split())
    return known.get(_key(text), text) if text else f"(column {position})"


def _key(heading: str) -> str:
    return normal(heading)[:_CUT]


def _refuse_twins(file: str, named: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for position, name in enumerate(named, start=1):
        if _fold(name) in seen:
            raise InputError(
                f"the heading {name!r} stands over columns {seen[_fold(name)]} and {position}.",
                where=file,
                todo="Rename one of them, here and in the mapping; which one counts cannot be guessed.",
            )
        seen[_fold(name)] = position


def _fold(name: str) -> str:
    return name.casefold()
