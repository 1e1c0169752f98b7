"""The export of the Universal Human Rights Index → rows for the register of recommendations.

The layout has four columns: the text, the body, the day of publication, and the themes, several in one cell, each
after a dash and a blank. It does not say which State: one exports by State.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import polars as pl

from palermo.commitments.records import Finding, read_table, refuse
from palermo.errors import InputError
from palermo.tables import must_be_file

__all__ = ["COLUMNS", "read_uhri"]

COLUMNS = {
    "text": "Text",
    "body": "Reccomending Body",  # as the export spells it
    "published_on": "Document Publication Date",
    "themes": "Themes",
}
_RIGHTLY_SPELLED = {"Recommending Body": "Reccomending Body"}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d %H:%M:%S")
_ITEM = re.compile(r"(?:^|\s)-\s+")
_MECHANISMS = (
    (re.compile(r"^UPR\b"), "upr"),
    (re.compile(r"^(SR|WG|IE|SRSG)\b"), "special_procedure"),
    (re.compile(r"^(CEDAW|CRC|CCPR|CESCR|CERD|CAT|CMW|CRPD|CED|SPT|HRC|OPSC|CRC-OP-SC)\b"), "treaty_body"),
)


def read_uhri(path: Path, *, state: str, recorded_on: date) -> list[dict[str, str]]:
    """Read an export as CSV or XLSX.

    The id of a recommendation is a hash of what it says, so that the same export adds nothing when it is read again.

    Raises
    ------
    InputError
        A column is missing.
    RecordsRefused
        Rows have no text, no body, or a day that cannot be read.
    """
    rows: dict[str, dict[str, str]] = {}
    table = _table(path)
    refuse([finding for number, cells in table for finding in _wrong(cells, path.name, number)])
    for number, cells in table:
        text, body, published = cells["text"], _items(cells["body"]), _day(cells["published_on"]) or ""
        name = _name(state, body[0], published, text)
        rows.setdefault(
            name,
            {
                "id": name,
                "recorded_on": recorded_on.isoformat(),
                "source": f"UHRI export, {path.name}, row {number}",
                "state": state,
                "mechanism": _mechanism(body[0]),
                "body": "; ".join(body),
                "text": text,
                "published_on": published,
                "themes": "; ".join(dict.fromkeys(theme.replace(";", ",") for theme in _items(cells["themes"]))),
            },
        )
    return list(rows.values())


def _table(path: Path) -> list[tuple[int, Mapping[str, str]]]:
    must_be_file(path, todo="Look at the path.")
    read = _read_workbook(path) if path.suffix.casefold() == ".xlsx" else read_table(path)
    found: list[tuple[int, Mapping[str, str]]] = []
    for number, row in read:
        cells = {_RIGHTLY_SPELLED.get(name, name): cell for name, cell in row.items()}
        if missing := [column for column in COLUMNS.values() if column not in cells]:
            todo = f"The columns of the export are: {', '.join(COLUMNS.values())}."
            raise InputError(f"there is no column {', '.join(missing)}.", where=path.name, todo=todo)
        found.append((number, {name: cells[column].strip() for name, column in COLUMNS.items()}))
    return found


def _read_workbook(path: Path) -> list[tuple[int, dict[str, str]]]:
    import fastexcel

    try:
        sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise InputError("this is no workbook that can be read.", where=path.name, todo="Save it as CSV.") from error
    text = sheet.with_columns(pl.all().cast(pl.String).fill_null(""))
    return list(enumerate(text.to_dicts(), start=2))


def _items(cell: str) -> list[str]:
    """Part a cell whose items each follow a dash and a blank."""
    return [item.strip() for item in _ITEM.split(cell) if item.strip()]


def _wrong(cells: Mapping[str, str], file: str, number: int) -> Iterator[Finding]:
    if not cells["text"] or not _items(cells["body"]):
        what = "there is no text, or no body."
        yield Finding("uhri.text", file, number, what, "Export it again, or take the row out.")
    if _day(cells["published_on"]) is None:
        what = "the publication date has a form that is not known."
        yield Finding("uhri.day", file, number, what, "Write days as 2012-11-13 or 13/11/2012.")


def _day(cell: str) -> str | None:
    """Read the day of publication; empty where there is none, none where it cannot be read."""
    if not cell:
        return ""
    for form in _DAYS:
        try:
            return datetime.strptime(cell, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _mechanism(body: str) -> str:
    return next((mechanism for form, mechanism in _MECHANISMS if form.match(body)), "other")


def _name(state: str, body: str, published: str, text: str) -> str:
    told = "\n".join((state, body, published, " ".join(text.split())))
    return f"uhri-{state}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
