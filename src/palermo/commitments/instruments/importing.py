"""Bring a depositary's table into a register: the new is added, the differing corrects, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from palermo.commitments.instruments.action import (
    ACTIONS,
    BINDING,
    COVERAGE,
    SIGNING,
    action_rules,
    load_actions,
    load_coverage,
    shipped_actions,
)
from palermo.commitments.instruments.depositary import DEPOSITARIES, Said
from palermo.commitments.instruments.instrument import Instrument
from palermo.commitments.records import Finding, append_records, read_table, refuse, until
from palermo.errors import UsageError

__all__ = ["Import", "compare_with", "import_table"]

_FEW = 10
_ANOTHER = "it contradicts most of what is known of this instrument, so it is taken for the table of another."
_OWNERS = {"untc": "UN Treaty Collection", "normlex": "NORMLEX"}


@dataclass(frozen=True, slots=True)
class Import:
    """What a depositary's table holds beside what was known."""

    instrument: str
    depositary: str
    snapshot: date
    n_rows: int
    said: tuple[Said, ...]
    new: tuple[Mapping[str, str], ...]
    """Records of things that were not known."""
    corrections: tuple[Mapping[str, str], ...]
    """Records that correct what was known otherwise."""
    missing: tuple[str, ...]
    """Ids of records of its day that the table does not hold. They are left as they are."""
    complete: bool
    """Whether the table is taken to hold every participant of its day: nothing is missing, and every participant of an
    earlier day was known, or somebody says that it is whole."""

    def as_json(self) -> dict[str, Any]:
        """Give it as the command prints it."""
        return {
            "instrument": self.instrument,
            "depositary": self.depositary,
            "snapshot": self.snapshot.isoformat(),
            "rows": self.n_rows,
            "actions": len(self.said),
            "new": [dict(record) for record in self.new],
            "corrections": [dict(record) for record in self.corrections],
            "same": len(self.said) - len(self.new) - len(self.corrections),
            "missing": list(self.missing),
            "complete": self.complete,
            "findings": [],
        }


def import_table(
    path: Path,
    instrument: Instrument,
    depositary: str,
    *,
    snapshot: date,
    recorded_on: date,
    register: Path | None = None,
    footnotes_read: bool = False,
    whole: bool = False,
) -> Import:
    """Read a table, compare it with what is known, and add what differs to a register, if one is given.

    Parameters
    ----------
    snapshot
        The day on which the table was taken from the depositary's site.
    recorded_on
        The day on which it is written down here.
    whole
        Somebody has looked: the table holds every participant. It need be said only where palermo cannot see it.

    Raises
    ------
    RecordsRefused
        A row cannot be read, or says what cannot be: nothing is taken.
    InputError
        The file holds no such table.
    """
    if depositary not in DEPOSITARIES:
        raise UsageError(f"there is no depositary {depositary!r}.", todo=f"There are: {', '.join(DEPOSITARIES)}.")
    reading = DEPOSITARIES[depositary](path, footnotes_read=footnotes_read)
    refuse(reading.findings)
    source = f"{_OWNERS[depositary]}, {path.name}, taken on {snapshot}"
    refuse(_table_findings(reading.said, instrument, path.name, snapshot))
    known = load_actions(register)
    new, corrections, left = compare_with(known, reading.said, instrument.id, source=source, recorded_on=recorded_on)
    missing = until(left, "made_on", snapshot)["id"].to_list()
    complete = not missing and (whole or instrument.id in load_coverage(register))
    n_same = len(reading.said) - len(new) - len(corrections)
    if len(corrections) > max(n_same, _FEW):
        refuse(
            [
                Finding(
                    "import.instrument", path.name, 0, _ANOTHER, f"Look whether it is the table of {instrument.short}."
                )
            ]
        )
    if register is not None:
        _add(register, [*new, *corrections])
        if complete:
            _cover(register, instrument, source, snapshot, recorded_on)
    return Import(
        instrument.id,
        depositary,
        snapshot,
        reading.n_rows,
        reading.said,
        tuple(new),
        tuple(corrections),
        tuple(missing),
        complete,
    )


def _table_findings(said: Iterable[Said], instrument: Instrument, file: str, snapshot: date) -> list[Finding]:
    """Put the rules of actions to the table by itself, so that its own rows are named."""
    records = [
        {
            "id": str(number),
            "recorded_on": snapshot,
            "source": file,
            "instrument": instrument.id,
            "state": each.state,
            "action": each.action,
            "made_on": each.made_on.isoformat(),
            "made_on_earliest": each.made_on,
            "made_on_latest": each.made_on,
            "row": each.row,
        }
        for number, each in enumerate(said)
    ]
    return action_rules(pl.DataFrame(records, schema=ACTIONS.schema()), file)


def compare_with(
    known: pl.DataFrame, said: Iterable[Said], instrument: str, *, source: str, recorded_on: date
) -> tuple[list[dict[str, str]], list[dict[str, str]], pl.DataFrame]:
    """Tell what of a table is new, what corrects a known record, and which known records it does not hold."""
    own = known.filter(pl.col("instrument") == instrument)
    left: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for record in own.iter_rows(named=True):
        left.setdefault((record["state"], _sort(record["action"])), []).append(record)
    differing = [each for each in said if not _take_same(left.get((each.state, _sort(each.action)), []), each)]
    new: list[dict[str, str]] = []
    corrections: list[dict[str, str]] = []
    for each in differing:
        others = left.get((each.state, _sort(each.action)), [])
        corrected = others.pop(0)["id"] if others else ""
        (corrections if corrected else new).append(_record(each, instrument, corrected, source, recorded_on))
    rest = [record["id"] for records in left.values() for record in records]
    return new, corrections, own.filter(pl.col("id").is_in(rest))


def _sort(action: str) -> str:
    return "signing" if action in SIGNING else "binding" if action in BINDING else "leaving"


def _take_same(records: list[dict[str, Any]], said: Said) -> bool:
    for record in records:
        if (record["action"], record["made_on"]) == (said.action, said.made_on.isoformat()):
            records.remove(record)
            return True
    return False


def _record(said: Said, instrument: str, corrects: str, source: str, recorded_on: date) -> dict[str, str]:
    return {
        "id": f"{instrument}-{said.state}-{said.action}-{said.made_on}-{recorded_on}",
        "recorded_on": recorded_on.isoformat(),
        "source": source,
        "corrects": corrects,
        "instrument": instrument,
        "state": said.state,
        "action": said.action,
        "made_on": said.made_on.isoformat(),
        "note": said.note,
    }


def _add(register: Path, records: list[dict[str, str]]) -> None:
    ours = shipped_actions()
    if records:
        rule = partial(action_rules, above=ours)
        append_records(register / ACTIONS.file, ACTIONS, records, rule, above=ours)


def _cover(register: Path, instrument: Instrument, source: str, snapshot: date, recorded_on: date) -> None:
    """Note that the table holds every participant of its day, unless that is noted already."""
    path = register / COVERAGE.file
    id_ = f"{instrument.id}-{snapshot}-{source}"
    if path.exists() and any(row.get("id") == id_ for _, row in read_table(path)):
        return
    record = {
        "id": id_,
        "recorded_on": recorded_on.isoformat(),
        "source": source,
        "instrument": instrument.id,
        "complete_until": snapshot.isoformat(),
    }
    append_records(path, COVERAGE, [record])
