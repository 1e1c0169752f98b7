"""How what was promised goes as of a day, and what somebody must be reminded of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from palermo.commitments.registers import Known, Record

__all__ = ["Promise", "promises", "recommendation_table", "reminders"]

_OVER = ("done", "stopped")


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that somebody has promised to do, and how far it is."""

    id: str
    register: str
    state: str
    """The State that it is about; empty for what agencies promise each other."""
    owner: str
    what: str
    due_on: date | None
    stage: str
    noted_on: date | None
    evidence: tuple[str, ...]


def promises(known: Known, as_of: date) -> list[Promise]:
    """List every promise made by a day, with the last that was noted of it by then."""
    last = _last_progress(known, as_of)
    return [_promise(name, record, state, last.get(record["id"])) for name, record, state in _promised(known, as_of)]


def _last_progress(known: Known, as_of: date) -> dict[str, Record]:
    noted = sorted(known.rows("progress"), key=lambda record: (record["noted_on"], record["row"]))
    return {record["about"]: record for record in noted if record["noted_on"] <= as_of}


def _promised(known: Known, as_of: date) -> Iterator[tuple[str, Record, str]]:
    recommendations = known.by_id("recommendations")
    for record in known.rows("actions"):
        if not record["agreed_on_latest"] or record["agreed_on_latest"] <= as_of:
            states = {recommendations[name]["state"] for name in record["recommendations"]}
            yield "actions", {**record, "owner": record["lead"]}, "; ".join(sorted(states))
    for record in known.rows("agency_actions"):
        if record["agreed_on"] <= as_of:
            yield "agency_actions", record, ""
    speakers = known.by_id("participants")
    for record in known.rows("statements"):
        if record["commits"] and record["made_on"] <= as_of:
            speaker = speakers[record["participant"]]
            told = {"owner": speaker["name"], "action": record["text"]}
            yield "statements", {**record, **told}, speaker["state"] or ""


def _promise(register: str, record: Record, state: str, noted: Record | None) -> Promise:
    return Promise(
        id=record["id"],
        register=register,
        state=state,
        owner=record["owner"],
        what=record["action"],
        due_on=record["due_on"],
        stage=noted["stage"] if noted else "not_started",
        noted_on=noted["noted_on"] if noted else None,
        evidence=tuple(noted["evidence"] or ()) if noted else (),
    )


def reminders(known: Known, as_of: date, *, within: int = 30) -> pl.DataFrame:
    """List the promises that are late, due within some days, or of which nothing was ever noted; the latest first.

    What is done or stopped needs no reminder.
    """
    rows = [
        {
            "why": why,
            "days": (promise.due_on - as_of).days if promise.due_on else None,
            **{
                name: getattr(promise, name) for name in ("due_on", "owner", "state", "what", "stage", "register", "id")
            },
        }
        for promise in promises(known, as_of)
        if promise.stage not in _OVER and (why := _why(promise, as_of, within))
    ]
    texts = dict.fromkeys(("owner", "state", "what", "stage", "register", "id"), pl.String())
    schema = {"why": pl.String(), "days": pl.Int64(), "due_on": pl.Date(), **texts}
    return pl.DataFrame(rows, schema=schema).sort("days", "id", nulls_last=True)


def _why(promise: Promise, as_of: date, within: int) -> str:
    if promise.due_on and promise.due_on < as_of:
        return "late"
    if promise.due_on and (promise.due_on - as_of).days <= within:
        return "due soon"
    return "" if promise.noted_on else "nothing noted"


def recommendation_table(known: Known, as_of: date, clusters: pl.DataFrame) -> pl.DataFrame:
    """List the recommendations with their cluster, who leads, and how far the actions on them are."""
    told = {promise.id: promise for promise in promises(known, as_of) if promise.register == "actions"}
    actions: dict[str, list[Promise]] = {}
    for record in known.rows("actions"):
        for name in record["recommendations"] if record["id"] in told else ():
            actions.setdefault(name, []).append(told[record["id"]])
    rows = [
        {
            **{name: record[name] for name in ("id", "state", "body", "published_on", "position", "text")},
            "leads": "; ".join(sorted({promise.owner for promise in actions.get(record["id"], [])})) or None,
            "stages": "; ".join(sorted(promise.stage for promise in actions.get(record["id"], []))) or None,
        }
        for record in known.true_on(as_of).rows("recommendations")
    ]
    names = ("id", "state", "body", "published_on", "position", "text", "leads", "stages")
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()))
    joined = table.join(clusters.select("id", "cluster", "n_in_cluster"), on="id", how="left")
    return joined.sort("state", "cluster", "published_on", "id")
