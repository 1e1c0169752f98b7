"""Evidence: what a record says of a State under a provision, in one form whatever table it comes from."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from palermo.commitments.law import load_elements, split
from palermo.commitments.records import Column, Finding, Form, RecordKind, known

__all__ = [
    "EVIDENCE",
    "FIGURES",
    "STATEMENTS",
    "evidence_from_checks",
    "evidence_from_measures",
    "evidence_from_statements",
    "figure_rules",
    "statement_rules",
]

ROLES = frozenset({"achievement", "gap", "challenge"})
CONFIDENCE = frozenset({"high", "medium", "low"})

EVIDENCE: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "state": pl.String,
    "provision": pl.String,
    "role": pl.String,
    "says": pl.String,
    "since": pl.Date,
    "confidence": pl.String,
    "source": pl.String,
}
"""The columns of an evidence table; any room can make one. ``since`` is the day from which it is so; the state is null
where it is not about one State."""

FIGURES = RecordKind(
    "figures",
    (
        Column("state", Form.STATE, needed=True, words="The State."),
        Column("indicator", needed=True, words="What is counted, as in prosecutions."),
        Column("year", Form.NUMBER, needed=True, words="The year."),
        Column("value", Form.NUMBER, needed=True, words="The figure; a published one, never a small count of persons."),
        Column("unit", needed=True, words="What one is, as in cases or persons convicted."),
        Column("release", words="The release that it comes from."),
    ),
    "A published figure on criminal justice, of one State and year.",
)
"""Published figures, such as prosecutions of a year; ``release`` is the id of the release that they come from."""

STATEMENTS = RecordKind(
    "appraisal",
    (
        Column("state", Form.STATE, words="The State, where it is about one."),
        Column("provision", needed=True, words="The provision, as in gpa-27 or res-5."),
        Column("role", needed=True, codes=ROLES, words="What it is."),
        Column("says", needed=True, words="What was found, in a sentence."),
        Column("since", Form.SPAN, needed=True, words="Since when."),
        Column("confidence", needed=True, codes=CONFIDENCE, words="How sure this is."),
        Column("evidence", needed=True, words="The ids of the records that it rests on, parted by semicolons."),
    ),
    "What somebody has found under a provision, and the records on which it rests.",
    "since",
)
"""What somebody has found; ``evidence`` names the records it rests on, with ``;`` between them."""


def statement_rules(
    statements: pl.DataFrame,
    file: str,
    *,
    provisions: Collection[str],
    standing: Collection[str],
    gone: Collection[str],
) -> list[Finding]:
    """Find statements under no provision, or that rest on nothing, on what is not there, or on what was withdrawn.

    Parameters
    ----------
    standing
        The ids of every record that can be evidence.
    gone
        The ids of records that were withdrawn.
    """
    found = []
    for record in known(statements).iter_rows(named=True):
        if record["provision"] not in provisions:
            found.append(Finding("appraisal.provision", file, record["row"], "there is no such provision."))
        rests_on = set(split(record["evidence"]))
        if rests_on & set(gone):
            what, todo = "it rests on a figure or record that was withdrawn.", "Name one that stands, or withdraw this."
            found.append(Finding("appraisal.evidence", file, record["row"], what, todo))
        elif not rests_on <= set(standing):
            found.append(Finding("appraisal.evidence", file, record["row"], "it rests on a record that is not there."))
    return found


def figure_rules(figures: pl.DataFrame, file: str) -> list[Finding]:
    """Find figures below nought, and two that stand for the same State, indicator, unit and year."""
    standing = known(figures)
    found = [
        Finding("figures.value", file, row, "the figure is below nought.")
        for row in standing.filter(pl.col("value") < 0)["row"]
    ]
    twice = standing.filter(~pl.struct("state", "indicator", "unit", "year").is_first_distinct())
    what = "there is a figure of this State, indicator, unit and year already."
    return found + [Finding("figures.once", file, row, what, "Correct that one.") for row in twice["row"]]


def evidence_from_measures(measures: pl.DataFrame) -> pl.DataFrame:
    """Take each standing law, programme, plan or practice as an achievement under its provisions."""
    rows = [
        {
            "id": record["id"],
            "state": record["state"],
            "provision": provision,
            "role": "achievement",
            "says": f"{record['kind'].capitalize()}: {record['title']} ({record['adopted_on']})",
            "since": record["adopted_on_latest"],
            "confidence": record["confidence"],
            "source": record["source"],
        }
        for record in measures.iter_rows(named=True)
        for provision in split(record["provisions"])
    ]
    return pl.DataFrame(rows, schema=EVIDENCE)


_ROLE_OF = {"yes": "achievement", "partly": "challenge", "no": "gap"}


def evidence_from_checks(checks: pl.DataFrame) -> pl.DataFrame:
    """Take what a law holds as an achievement, what it holds partly as a challenge, what it does not as a gap.

    Only the last answer to a question about a State counts; an element that nobody has looked at says nothing.
    """
    elements = load_elements()
    last = checks.sort("since_latest", "row").unique(["state", "element"], keep="last", maintain_order=True)
    rows = [
        {
            "id": record["id"],
            "state": record["state"],
            "provision": provision,
            "role": _ROLE_OF[record["answer"]],
            "says": f"{elements[record['element']].question} {record['answer'].capitalize()}.",
            "since": record["since_latest"],
            "confidence": record["confidence"],
            "source": record["source"],
        }
        for record in last.iter_rows(named=True)
        for provision in elements[record["element"]].provisions
    ]
    return pl.DataFrame(rows, schema=EVIDENCE)


def evidence_from_statements(statements: pl.DataFrame) -> pl.DataFrame:
    """Take what people have found as they have put it, with the records that it rests on as part of its source."""
    return statements.select(
        "id",
        "state",
        "provision",
        "role",
        "says",
        pl.col("since_latest").alias("since"),
        "confidence",
        pl.format("{}; rests on {}", "source", "evidence").alias("source"),
    )
