"""Read a register file: all of it, or nothing and what must be mended."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from palermo.commitments.records.day import read_span
from palermo.commitments.records.finding import Finding, refuse
from palermo.commitments.records.history import history_findings
from palermo.commitments.records.kind import Column, Form, RecordKind
from palermo.errors import InputError
from palermo.tables import must_be_file

__all__ = ["Loaded", "load_records", "read_records", "read_table"]

_FLAGS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
_STATE_LETTERS = 3

Rule = Callable[[pl.DataFrame, str], list[Finding]]
"""Looks at the records of a file, whose name is given, and says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records of a file, and what is wrong with it; records with a finding are not among them."""

    frame: pl.DataFrame
    findings: tuple[Finding, ...]


def load_records(path: Path, kind: RecordKind, *rules: Rule, above: pl.DataFrame | None = None) -> pl.DataFrame:
    """Give the records of a file in which nothing is wrong.

    Parameters
    ----------
    above
        Records of the same kind that are kept elsewhere, and that the file may correct.

    Raises
    ------
    RecordsRefused
        Something is wrong; the error has every finding.
    """
    loaded = read_records(path, kind, *rules, above=above)
    refuse(loaded.findings)
    return loaded.frame


def read_records(path: Path, kind: RecordKind, *rules: Rule, above: pl.DataFrame | None = None) -> Loaded:
    """Read a file of the register, and put its rules to it.

    Returns
    -------
    Loaded
        Its frame has the columns of `RecordKind.schema`; an empty cell is null.
    """
    rows = read_table(path, needed=tuple(column.name for column in kind.columns if column.needed))
    findings: list[Finding] = []
    read = [_record(row, number, kind, path.name, findings) for number, row in rows]
    frame = pl.DataFrame([record for record in read if record is not None], schema=kind.schema())
    findings += history_findings(frame, path.name, above)
    if not findings:
        findings += [finding for rule in rules for finding in rule(frame, path.name)]
    return Loaded(frame, tuple(sorted(findings, key=lambda finding: (finding.row, finding.rule))))


def read_table(path: Path, *, needed: tuple[str, ...] = ()) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file in UTF-8: each row that is not blank, with its number, and its cells by heading.

    Raises
    ------
    InputError
        There is no such file, a heading is missing or twice there, or the bytes are not UTF-8.
    """
    must_be_file(path, todo="Look at the path.")
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise InputError("the file is not in UTF-8.", where=path.name, todo="Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise InputError("the file is no CSV.", where=path.name, todo="Save it as CSV in UTF-8.") from error
    headings = [heading.strip() for heading in lines[0]] if lines else []
    _check_headings(headings, needed, path.name)
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
            what = f"row {number} has more cells than there are headings."
            raise InputError(what, where=path.name, todo="Put a cell that holds a comma between quotation marks.")
        padded = [*cells, *[""] * (len(headings) - len(cells))]
        rows.append((number, {name: cell.strip() for name, cell in zip(headings, padded, strict=False) if name}))
    return rows


def _check_headings(headings: list[str], needed: tuple[str, ...], file: str) -> None:
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    if twice:
        raise InputError("a heading is there twice.", where=file, todo="Give each column a name of its own.")
    missing = [name for name in needed if name not in headings]
    if missing:
        todo = "The first row must name the columns."
        raise InputError(f"there is no column {', '.join(missing)}.", where=file, todo=todo)


def _record(
    row: Mapping[str, str], number: int, kind: RecordKind, file: str, findings: list[Finding]
) -> dict[str, Any] | None:
    record: dict[str, Any] = {"row": number}
    n_before = len(findings)
    gone = _FLAGS.get(row.get("withdrawn", "").lower()) is True
    own = {column.name for column in kind.own}
    for column in kind.columns:
        cell = row.get(column.name, "")
        if not cell and column.needed and not (gone and column.name in own):
            findings.append(Finding(f"{kind.name}.complete", file, number, f"{column.name} is empty.", "Fill it in."))
            continue
        try:
            record |= _cells(column, cell)
        except ValueError as error:
            findings.append(Finding(f"{kind.name}.{column.name}", file, number, f"{column.name}: {error}."))
    return record if len(findings) == n_before else None


def _cells(column: Column, cell: str) -> dict[str, Any]:
    if column.form is Form.SPAN:
        span = _said(read_span, cell, "no day, month, year or interval such as 2016-10/2018-07")
        return {
            column.name: cell or None,
            f"{column.name}_earliest": span.earliest,
            f"{column.name}_latest": span.latest,
        }
    if not cell:
        return {column.name: None}
    if column.codes:
        _check_codes(column, cell)
    return {column.name: _READ[column.form](cell)}


def _said(read: Callable[[str], Any], cell: str, otherwise: str) -> Any:
    try:
        return read(cell)
    except ValueError as error:
        raise ValueError(otherwise) from error


def _check_codes(column: Column, cell: str) -> None:
    said = [part.strip() for part in cell.split(";")] if column.many else [cell]
    if not set(said) <= column.codes:
        raise ValueError(f"no such code; the codes are {', '.join(sorted(column.codes))}")


def _flag(cell: str) -> bool:
    if cell.lower() not in _FLAGS:
        raise ValueError("neither yes nor no")
    return _FLAGS[cell.lower()]


def _state(cell: str) -> str:
    if not (len(cell) == _STATE_LETTERS and cell.isascii() and cell.isalpha() and cell.isupper()):
        raise ValueError("no code of three letters, such as KEN")
    return cell


_READ: dict[Form, Callable[[str], Any]] = {
    Form.TEXT: str,
    Form.DAY: lambda cell: _said(date.fromisoformat, cell, "no day such as 2012-11-13"),
    Form.NUMBER: lambda cell: _said(int, cell, "no whole number"),
    Form.FLAG: _flag,
    Form.STATE: _state,
}
