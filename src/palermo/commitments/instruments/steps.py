"""What each State could do next with an instrument: the rule of each instrument, put to where the State stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from palermo.commitments.instruments.instrument import Instrument, load_instruments
from palermo.commitments.instruments.standing import Standing, Stands
from palermo.commitments.instruments.status import Status

__all__ = ["NextStep", "members_of", "next_step"]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a State could do next with one instrument."""

    state: str
    instrument: str
    stands: str
    step: str
    """``none``, ``ratify``, ``sign or accede``, ``accede``, ``join first``, ``find out``."""
    why: str
    days_since_signature: int | None

    def as_json(self) -> dict[str, Any]:
        """Give it as the commands print it."""
        return {name: getattr(self, name) for name in self.__slots__}


_EVERY_MEMBER_JOINED = {"ilo": "ilo_c182", "coe": "coe_thb_convention_2005"}
"""Which instrument every member of an organisation has joined, so that its participants are the members known to us."""


def members_of(organisation: str, statuses: dict[str, Status]) -> frozenset[str] | None:
    """Give those that can join an organisation's instruments, as far as the data hold them; none if they do not."""
    joined = statuses.get(_EVERY_MEMBER_JOINED.get(organisation, ""))
    return frozenset(each.state for each in joined.standings) if joined else None


def next_step(state: str, instrument: Instrument, statuses: dict[str, Status]) -> NextStep:
    """Say what a State could do next.

    Parameters
    ----------
    statuses
        By instrument, on one day: of this one and of those that it needs.
    """
    own = statuses[instrument.id]
    standing = next((each for each in own.standings if each.state == state), None)
    stands = standing.stands if standing else Stands.NOT_PARTY
    if own.snapshot is None and standing is None and not own.is_before_adoption:
        stands = Stands.UNKNOWN
    step, why = _step(state, instrument, standing, stands, statuses)
    signed = standing.signed_on if standing and stands is not Stands.PARTY else ""
    days = (own.as_of - date.fromisoformat(signed)).days if signed and len(signed) == len("2000-01-01") else None
    return NextStep(state, instrument.id, stands.value, step, why, days)


def _step(
    state: str, instrument: Instrument, standing: Standing | None, stands: Stands, statuses: dict[str, Status]
) -> tuple[str, str]:
    if statuses[instrument.id].is_before_adoption:
        return "none", "is not adopted yet"
    if stands is Stands.PARTY:
        return "none", "is a party"
    if stands is Stands.UNKNOWN:
        return "find out", "the data do not say whether it is a party"
    members = members_of(instrument.members_of, statuses)
    if members is not None and state not in members:
        return "join first", f"is open to members of {instrument.members_of.upper()}, and to others on invitation only"
    if not _has_what_it_needs(state, instrument, statuses):
        needed = instrument.need
        assert needed is not None
        also = " or a signatory" if needed.signature_is_enough else ""
        return "join first", f"must be a party{also} to {load_instruments()[needed.instrument].short}"
    if standing and standing.signed_on:
        return "ratify", "has signed"
    if instrument.signature == "never":
        return "ratify", "is ratified without a signature"
    return (
        ("sign or accede", "is open for signature")
        if instrument.can_be_signed(statuses[instrument.id].as_of)
        else (
            "accede",
            "is closed for signature",
        )
    )


def _has_what_it_needs(state: str, instrument: Instrument, statuses: dict[str, Status]) -> bool:
    if instrument.need is None:
        return True
    other = statuses[instrument.need.instrument]
    enough = set(other.parties) | set(other.unknown)
    if instrument.need.signature_is_enough:
        enough |= set(other.signatories)
    return state in enough or (other.snapshot is None and state not in {each.state for each in other.standings})
