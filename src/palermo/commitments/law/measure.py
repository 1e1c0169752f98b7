"""A State's laws, programmes, plans and practices as records, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import polars as pl

from palermo.commitments.instruments import is_state, load_instruments
from palermo.commitments.law.checklist import load_elements
from palermo.commitments.records import Column, Finding, Form, RecordKind, current_ids, known

__all__ = ["MEASURES", "check_rules", "measure_rules", "measures_on", "split"]

CONFIDENCE = frozenset({"high", "medium", "low"})

MEASURES = RecordKind(
    "measures",
    (
        Column("state", Form.STATE, needed=True, words="Whose it is."),
        Column("kind", needed=True, codes=frozenset({"law", "programme", "plan", "practice"}), words="What it is."),
        Column("title", needed=True, words="Its title."),
        Column("articles", words="The articles that it carries out, as in tip_protocol:5(1); untoc:10."),
        Column("provisions", words="The provisions that it serves, as in gpa-27; res-5."),
        Column("adopted_on", Form.SPAN, needed=True, words="When it was adopted."),
        Column("ended_on", Form.SPAN, words="When it ended."),
        Column("confidence", needed=True, codes=CONFIDENCE, words="How sure this is."),
        Column("note", words="What else there is to say."),
    ),
    "A law, programme, plan or practice of a State against trafficking in persons.",
    "adopted_on",
)
"""``articles`` as in ``tip_protocol:5(1); untoc:10``, ``provisions`` as in ``gpa-27; res-5``."""


def measures_on(measures: pl.DataFrame, as_of: date, *, states: Collection[str] | None = None) -> pl.DataFrame:
    """Keep the measures that were adopted by a day and had not ended."""
    standing = measures.filter(
        (pl.col("adopted_on_latest") <= as_of)
        & (pl.col("ended_on_earliest").is_null() | (pl.col("ended_on_earliest") > as_of))
    )
    return standing if states is None else standing.filter(pl.col("state").is_in(list(states)))


def measure_rules(measures: pl.DataFrame, file: str, *, provisions: Collection[str]) -> list[Finding]:
    """Find measures of unknown States, under unknown articles or provisions, or that end before they begin."""
    found = []
    for record in known(measures).iter_rows(named=True):
        if not is_state(record["state"]):
            found.append(Finding("measures.state", file, record["row"], "there is no such State."))
        unknown = [each for each in split(record["articles"]) if each.partition(":")[0] not in load_instruments()]
        if unknown:
            todo = "Write it as tip_protocol:5(1)."
            found.append(Finding("measures.articles", file, record["row"], "an article is of no instrument.", todo))
        if not set(split(record["provisions"])) <= set(provisions):
            todo = "Write it as gpa-27 or res-5."
            found.append(Finding("measures.provisions", file, record["row"], "there is no such provision.", todo))
        if record["ended_on_latest"] and record["ended_on_latest"] < record["adopted_on_earliest"]:
            found.append(Finding("measures.days", file, record["row"], "it ends before it was adopted."))
    return found


def check_rules(checks: pl.DataFrame, file: str, *, measures: pl.DataFrame) -> list[Finding]:
    """Find answers on unknown elements, without a law that is there, or older than their law."""
    standing = {record["id"]: record for record in known(measures).iter_rows(named=True)}
    laws = {name: standing[current] for name, current in current_ids(measures).items()}
    found = []
    for record in known(checks).iter_rows(named=True):
        problem = _check_problem(record, laws)
        if problem:
            found.append(Finding("law_checks.law", file, record["row"], problem))
    return found


def _check_problem(record: dict[str, Any], laws: dict[str, dict[str, Any]]) -> str:
    if record["element"] not in load_elements():
        return "the checklist has no such element."
    if record["law"] is None:
        return "an answer of yes or partly names its law." if record["answer"] != "no" else ""
    law = laws.get(record["law"])
    if law is None:
        return "it names a law that is not among the measures, or was withdrawn."
    if law["state"] != record["state"]:
        return "it names the law of another State."
    since, adopted_on = record["since_latest"], law["adopted_on_earliest"]
    return "it holds since before its law was adopted." if since and adopted_on and since < adopted_on else ""


def split(cell: str | None) -> list[str]:
    """Give the parts of a cell that holds several, with ``;`` between them."""
    return [part.strip() for part in (cell or "").split(";") if part.strip()]
