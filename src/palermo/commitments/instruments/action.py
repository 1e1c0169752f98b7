"""What States do with an instrument, as records; and what they cannot have done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

import polars as pl

from palermo.commitments.instruments.instrument import Instrument, load_instruments
from palermo.commitments.instruments.states import is_state
from palermo.commitments.records import (
    Column,
    Finding,
    Form,
    Loaded,
    RecordKind,
    Rule,
    current_ids,
    examine,
    known,
    load_records,
    until,
)

__all__ = [
    "ACTIONS",
    "BINDING",
    "COVERAGE",
    "RESERVATIONS",
    "SIGNING",
    "action_rules",
    "coverage_rules",
    "examine_treaties",
    "facts_recorded_on",
    "load_actions",
    "load_coverage",
    "load_reservations",
    "reservation_rules",
    "reservations_on",
    "reservations_without_a_day",
    "shipped_actions",
]

_DATA = Path(__file__).with_name("data")

SIGNING = frozenset({"signature", "succession_to_signature"})
BINDING = frozenset(
    {
        "ratification", "acceptance", "approval", "accession", "succession", "definitive_signature", "participation",
        "formal_confirmation", "became_party",
    }
)  # fmt: skip
"""What makes a party. ``became_party`` is said where a source does not tell which of the others it was."""
LEAVING = "denunciation"
_TWICE = "Look whether it is there twice, or whether a row between is missing."
_OTHER = "Look at the day, and whether the instrument is the one that is meant."

ACTIONS = RecordKind(
    "treaty_actions",
    (
        Column("instrument", needed=True, words="Its id, as in tip_protocol."),
        Column("state", Form.STATE, needed=True, words="Who did it."),
        Column("action", needed=True, codes=SIGNING | BINDING | {LEAVING}, words="What was done."),
        Column("made_on", Form.SPAN, words="When it was signed or deposited."),
        Column("effective_on", Form.DAY, words="From when it counts, where this is not by the treaty's rule."),
        Column("note", words="What else there is to say."),
    ),
    "What a State has done with a treaty: it comes on top of what palermo knows, and can correct it by its id.",
    "made_on",
)
"""``made_on`` is the day of the deposit; ``effective_on`` that from which it counts, where this is not by the rule."""

RESERVATIONS = RecordKind(
    "treaty_reservations",
    (
        Column("instrument", needed=True, words="Its id, as in tip_protocol."),
        Column("state", Form.STATE, needed=True, words="Who made it."),
        Column(
            "kind",
            needed=True,
            codes=frozenset({"reservation", "declaration", "objection", "withdrawal"}),
            words="What it is.",
        ),
        Column("topics", words="What it is about, as in dispute_settlement."),
        Column("made_on", Form.SPAN, words="When it was made."),
        Column("concerns", words="Of an objection or a withdrawal: the id of the record that it speaks of."),
    ),
    "A reservation or declaration to a treaty, an objection to one, or its withdrawal.",
    "made_on",
)
"""An objection or a withdrawal names in ``concerns`` the record that it speaks of."""

COVERAGE = RecordKind(
    "treaty_coverage",
    (
        Column("instrument", needed=True, words="Its id, as in tip_protocol."),
        Column("complete_until", Form.DAY, needed=True, words="The last day up to which everybody is known."),
        Column("note", words="What else there is to say."),
    ),
    "Up to which day every participant of a treaty is in the data; an import of a whole table adds it.",
)
"""Up to which day every participant of an instrument is in the data."""


def load_actions(register: Path | None = None, *, as_recorded: date | None = None) -> pl.DataFrame:
    """Give what is known of the actions of States: the facts that palermo ships, and those of a register.

    Parameters
    ----------
    register
        A folder with ``treaty_actions.csv``, whose records may correct ours by their ids.

    Raises
    ------
    RecordsRefused
        A record cannot be.
    """
    return known(_with_register(shipped_actions(), register, ACTIONS), as_recorded)


def load_reservations(register: Path | None = None, *, as_recorded: date | None = None) -> pl.DataFrame:
    """Give what is known of reservations, declarations, objections and withdrawals."""
    written = _with_register(_shipped(RESERVATIONS), register, RESERVATIONS)
    current = current_ids(written, as_recorded)
    return known(written, as_recorded).with_columns(pl.col("concerns").replace(current))


def load_coverage(register: Path | None = None, *, as_recorded: date | None = None) -> dict[str, date]:
    """Give for each instrument the last day up to which every participant is known."""
    records = known(_with_register(_shipped(COVERAGE), register, COVERAGE), as_recorded)
    return dict(records.group_by("instrument").agg(pl.col("complete_until").max()).rows())


def examine_treaties(folder: Path) -> dict[str, Loaded]:
    """Read the files of a register that are about treaties, by the names of their kinds, with every finding."""
    return {kind.name: examine(folder / kind.file, kind, *_rules(kind), above=_shipped(kind)) for kind in _RULES}


@cache
def _shipped(kind: RecordKind) -> pl.DataFrame:
    return load_records(_DATA / kind.file, kind)


@cache
def shipped_actions() -> pl.DataFrame:
    """Give the facts that palermo ships; a test puts the rules to them, so that not every command has to."""
    return _shipped(ACTIONS)


def facts_recorded_on() -> date:
    """Give the last day on which a fact that palermo ships was written down."""
    return cast("date", shipped_actions()["recorded_on"].max())


def _with_register(ours: pl.DataFrame, register: Path | None, kind: RecordKind) -> pl.DataFrame:
    path = register / kind.file if register else None
    if path is None or not path.exists():
        return ours
    return pl.concat([ours, load_records(path, kind, *_rules(kind), above=ours)])


def _rules(kind: RecordKind) -> list[Rule]:
    return [partial(rule, above=_shipped(kind)) for rule in _RULES[kind]]


def action_rules(actions: pl.DataFrame, file: str, above: pl.DataFrame | None = None) -> list[Finding]:
    """Find what cannot be: an unknown State or instrument, a day that cannot be, two ratifications with no way out."""
    findings = [finding for record in actions.iter_rows(named=True) for finding in _alone(record, file)]
    if findings:
        return findings
    all_ = actions if above is None else pl.concat([above, actions])
    new = set(actions["id"])
    for _, group in known(all_).sort("made_on_latest", "row", nulls_last=True).group_by("instrument", "state"):
        if new.isdisjoint(group["id"]):
            continue
        findings += [
            Finding("treaty_actions.order", file, record["row"], what, _TWICE)
            for record, what in _misfits(group)
            if record["id"] in new
        ]
    return findings


def _alone(record: dict[str, object], file: str) -> Iterable[Finding]:
    row = int(str(record["row"]))
    instrument = load_instruments().get(str(record["instrument"]))
    if record["withdrawn"]:
        return
    if instrument is None or not instrument.is_treaty:
        yield Finding(
            "treaty_actions.instrument", file, row, "there is no such treaty.", "palermo treaties matrix lists them."
        )
        return
    if not is_state(str(record["state"])):
        yield Finding("treaty_actions.state", file, row, "there is no such State.", "Give its code, as KEN.")
    yield from (Finding("treaty_actions.day", file, row, what, _OTHER) for what in _day_problems(record, instrument))


def _day_problems(record: dict[str, object], instrument: Instrument) -> Iterable[str]:
    latest, earliest, recorded_on = record["made_on_latest"], record["made_on_earliest"], record["recorded_on"]
    if isinstance(latest, date) and latest < instrument.adopted_on:
        yield f"the day lies before {instrument.adopted_on}, when the instrument was adopted."
    if isinstance(earliest, date) and isinstance(recorded_on, date) and earliest > recorded_on:
        yield "the day lies after the day on which it was written down."
    if record["action"] in SIGNING and instrument.signature == "never":
        yield "this instrument is ratified without a signature."


def _misfits(group: pl.DataFrame) -> Iterable[tuple[dict[str, Any], str]]:
    """Walk through what one State did with one instrument, from signing to leaving."""
    bound, signed = False, False
    for record in group.iter_rows(named=True):
        action = record["action"]
        if action in SIGNING:
            if signed:
                yield record, "the State has signed already."
            signed = True
        elif action in BINDING:
            if bound:
                yield record, "the State is a party already, and has denounced nothing since."
            bound = True
        elif not bound:
            yield record, "the State denounces what it is not party to."
        else:
            bound = False


def reservation_rules(reservations: pl.DataFrame, file: str, above: pl.DataFrame | None = None) -> list[Finding]:
    """Find objections and withdrawals that concern nothing, and statements on no treaty."""
    ids = set(reservations["id"]) | (set() if above is None else set(above["id"]))
    findings = []
    for record in reservations.iter_rows(named=True):
        about = record["concerns"]
        if record["instrument"] not in load_instruments() and not record["withdrawn"]:
            findings.append(Finding("treaty_reservations.instrument", file, record["row"], "there is no such treaty."))
        if not is_state(record["state"] or "") and not record["withdrawn"]:
            findings.append(Finding("treaty_reservations.state", file, record["row"], "there is no such State."))
        if record["kind"] in ("objection", "withdrawal") and about not in ids:
            what = f"the {record['kind']} does not say in concerns which record it speaks of."
            findings.append(Finding("treaty_reservations.concerns", file, record["row"], what))
    return findings


def reservations_on(reservations: pl.DataFrame, instrument: str, as_of: date) -> pl.DataFrame:
    """Keep the reservations, declarations and objections to an instrument that stand on a day: made, not withdrawn."""
    own = until(reservations.filter(pl.col("instrument") == instrument), "made_on", as_of)
    withdrawn = own.filter(pl.col("kind") == "withdrawal")["concerns"].drop_nulls().to_list()
    return own.filter((pl.col("kind") != "withdrawal") & ~pl.col("id").is_in(withdrawn)).sort("state", "row")


def reservations_without_a_day(reservations: pl.DataFrame, instrument: str, as_of: date) -> pl.DataFrame:
    """Keep those of which the source does not say whether they had been made by a day, or only after it."""
    after = pl.col("made_on_latest").is_null() | (pl.col("made_on_latest") > as_of)
    before = pl.col("made_on_earliest").is_null() | (pl.col("made_on_earliest") <= as_of)
    own = reservations.filter((pl.col("instrument") == instrument) & after & before)
    return own.filter(pl.col("kind") != "withdrawal").sort("state", "row")


def coverage_rules(coverage: pl.DataFrame, file: str, above: pl.DataFrame | None = None) -> list[Finding]:
    """Find days until which an unknown treaty is complete, and days that had not come when they were written down."""
    findings = []
    for record in known(coverage if above is None else pl.concat([above, coverage])).iter_rows(named=True):
        if record["id"] not in set(coverage["id"]):
            continue
        if record["instrument"] not in load_instruments():
            findings.append(Finding("treaty_coverage.instrument", file, record["row"], "there is no such treaty."))
        if record["complete_until"] > record["recorded_on"]:
            what = "the day lies after the day on which it was written down."
            findings.append(Finding("treaty_coverage.day", file, record["row"], what))
    return findings


_RULES: dict[RecordKind, tuple[Callable[..., list[Finding]], ...]] = {
    ACTIONS: (action_rules,),
    RESERVATIONS: (reservation_rules,),
    COVERAGE: (coverage_rules,),
}
