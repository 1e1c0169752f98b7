"""What can be asked of a register, each answer by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from palermo.commitments import answers, cooperation, funds, meetings, recommendations
from palermo.commitments.provisions import Provision
from palermo.commitments.registers import Known
from palermo.errors import UsageError

__all__ = ["VIEWS", "Maker", "Question", "View"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a register: what was true on one day, as it was known on another."""

    as_of: date
    as_recorded: date
    states: tuple[str, ...] = ()
    """Only these States, where the answer is by State."""
    within: int = 30
    """For reminders: how many days ahead."""
    likeness: float = recommendations.DEFAULT_LIKENESS
    """For recommendations: how like near-duplicates are, of 100."""


@dataclass(frozen=True, slots=True)
class View:
    """An answer that can be shown, and whether it may leave the office."""

    name: str
    question: Question
    value: pl.DataFrame | dict[str, Any]
    private: bool
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give it as the command prints it."""
        days = {"as_of": self.question.as_of, "as_recorded": self.question.as_recorded}
        told: dict[str, Any] = {"view": self.name, **days, "private": self.private, "notes": self.notes}
        value = {"rows": self.value.to_dicts()} if isinstance(self.value, pl.DataFrame) else self.value
        return {name: _plain(each) for name, each in {**told, **value}.items()}


def _plain(value: Any) -> Any:
    """Write days as text, however deep they lie."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


Maker = Callable[[Known, Question, Mapping[str, Provision]], pl.DataFrame | dict[str, Any]]


def _reminders(known: Known, question: Question, _: Mapping[str, Provision]) -> pl.DataFrame:
    return _of_states(recommendations.reminders(known, question.as_of, within=question.within), question)


def _recommendations(known: Known, question: Question, _: Mapping[str, Provision]) -> pl.DataFrame:
    clusters = recommendations.cluster(
        known.true_on(question.as_of).tables["recommendations"], likeness=question.likeness
    )
    return _of_states(recommendations.recommendation_table(known, question.as_of, clusters), question)


def _differences(known: Known, question: Question, _: Mapping[str, Provision]) -> dict[str, Any]:
    found = [asdict(each) for each in answers.differences(known)]
    rows: list[dict[str, Any]] = [each for each in found if not question.states or each["state"] in question.states]
    return {"rows": rows}


def _handover(known: Known, question: Question, provisions: Mapping[str, Provision]) -> dict[str, Any]:
    if len(question.states) != 1:
        raise UsageError("a hand-over pack is of one State.", todo="Name it with --state, as in: --state KEN")
    due = _reminders(known, question, provisions)
    return answers.hand_over(known, question.states[0], question.as_of, due=due).as_json()


def _summary(known: Known, question: Question, provisions: Mapping[str, Provision]) -> dict[str, Any]:
    held = [name for name, record in known.by_id("meetings").items() if record["from_on"] <= question.as_of]
    return {"summaries": [asdict(meetings.summarise(known, name, provisions, question.as_of)) for name in held]}


def _promises(known: Known, question: Question, _: Mapping[str, Provision]) -> pl.DataFrame:
    rows = [asdict(each) for each in recommendations.promises(known, question.as_of)]
    told = [each | {"evidence": "; ".join(each["evidence"]) or None} for each in rows]
    names = ("id", "register", "state", "owner", "what", "due_on", "stage", "noted_on", "evidence")
    days = ("due_on", "noted_on")
    return pl.DataFrame(told, schema={name: pl.Date() if name in days else pl.String() for name in names})


def _of_states(table: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Keep the rows of the States that are asked for; a row can be of several."""
    if not question.states:
        return table
    return table.filter(pl.col("state").str.split("; ").list.eval(pl.element().is_in(question.states)).list.any())


VIEWS: Mapping[str, tuple[str, bool, Maker]] = {
    "answers": (
        "every answer, and how far it is",
        True,
        lambda known, question, _: _of_states(answers.answer_table(known, question.as_of), question),
    ),
    "public-answers": (
        "what was published: the State's answer, civil society's beside it, and the government's reply",
        False,
        lambda known, question, _: _of_states(answers.public_answers(known, question.as_of), question),
    ),
    "open-questions": (
        "questions that are due, with the answer that can be used again",
        True,
        lambda known, question, _: _of_states(answers.open_questions(known, question.as_of), question),
    ),
    "differences": ("what changed since the last round", True, _differences),
    "handover": ("what the next focal point of a State must know", True, _handover),
    "recommendations": ("recommendations with near-duplicates, lead and stage", False, _recommendations),
    "promises": ("every promise, and how far it is", False, _promises),
    "reminders": ("promises that are late, due soon, or without a note", True, _reminders),
    "members": (
        "the Inter-Agency Coordination Group",
        False,
        lambda known, question, _: cooperation.member_table(known, question.as_of),
    ),
    "agreements": (
        "agreements, and whether they were in force",
        False,
        lambda known, question, _: cooperation.agreement_table(known, question.as_of),
    ),
    "grid": (
        "who does what where, with gaps and overlaps",
        False,
        lambda known, question, _: cooperation.grid(known, question.as_of, countries=question.states),
    ),
    "practices": (
        "practices, and what their evidence can show",
        False,
        lambda known, _, __: cooperation.practice_table(known),
    ),
    "balances": (
        "where each fund stood",
        False,
        lambda known, question, _: funds.balance_table(known, question.as_of),
    ),
    "donors": (
        "what each donor pledged and paid, by year; it names private donors",
        True,
        lambda known, question, _: funds.donor_table(known, question.as_of),
    ),
    "grants": ("grants and their projects", False, lambda known, question, _: funds.grant_table(known, question.as_of)),
    "beneficiaries": (
        "whom projects reached, by sex and age; it has not passed the gate",
        True,
        lambda known, question, _: funds.beneficiary_table(known, question.as_of),
    ),
    "meetings": (
        "how far meetings are prepared",
        False,
        lambda known, question, _: meetings.preparation(known, question.as_of),
    ),
    "participants": (
        "participants by category and accreditation",
        False,
        lambda known, _, __: meetings.participant_table(known),
    ),
    "speakers": ("the lists of speakers, with times", False, lambda known, _, __: meetings.speakers_list(known)),
    "summary": ("summaries of meetings, with a citation for each sentence", False, _summary),
}
"""What can be shown: in words, whether it is private, and how it is made."""
