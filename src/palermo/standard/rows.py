"""Reading a table of the standard, ours or one that replaces it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from palermo.errors import InputError

__all__ = ["read_lines", "read_rows"]


def read_rows(path: Path, columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """Read the rows of a CSV file by their first column.

    Raises
    ------
    InputError
        It cannot be read by `read_lines`, or a row has no name, or the name of an earlier one.
    """
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(read_lines(path, columns), start=1):
        name = row[columns[0]]
        if not name or name in found:
            what = (
                f"{columns[0]} {name!r} is there twice."
                if name
                else f"row {number} below the headings has no {columns[0]}."
            )
            raise InputError(what, where=path.name, todo=f"Give each row a {columns[0]} of its own.")
        found[name] = row
    return found


def read_lines(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read the rows of a CSV file in order.

    Raises
    ------
    InputError
        It is not UTF-8, lacks a column, or a row has another length.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            rows, headings = list(reader), reader.fieldnames or ()
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("this is no CSV in UTF-8.", where=path.name, todo="Save it as CSV in UTF-8.") from error
    if missing := [column for column in columns if column not in headings]:
        needs = f"The columns it needs are: {', '.join(columns)}; they are parted by commas."
        raise InputError(f"there is no column {', '.join(missing)}.", where=path.name, todo=needs)
    for number, row in enumerate(rows, start=1):
        if None in row or None in row.values():
            what = f"row {number} below the headings has more or fewer cells than there are headings."
            raise InputError(what, where=path.name, todo="Put a text that holds a comma between quotation marks.")
    return rows
