"""Questions on treaties, each as of a day: who is a party, who is not, since when, and what could be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from palermo.commitments import instruments
from palermo.commitments.instruments import Basis, Instrument, Status

__all__ = [
    "Asked",
    "Matrix",
    "Steps",
    "Timeline",
    "TreatyStatus",
    "find_state",
    "import_treaty",
    "treaty_gaps",
    "treaty_matrix",
    "treaty_status",
    "treaty_steps",
    "treaty_timeline",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """As of when a question is asked, from what was known when, and what makes a party."""

    as_of: date
    as_recorded: date | None = None
    basis: Basis = Basis.DEPOSIT
    register: Path | None = None


@dataclass(frozen=True, slots=True)
class TreatyStatus:
    """Who is a party to an instrument, and under which reservations."""

    status: Status
    reservations: pl.DataFrame
    """Those that surely stand on the day."""
    undated: pl.DataFrame
    """Those that may have been made before it, or after: the source gives no day."""

    def as_json(self) -> dict[str, Any]:
        """Give the counts, then each State."""
        columns = ("state", "kind", "topics", "made_on")
        return self.status.as_json() | {
            "states": _plain(self.status.table()),
            "reservations": _plain(self.reservations.select(columns)),
            "reservations_without_a_day": _plain(self.undated.select(columns)),
        }


@dataclass(frozen=True, slots=True)
class Matrix:
    """States by instruments."""

    asked: Asked
    instruments: tuple[Instrument, ...]
    table: pl.DataFrame
    """``state`` and a column for each instrument: ``party``, ``signatory``, ``unknown``, or nothing."""
    statuses: dict[str, Status]

    def as_json(self) -> dict[str, Any]:
        """Give the matrix row by row, and what each column rests on."""
        return {
            "as_of": self.asked.as_of.isoformat(),
            "as_recorded": self.asked.as_recorded.isoformat() if self.asked.as_recorded else None,
            "basis": self.asked.basis.value,
            "instruments": [self.statuses[each.id].as_json() for each in self.instruments],
            "states": self.table.to_dicts(),
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """What States have done with an instrument, day by day."""

    status: Status
    """Where it has led to."""
    table: pl.DataFrame
    """See `instruments.timeline`."""

    def as_json(self) -> dict[str, Any]:
        """Give what it rests on, then each action."""
        return self.status.as_json() | {"actions": _plain(self.table)}


@dataclass(frozen=True, slots=True)
class Steps:
    """What States could do next, and what that rests on."""

    asked: Asked
    statuses: dict[str, Status]
    steps: tuple[instruments.NextStep, ...]

    def as_json(self) -> dict[str, Any]:
        """Give what it rests on, then each step."""
        return {
            "as_of": self.asked.as_of.isoformat(),
            "as_recorded": self.asked.as_recorded.isoformat() if self.asked.as_recorded else None,
            "basis": self.asked.basis.value,
            "instruments": [status.as_json() for status in self.statuses.values()],
            "steps": [step.as_json() for step in self.steps],
        }


def treaty_status(name: str, asked: Asked) -> TreatyStatus:
    """Say who is a party to an instrument on a day."""
    instrument = instruments.find_instrument(name)
    statuses = _statuses([instrument], asked)
    made = instruments.load_reservations(asked.register, as_recorded=asked.as_recorded)
    stand, undated = instruments.reservations_on, instruments.reservations_without_a_day
    of = (made, instrument.id, asked.as_of)
    return TreatyStatus(statuses[instrument.id], stand(*of), undated(*of))


def treaty_gaps(name: str, asked: Asked) -> instruments.Gaps:
    """Say which members of the United Nations are not party to an instrument on a day."""
    return instruments.gaps(treaty_status(name, asked).status)


def treaty_timeline(name: str, asked: Asked) -> Timeline:
    """List what States have done with an instrument until a day."""
    instrument = instruments.find_instrument(name)
    actions = instruments.load_actions(asked.register, as_recorded=asked.as_recorded)
    statuses = _statuses([instrument], asked)
    return Timeline(statuses[instrument.id], instruments.timeline(actions, instrument, asked.as_of))


def treaty_matrix(asked: Asked, *, everything: bool = False) -> Matrix:
    """Show members of the United Nations and other participants by the instruments that the resolution names."""
    chosen = _treaties(everything=everything)
    statuses = _statuses(chosen, asked)
    members = instruments.un_members(asked.as_of)
    states = sorted(members | {each.state for status in statuses.values() for each in status.standings})
    columns = {each.id: _column(statuses[each.id], states) for each in chosen}
    return Matrix(asked, tuple(chosen), pl.DataFrame({"state": states, **columns}), statuses)


def treaty_steps(asked: Asked, *, state: str | None = None) -> Steps:
    """Say what a State, or each member of the United Nations, could do next with the resolution's instruments."""
    every = _treaties(everything=True)
    statuses = _statuses(every, asked)
    states = [find_state(state)] if state else sorted(instruments.un_members(asked.as_of))
    named = [each for each in every if each.paragraph]
    steps = [instruments.next_step(one, each, statuses) for one in states for each in named]
    return Steps(asked, {each.id: statuses[each.id] for each in named}, tuple(steps))


def import_treaty(
    file: Path,
    *,
    depositary: str,
    instrument: str,
    snapshot: date,
    recorded_on: date,
    register: Path | None = None,
    footnotes_read: bool = False,
    whole: bool = False,
) -> instruments.Import:
    """Compare a depositary's table with what is known, and add what differs to a register."""
    return instruments.import_table(
        file,
        instruments.find_instrument(instrument),
        depositary,
        snapshot=snapshot,
        recorded_on=recorded_on,
        register=register,
        footnotes_read=footnotes_read,
        whole=whole,
    )


def find_state(text: str) -> str:
    """Give the code of a State by its code or its name."""
    return instruments.find_state(text)


def _treaties(*, everything: bool) -> list[Instrument]:
    return [
        each for each in instruments.load_instruments().values() if each.is_treaty and (everything or each.paragraph)
    ]


def _statuses(chosen: Sequence[Instrument], asked: Asked) -> dict[str, Status]:
    actions = instruments.load_actions(asked.register, as_recorded=asked.as_recorded)
    coverage = instruments.load_coverage(asked.register, as_recorded=asked.as_recorded)
    stand = partial(instruments.status, basis=asked.basis, coverage=coverage, as_recorded=asked.as_recorded)
    return {each.id: stand(actions, each, asked.as_of) for each in chosen}


def _column(status: Status, states: list[str]) -> list[str]:
    said = {each.state: "signatory" for each in status.standings if each.signed_on}
    said |= dict.fromkeys(status.unknown, "unknown") | dict.fromkeys(status.parties, "party")
    otherwise = "unknown" if status.snapshot is None and not status.is_before_adoption else ""
    return [said.get(state, otherwise) for state in states]


def _plain(table: pl.DataFrame) -> list[dict[str, Any]]:
    return table.with_columns(pl.col(pl.Date).dt.to_string("iso")).to_dicts()
