"""All registers together: what was known on a day and true on a day, loaded whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from palermo.commitments.records import Finding, Loaded, known, refuse, until
from palermo.commitments.registers.entered import entered
from palermo.commitments.registers.fields import Field
from palermo.commitments.registers.register import Register

__all__ = ["Catalogue", "Known", "Reading", "Record", "Rule"]

Record = Mapping[str, Any]
"""A row of a register, by column. Its id is that of the first record of the thing, however often it was corrected."""

_OWN = ("row", "recorded_on", "source")


@dataclass(frozen=True, slots=True)
class Known:
    """The registers as they were known on one day. Tables hold the current record of each thing."""

    registers: Mapping[str, Register]
    tables: Mapping[str, pl.DataFrame]
    as_recorded: date
    n_undated: Mapping[str, int]
    """In an answer as of a day: how many records of each register are left out since they have no date."""

    def rows(self, name: str) -> list[Record]:
        """Give the records of a register."""
        return [*self.tables[name].iter_rows(named=True)]

    def by_id(self, name: str) -> dict[str, Record]:
        """Give the records of a register by their id."""
        return {record["id"]: record for record in self.tables[name].iter_rows(named=True)}

    def finding(self, name: str, record: Record, rule: str, what: str, todo: str = "") -> Finding:
        """Make a finding about a record."""
        return Finding(rule, self.registers[name].file, record["row"], what, todo)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of every record, of whatever register."""
        return frozenset(id_ for table in self.tables.values() for id_ in table["id"])

    def true_on(self, day: date) -> Known:
        """Keep what had surely come true on a day: of a year or a month, all of it must lie before."""
        kept, n_undated = dict(self.tables), {}
        for name, register in self.registers.items():
            if column := register.true_from:
                kept[name] = until(kept[name], column, day)
                n_undated[name] = self.tables[name][column].null_count()
        return Known(self.registers, kept, self.as_recorded, {name: n for name, n in n_undated.items() if n})


Rule = Callable[[Known], Iterable[Finding]]
"""Looks at all registers together, and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in a folder, and what is wrong with it."""

    known: Known
    findings: tuple[Finding, ...]
    n_records: Mapping[str, int]
    """How many records each file has, corrections counted."""
    n_later: int
    """How many of them were entered after the day, and so not known."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The registers that there are, and the rules that hold between them."""

    registers: Mapping[str, Register]
    rules: tuple[Rule, ...]
    beside: frozenset[str] = frozenset()
    """Other files that may lie in the folder, and that somebody else reads."""

    def read(self, folder: Path, *, as_recorded: date, provisions: frozenset[str] = frozenset()) -> Reading:
        """Read every file of a folder, and put every rule to what was known on a day.

        Parameters
        ----------
        provisions
            Those that there are, of some instruments: another of one of these is a finding.
        """
        loaded = {name: register.read(folder / register.file) for name, register in self.registers.items()}
        findings = [*self._strange_files(folder), *(found for each in loaded.values() for found in each.findings)]
        current, wrong = _current(self.registers, {} if findings else loaded, as_recorded)
        findings += wrong
        if not findings:
            findings += _strange_provisions(current, provisions)
            findings += [found for rule in self.rules for found in rule(current)]
        order = sorted(set(findings), key=lambda found: (found.file, found.row, found.rule, found.what))
        n_records = {name: each.frame.height for name, each in loaded.items()}
        n_later = sum(each.frame.filter(pl.col("recorded_on") > as_recorded).height for each in loaded.values())
        return Reading(current, tuple(order), n_records, n_later)

    def load(self, folder: Path, *, as_recorded: date, provisions: frozenset[str] = frozenset()) -> Known:
        """Give what was known on a day, or nothing.

        Raises
        ------
        RecordsRefused
            There is a finding.
        """
        reading = self.read(folder, as_recorded=as_recorded, provisions=provisions)
        refuse(reading.findings)
        return reading.known

    def _strange_files(self, folder: Path) -> Iterator[Finding]:
        files = {register.file for register in self.registers.values()} | self.beside
        for path in sorted(folder.glob("*.csv")):
            if path.name not in files:
                what = "no register has this file, so nobody reads it."
                yield Finding(
                    "file.known", path.name, 0, what, f"Rename it. The files are: {', '.join(sorted(files))}."
                )


@dataclass(frozen=True, slots=True)
class _Chains:
    """Which record is the first of the thing that a record is about, and which things still stand."""

    first: Mapping[str, str]
    standing: frozenset[str]


def _chains(written: pl.DataFrame, current: pl.DataFrame) -> _Chains:
    first: dict[str, str] = {}
    for record in written.iter_rows(named=True):
        first[record["id"]] = first.get(record["corrects"], record["id"])
    return _Chains(first, frozenset(first[name] for name in current["id"]))


def _current(registers: Mapping[str, Register], loaded: Mapping[str, Loaded], day: date) -> tuple[Known, list[Finding]]:
    written = entered(registers, loaded, day)
    current = {name: known(frame) for name, frame in written.items()}
    chains = {name: _chains(written[name], current[name]) for name in registers}
    findings: list[Finding] = []
    tables = {name: _table(registers[name], current[name], chains, findings) for name in registers}
    return Known(registers, tables, day, {}), findings


def _table(
    register: Register, current: pl.DataFrame, chains: Mapping[str, _Chains], findings: list[Finding]
) -> pl.DataFrame:
    """Give each thing the id of its first record, in its own row and in the links to it."""
    spans = [name for name in current.columns if name.endswith(("_earliest", "_latest"))]
    records = []
    for raw in current.iter_rows(named=True):
        record = {name: raw[name] for name in (*_OWN, *spans)} | {"id": chains[register.name].first[raw["id"]]}
        for field in register.fields:
            record[field.name] = _cell(register, field, raw, chains, findings)
        records.append(record)
    schema = current.schema
    types = {"id": pl.String()} | {field.name: field.dtype for field in register.fields}
    return pl.DataFrame(records, schema=types | {name: schema[name] for name in (*spans, *_OWN)})


def _cell(register: Register, field: Field, raw: Record, chains: Mapping[str, _Chains], findings: list[Finding]) -> Any:
    if not field.into:
        return (field.values(raw) or None) if field.many else raw[field.name]
    values = field.values(raw)
    resolved = [_resolve(value, field, chains) for value in values]
    for thing in resolved:
        if problem := _problem(thing, field, chains):
            findings.append(Finding(problem[0], register.file, raw["row"], *problem[1:]))
    return (resolved or None) if field.many else (resolved[0] if resolved else None)


def _resolve(value: str, field: Field, chains: Mapping[str, _Chains]) -> str:
    return next((chains[name].first[value] for name in field.into if value in chains[name].first), value)


def _problem(thing: str, field: Field, chains: Mapping[str, _Chains]) -> tuple[str, str, str] | None:
    if any(thing in chains[name].standing for name in field.into):
        return None
    if any(thing in chains[name].first for name in field.into):
        what = f"{field.name} names a record that was withdrawn."
        return "link.withdrawn", what, "Name another in a correction, or withdraw this one too."
    files = " or ".join(f"{name}.csv" for name in field.into)
    return "link.there", f"{field.name} names a record that is not there.", f"Mend the id, or add it to {files}."


def _strange_provisions(current: Known, provisions: frozenset[str]) -> Iterator[Finding]:
    instruments = {provision.rpartition("-")[0] for provision in provisions}
    for name, register in current.registers.items():
        for field in register.fields:
            if field.form != "provisions":
                continue
            for record in current.tables[name].iter_rows(named=True):
                named = record[field.name] or ()
                if any(one.rpartition("-")[0] in instruments and one not in provisions for one in named):
                    what = f"{field.name} names a provision that its instrument does not have."
                    yield current.finding(name, record, "provision.there", what, "Mend the number.")
