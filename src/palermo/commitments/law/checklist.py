"""The criminalisation checklist: what a law must hold, and what each State's law was found to hold on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from palermo.commitments.records import Column, Form, RecordKind, read_table

__all__ = ["CHECKS", "Answer", "Element", "checklist", "load_elements"]

_TABLE = Path(__file__).with_name("data") / "elements.csv"

CHECKS = RecordKind(
    "law_checks",
    (
        Column("state", Form.STATE, needed=True, words="Whose law."),
        Column("element", needed=True, words="What was looked for: an element of the checklist, as in form-labour."),
        Column("answer", needed=True, codes=frozenset({"yes", "partly", "no"}), words="Whether the law holds it."),
        Column("law", words="The id of the measure; needed for yes and partly."),
        Column("cited", words="The article of that law, as in s. 14."),
        Column("since", Form.SPAN, needed=True, words="Since when."),
        Column("confidence", needed=True, codes=frozenset({"high", "medium", "low"}), words="How sure this is."),
        Column("note", words="What else there is to say."),
    ),
    "Whether the law of a State holds one element of the criminalisation checklist.",
    "since",
)
"""``law`` is the id of a measure, ``cited`` the article of that law. A later answer follows an earlier one."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a law must hold, as a question."""

    id: str
    group: str
    question: str
    articles: str
    provisions: tuple[str, ...]
    certainty: str
    """Whether the articles were ``read`` in their text or are ``recalled``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a State's law holds on a day; unknown is not no."""

    element: Element
    answer: str
    """``yes``, ``partly``, ``no`` or ``unknown``."""
    law: str
    cited: str
    since: str
    confidence: str
    source: str

    def as_json(self) -> dict[str, Any]:
        """Give it with its question."""
        return {
            "element": self.element.id,
            "question": self.element.question,
            "articles": self.element.articles,
            "answer": self.answer,
            "law": self.law,
            "cited": self.cited,
            "since": self.since,
            "confidence": self.confidence,
            "source": self.source,
        }


@cache
def load_elements() -> dict[str, Element]:
    """Give the checklist by the ids of its elements, in its order."""
    return {row["id"]: _element(row) for _, row in read_table(_TABLE)}


def checklist(checks: pl.DataFrame, state: str, as_of: date) -> tuple[Answer, ...]:
    """Answer every element of the checklist for a State on a day, from the last record that holds by then.

    Parameters
    ----------
    checks
        Known records; see `CHECKS`.
    """
    own = checks.filter((pl.col("state") == state) & (pl.col("since_latest") <= as_of)).sort("since_latest", "row")
    last = {record["element"]: record for record in own.iter_rows(named=True)}
    return tuple(_answer(element, last.get(id_)) for id_, element in load_elements().items())


def _answer(element: Element, record: dict[str, Any] | None) -> Answer:
    if record is None:
        return Answer(element, "unknown", "", "", "", "", "")
    said = (str(record[name] or "") for name in ("answer", "law", "cited", "since", "confidence", "source"))
    return Answer(element, *said)


def _element(row: dict[str, str]) -> Element:
    provisions = tuple(part.strip() for part in row["provisions"].split(";"))
    return Element(row["id"], row["group"], row["question"], row["articles"], provisions, row["certainty"])
