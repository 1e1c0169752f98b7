"""Where one State stands with one instrument on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, cast

from palermo.commitments.instruments.action import BINDING, SIGNING
from palermo.commitments.instruments.instrument import Instrument

__all__ = ["Basis", "Standing", "Stands", "stand"]


class Basis(StrEnum):
    """What makes a party on a day."""

    DEPOSIT = "deposit"
    """It has deposited its instrument, and no denunciation."""
    IN_FORCE = "in-force"
    """The treaty binds it already, and still."""


class Stands(StrEnum):
    """Whether a State is a party."""

    PARTY = "party"
    NOT_PARTY = "not party"
    UNKNOWN = "unknown"
    """The sources give no day, or one that may lie on either side."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one State is to one instrument on a day, and by which action."""

    state: str
    stands: Stands
    signed_on: str
    """As the source knows it: a day, a year, an interval; empty if it has not signed by then."""
    action: str
    deposited_on: str
    binds_on: date | None
    """From when it is bound, where the day of the deposit is known."""
    source: str


@dataclass(frozen=True, slots=True)
class _When:
    earliest: date | None
    latest: date | None

    def is_past(self, day: date) -> bool:
        return self.latest is not None and self.latest <= day

    def may_be_past(self, day: date) -> bool:
        return self.earliest is None or self.earliest <= day


def stand(actions: Sequence[Mapping[str, Any]], instrument: Instrument, as_of: date, basis: Basis) -> Standing:
    """Say where a State stands, from all that it has done with an instrument.

    Parameters
    ----------
    actions
        Of one State with one instrument, in the order of their days, undated ones last; see `ACTIONS`.
    """
    stands, joined = Stands.NOT_PARTY, None
    for record in actions:
        action = record["action"]
        if action in SIGNING:
            continue
        when = _counts_from(record, instrument, basis)
        if not when.may_be_past(as_of):
            continue
        if action in BINDING:
            joined = record
            stands = Stands.PARTY if when.is_past(as_of) else Stands.UNKNOWN
        else:
            stands = Stands.NOT_PARTY if when.is_past(as_of) else Stands.UNKNOWN
    return _standing(actions, stands, joined, instrument, as_of)


def _counts_from(record: Mapping[str, Any], instrument: Instrument, basis: Basis) -> _When:
    deposited = _When(record["made_on_earliest"], record["made_on_latest"])
    if basis is Basis.DEPOSIT:
        return deposited
    if record["effective_on"]:
        return _When(record["effective_on"], record["effective_on"])
    binding = partial(instrument.binds_on, action=record["action"])
    moved = binding if record["action"] in BINDING else instrument.frees_on
    return _When(*(moved(day) if day else None for day in (deposited.earliest, deposited.latest)))


def _standing(
    actions: Sequence[Mapping[str, Any]],
    stands: Stands,
    joined: Mapping[str, Any] | None,
    instrument: Instrument,
    as_of: date,
) -> Standing:
    signed = [each["made_on"] for each in actions if each["action"] in SIGNING and _known_by(each, as_of)]
    return Standing(
        state=actions[0]["state"],
        stands=stands,
        signed_on=signed[0] if signed else "",
        action=joined["action"] if joined else "",
        deposited_on=(joined["made_on"] or "") if joined else "",
        binds_on=_binds_on(joined, instrument) if joined else None,
        source=(joined or actions[0])["source"],
    )


def _known_by(record: Mapping[str, Any], as_of: date) -> bool:
    return record["made_on_latest"] is not None and record["made_on_latest"] <= as_of


def _binds_on(record: Mapping[str, Any], instrument: Instrument) -> date | None:
    if record["effective_on"]:
        return cast("date", record["effective_on"])
    is_day = record["made_on_earliest"] and record["made_on_earliest"] == record["made_on_latest"]
    return instrument.binds_on(record["made_on_earliest"], record["action"]) if is_day else None
