"""Finding the rows of headings, and matching them with the columns that a mapping knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from palermo.errors import InputError
from palermo.intake.field_mapping import UNDER
from palermo.intake.mapping import Mapping
from palermo.intake.spelling import normal, visible

__all__ = ["Headings", "Top", "count_known", "find_headings", "match_headings"]

_SEARCHED = 50
_DEEPEST = 3
_ABOUT = 0.75
_LONGEST = 120
_WIDEST = 2_000
_CUT = 32  # some programs cut names at 32 characters, and CTDC's files have been through them


@dataclass(frozen=True, slots=True)
class Top:
    """Where the headings of a table stand."""

    start: int
    """The place of their first row."""
    depth: int
    """How many rows they take; where headings stand over headings, it is more than one."""
    names: tuple[str, ...]
    known: int
    """How many of the mapping's columns are among them."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a file as the mapping sees them."""

    columns: tuple[str, ...]
    """A name for each column of the file: the mapping's own where it knows it."""
    missing: tuple[str, ...]
    """Columns of the mapping that the file does not have."""
    extra: tuple[str, ...]
    """Columns of the file that the mapping does not know."""
    notes: tuple[str, ...] = field(default=())


def find_headings(rows: Sequence[Sequence[str]], mapping: Mapping) -> Top | None:
    """Say which of the first rows hold the headings: those in which the mapping finds most of its columns.

    A heading that spans several columns stands in its first one only, so what stands under it is named after both, as
    in ``Adult > Male``. Of two readings that find as many columns, the one with fewer rows counts, and the earlier one.
    Where the mapping knows no column, it is the first row with about as many different words as any has, with the row
    above or below it if one of them stands over the other.
    """
    tops = list(_tops(rows, mapping))
    most = max((top.known for top in tops), default=0)
    least = most if mapping.columns else most * _ABOUT
    found = next((top for top in tops if top.known >= least), None) if most else None
    return found if found is None or mapping.columns else _with_other_row(rows, found, mapping)


def _with_other_row(rows: Sequence[Sequence[str]], top: Top, mapping: Mapping) -> Top:
    for start in (top.start - 1, top.start):
        if 0 <= start < len(rows) - 1 and _stands_over(rows[start], rows[start + 1]):
            names = _joined(rows[start : start + 2])
            return Top(start, 2, names, count_known(names, mapping))
    return top


def _stands_over(over: Sequence[str], under: Sequence[str]) -> bool:
    """Whether a row has a heading that spans several of the next row, which is no row of figures.

    The next row is empty where the first heading speaks for itself; a row of the table would name what it is about.
    """
    pairs = [(one.strip(), other.strip()) for one, other in zip_longest(over, under, fillvalue="")]
    spans = any(one and other and not gap and below for (one, other), (gap, below) in pairwise(pairs))
    words = all(_is_word(other) for _, other in pairs if other)
    return bool(spans and words and pairs[0][0] and not pairs[0][1])


def _tops(rows: Sequence[Sequence[str]], mapping: Mapping) -> Iterator[Top]:
    deepest = _DEEPEST if any(UNDER in column for column in mapping.columns) else 1
    for depth in range(1, deepest + 1):
        for start in range(min(len(rows) - depth + 1, _SEARCHED)):
            names = _joined([[_said(cell, mapping) for cell in row] for row in rows[start : start + depth]])
            yield Top(start, depth, names, count_known(names, mapping))


def count_known(row: Sequence[str], mapping: Mapping) -> int:
    """Count the columns of the mapping that a row names; all its different words where the mapping knows none."""
    if not mapping.columns:
        return len({cell.strip() for cell in row if _is_word(cell)})
    known = _known(mapping)
    return len({known[normal(cell)] for cell in row if normal(cell) in known})


def _is_word(cell: str) -> bool:
    return 0 < len(cell.strip()) <= _LONGEST and any(map(str.isalpha, cell))


def match_headings(file: str, row: Sequence[str], mapping: Mapping) -> Headings:
    """Name the columns of a file, and refuse one that cannot be read without doubt.

    Raises
    ------
    InputError
        A required column is not there, a name stands over two columns, or there are far too many.
    """
    if len(row) > _WIDEST:
        raise InputError(
            f"the table has {len(row):,} columns, and no more than {_WIDEST:,} can be read.",
            where=file,
            todo="Delete what is not needed; of some sheets most columns are empty but for a heading.",
        )
    known = _known(mapping)
    named = [_name(cell, position, known) for position, cell in enumerate(row, start=1)]
    _refuse_twins(file, named, row)
    missing = [column for column in mapping.columns if column not in named]
    if required := [column for column in mapping.required if column in missing]:
        raise InputError(
            f"there is no heading {', '.join(map(repr, required))}, which the mapping {mapping.name} needs.",
            where=file,
            todo="Check that this is the file the mapping was made for, or name the right column in the mapping.",
        )
    extra = [name for name in named if name not in mapping.columns and not mapping.is_wide(name)]
    unseen = sum(visible(cell) != cell for cell in row)
    notes = (f"{unseen} headings hold marks that cannot be seen; they were left out.",) if unseen else ()
    return Headings(tuple(named), tuple(missing), tuple(extra), notes)


def _said(cell: str, mapping: Mapping) -> str:
    return "" if normal(cell) in mapping.missing else cell


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Name each column after all that stands over it."""
    width = max(map(len, rows))
    above = [""] * width
    for row in rows:
        cells = [*row, *[""] * (width - len(row))]
        above = list(_under(above, cells)) if any(above) else cells
    return tuple(above)


def _under(above: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Put a row of headings under another; what spans several columns is said over each that has one below."""
    names, span = [], ""
    for over, cell in zip(above, cells, strict=True):
        span = over.strip() or span
        parts = [over.strip() or span, cell.strip()] if cell.strip() else [over.strip()]
        names.append(UNDER.join(part for part in parts if part))
    return names


def _known(mapping: Mapping) -> dict[str, str]:
    """Know each column of a mapping by its name, and by its name cut short where no other column has the same."""
    whole = {normal(column): column for column in mapping.columns}
    cut: dict[str, list[str]] = {}
    for key, column in whole.items():
        if len(key) > _CUT:
            cut.setdefault(key[:_CUT], []).append(column)
    return {key: columns[0] for key, columns in cut.items() if len(columns) == 1} | whole


def _name(cell: str, position: int, known: dict[str, str]) -> str:
    text = " ".join(visible(cell).split())
    return known.get(normal(text), text) if text else f"(column {position})"


def _refuse_twins(file: str, named: Sequence[str], row: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for position, name in enumerate(named, start=1):
        if (first := seen.get(_fold(name))) is not None:
            unseen = any(visible(row[place - 1]) != row[place - 1] for place in (first, position))
            why = " They differ only by marks that cannot be seen." if unseen else ""
            raise InputError(
                f"the heading {name!r} stands over columns {first} and {position}.{why}",
                where=file,
                todo="Rename one of them, here and in the mapping; which one counts cannot be guessed.",
            )
        seen[_fold(name)] = position


def _fold(name: str) -> str:
    return name.casefold()
