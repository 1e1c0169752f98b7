"""How far a meeting is prepared, and what of it is still open."""

from __future__ import annotations

from datetime import date

import polars as pl

from palermo.commitments.meetings.rules import CO_FACILITATORS
from palermo.commitments.registers import Known, Record

__all__ = ["participant_table", "preparation"]


def preparation(known: Known, as_of: date) -> pl.DataFrame:
    """Say of each meeting how many of what it needs were there by a day, and what is missing."""
    then = known.true_on(as_of)
    rows = [
        {"meeting": meeting["id"], "from_on": meeting["from_on"], "what": what, "n": n, "missing": missing}
        for meeting in sorted(known.rows("meetings"), key=lambda each: (each["from_on"], each["id"]))
        for what, n, missing in _steps(then, meeting)
    ]
    texts = dict.fromkeys(("what", "missing"), pl.String())
    return pl.DataFrame(rows, schema={"meeting": pl.String(), "from_on": pl.Date(), "n": pl.Int64(), **texts}).select(
        "meeting", "from_on", "what", "n", "missing"
    )


def _steps(known: Known, meeting: Record) -> list[tuple[str, int, str | None]]:
    def of(name: str) -> list[Record]:
        return [record for record in known.rows(name) if record["meeting"] == meeting["id"]]

    facilitators, participants, statements = of("facilitators"), of("participants"), of("statements")
    sessions = {record["id"] for record in of("sessions")}
    speakers = {record["participant"] for record in known.rows("speakers") if record["session"] in sessions}
    waiting = sum(record["accreditation"] in ("requested", "objected") for record in participants)
    silent = len(speakers - {record["participant"] for record in statements})
    lacking = CO_FACILITATORS - len(facilitators) if meeting["kind"] == "high_level" else 0
    drafts = sum(record["status"] == "draft" for record in of("summary"))
    return [
        ("co-facilitators", len(facilitators), f"not recorded: {lacking}" if lacking > 0 else None),
        ("modalities adopted", len(of("modalities")), None if of("modalities") else "none recorded"),
        ("consultations held", len(of("consultations")), None),
        ("participants", len(participants), f"waiting for accreditation: {waiting}" if waiting else None),
        ("speakers", len(speakers), None),
        ("statements", len(statements), f"speakers without a statement: {silent}" if silent else None),
        ("commitments", sum(bool(record["commits"]) for record in statements), None),
        ("summary", len(of("summary")), f"sentences to be cleared: {drafts}" if drafts else None),
    ]


def participant_table(known: Known) -> pl.DataFrame:
    """Count the participants of each meeting by category and accreditation."""
    counted = known.tables["participants"].group_by("meeting", "category", "accreditation").agg(pl.len().alias("n"))
    return counted.sort("meeting", "category", "accreditation")
