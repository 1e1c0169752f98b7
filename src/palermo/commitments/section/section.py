"""The section in the order of A/71/119: ratification, four pillars, fund, global report, coordination, conclusions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from palermo.commitments.appraisal import Appraisal
from palermo.commitments.instruments import Instrument, Status, gaps, state_name
from palermo.commitments.provisions import PILLARS
from palermo.commitments.section.event import FACTS
from palermo.commitments.section.sentence import Sentence, cleared
from palermo.commitments.section.wording import (
    conclusion_sentences,
    criminalisation_sentences,
    pillar_sentences,
    ratification_sentences,
)

__all__ = ["ORDER", "Annex", "Material", "ReportSection", "write_section"]

ORDER = {
    "ratification": "Status of ratification, and progress towards criminalizing all forms of trafficking in persons",
    **{pillar: f"Implementation of the Global Plan of Action: {title}" for pillar, title in PILLARS.items()},
    "trust_fund": "United Nations voluntary trust fund for victims",
    "global_report": "Global report on trafficking in persons",
    "icat": "Inter-Agency Coordination Group against Trafficking in Persons",
    "world_day": "Awareness-raising and the World Day",
    "conclusions": "Conclusions and recommendations",
}
"""The parts, in the order of A/71/119; what stands after the four pillars is ordered after that report's summary."""

_TOPICS = {
    "ratification": ("review",),
    "general": ("plan",),
    "partnership": ("region",),
    **{topic: (topic,) for topic in ("trust_fund", "global_report", "icat", "world_day")},
}
"""Which parts tell what happened: the review of the Convention, meetings on the Plan, what regions do, and the rest."""


@dataclass(frozen=True, slots=True)
class Material:
    """The records from which the section is written."""

    as_of: date
    since: date
    instruments: Mapping[str, Instrument]
    before: Mapping[str, Status]
    """On the day before the period, by instrument."""
    after: Mapping[str, Status]
    appraisal: Appraisal
    """Of the world, over the period."""
    checks: pl.DataFrame
    """What laws hold; see the checklist."""
    facts: pl.DataFrame
    """See `FACTS`."""
    clearances: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Annex:
    """A table at the end of the section."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """What the section says, part by part, with its annexes."""

    as_of: date
    since: date
    parts: Mapping[str, tuple[Sentence, ...]]
    annexes: tuple[Annex, ...]
    as_recorded: date | None = None
    """From what had been written down by that day; none for all that is."""

    def as_json(self) -> dict[str, Any]:
        """Give it as the command prints it; the reports print it from the same."""
        return {
            "as_of": self.as_of.isoformat(),
            "since": self.since.isoformat(),
            "as_recorded": self.as_recorded.isoformat() if self.as_recorded else None,
            "sections": [
                {
                    "id": id_,
                    "title": title,
                    "sentences": [sentence.as_json() for sentence in self.parts[id_]],
                    "note": "" if self.parts[id_] else "Nothing on this is recorded for the period.",
                }
                for id_, title in ORDER.items()
            ],
            "annexes": [
                {"title": annex.title, "columns": list(annex.columns), "rows": [list(row) for row in annex.rows]}
                for annex in self.annexes
            ],
        }


def write_section(material: Material) -> ReportSection:
    """Draft every sentence that the records support, and say which of them somebody has cleared."""
    written = {
        "ratification": ratification_sentences(material.instruments, material.before, material.after, material.since)
        + criminalisation_sentences(material.checks, material.as_of),
        **{pillar: pillar_sentences(material.appraisal, pillar) for pillar in PILLARS},
        "conclusions": conclusion_sentences(material.instruments, material.after, material.appraisal),
    }
    parts = {id_: [*written.get(id_, ()), *_facts(material.facts, _TOPICS.get(id_, ()))] for id_ in ORDER}
    return ReportSection(
        material.as_of,
        material.since,
        {id_: _with_status(parts[id_], material.clearances) for id_ in ORDER},
        (_status_annex(material), _gaps_annex(material), _provisions_annex(material.appraisal)),
        material.appraisal.as_recorded,
    )


def _with_status(sentences: Sequence[Sentence], clearances: pl.DataFrame) -> tuple[Sentence, ...]:
    return tuple(cleared(each, clearances) for each in sentences)


def _facts(facts: pl.DataFrame, topics: Collection[str]) -> list[Sentence]:
    own = facts.select(list(FACTS)).filter(pl.col("topic").is_in(list(topics))).sort("since", "id", nulls_last=True)
    return [
        Sentence(f"{row['topic']}-{row['id']}", row["says"], (row["source"],), row["certainty"])
        for row in own.iter_rows(named=True)
    ]


def _status_annex(material: Material) -> Annex:
    columns = ("instrument", "parties", "signatories", "basis", "data until")
    rows = [
        (
            material.instruments[id_].short,
            _n(len(status.parties), status.at_least),
            _n(len(status.signatories), status.at_least),
            status.basis.value,
            str(status.snapshot or "partial"),
        )
        for id_, status in material.after.items()
    ]
    return Annex(f"Status of instruments on {material.as_of}", columns, tuple(rows))


def _n(n: int, at_least: bool) -> str:
    if not at_least:
        return str(n)
    return f"at least {n}" if n else "not known"


def _gaps_annex(material: Material) -> Annex:
    rows = [
        (material.instruments[id_].short, state_name(state))
        for id_, status in material.after.items()
        for state in gaps(status).not_party
    ]
    title = f"Members of the United Nations not party on {material.as_of}"
    return Annex(title, ("instrument", "member"), tuple(rows))


def _provisions_annex(appraisal: Appraisal) -> Annex:
    rows = [
        (each.id, each.gist, each.mark, str(sum(len(cell.entries) for cell in appraisal.of(each.id))))
        for each in appraisal.provisions
    ]
    return Annex("Provisions, and how many records each has", ("provision", "gist", "mark", "records"), tuple(rows))
