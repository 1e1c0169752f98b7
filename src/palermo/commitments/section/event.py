"""What happened around the Global Plan, and other facts that a report tells."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from palermo.commitments.records import Column, Form, RecordKind, load_records

__all__ = ["EVENTS", "FACTS", "facts_from_events", "load_events"]

_TABLE = Path(__file__).with_name("data") / "events.csv"

TOPICS = frozenset({"plan", "trust_fund", "global_report", "icat", "world_day", "review", "region"})

EVENTS = RecordKind(
    "events",
    (
        Column("topic", needed=True, codes=TOPICS, words="Where the report tells it."),
        Column("happened_on", Form.SPAN, needed=True, words="When."),
        Column("says", needed=True, words="What happened, in a sentence."),
        Column("certainty", needed=True, codes=frozenset({"read", "recalled"}), words="How it is known."),
    ),
    "Something that happened around the Global Plan: it comes on top of what palermo knows.",
    "happened_on",
)

FACTS: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "topic": pl.String,
    "says": pl.String,
    "since": pl.Date,
    "certainty": pl.String,
    "source": pl.String,
}
"""The columns of a table of facts, each one sentence of a report; any room can make one."""


@cache
def load_events() -> pl.DataFrame:
    """Give the events that palermo ships."""
    return load_records(_TABLE, EVENTS)


def facts_from_events(events: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Make a sentence of each event that happened within a period, or may have."""
    within = events.filter((pl.col("happened_on_latest") >= first) & (pl.col("happened_on_earliest") <= last))
    return within.sort("happened_on_latest", "row").select(
        "id",
        "topic",
        pl.format("{}: {}.", pl.col("happened_on").map_elements(_when, pl.String), "says").alias("says"),
        pl.col("happened_on_latest").alias("since"),
        "certainty",
        "source",
    )


def _when(text: str) -> str:
    """Write a day, a month or a year in words; an interval stays as it is."""
    parts = [int(part) for part in text.split("-")] if text.replace("-", "").isdigit() else []
    match parts:
        case [year, month, day]:
            return f"On {day} {date(year, month, day):%B %Y}"
        case [year, month]:
            return f"In {date(year, month, 1):%B %Y}"
        case _:
            return f"In {text}"
