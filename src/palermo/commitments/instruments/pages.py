"""Tables as a depositary's site gives them: a CSV file, or a page that the user has saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from palermo.commitments.records import read_table
from palermo.errors import InputError
from palermo.tables import must_be_file

__all__ = ["PageRow", "read_page"]

_HEAD = 4096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_PAGES = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of a table: its number, the headings being row 1, and its cells by heading."""

    number: int
    cells: dict[str, str]


def read_page(path: Path, *, first_heading: str) -> list[PageRow]:
    """Read the table whose first heading begins so.

    Raises
    ------
    InputError
        The file has no such table.
    """
    if path.suffix.lower() not in _PAGES:
        rows = [PageRow(number, cells) for number, cells in read_table(path)]
        return rows if rows and _is_ours(list(rows[0].cells), first_heading) else _none(path, first_heading)
    must_be_file(path, todo="Look at the path.")
    reader = _Tables()
    reader.feed(_text(path))
    reader.close()
    for table in reader.tables:
        if table and _is_ours(table[0], first_heading):
            return [
                PageRow(number, dict(zip(table[0], cells, strict=False)))
                for number, cells in enumerate(table[1:], start=2)
                if any(cells)
            ]
    return _none(path, first_heading)


def _text(path: Path) -> str:
    """Decode a page as UTF-8, or as it says of itself."""
    data = path.read_bytes()
    said = _CHARSET.search(data[:_HEAD])
    for encoding in ("utf-8-sig", *([said[1].decode("ascii")] if said else [])):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError("the page is not in UTF-8.", where=path.name, todo="Save it again, as UTF-8.")


def _is_ours(headings: list[str], first: str) -> bool:
    return bool(headings) and headings[0].lower().startswith(first.lower())


def _none(path: Path, first: str) -> list[PageRow]:
    todo = "Save the status page of the treaty, or its table as CSV, and name the depositary from whose site it is."
    raise InputError(f"there is no table with rows whose first column is {first}.", where=path.name, todo=todo)


@dataclass(slots=True)
class _Open:
    """The tables that are open at a place of a page; a table in a cell of another is a table of its own."""

    rows: list[list[str]] = field(default_factory=list)
    cells: list[str] | None = None
    text: list[str] | None = None


class _Tables(HTMLParser):
    """Collects every table of a page; raised footnote marks come out in square brackets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_Open())
        elif self._open:
            self._begin(tag, self._open[-1])

    def _begin(self, tag: str, table: _Open) -> None:
        if tag == "tr":
            self._end_row(table)
            table.cells = []
        elif tag in ("td", "th"):
            self._end_cell(table)
            table.text = []
            table.cells = [] if table.cells is None else table.cells
        elif table.text is not None:
            table.text.append(" [" if tag == "sup" else " ")

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        table = self._open[-1]
        if tag == "table":
            self._end_row(table)
            self.tables.append(table.rows)
            self._open.pop()
        elif tag == "tr":
            self._end_row(table)
        elif tag in ("td", "th"):
            self._end_cell(table)
        elif tag == "sup" and table.text is not None:
            table.text.append("]")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].text is not None:
            self._open[-1].text.append(data)

    @staticmethod
    def _end_cell(table: _Open) -> None:
        if table.text is not None and table.cells is not None:
            table.cells.append(" ".join("".join(table.text).split()))
        table.text = None

    def _end_row(self, table: _Open) -> None:
        self._end_cell(table)
        if table.cells:
            table.rows.append(table.cells)
        table.cells = None
