"""The list of speakers: by category in the order of the modalities, then by place, each with a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import polars as pl

from palermo.commitments.meetings.registers import CATEGORIES
from palermo.commitments.registers import Known, Record

__all__ = ["allotted", "speakers_list", "speaking_order"]


def allotted(known: Known, meeting: str) -> dict[str, int]:
    """Give the minutes of each category for which the modalities give any."""
    return _numbers(known, meeting, "speaking_time")


def speaking_order(known: Known, meeting: str) -> list[str]:
    """Give the categories in the order in which they speak; those that the modalities leave out come last."""
    places = _numbers(known, meeting, "speaking_order")
    return sorted(CATEGORIES, key=lambda category: (places.get(category, len(CATEGORIES)), CATEGORIES.index(category)))


def _numbers(known: Known, meeting: str, subject: str) -> dict[str, int]:
    ruled = [
        record for record in known.rows("modalities") if record["meeting"] == meeting and record["subject"] == subject
    ]
    return {record["category"]: record["number"] for record in ruled if record["category"] and record["number"]}


def speakers_list(known: Known) -> pl.DataFrame:
    """List the speakers of every session with the time at which each begins.

    Returns
    -------
    pl.DataFrame
        ``fits`` is false for whoever would end after the session does.
    """
    rows = [
        row
        for session in sorted(known.rows("sessions"), key=lambda each: (each["held_on"], each["begins_at"], each["id"]))
        for row in _of_session(known, session)
    ]
    texts = dict.fromkeys(("meeting", "session", "category", "speaker", "begins_at"), pl.String())
    schema = {**texts, "held_on": pl.Date(), "nth": pl.Int64(), "minutes": pl.Int64(), "fits": pl.Boolean()}
    order = ("meeting", "session", "held_on", "nth", "begins_at", "minutes", "category", "speaker", "fits")
    return pl.DataFrame(rows, schema=schema).select(order)


def _of_session(known: Known, session: Record) -> list[dict[str, object]]:
    participants, minutes = known.by_id("participants"), allotted(known, session["meeting"])
    order = speaking_order(known, session["meeting"])
    listed = sorted(
        (record for record in known.rows("speakers") if record["session"] == session["id"]),
        key=lambda record: (order.index(participants[record["participant"]]["category"]), record["place"]),
    )
    begins, end = (_at(session["held_on"], session[name]) for name in ("begins_at", "ends_at"))
    rows: list[dict[str, object]] = []
    for nth, record in enumerate(listed, start=1):
        speaker = participants[record["participant"]]
        lasts = record["minutes"] or minutes[speaker["category"]]
        ends = begins + timedelta(minutes=lasts)
        rows.append(
            {
                "meeting": session["meeting"],
                "session": session["name"],
                "held_on": session["held_on"],
                "nth": nth,
                "begins_at": f"{begins:%H:%M}",
                "minutes": lasts,
                "category": speaker["category"],
                "speaker": speaker["name"],
                "fits": ends <= end,
            }
        )
        begins = ends
    return rows


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))
