"""The instruments against trafficking in persons, each with the rule by which it comes to bind a State."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from palermo.commitments.instruments.delay import Delay, read_delay
from palermo.commitments.records import read_table
from palermo.errors import UsageError

__all__ = ["Instrument", "Need", "find_instrument", "load_instruments"]

_SUCCESSION = "succession"
_TABLE = Path(__file__).with_name("data") / "instruments.csv"


@dataclass(frozen=True, slots=True)
class Need:
    """What a State must be to another instrument before it can join one: a party, or a party or signatory."""

    instrument: str
    signature_is_enough: bool


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, or a directive (which States transpose and do not ratify)."""

    id: str
    short: str
    title: str
    kind: str
    registration: str
    adopted_on: date
    in_force_on: date
    depositary: str
    paragraph: str
    """The paragraph of the resolution that names it, as in ``res-2``; empty for others."""
    signature: str
    """``open``, ``never`` (it is ratified without), or the last day on which it could be signed."""
    need: Need | None
    members_of: str
    """The organisation whose members can join: ``ilo``, ``coe``, ``saarc``, ``asean``; empty for all States."""
    binds_after: Delay | None
    """For each State, after its own deposit; never before the treaty itself is in force."""
    first_n: int | None
    """How many deposits bring the treaty into force."""
    first_after: Delay | None
    leaves_after: Delay | None
    """After a denunciation; none if the treaty has no rule for one."""
    certainty: str
    rule_certainty: str
    note: str

    @property
    def is_treaty(self) -> bool:
        """Whether States become parties to it."""
        return self.kind == "treaty"

    def binds_on(self, deposited_on: date, action: str) -> date:
        """Give the day from which a deposit binds its State; a successor goes on with what bound its predecessor."""
        delay = Delay() if action == _SUCCESSION or self.binds_after is None else self.binds_after
        return max(self.in_force_on, delay.after(deposited_on))

    def frees_on(self, denounced_on: date) -> date:
        """Give the day from which a denunciation frees its State."""
        return (self.leaves_after or Delay()).after(denounced_on)

    def can_be_signed(self, day: date) -> bool:
        """Say whether it is open for signature on a day."""
        return self.signature == "open" or (self.signature != "never" and day <= date.fromisoformat(self.signature))


@cache
def load_instruments() -> dict[str, Instrument]:
    """Give every instrument by its id."""
    return {row["id"]: _instrument(row) for _, row in read_table(_TABLE)}


def find_instrument(name: str) -> Instrument:
    """Find an instrument by its id, written with hyphens or underscores.

    Raises
    ------
    UsageError
        There is none, or it is no treaty.
    """
    instruments = load_instruments()
    found = instruments.get(name.strip().lower().replace("-", "_"))
    if found is None:
        known = ", ".join(id_.replace("_", "-") for id_, each in instruments.items() if each.is_treaty)
        raise UsageError(f"there is no instrument {name!r}.", todo=f"There are: {known}.")
    if not found.is_treaty:
        raise UsageError(f"{found.id} is a directive: States transpose it, and do not become parties to it.")
    return found


def _instrument(row: dict[str, str]) -> Instrument:
    needed, _, standing = row["needs"].partition(":")
    return Instrument(
        id=row["id"],
        short=row["short"],
        title=row["title"],
        kind=row["kind"],
        registration=row["registration"],
        adopted_on=date.fromisoformat(row["adopted_on"]),
        in_force_on=date.fromisoformat(row["in_force_on"]),
        depositary=row["depositary"],
        paragraph=row["paragraph"],
        signature=row["signature_until"] or "open",
        need=Need(needed, standing == "signatory") if needed else None,
        members_of=row["members_of"],
        binds_after=_delay(row["binds_after"]),
        first_n=int(row["first_n"]) if row["first_n"] else None,
        first_after=_delay(row["first_after"]),
        leaves_after=_delay(row["leaves_after"]),
        certainty=row["certainty"],
        rule_certainty=row["rule_certainty"],
        note=row["note"],
    )


def _delay(text: str) -> Delay | None:
    return read_delay(text) if text else None
