"""Reading delimited text: any delimiter, any encoding, title rows, blank lines, rows of the wrong length."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa

from palermo.errors import InputError
from palermo.intake.blocks import Plain
from palermo.intake.encoding import TextFile, open_text
from palermo.intake.headings import Top, find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import BLANK, RawFile, RowFinding, store_rows
from palermo.tables import TextRow

__all__ = ["first_rows_of_text", "read_delimited"]

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 1 << 20
_LOOKED_AT = 60
_BLOCK = 1 << 23
_END = "\0"


def read_delimited(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Read a delimited text file into a Parquet file of text.

    Raises
    ------
    InputError
        The file is empty or no text, no delimiter gives the mapping's columns, or a quote is never closed.
    """
    text = open_text(path, encoding=mapping.encoding, country=mapping.country)
    with closing(text.lines()) as lines:
        first = list(islice(_plain(lines), _LOOKED_AT))
    delimiter, top, above = _habit(path.name, first, mapping)
    headings = match_headings(path.name, top.names, mapping)
    skipped, blank = top.start + top.depth, list[int]()
    rows = _by_row(text, delimiter, skipped)
    if text.is_even:
        rows = _by_block(text, delimiter, skipped, Plain(delimiter, len(top.names), blank))
    raw = store_rows(rows, headings, into, file=path.name, notes=_notes(text, delimiter, top))
    early = [RowFinding("file.mixed-encodings", line) for line in text.odd_lines]
    early += [RowFinding(BLANK, line) for line in blank]
    findings = sorted([*early, *raw.findings], key=lambda found: found.source_row)
    return replace(raw, findings=tuple(findings), above=above)


def first_rows_of_text(path: Path) -> list[list[Sequence[str]]]:
    """Give the first rows of a delimited text file, parted by each of the delimiters there are."""
    with closing(open_text(path).lines()) as lines:
        first = list(islice(_plain(lines), _LOOKED_AT))
    return [[row for _, row in _parsed(path.name, first, delimiter)] for delimiter in _DELIMITERS]


def _by_row(text: TextFile, delimiter: str, skipped: int) -> Iterator[TextRow | pa.Table]:
    with closing(text.lines()) as lines:
        yield from islice(_rows(text.path.name, lines, delimiter), skipped, None)


def _by_block(text: TextFile, delimiter: str, skipped: int, plain: Plain) -> Iterator[TextRow | pa.Table]:
    """Give plain blocks whole, and the rows of the others one by one."""
    file = text.path.name
    with text.bytes() as stream:
        line = max(number for number, _ in islice(_rows(file, _decoded(stream), delimiter), skipped))
        while block := stream.read(_BLOCK) + stream.readline():
            end = line + block.count(b"\n") + (not block.endswith(b"\n"))
            if (table := plain.read(block, line)) is not None:
                yield table
                line = end
                continue
            lines = chain(_decoded(io.BytesIO(block)), _decoded(stream))
            for number, row in _rows(file, lines, delimiter, above=line):
                yield number, row
                line = number
                if line >= end:
                    break


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    return (line.decode("utf-8") for line in lines)


def _rows(file: str, lines: Iterable[str], delimiter: str, *, above: int = 0) -> Iterator[TextRow]:
    """Give each row with the number of its last line.

    A line that no file holds is put after the last one. It is a row of its own, unless an open quotation mark has
    swallowed it with all rows before it.

    Parameters
    ----------
    above
        How many lines of the file stand above these.
    """
    line = above
    for number, row in _parsed(file, chain(_plain(lines), [_END]), delimiter, above):
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


def _parsed(file: str, lines: Iterable[str], delimiter: str, above: int = 0) -> Iterator[TextRow]:
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for row in rows:
            yield above + rows.line_num, row
    except csv.Error as error:
        raise InputError(
            f"line {above + rows.line_num + 1} cannot be read: a cell is over a million characters.",
            where=file,
            todo="Look there for a quotation mark that is never closed, or for a piece of another file.",
        ) from error


def _habit(file: str, lines: Sequence[str], mapping: Mapping) -> tuple[str, Top, tuple[str, ...]]:
    """Choose the delimiter by which the mapping finds most of its columns, and say what stands above them."""
    best: tuple[str, Top, tuple[str, ...]] | None = None
    for delimiter in _DELIMITERS:
        rows = [row for _, row in _parsed(file, lines, delimiter)]
        top = find_headings(rows, mapping)
        if top and (best is None or top.known > best[1].known):
            best = delimiter, top, tuple(cell for row in rows[: top.start] for cell in row if cell.strip())
    if best is None:
        raise InputError(
            f"no row of the file has a heading that the mapping {mapping.name} knows.",
            where=file,
            todo="Check that this is the file the mapping was made for.",
        )
    return best


def _notes(text: TextFile, delimiter: str, top: Top) -> tuple[str, ...]:
    notes, start = [], top.start
    if text.fallback:
        notes.append(f"Some lines are UTF-8 and others were read as {text.fallback}: please confirm.")
    elif not text.encoding.startswith("utf"):
        notes.append(f"The file is not UTF-8; it was read as {text.encoding}: please confirm.{_doubt(text, top)}")
    if text.has_zeros:
        notes.append("Zero bytes stand in the file; they were left out.")
    if delimiter != ",":
        notes.append(f"The cells are parted by {'a tab' if delimiter == chr(9) else repr(delimiter)}.")
    if start:
        notes.append(f"{start} {'row stands' if start == 1 else 'rows stand'} above the headings.")
    return tuple(notes)


def _doubt(text: TextFile, top: Top) -> str:
    """Name the other encodings, with a heading as each would read it: headings are nobody's."""
    if not text.others:
        return ""
    telling = next((name for name in top.names if not name.isascii()), "")
    packed = telling.encode(text.encoding, errors="replace")
    read = [f"{other} ({packed.decode(other, errors='replace')!r})" if telling else other for other in text.others]
    own = f" A heading reads {telling!r} in it." if telling else ""
    return f"{own} It could also be {' or '.join(read)}: name the right one as encoding in the mapping."
