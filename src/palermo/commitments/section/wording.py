"""The words of the section: by rule from records, so that the same records give the same sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from palermo.commitments.appraisal import Appraisal, Cell
from palermo.commitments.instruments import Basis, Instrument, Status, gaps, state_name
from palermo.commitments.law import load_elements
from palermo.commitments.section.sentence import Sentence

__all__ = ["conclusion_sentences", "criminalisation_sentences", "pillar_sentences", "ratification_sentences"]

_BASIS = {Basis.DEPOSIT: "by deposit of their instruments", Basis.IN_FORCE: "bound by it"}
_ROLES = {"achievement": "is recorded as done", "gap": "is recorded as missing", "challenge": "is recorded as hard"}


def ratification_sentences(
    instruments: Mapping[str, Instrument], before: Mapping[str, Status], after: Mapping[str, Status], since: date
) -> list[Sentence]:
    """Say how many parties each instrument has, and who has joined in the period."""
    said = []
    for id_, status in after.items():
        instrument, source = instruments[id_], _list_of(instruments[id_], status)
        at_least = "at least " if status.at_least else ""
        union = ", the European Union among them" if "EUU" in status.parties else ""
        text = (
            f"On {_day(status.as_of)}, the {instrument.title} had {at_least}{len(status.parties)} parties"
            f" {_BASIS[status.basis]}{union}."
        )
        if status.parties:
            said.append(Sentence(f"parties-{id_}", text, (source,)))
        joined = [state for state in status.parties if state not in (*before[id_].parties, *before[id_].unknown)]
        if joined:
            has = "has" if len(joined) == 1 else "have"
            text = f"Since {_day(since)}, {_names(joined)} {has} joined it ({instrument.short})."
            said.append(Sentence(f"joined-{id_}", text, (source,)))
    return said


def criminalisation_sentences(checks: pl.DataFrame, as_of: date) -> list[Sentence]:
    """Say of each form and element how many of the laws that were looked at hold it."""
    last = (
        checks.filter(pl.col("since_latest") <= as_of)
        .sort("since_latest", "row")
        .unique(["state", "element"], keep="last", maintain_order=True)
    )
    said = []
    for id_, element in load_elements().items():
        own = last.filter(pl.col("element") == id_)
        if own.is_empty():
            continue
        counts = {answer: own.filter(pl.col("answer") == answer).height for answer in ("yes", "partly", "no")}
        text = (
            f"{element.question} Of the laws of {_count(own.height, 'State')} that were looked at,"
            f" {counts['yes']} say yes, {counts['partly']} in part, {counts['no']} no."
        )
        said.append(Sentence(f"law-{id_}", text, tuple(own["source"].unique(maintain_order=True)), element.certainty))
    return said


def pillar_sentences(appraisal: Appraisal, pillar: str) -> list[Sentence]:
    """Say of each provision of a pillar which States have records under it."""
    said = []
    for provision in appraisal.provisions:
        for cell in appraisal.of(provision.id) if provision.pillar == pillar else ():
            whose = f"For {_names(states)}" if (states := _states(cell)) else "In general"
            mark = " (reconstructed)" if provision.mark else ""
            what = "; ".join(str(entry["says"]).rstrip(".") for entry in cell.entries)
            text = f"{whose}, under paragraph {provision.number}{mark} {_ROLES[cell.role]}: {what}."
            certainty = "reconstructed" if provision.mark else "read"
            said.append(Sentence(f"{provision.id}-{cell.role}", text, cell.sources, certainty))
    return said


def conclusion_sentences(
    instruments: Mapping[str, Instrument], after: Mapping[str, Status], appraisal: Appraisal
) -> list[Sentence]:
    """Say what follows from the records: who is still to join, and under how many paragraphs nothing is recorded."""
    said = []
    for id_, status in after.items():
        missing = gaps(status)
        if missing.not_party and not missing.unknown:
            at_most = "at most " if status.at_least else ""
            text = (
                f"{at_most}{_count(len(missing.not_party), 'Member')} of the United Nations could still join"
                f" the {instruments[id_].title}, as the General Assembly has urged."
            )
            sources = (_list_of(instruments[id_], status), instruments[id_].paragraph)
            said.append(Sentence(f"urged-{id_}", text[0].upper() + text[1:], sources))
    plan = [each for each in appraisal.provisions if each.pillar]
    bare = [each for each in plan if each.id in appraisal.without_records]
    text = (
        f"Under {len(bare)} of {len(plan)} paragraphs of the Global Plan of Action nothing is recorded for the period."
        " That nothing is recorded does not mean that nothing was done."
    )
    mark = "reconstructed" if any(each.mark for each in plan) else "read"
    return [*said, Sentence("without-records", text, ("the register of measures and findings",), mark)]


def _list_of(instrument: Instrument, status: Status) -> str:
    return f"{instrument.depositary}, list of participants, data until {status.snapshot or 'an unknown day'}"


def _states(cell: Cell) -> list[str]:
    return list(dict.fromkeys(entry["state"] for entry in cell.entries if entry["state"]))


def _names(states: Sequence[str] | Iterable[str]) -> str:
    names = sorted(state_name(state) for state in states)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
