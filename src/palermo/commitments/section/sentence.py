"""A sentence of a report: what it says, what it rests on, and whether somebody has cleared it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from palermo.commitments.records import Column, Finding, Form, RecordKind, known

__all__ = ["CLEARANCES", "Sentence", "clearance_rules", "cleared", "wording"]

_DIGITS = 16

CLEARANCES = RecordKind(
    "clearances",
    (
        Column("sentence", needed=True, words="The id of the sentence, as sg-section --json gives it."),
        Column("wording", needed=True, words="The digits of its words, as sg-section --json gives them."),
        Column("cleared_by", needed=True, words="The office that cleared it."),
        Column("cleared_on", Form.DAY, needed=True, words="When."),
    ),
    "A sentence of the report section that somebody has cleared, in the words that it had.",
    "cleared_on",
)
"""Who has cleared which sentence in which wording; when its words change, a sentence is a draft again."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its sources; a sentence without any cannot be made."""

    id: str
    text: str
    sources: tuple[str, ...]
    certainty: str = "read"
    """``recalled`` or ``reconstructed`` where what it rests on is."""
    cleared_by: str = ""
    """The office that has cleared these words; empty for a draft."""

    @property
    def status(self) -> str:
        """``cleared``, or ``draft``."""
        return "cleared" if self.cleared_by else "draft"

    def __post_init__(self) -> None:
        """Refuse a sentence that rests on nothing."""
        if not any(self.sources):
            raise ValueError(f"sentence {self.id} has no source")

    def as_json(self) -> dict[str, Any]:
        """Give it with its sources and status, who has cleared it, and its wording, which a clearance names."""
        return {
            "id": self.id,
            "text": self.text,
            "sources": list(self.sources),
            "certainty": self.certainty,
            "status": self.status,
            "cleared_by": self.cleared_by or None,
            "wording": wording(self.text),
        }


def wording(text: str) -> str:
    """Give the digits that change when a word changes."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def cleared(sentence: Sentence, clearances: pl.DataFrame) -> Sentence:
    """Give the sentence with the office that has cleared these words of it, the last one if several have."""
    own = clearances.filter((pl.col("sentence") == sentence.id) & (pl.col("wording") == wording(sentence.text)))
    by = own.sort("cleared_on", "row", nulls_last=False)["cleared_by"].to_list()
    return replace(sentence, cleared_by=by[-1]) if by else sentence


def clearance_rules(clearances: pl.DataFrame, file: str) -> list[Finding]:
    """Find clearances that were written down before they were given."""
    early = known(clearances).filter(pl.col("cleared_on") > pl.col("recorded_on"))
    what = "it was cleared after the day on which this was written down."
    return [Finding("clearances.day", file, row, what) for row in early["row"]]
