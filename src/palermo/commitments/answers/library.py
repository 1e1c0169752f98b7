"""The answer library: how far each answer is, what may be published, what changed, and what can be used again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

import polars as pl

from palermo.commitments.answers.rules import steps_of, taken
from palermo.commitments.answers.steps import Standing, Status, Voice, follow
from palermo.commitments.registers import Known, Record

__all__ = ["Change", "Difference", "answer_table", "differences", "open_questions", "public_answers", "standings"]


def standings(known: Known, as_of: date) -> dict[str, Standing]:
    """Say how far each answer was on a day."""
    steps = steps_of(known)
    return {
        record["id"]: follow(
            Voice(record["voice"]), taken([step for step in steps.get(record["id"], []) if step["done_on"] <= as_of])
        )
        for record in known.rows("answers")
    }


def answer_table(known: Known, as_of: date) -> pl.DataFrame:
    """List the answers with how far they are; private, since it holds drafts and what is confidential."""
    rounds, stands = known.by_id("rounds"), standings(known, as_of)
    rows = [
        {
            "id": record["id"],
            "state": rounds[record["round"]]["state"],
            "round": record["round"],
            "questions": "; ".join(record["questions"]),
            "voice": record["voice"],
            "author": record["author"],
            "visibility": record["visibility"],
            "status": str(stands[record["id"]].status),
            "cleared_by": stands[record["id"]].cleared_by,
            "cleared_on": stands[record["id"]].cleared_on,
            "text": record["text"],
        }
        for record in known.rows("answers")
    ]
    texts = ("id", "state", "round", "questions", "voice", "author", "visibility", "status", "cleared_by")
    return pl.DataFrame(rows, schema=dict.fromkeys(texts, pl.String()) | {"cleared_on": pl.Date(), "text": pl.String()})


def public_answers(known: Known, as_of: date) -> pl.DataFrame:
    """Put beside the State's answer to a question what civil society answers, and the government's reply in full.

    Only what had been published by that day is in it.
    """
    rounds, stands = known.by_id("rounds"), standings(known, as_of)
    published = [
        record
        for record in known.rows("answers")
        if record["visibility"] == "public" and stands[record["id"]].status is Status.PUBLISHED
    ]
    replies: dict[str, str] = {each["replies_to"]: each["text"] for each in published if each["replies_to"]}
    rows = [
        {
            "state": rounds[record["round"]]["state"],
            "round": record["round"],
            "question": question,
            "voice": record["voice"],
            "author": record["author"],
            "text": record["text"],
            "government_reply": replies.get(record["id"]),
        }
        for record in published
        if record["voice"] != Voice.GOVERNMENT_REPLY
        for question in record["questions"]
    ]
    names = ("state", "round", "question", "voice", "author", "text", "government_reply")
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()))
    return table.sort("state", "round", "question", pl.col("voice") != str(Voice.STATE), "author")


@dataclass(frozen=True, slots=True)
class Change:
    """Words that one of two texts has and the other has not."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in the answer of one voice to one question since the last round."""

    question: str
    state: str
    voice: str
    before: str
    """The id of the answer of the round before."""
    after: str
    changes: tuple[Change, ...]


def differences(known: Known) -> list[Difference]:
    """Compare each answer with that of the last round to the same question, in the same voice."""
    rounds = known.by_id("rounds")
    given: dict[tuple[str, str, str, str], list[Record]] = {}
    for record in sorted(known.rows("answers"), key=lambda each: rounds[each["round"]]["due_on"]):
        for question in record["questions"]:
            key = (question, rounds[record["round"]]["state"], record["voice"], _speaker(record))
            given.setdefault(key, []).append(record)
    return [
        Difference(question, state, voice, before["id"], after["id"], tuple(_changes(before["text"], after["text"])))
        for (question, state, voice, _), answers in sorted(given.items())
        for before, after in pairwise(answers)
        if before["round"] != after["round"]
    ]


def _speaker(record: Record) -> str:
    """A State speaks with one voice, whichever ministry drafts; organisations each with their own."""
    return str(record["author"]) if record["voice"] == Voice.CIVIL_SOCIETY else ""


def _changes(before: str, after: str) -> Iterator[Change]:
    old, new = before.split(), after.split()
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(" ".join(old[i:j]), " ".join(new[k:m]))


def open_questions(known: Known, as_of: date) -> pl.DataFrame:
    """List the questions of the rounds that are still open without an answer of the State, with what can be used again.

    A cleared answer of the same State can be used again if it is about some of the same provisions; the one that shares
    the most is named, the latest of several.
    """
    questions, rounds, stands = known.by_id("questions"), known.by_id("rounds"), standings(known, as_of)
    own = [record for record in known.rows("answers") if record["voice"] == Voice.STATE]
    given = {
        (rounds[record["round"]]["state"], record["round"], question)
        for record in own
        for question in record["questions"]
    }
    cleared = [record for record in own if stands[record["id"]].cleared_on]
    rows = []
    for round_ in sorted(rounds.values(), key=lambda each: (each["due_on"], each["id"])):
        usable = [record for record in cleared if rounds[record["round"]]["state"] == round_["state"]]
        for question in questions.values():
            asked = question["questionnaire"] == round_["questionnaire"] and round_["due_on"] >= as_of
            if asked and (round_["state"], round_["id"], question["id"]) not in given:
                best = _best(question, usable, questions, stands)
                rows.append(_open(round_, question, best, questions))
    texts = ("state", "round", "question", "text", "certainty", "usable_answer", "shared_provisions")
    return pl.DataFrame(rows, schema={"due_on": pl.Date(), **dict.fromkeys(texts, pl.String())})


def _about(answer: Record, questions: dict[str, Record]) -> set[str]:
    return {provision for question in answer["questions"] for provision in questions[question]["provisions"]}


def _best(
    question: Record, usable: list[Record], questions: dict[str, Record], stands: dict[str, Standing]
) -> Record | None:
    wanted = set(question["provisions"])
    ranked = sorted(
        usable,
        key=lambda answer: (
            question["id"] in answer["questions"],
            len(wanted & _about(answer, questions)),
            stands[answer["id"]].cleared_on or date.min,
            answer["id"],
        ),
    )
    best = ranked[-1] if ranked else None
    return best if best is not None and wanted & _about(best, questions) else None


def _open(round_: Record, question: Record, best: Record | None, questions: dict[str, Record]) -> dict[str, object]:
    shared = sorted(set(question["provisions"]) & _about(best, questions)) if best else []
    return {
        "due_on": round_["due_on"],
        "state": round_["state"],
        "round": round_["id"],
        "question": question["id"],
        "text": question["text"],
        "certainty": question["certainty"],
        "usable_answer": best["id"] if best else None,
        "shared_provisions": "; ".join(shared) or None,
    }
