"""Reading JSON: records, lines of records, and what KoboToolbox and ODK export, repeats included."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingABC
from pathlib import Path
from typing import Any, NoReturn

from palermo.errors import InputError
from palermo.intake.encoding import open_text
from palermo.intake.headings import find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile, store_rows

__all__ = ["read_document"]

_DEEPEST = 32
"""How deep lists and records may lie in one another; a form's groups hardly reach ten."""
_LARGEST = 1 << 29
_WRAPPERS = ("results", "value", "data")
"""Where exports keep their records: KoboToolbox, ODK's OData, and many others."""
_SEPARATOR = "; "
_VERSION = re.compile(r"(?:^|/)(?:__version__|_version_|_version|formVersion)$")
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)

Record = dict[str, str]


def read_document(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Read a JSON file into a Parquet file of text, a record a row.

    A column is named after the path to its value, as in ``victim/sex``. Where the mapping names a repeat in ``rows``,
    each round of it is a row, with what stands above it said in each. The place of a row is that of its record.

    Raises
    ------
    InputError
        It is no JSON, holds no records, is too deep or too large, or records repeat something and the mapping does not
        say which of it is a row.
    """
    records = list(_records(path))
    _refuse_repeats(path, records, mapping.rows)
    rows = [(place, row) for place, record in enumerate(records, 1) for row in _rows(record, mapping.rows)]
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    if find_headings([names], mapping) is None:
        raise InputError(
            f"no record has a key that the mapping {mapping.name} knows.",
            where=path.name,
            todo="Check that this is the file the mapping was made for.",
        )
    headings = match_headings(path.name, names, mapping)
    cells = ((place, [row.get(name, "") for name in names]) for place, row in rows)
    return store_rows(cells, headings, into, file=path.name, notes=_notes(rows, mapping))


def _records(path: Path) -> Iterator[dict[str, Any]]:
    if path.stat().st_size > _LARGEST:
        raise InputError(
            "it is larger than half a gigabyte, which is too much for JSON.", where=path.name, todo="Export it as CSV."
        )
    text = "".join(open_text(path).lines())
    found = _unwrapped(_parsed(path, text))
    if not isinstance(found, list) or not found or not all(isinstance(record, dict) for record in found):
        raise InputError(
            "it holds no list of records.", where=path.name, todo="Export the records, and not the form or a summary."
        )
    return iter(found)


def _parsed(path: Path, text: str) -> Any:
    """Read one value, or one a line."""
    _refuse_depth(path, text)
    try:
        return json.loads(text)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line) for line in lines] if len(lines) > 1 else _refuse_text(path, error)
        except ValueError:
            _refuse_text(path, error)


def _refuse_text(path: Path, error: ValueError) -> NoReturn:
    line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
    raise InputError(
        f"it is no JSON: line {line} cannot be read.",
        where=path.name,
        todo="Export it again, and see that it came whole.",
    ) from None


def _refuse_depth(path: Path, text: str) -> None:
    depth = deepest = 0
    for sign in re.findall(r"[\[{\]}]", _STRINGS.sub("", text)):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise InputError(
            f"lists and records lie in one another {deepest} deep.",
            where=path.name,
            todo=f"Export records of no more than {_DEEPEST} levels.",
        )


def _unwrapped(found: Any) -> Any:
    while isinstance(found, dict):
        inner = next((found[key] for key in _WRAPPERS if isinstance(found.get(key), list | dict)), None)
        if inner is None:
            return [found]
        found = inner
    return found


def _refuse_repeats(path: Path, records: Sequence[dict[str, Any]], rows: str) -> None:
    """Refuse to choose among repeats, of which each may be what the agency counts."""
    several = sorted({name for record in records for name in _repeats(record)} - {rows})
    inner = [name for name in several if not rows.startswith(f"{name}/") and not name.startswith("_")]
    if rows and not any(rows in _repeats(record, one=True) for record in records):
        raise InputError(f"no record has the repeat {rows!r}.", where=path.name, todo="Mend rows in the mapping.")
    if inner:
        raise InputError(
            f"records repeat {', '.join(map(repr, inner))}.",
            where=path.name,
            todo="Name in the mapping, as rows, what makes a row; export the others by themselves.",
        )


def _repeats(value: Any, name: str = "", *, one: bool = False) -> Iterator[str]:
    """Name the lists of records within a record; those of one round only where they are asked for."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _repeats(inner, _path(name, key), one=one)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        if len(value) > 1 or one:
            yield name
        for inner in value:
            yield from _repeats(inner, name, one=one)


def _path(above: str, key: str) -> str:
    """Name a key by its path; Kobo's keys hold it already."""
    return key if not above or key.startswith(f"{above}/") else f"{above}/{key}"


def _rows(record: dict[str, Any], rows: str) -> list[Record]:
    """Give a record as one row, or as one for each round of the repeat; a record without a round is none."""
    said, rounds = Record(), list[Record]()
    for name, value in _flat(record, rows):
        if name == rows and rows:
            rounds = [Record(_flat_text(inner, rows)) for inner in value]
        else:
            said[name] = _text(value)
    return [said | each for each in rounds] if rows else [said]


def _flat(value: Any, rows: str, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, rows, _path(name, key))
    elif isinstance(value, list) and name != rows and any(isinstance(inner, dict) for inner in value):
        for inner in value:
            yield from _flat(inner, rows, name)
    else:
        yield name, value


def _flat_text(value: Any, name: str) -> Iterator[tuple[str, str]]:
    for path, inner in _flat(value, "", name):
        yield path, _text(inner)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _SEPARATOR.join(_text(inner) for inner in value)
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return str(value)


def _notes(rows: Sequence[tuple[int, MappingABC[str, str]]], mapping: Mapping) -> tuple[str, ...]:
    """Tell versions of the form that the mapping was not made for; the names of versions are nobody's."""
    if not mapping.versions:
        return ()
    met = {said for _, row in rows for name, said in row.items() if _VERSION.search(name) and said}
    unknown = sorted(met - set(mapping.versions))
    if not unknown:
        return ()
    words = ", ".join(version[:40] for version in unknown[:5])
    return (f"The form has versions that the mapping was not made for ({words}): see that it still fits.",)
