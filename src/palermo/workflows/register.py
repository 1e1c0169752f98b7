"""The registers of a project: begun, checked, shown as of a day, and carried to and from other systems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from palermo.commitments import funds, recommendations
from palermo.commitments.beside import BESIDE, read_beside
from palermo.commitments.catalogue import CATALOGUE, SHIPPED
from palermo.commitments.instruments import find_state
from palermo.commitments.provisions import Provision, load_provisions
from palermo.commitments.records import Finding, append_records, findings_of, refuse
from palermo.errors import InputError, UsageError
from palermo.tables import atomic_file
from palermo.workflows.register_beside import BESIDE_VIEWS, view_beside
from palermo.workflows.register_folder import register_that_is_there, register_to_write
from palermo.workflows.register_views import VIEWS, Question, View

__all__ = ["Begun", "Checked", "Imported", "begin", "check", "export_iati", "import_file", "show"]

_OFFICIAL = "provisions.csv"


@dataclass(frozen=True, slots=True)
class Begun:
    """Which files of the register were made, and which were there."""

    folder: Path
    made: tuple[str, ...]
    there: tuple[str, ...]


def begin(project: Path) -> Begun:
    """Make the files of a register that are not there: headings, and what palermo ships as facts."""
    folder = register_to_write(project)
    made, there = [], []
    registers = (register.kind for register in CATALOGUE.registers.values())
    for kind in (*registers, *BESIDE.values()):
        path = folder / kind.file
        if path.exists():
            there.append(kind.file)
            continue
        headings = ",".join(column.name for column in kind.columns) + "\n"
        text = SHIPPED[kind.name].read_text("utf-8") if kind.name in SHIPPED else headings
        with atomic_file(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
        made.append(kind.file)
    return Begun(folder, tuple(made), tuple(there))


@dataclass(frozen=True, slots=True)
class Checked:
    """What is in a register, and what must be mended before it can be used."""

    as_recorded: date
    n_records: Mapping[str, int]
    n_later: int
    """How many of them were entered after that day, and so not known."""
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """Give it as the command prints it."""
        told = {"as_recorded": self.as_recorded.isoformat(), "records": dict(self.n_records), "later": self.n_later}
        return told | {"findings": [found.as_json() for found in self.findings], "n": len(self.findings)}


def check(project: Path, *, as_recorded: date) -> Checked:
    """Read every file of a project's register and put every rule to what was known on a day."""
    folder = register_that_is_there(project)
    try:
        provisions = frozenset(_provisions(folder))
    except InputError as refused:
        return Checked(as_recorded, {}, 0, findings_of(refused, _OFFICIAL))
    reading = CATALOGUE.read(folder, as_recorded=as_recorded, provisions=provisions)
    beside = read_beside(folder, provisions, None if reading.findings else reading.known.ids)
    tables = {name: each.frame for name, each in beside.loaded.items()}
    n_records = {**reading.n_records, **{name: table.height for name, table in tables.items()}}
    n_later = sum(table.filter(pl.col("recorded_on") > as_recorded).height for table in tables.values())
    return Checked(as_recorded, n_records, reading.n_later + n_later, (*reading.findings, *beside.findings))


def show(project: Path, name: str, question: Question) -> View:
    """Answer one question from a register in which nothing is wrong; the name of a file shows its records."""
    folder = register_that_is_there(project)
    files = {register.file: register.name for register in CATALOGUE.registers.values()}
    beside = {kind.file: kind.name for kind in BESIDE.values()}
    if name not in (*VIEWS, *BESIDE_VIEWS, *files, *beside):
        todo = (
            f"Show one of: {', '.join((*VIEWS, *BESIDE_VIEWS))}; or a file's records: {', '.join((*files, *beside))}."
        )
        raise UsageError(f"there is no view or file {name!r}.", todo=todo)
    provisions = _provisions(folder)
    known = CATALOGUE.load(folder, as_recorded=question.as_recorded, provisions=frozenset(provisions))
    question = replace(question, states=tuple(find_state(state) for state in question.states))
    read = read_beside(folder, provisions, known.ids)
    refuse(read.findings)
    if name in BESIDE_VIEWS or name in beside:
        return view_beside(read, beside.get(name, name), question)
    if name in files:
        then = known.true_on(question.as_of)
        n_undated = then.n_undated.get(files[name], 0)
        notes = (f"{n_undated} records have no date, and are left out.",) if n_undated else ()
        return View(name, question, then.tables[files[name]], private=True, notes=notes)
    _, private, make = VIEWS[name]
    notes = ("Private: this must not be published as it is.",) if private else ()
    return View(name, question, make(known, question, provisions), private, notes)


def _provisions(folder: Path) -> dict[str, Provision]:
    official = folder / _OFFICIAL
    return load_provisions(official if official.is_file() else None)


def export_iati(project: Path, out: Path, *, as_of: date, as_recorded: date) -> funds.IatiFile:
    """Write the funds and grants of a register as IATI activities."""
    folder = register_that_is_there(project)
    known = CATALOGUE.load(folder, as_recorded=as_recorded, provisions=frozenset(_provisions(folder)))
    made = funds.write_iati(known, as_of)
    with atomic_file(out) as unfinished:
        unfinished.write_text(made.xml, encoding="utf-8")
    return made


@dataclass(frozen=True, slots=True)
class Imported:
    """How many records a file has added to which registers, how many were there, and how many cannot be taken."""

    added: Mapping[str, int]
    n_there: int
    n_left_out: int

    def as_json(self) -> dict[str, Any]:
        """Give it as the command prints it."""
        return asdict(self)


def import_file(project: Path, file: Path, layout: str, *, of: str, recorded_on: date) -> Imported:
    """Add to a register what a file of another system holds, all of it or nothing.

    Parameters
    ----------
    layout
        ``uhri`` or ``iati``.
    of
        The State that the recommendations are to, or the fund that has made the grants.
    """
    folder = register_that_is_there(project)
    provisions = frozenset(_provisions(folder))
    known = CATALOGUE.load(folder, as_recorded=recorded_on, provisions=provisions)
    if layout == "uhri":
        told = recommendations.read_uhri(file, state=find_state(of), recorded_on=recorded_on)
        rows = {"recommendations": told}
        n_left_out = 0
    else:
        if of not in known.by_id("funds"):
            raise InputError("there is no such fund.", where="funds.csv", todo="Add it, and name its id with --fund.")
        read = funds.read_iati(file)
        made, n_left_out = funds.rows_for_registers(read, fund=of, recorded_on=recorded_on, source=f"IATI, {file.name}")
        rows = dict(made)
    added = {name: [row for row in new if row["id"] not in _ids(folder, name)] for name, new in rows.items()}
    _append(folder, added, recorded_on, provisions)
    n_new = {name: len(new) for name, new in added.items()}
    return Imported(n_new, sum(map(len, rows.values())) - sum(n_new.values()), n_left_out)


def _ids(folder: Path, name: str) -> frozenset[str]:
    """Give every id that a file has, those of records that were corrected or withdrawn among them."""
    register = CATALOGUE.registers[name]
    return frozenset(register.read(folder / register.file).frame["id"].to_list())


def _append(folder: Path, added: Mapping[str, list[dict[str, str]]], day: date, provisions: frozenset[str]) -> None:
    """Add rows to several files; if a rule is broken then, every file is as it was."""
    paths = {name: folder / CATALOGUE.registers[name].file for name in added}
    before = {path: path.read_bytes() if path.exists() else None for path in paths.values()}
    try:
        for name, rows in added.items():
            if rows:
                append_records(paths[name], CATALOGUE.registers[name].kind, rows)
        CATALOGUE.load(folder, as_recorded=day, provisions=provisions)
    except BaseException:
        for path, data in before.items():
            _restore(path, data)
        raise


def _restore(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != data:
        with atomic_file(path) as unfinished:
            unfinished.write_bytes(data)
