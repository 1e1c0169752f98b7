"""The hand-over pack: what the next focal point of a State must know on the first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from palermo.commitments.answers.library import answer_table, open_questions
from palermo.commitments.answers.steps import Status
from palermo.commitments.registers import Known

__all__ = ["Handover", "hand_over"]


@dataclass(frozen=True, slots=True)
class Handover:
    """What is due, what waits, and what stands, for one State as of a day. Private: it holds drafts."""

    state: str
    as_of: date
    focal_point: str
    """The office that is the focal point on that day; empty if there is none."""
    rounds: pl.DataFrame
    """The rounds that are not over, the nearest first."""
    unanswered: pl.DataFrame
    waiting: pl.DataFrame
    """Answers that are drafts or wait for clearance."""
    cleared: pl.DataFrame
    due: pl.DataFrame
    """Actions on recommendations and other promises with a day, as reminders."""

    def as_json(self) -> dict[str, Any]:
        """Give it as the commands print it."""
        tables = {name: getattr(self, name) for name in ("rounds", "unanswered", "waiting", "cleared", "due")}
        told = {"state": self.state, "as_of": self.as_of.isoformat(), "focal_point": self.focal_point}
        return told | {name: table.to_dicts() for name, table in tables.items()}


def hand_over(known: Known, state: str, as_of: date, *, due: pl.DataFrame) -> Handover:
    """Gather the pack.

    Parameters
    ----------
    due
        The reminders of this State.
    """
    answers = answer_table(known, as_of).filter(pl.col("state") == state)
    done = [str(Status.CLEARED), str(Status.PUBLISHED)]
    rounds = known.tables["rounds"].filter((pl.col("state") == state) & (pl.col("due_on") >= as_of))
    return Handover(
        state=state,
        as_of=as_of,
        focal_point=_office(known, state, as_of),
        rounds=rounds.select("id", "questionnaire", "name", "due_on").sort("due_on", "id"),
        unanswered=open_questions(known, as_of).filter(pl.col("state") == state),
        waiting=answers.filter(~pl.col("status").is_in(done)),
        cleared=answers.filter(pl.col("status").is_in(done)),
        due=due,
    )


def _office(known: Known, state: str, as_of: date) -> str:
    holding = [
        point
        for point in known.rows("focal_points")
        if point["state"] == state and point["from_on"] <= as_of and (point["to_on"] is None or as_of <= point["to_on"])
    ]
    return max(holding, key=lambda point: point["from_on"])["office"] if holding else ""
