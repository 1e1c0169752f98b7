"""Reading capture histories from a CSV file with a row for each history, or with a row for each person."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from palermo.errors import InputError
from palermo.prevalence.histories import MOST_LISTS, CaptureHistories, StratifiedHistories
from palermo.tables import must_be_file

__all__ = ["COUNT", "read_histories", "read_stratified"]

COUNT = "count"
_PERSON = "person_id"
_SIGNS = ("0", "1")

_MOST_PEOPLE = 10**10
"""More than there are in the world."""

_SEPARATORS = ",;\t"
_MERGE = "Merge lists that are kept by the same kind of agency."
_SHAPE = "It has a column of 0 and 1 for each list, and a column named count, unless each row is a person."


def read_histories(path: Path) -> CaptureHistories:
    """Read a table of capture histories and see that an estimate can be tried on it.

    Raises
    ------
    InputError
        The file has another shape, a cell that makes no sense, or lists from which nothing can be estimated.
    """
    return read_stratified(path, ()).tables[0].checked(where=path.name)


def read_stratified(path: Path, factors: Sequence[str]) -> StratifiedHistories:
    """Read capture histories of several strata, which the columns ``factors`` tell apart.

    Without a column ``count`` each row is a person; a column ``person_id`` is then passed over.
    """
    headings, rows = _rows(path)
    if missing := [name for name in factors if name not in headings]:
        raise InputError(f"there is no column {', '.join(missing)}.", where=path.name, todo=_SHAPE)
    is_counted = COUNT in headings
    lists = [name for name in headings if name not in (COUNT if is_counted else _PERSON, *factors)]
    if len(lists) > MOST_LISTS:
        raise InputError(f"there are more than {MOST_LISTS} lists.", where=path.name, todo=_MERGE)
    counted: dict[tuple[str, ...], dict[int, int]] = {}
    for number, row in enumerate(rows, start=1):
        cells = dict(zip(headings, row, strict=True))
        if not is_counted and any(cells[name] not in _SIGNS for name in lists):
            raise InputError(f"there is no column {COUNT}.", where=path.name, todo=_SHAPE)
        history = sum(_sign(cells[name], path, number, name) << bit for bit, name in enumerate(lists))
        count = _count(cells[COUNT], path, number) if is_counted else 1
        if not history and count:
            raise _wrong(path, number, "is for people on no list", "Leave it out: it is what is to be estimated.")
        stratum = counted.setdefault(tuple(cells[name] for name in factors), {})
        if is_counted and history in stratum:
            raise _wrong(path, number, "has the history of an earlier row", "Add their counts up, if both are right.")
        stratum[history] = stratum.get(history, 0) + count
    if not any(any(stratum.values()) for stratum in counted.values()):
        raise InputError("nobody is counted in it.", where=path.name, todo=_SHAPE)
    tables = tuple(CaptureHistories.of(lists, stratum) for stratum in counted.values())
    return StratifiedHistories(tuple(factors), tuple(counted), tables)


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    must_be_file(path, todo="Name a CSV file of capture histories.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            heading = lines.readline()
            separator = max(_SEPARATORS, key=heading.count)
            lines.seek(0)
            told = csv.reader(lines, delimiter=separator, strict=True)
            read = [row for row in told if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("this is no CSV in UTF-8.", where=path.name, todo="Save it as CSV in UTF-8.") from error
    if not read:
        raise InputError("the file is empty.", where=path.name, todo=_SHAPE)
    headings, rows = [cell.strip() for cell in read[0]], read[1:]
    if not all(headings) or len(set(headings)) != len(headings):
        raise InputError("a column has no heading, or that of another.", where=path.name, todo=_SHAPE)
    for number, row in enumerate(rows, start=1):
        if len(row) != len(headings):
            raise _wrong(path, number, "has more or fewer cells than there are headings", "Mend the row.")
    return headings, [[cell.strip() for cell in row] for row in rows]


def _sign(cell: str, path: Path, number: int, name: str) -> int:
    if cell not in _SIGNS:
        todo = f"If {name} is no list but tells strata apart, name it after --strata of estimate."
        raise _wrong(path, number, f"has something else than 0 or 1 in column {name}", todo)
    return int(cell)


def _count(cell: str, path: Path, number: int) -> int:
    try:
        value = float(cell)
    except ValueError:
        raise _wrong(path, number, "has no number in column count", "Write the number of people.") from None
    if value < 0 or not value.is_integer():
        raise _wrong(path, number, "has a negative or broken count", "Counts are whole numbers of people.")
    if value > _MOST_PEOPLE:
        raise _wrong(path, number, "counts more people than there are in the world", "Mend the count.")
    return int(value)


def _wrong(path: Path, number: int, what: str, todo: str) -> InputError:
    return InputError(f"row {number} below the headings {what}.", where=path.name, todo=todo)
