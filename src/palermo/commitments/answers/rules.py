"""What must hold of answers: nothing is cleared by nobody, and nothing confidential is published."""

from __future__ import annotations

from collections.abc import Iterator

from palermo.commitments.answers.steps import Step, StepTaken, Voice, WrongStep, follow
from palermo.commitments.records import Finding
from palermo.commitments.registers import Known, Record

__all__ = ["RULES", "steps_of", "taken"]


def steps_of(known: Known) -> dict[str, list[Record]]:
    """Give the steps of each answer in their order: by day, and within a day as they were entered."""
    found: dict[str, list[Record]] = {}
    for record in sorted(known.rows("answer_steps"), key=lambda each: (each["done_on"], each["row"])):
        found.setdefault(record["answer"], []).append(record)
    return found


def taken(records: list[Record]) -> list[StepTaken]:
    """Read steps from their records."""
    return [StepTaken(Step(record["step"]), record["by"] or "", record["done_on"]) for record in records]


def every_step_can_be_taken(known: Known) -> Iterator[Finding]:
    """An answer goes from draft to submitted to cleared to published, and back only by return or reopen."""
    answers = known.by_id("answers")
    for answer, records in steps_of(known).items():
        try:
            follow(Voice(answers[answer]["voice"]), taken(records))
        except WrongStep as error:
            todo = "Enter the steps that are missing, or correct this one."
            yield known.finding("answer_steps", records[error.number], "answer.step", f"{error}.", todo)


def somebody_has_cleared(known: Known) -> Iterator[Finding]:
    """What is cleared is cleared by the office that was the State's focal point on that day."""
    answers, rounds = known.by_id("answers"), known.by_id("rounds")
    for record in known.rows("answer_steps"):
        if record["step"] != Step.CLEAR:
            continue
        if not record["by"]:
            what, todo = "the answer is cleared by nobody.", "Say in by which office has cleared it."
            yield known.finding("answer_steps", record, "answer.cleared", what, todo)
            continue
        state = rounds[answers[record["answer"]]["round"]]["state"]
        if not _was_focal_point(known, state, record):
            what = "the office that cleared the answer was not the State's focal point on that day."
            todo = "Let the focal point clear it, or add the office to focal_points.csv with its days."
            yield known.finding("answer_steps", record, "answer.cleared", what, todo)


def _was_focal_point(known: Known, state: str, step: Record) -> bool:
    return any(
        point["state"] == state
        and point["office"] == step["by"]
        and point["from_on"] <= step["done_on"]
        and (point["to_on"] is None or step["done_on"] <= point["to_on"])
        for point in known.rows("focal_points")
    )


def what_was_cleared_is_what_stands(known: Known) -> Iterator[Finding]:
    """A text that was changed after its clearance is not cleared."""
    steps = steps_of(known)
    for record in known.rows("answers"):
        try:
            stands = follow(Voice(record["voice"]), taken(steps.get(record["id"], [])))
        except WrongStep:
            continue
        if stands.cleared_on and record["recorded_on"] > stands.cleared_on:
            what = "the answer was changed after it was cleared."
            todo = "Reopen it, submit it and let it be cleared again, each as a step in answer_steps.csv."
            yield known.finding("answers", record, "answer.changed", what, todo)


def nothing_confidential_is_published(known: Known) -> Iterator[Finding]:
    """A confidential answer is never published."""
    answers = known.by_id("answers")
    for record in known.rows("answer_steps"):
        if record["step"] == Step.PUBLISH and answers[record["answer"]]["visibility"] == "confidential":
            what, todo = "a confidential answer was published.", "Take the step back, or make the answer public first."
            yield known.finding("answer_steps", record, "answer.confidential", what, todo)


def a_reply_replies(known: Known) -> Iterator[Finding]:
    """A government's reply names the answer of civil society that it replies to, and nothing else does."""
    answers = known.by_id("answers")
    for record in known.rows("answers"):
        replied = answers.get(record["replies_to"] or "")
        is_reply = record["voice"] == Voice.GOVERNMENT_REPLY
        if is_reply != bool(replied) or (replied and replied["voice"] != Voice.CIVIL_SOCIETY):
            what = (
                "a government's reply names the answer of civil society that it replies to, and no other answer does."
            )
            yield known.finding("answers", record, "answer.reply", what, "Mend voice or replies_to.")


def questions_are_of_the_round(known: Known) -> Iterator[Finding]:
    """At least one of the questions that an answer serves is asked in its round."""
    rounds, questions = known.by_id("rounds"), known.by_id("questions")
    for record in known.rows("answers"):
        asked = rounds[record["round"]]["questionnaire"]
        if not any(questions[question]["questionnaire"] == asked for question in record["questions"]):
            what = "none of its questions is asked in its round."
            yield known.finding("answers", record, "answer.round", what, "Mend round or questions.")


RULES = (
    every_step_can_be_taken,
    somebody_has_cleared,
    what_was_cleared_is_what_stands,
    nothing_confidential_is_published,
    a_reply_replies,
    questions_are_of_the_round,
)
