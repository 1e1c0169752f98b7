"""Read the tables of the depositaries: what each row says that a State has done, in the depositary's own notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from palermo.commitments.instruments.pages import PageRow, read_page
from palermo.commitments.instruments.states import state_code, state_like
from palermo.commitments.records import Finding

__all__ = ["DEPOSITARIES", "Reading", "Said", "read_normlex", "read_untc"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATED = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})(?: (AA|[AacdsP]))?( ?(?:\[.*|\d.*|\*.*))?")
_MARKED = re.compile(r"(?P<name>.*?\D)\s*(?:\[[\d,\s]+\]|\d+(?:\s*,\s*\d+)*)?(?:\s*\[[\d,\s]+\])*\s*")
_MEANING = re.compile(r"(?P<words>[^()]+?)\s*(?:\((?P<mark>\w{1,2})\))?\s*")
_DENOUNCED = re.compile(r"(?:denounced|denunciation) on (\d{1,2} \w+ \d{4})", re.IGNORECASE)
_TO_COME = "will enter into force"

_WORDS = {
    "succession to signature": "succession_to_signature",
    "definitive signature": "definitive_signature",
    "formal confirmation": "formal_confirmation",
    "signature": "signature",
    "ratification": "ratification",
    "acceptance": "acceptance",
    "approval": "approval",
    "accession": "accession",
    "succession": "succession",
    "participation": "participation",
}
"""How a heading of the UN Treaty Collection begins to say what its dates are; longer beginnings come first."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a row says of a State."""

    state: str
    action: str
    made_on: date
    note: str
    row: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, and what in it could not be read."""

    said: tuple[Said, ...]
    findings: tuple[Finding, ...]
    n_rows: int


def read_untc(path: Path, *, footnotes_read: bool = False) -> Reading:
    """Read a table of participants of the UN Treaty Collection.

    A date without a letter is what its heading names without one. A footnote at a participant's name is left out; one
    at a date may change what the date means, and is a finding unless somebody has read it.

    Raises
    ------
    InputError
        The file holds no such table.
    """
    return _reading(path, "Participant", lambda row: _untc_row(row, path.name, footnotes_read))


def read_normlex(path: Path, *, footnotes_read: bool = False) -> Reading:
    """Read a table of ratifications of the ILO's NORMLEX: country, date, status and note."""
    return _reading(path, "Country", lambda row: _normlex_row(row, path.name, footnotes_read))


DEPOSITARIES: dict[str, Callable[..., Reading]] = {"untc": read_untc, "normlex": read_normlex}


def _reading(path: Path, first: str, read: Callable[[PageRow], Iterator[Said | Finding]]) -> Reading:
    rows = read_page(path, first_heading=first)
    found = [each for row in rows for each in read(row)]
    said = tuple(each for each in found if isinstance(each, Said))
    return Reading(said, tuple(each for each in found if isinstance(each, Finding)), len(rows))


def _state(row: PageRow, file: str) -> str | Finding:
    named = _MARKED.fullmatch(next(iter(row.cells.values())))
    code = state_code(named["name"]) if named else None
    if code is None:
        like = state_like(named["name"]) if named else None
        todo = f"Its first column is like {like}." if like else "No name in its first column is known, now or formerly."
        return Finding("import.state", file, row.number, "there is no such State.", todo)
    return code


def _untc_row(row: PageRow, file: str, footnotes_read: bool) -> Iterator[Said | Finding]:
    state = _state(row, file)
    if isinstance(state, Finding):
        yield state
        return
    dated = [(heading, cell) for heading, cell in list(row.cells.items())[1:] if cell]
    if not dated:
        yield Finding("import.date", file, row.number, "the State is there without a date.")
    for heading, cell in dated:
        yield _untc_cell(heading, cell, state, row.number, file, footnotes_read)


def _untc_cell(heading: str, cell: str, state: str, number: int, file: str, footnotes_read: bool) -> Said | Finding:
    read = _date(cell)
    column = " ".join(heading.split(",")[0].split())
    if read is None:
        return Finding("import.date", file, number, f"{column}: no date as in 17 Feb 2010 a.")
    made_on, mark, footnote = read
    if footnote and not footnotes_read:
        todo = "Read the footnote on the depositary's page; then import with --footnotes-read."
        return Finding("import.footnote", file, number, f"{column}: the date has a footnote.", todo)
    action = _meanings(heading).get(mark)
    if action is None:
        return Finding("import.letter", file, number, f"{column}: the heading does not say what this date is.")
    return Said(state, action, made_on, f"footnote {footnote}" if footnote else "", number)


def _meanings(heading: str) -> dict[str, str]:
    """Say what each letter after a date stands for; the empty one is what the heading names without a letter."""
    found: dict[str, str] = {}
    for part in heading.split(","):
        read = _MEANING.fullmatch(part.strip())
        words = " ".join(read["words"].lower().split()) if read else ""
        action = next((code for begin, code in _WORDS.items() if words.startswith(begin)), None)
        if read and action:
            found.setdefault(read["mark"] or "", action)
    return found


def _normlex_row(row: PageRow, file: str, footnotes_read: bool) -> Iterator[Said | Finding]:
    cells = {heading.lower(): cell for heading, cell in row.cells.items()}
    state = _state(row, file)
    read = _date(cells.get("date", ""))
    note = cells.get("note", "")
    left = _DENOUNCED.search(note)
    left_on = _date(left[1]) if left else None
    if isinstance(state, Finding):
        yield state
    elif read is None:
        yield Finding("import.date", file, row.number, "Date: no date as in 16 May 1963.")
    elif read[2] and not footnotes_read:
        todo = "Read the footnote on the page; then import with --footnotes-read."
        yield Finding("import.footnote", file, row.number, "Date: the date has a footnote.", todo)
    elif left_on is None and _has_left(cells.get("status", "").lower(), note.lower()):
        yield Finding("import.denunciation", file, row.number, "Note: no day on which it was denounced.")
    else:
        yield Said(state, "ratification", read[0], "", row.number)
        if left_on is not None:
            yield Said(state, "denunciation", left_on[0], "", row.number)


def _has_left(status: str, note: str) -> bool:
    """Say whether a row tells of a denunciation; what is not in force may also be about to enter into force."""
    return "denounc" in status + note or "denunciation" in note or ("not in force" in status and _TO_COME not in note)


def _date(cell: str) -> tuple[date, str, str] | None:
    """Read a day, the letter after it, and a footnote after that."""
    found = _DATED.fullmatch(" ".join(cell.split()))
    if found is None or found[2][:3].lower() not in _MONTHS:
        return None
    try:
        day = date(int(found[3]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
    except ValueError:
        return None
    return day, found[4] or "", (found[5] or "").strip(" []")
