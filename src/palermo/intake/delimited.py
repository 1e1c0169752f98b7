"""Reading delimited text: any delimiter, any encoding, title rows, blank lines, rows of the wrong length."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

from palermo.errors import InputError
from palermo.intake.encoding import TextFile, open_text
from palermo.intake.headings import count_known, find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile, RowFinding, store_rows

__all__ = ["read_delimited"]

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 1 << 20
_LOOKED_AT = 60
_END = "\0"


def read_delimited(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Read a delimited text file into a Parquet file of text.

    Raises
    ------
    InputError
        The file is empty or no text, no delimiter gives the mapping's columns, or a quote is never closed.
    """
    text = open_text(path, encoding=mapping.encoding)
    with closing(text.lines()) as lines:
        first = list(islice(_plain(lines), _LOOKED_AT))
    delimiter, start, top = _habit(path.name, first, mapping)
    headings = match_headings(path.name, top, mapping)
    rows = _rows(path.name, text, delimiter)
    raw = store_rows(
        islice(rows, start + 1, None), headings, into, file=path.name, notes=_notes(text, delimiter, start)
    )
    odd = tuple(RowFinding("file.mixed-encodings", line) for line in text.odd_lines)
    return RawFile(raw.file, raw.path, raw.headings, raw.n_rows, raw.quarantine, (*odd, *raw.findings), raw.notes)


def _rows(file: str, text: TextFile, delimiter: str) -> Generator[tuple[int, Sequence[str]]]:
    """Give each row with the number of its last line.

    A line that no file holds is put after the last one. It is a row of its own, unless an open quotation mark has
    swallowed it with all rows before it.
    """
    line = 0
    with closing(text.lines()) as lines:
        for number, row in _parsed(file, chain(_plain(lines), [_END]), delimiter):
            if row == [_END]:
                return
            if row and row[-1].endswith(_END):
                raise InputError(
                    f"the row that begins in line {line + 1} never ends: a quotation mark in it is not closed.",
                    where=file,
                    todo="Close or remove it; the rows below it would be lost.",
                )
            yield number, row
            line = number


def _plain(lines: Iterable[str]) -> Iterator[str]:
    """Take out zero bytes, which some programs leave in."""
    return (line.replace("\0", "") for line in lines)


def _parsed(file: str, lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise InputError(
            f"line {rows.line_num + 1} cannot be read: a cell is over a million characters.",
            where=file,
            todo="Look there for a quotation mark that is never closed, or for a piece of another file.",
        ) from error


def _habit(file: str, lines: Sequence[str], mapping: Mapping) -> tuple[str, int, Sequence[str]]:
    """Choose the delimiter by which the mapping finds most of its columns, and the row in which it does."""
    best: tuple[int, str, int, Sequence[str]] | None = None
    for delimiter in _DELIMITERS:
        rows = [row for _, row in _parsed(file, lines, delimiter)]
        at = find_headings(rows, mapping)
        if at is not None:
            found = count_known(rows[at], mapping)
            if best is None or found > best[0]:
                best = (found, delimiter, at, rows[at])
    if best is None:
        raise InputError(
            f"no row of the file has a heading that the mapping {mapping.name} knows.",
            where=file,
            todo="Check that this is the file the mapping was made for.",
        )
    return best[1], best[2], best[3]


def _notes(text: TextFile, delimiter: str, start: int) -> tuple[str, ...]:
    notes = []
    if text.fallback:
        notes.append(f"Some lines are UTF-8 and others were read as {text.fallback}: please confirm.")
    elif not text.encoding.startswith("utf"):
        notes.append(f"The file is not UTF-8; it was read as {text.encoding}: please confirm.")
    if delimiter != ",":
        notes.append(f"The cells are parted by {'a tab' if delimiter == chr(9) else repr(delimiter)}.")
    if start:
        notes.append(f"{start} {'row stands' if start == 1 else 'rows stand'} above the headings.")
    return tuple(notes)
