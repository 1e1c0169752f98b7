"""What the registers of measures say, in the form in which an appraisal and the report section take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from palermo.commitments import cooperation, funds, recommendations
from palermo.commitments.appraisal import EVIDENCE
from palermo.commitments.instruments import load_instruments, state_name
from palermo.commitments.recommendations import Promise
from palermo.commitments.registers import Known, Record
from palermo.commitments.section import FACTS

__all__ = ["evidence_from_register", "facts_from_register"]

_CONFIDENCE = {"strong": "high", "moderate": "medium"}
"""Of a practice, by the grade of its evidence; every other grade is low."""
_AWARENESS = "awareness"


def evidence_from_register(known: Known, as_of: date) -> pl.DataFrame:
    """Take recommendations, promises, agreements and practices as evidence under the provisions that they name.

    A recommendation is an achievement when all that was agreed upon it is done, and a challenge until then. A promise
    is an achievement when it is done, and a challenge when its day has passed. A practice is as sure as its evaluation.
    """
    promised = recommendations.promises(known, as_of)
    rows = [
        *_recommended(known, promised, as_of),
        *_promised(known, promised, as_of),
        *_agreed(known, as_of),
        *_practised(known),
    ]
    return pl.DataFrame(rows, schema=EVIDENCE)


def _recommended(known: Known, promised: Iterable[Promise], as_of: date) -> Iterator[dict[str, Any]]:
    stages = {promise.id: promise for promise in promised}
    upon: dict[str, list[Promise]] = {}
    for action in known.rows("actions"):
        for name in action["recommendations"]:
            upon.setdefault(name, []).extend([stages[action["id"]]] if action["id"] in stages else [])
    for record in known.rows("recommendations"):
        if record["published_on_latest"] is None or record["published_on_latest"] > as_of:
            continue
        done = [promise for promise in upon.get(record["id"], []) if promise.stage == "done"]
        is_done = bool(done) and len(done) == len(upon[record["id"]])
        noted_on = max((each.noted_on for each in done if each.noted_on), default=None)
        since = noted_on if is_done else record["published_on_latest"]
        says = f"{record['body']} has recommended: {record['text']}{' (done)' if is_done else ''}"
        role = "achievement" if is_done else "challenge"
        yield from _rows(record, record["state"], role, says, since, record["document"] or record["source"])


def _promised(known: Known, promised: Iterable[Promise], as_of: date) -> Iterator[dict[str, Any]]:
    for promise in promised:
        if promise.register == "actions":
            continue
        record = known.by_id(promise.register)[promise.id]
        late = promise.due_on is not None and promise.due_on < as_of
        if promise.stage == "done":
            says, role, since = (
                f"{promise.owner} has done what it promised: {promise.what}",
                "achievement",
                promise.noted_on,
            )
        elif late:
            says, role = f"{promise.owner} has promised by {promise.due_on}: {promise.what}", "challenge"
            since = promise.due_on
        else:
            continue
        yield from _rows(record, promise.state or None, role, says, since, record["source"])


def _agreed(known: Known, as_of: date) -> Iterator[dict[str, Any]]:
    for record in known.rows("agreements"):
        ended = record["ended_on_latest"] is not None and record["ended_on_latest"] <= as_of
        for state in () if ended else record["states"] or ():
            says = f"Agreement: {record['title']} ({record['subject']})"
            yield from _rows(record, state, "achievement", says, record["signed_on_latest"], record["source"])


def _practised(known: Known) -> Iterator[dict[str, Any]]:
    grades = dict(cooperation.practice_table(known).select("id", "grade").rows())
    for record in known.rows("practices"):
        grade = grades[record["id"]]
        says = (
            f"Practice: {record['title']}. Result: {record['result']}. Limits: {record['limits']} (evidence: {grade})"
        )
        for row in _rows(
            record, record["country"], "achievement", says, record["evaluated_on_latest"], record["source"]
        ):
            yield row | {"confidence": _CONFIDENCE.get(grade, "low")}


def _rows(
    record: Record, state: str | None, role: str, says: str, since: date | None, source: str
) -> Iterator[dict[str, Any]]:
    """Make a row for each provision that a record names; an article counts for its instrument."""
    for provision in dict.fromkeys(_subject(name) for name in record["provisions"] or ()):
        yield {
            "id": record["id"],
            "state": state,
            "provision": provision,
            "role": role,
            "says": says,
            "since": since,
            "confidence": "high",
            "source": source,
        }


def _subject(provision: str) -> str:
    instrument = provision.rpartition("-")[0]
    return instrument if instrument in load_instruments() else provision


def facts_from_register(known: Known, since: date, as_of: date) -> pl.DataFrame:
    """Make sentences on the funds, on what agencies have agreed, and on activities that raise awareness.

    No donor is named: among them are persons.
    """
    rows = [
        *_funded(known, since, as_of),
        *_agencies(known, since, as_of),
        *_aware(known, since, as_of),
    ]
    return pl.DataFrame(rows, schema=FACTS)


def _funded(known: Known, since: date, as_of: date) -> Iterator[Mapping[str, Any]]:
    for fund, record in known.by_id("funds").items():
        paid = _within(known.rows("contributions"), fund, "paid_on", since, as_of)
        grants = _within(known.rows("grants"), fund, "awarded_on", since, as_of)
        if not paid and not grants:
            continue
        then, now = funds.balance(known, fund, since - timedelta(1)), funds.balance(known, fund, as_of)
        donors = len({each["donor"] for each in paid})
        says = (
            f"From {since} to {as_of} the {record['name']} received {now.received - then.received} from"
            f" {donors} {'donor' if donors == 1 else 'donors'}, and awarded {now.awarded - then.awarded} in"
            f" {len(grants)} {'grant' if len(grants) == 1 else 'grants'}."
        )
        yield _fact(f"fund-{fund}", "trust_fund", says, as_of, [*paid, *grants])


def _agencies(known: Known, since: date, as_of: date) -> Iterator[Mapping[str, Any]]:
    stages = {promise.id: promise.stage for promise in recommendations.promises(known, as_of)}
    for record in known.rows("agency_actions"):
        if since <= record["agreed_on"] <= as_of:
            stage = stages[record["id"]].replace("_", " ")
            says = f"{record['owner']}, as agreed at {record['agreed_at']} on {record['agreed_on']}: {record['action']}"
            yield _fact(
                record["id"], "icat", f"{says} (due {record['due_on']}; {stage}).", record["agreed_on"], [record]
            )


def _aware(known: Known, since: date, as_of: date) -> Iterator[Mapping[str, Any]]:
    begun = [
        record
        for record in known.rows("activities")
        if record["theme"] == _AWARENESS and since <= record["from_on_latest"] <= as_of
    ]
    if begun:
        where = ", ".join(sorted({state_name(record["country"]) for record in begun}))
        n = len(begun)
        says = f"{n} {'activity' if n == 1 else 'activities'} to raise awareness began in: {where}."
        yield _fact("awareness", "world_day", says, as_of, begun)


def _within(records: Iterable[Record], fund: str, day: str, since: date, as_of: date) -> list[Record]:
    return [record for record in records if record["fund"] == fund and since <= record[day] <= as_of]


def _fact(id_: str, topic: str, says: str, since: date, records: Iterable[Record]) -> Mapping[str, Any]:
    source = "; ".join(dict.fromkeys(record["source"] for record in records))
    return {"id": id_, "topic": topic, "says": says, "since": since, "certainty": "read", "source": source}
