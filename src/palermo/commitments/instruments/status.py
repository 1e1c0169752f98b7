"""Who is a party to an instrument on a day, and what that answer rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from palermo.commitments.instruments.action import BINDING, SIGNING
from palermo.commitments.instruments.instrument import Instrument
from palermo.commitments.instruments.standing import Basis, Standing, Stands, stand
from palermo.commitments.instruments.states import FORMER_STATES, ORGANISATIONS, un_members

__all__ = ["Gaps", "Status", "gaps", "status", "timeline"]

_STANDING: dict[str, type[pl.DataType]] = {
    "state": pl.String,
    "stands": pl.String,
    "signed_on": pl.String,
    "action": pl.String,
    "deposited_on": pl.String,
    "binds_on": pl.Date,
    "source": pl.String,
}
_LAST_FORMER_STATE = date(1993, 1, 1)
_NOTE_FORMER = "Before 1993: former States are not in the data, so the count may be too small."
_NOTE_PARTIAL = "The data on this instrument are partial."


@dataclass(frozen=True, slots=True)
class Status:
    """Where every State stands with an instrument that has done anything with it by a day."""

    instrument: str
    adopted_on: date
    as_of: date
    basis: Basis
    snapshot: date | None
    """The last day up to which every participant is in the data; none where the data are partial."""
    standings: tuple[Standing, ...]
    as_recorded: date | None = None
    """From what had been written down by that day; none for all that is."""

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties, organisations among them."""
        return tuple(each.state for each in self.standings if each.stands is Stands.PARTY)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Those that may be parties on the day, or may not."""
        return tuple(each.state for each in self.standings if each.stands is Stands.UNKNOWN)

    @property
    def signatories(self) -> tuple[str, ...]:
        """Those that have signed by the day, parties among them."""
        return tuple(each.state for each in self.standings if each.signed_on)

    @property
    def at_least(self) -> bool:
        """Whether there may be more parties than are counted."""
        if self.is_before_adoption:
            return False
        return self.snapshot is None or self.as_of > self.snapshot or bool(self.unknown)

    @property
    def is_before_adoption(self) -> bool:
        """Whether the instrument was not there yet, so that nobody could be a party."""
        return self.as_of < self.adopted_on

    @property
    def note(self) -> str:
        """What to know before quoting the count."""
        if self.is_before_adoption:
            return f"The instrument was adopted on {self.adopted_on}, after that day."
        notes = [_NOTE_FORMER] if self.as_of < _LAST_FORMER_STATE else []
        if self.snapshot is None:
            notes.append(_NOTE_PARTIAL if self.standings else self._note_nothing)
        elif self.as_of > self.snapshot:
            notes.append(f"The data stop on {self.snapshot}.")
        return " ".join(notes)

    @property
    def _note_nothing(self) -> str:
        by = f" by {self.as_recorded}" if self.as_recorded else ""
        return f"Nothing on this instrument had been written down{by}."

    def table(self) -> pl.DataFrame:
        """Give where each State stands, one row a State."""
        rows = [asdict(each) | {"stands": each.stands.value} for each in self.standings]
        return pl.DataFrame(rows, schema=_STANDING, orient="row")

    def as_json(self) -> dict[str, Any]:
        """Give the counts as the commands print them."""
        return {
            "instrument": self.instrument,
            "as_of": self.as_of.isoformat(),
            "as_recorded": _iso(self.as_recorded),
            "parties": len(self.parties),
            "organisations_among_parties": [each for each in self.parties if each in ORGANISATIONS],
            "signatories": len(self.signatories),
            "basis": self.basis.value,
            "snapshot": _iso(self.snapshot),
            "at_least": self.at_least,
            "unknown": list(self.unknown),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Gaps:
    """The members of the United Nations that are not party to an instrument on a day."""

    status: Status
    members: frozenset[str]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Members of which the data do not say whether they are parties."""
        if self.status.snapshot is None and not self.status.is_before_adoption:
            return tuple(sorted(self.members - set(self.status.parties)))
        return tuple(sorted(self.members & set(self.status.unknown)))

    @property
    def not_party(self) -> tuple[str, ...]:
        """Members that are surely not parties, as far as the snapshot goes."""
        return tuple(sorted(self.members - set(self.status.parties) - set(self.unknown)))

    def as_json(self) -> dict[str, Any]:
        """Give the list and its number, which is null where there are members of which nothing is known."""
        return {
            "instrument": self.status.instrument,
            "as_of": self.status.as_of.isoformat(),
            "as_recorded": _iso(self.status.as_recorded),
            "not_party": list(self.not_party),
            "unknown": list(self.unknown),
            "n": None if self.unknown else len(self.not_party),
            "at_most": self.status.at_least and not self.unknown,
            "basis": self.status.basis.value,
            "snapshot": _iso(self.status.snapshot),
            "note": self.status.note,
        }


def status(
    actions: pl.DataFrame,
    instrument: Instrument,
    as_of: date,
    *,
    basis: Basis,
    coverage: dict[str, date],
    as_recorded: date | None = None,
) -> Status:
    """Say who is a party to an instrument on a day.

    Parameters
    ----------
    actions
        What States have done, with any instrument; see `ACTIONS`.
    coverage
        For each instrument of which all participants are known, up to which day.
    as_recorded
        By which day both had been written down, to be told with the answer.
    """
    own = actions.filter(pl.col("instrument") == instrument.id).sort("made_on_latest", "row", nulls_last=True)
    by_state: dict[str, list[dict[str, Any]]] = {}
    for record in own.iter_rows(named=True):
        by_state.setdefault(record["state"], []).append(record)
    standings = [stand(records, instrument, as_of, basis) for records in by_state.values()]
    standing = (each for each in standings if each.state not in FORMER_STATES or each.state in un_members(as_of))
    return Status(
        instrument.id,
        instrument.adopted_on,
        as_of,
        basis,
        coverage.get(instrument.id),
        tuple(sorted(standing, key=lambda each: each.state)),
        as_recorded,
    )


def gaps(status: Status) -> Gaps:
    """Say which members of the United Nations on that day are not party; no one else is ever a gap."""
    return Gaps(status, un_members(status.as_of))


def timeline(actions: pl.DataFrame, instrument: Instrument, as_of: date) -> pl.DataFrame:
    """List by day what States have done with an instrument, with the parties by deposit after each.

    Returns
    -------
    polars.DataFrame
        ``made_on, state, action, binds_on, parties``; what has no day of its own is left out.
    """
    own = actions.filter(
        (pl.col("instrument") == instrument.id)
        & (pl.col("made_on_earliest") == pl.col("made_on_latest"))
        & (pl.col("made_on_latest") <= as_of)
    ).sort("made_on_latest", "state", "row")
    step = pl.when(pl.col("action").is_in(BINDING)).then(1).when(pl.col("action").is_in(SIGNING)).then(0).otherwise(-1)
    binds_on = [
        record["effective_on"] or instrument.binds_on(record["made_on_latest"], record["action"])
        if record["action"] in BINDING
        else None
        for record in own.iter_rows(named=True)
    ]
    return own.select(
        pl.col("made_on_latest").alias("made_on"),
        "state",
        "action",
        pl.Series("binds_on", binds_on, dtype=pl.Date),
        step.cast(pl.Int64).cum_sum().alias("parties"),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
