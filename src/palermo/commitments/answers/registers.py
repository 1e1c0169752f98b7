"""The registers of questionnaires: questions, rounds, answers, the steps of an answer, and who may clear it."""

from __future__ import annotations

from palermo.commitments.answers.steps import Step, Voice
from palermo.commitments.registers import Field, Register

__all__ = ["QUESTIONNAIRES", "REGISTERS"]

QUESTIONNAIRES = ("untoc-review", "glotip", "greta", "cedaw", "crc", "sg-note", "other")
_CERTAINTIES = ("official", "read", "reconstructed", "recalled")

REGISTERS = (
    Register(
        "questions",
        "A question that a State is asked, and the provisions that it is about.",
        (
            Field("questionnaire", "code", "Which questionnaire asks it.", True, QUESTIONNAIRES),
            Field("section", "text", "The cluster or chapter."),
            Field("number", "text", "Its number, where the questionnaire numbers it."),
            Field("text", "text", "The question; in our words unless its certainty is official.", True),
            Field("provisions", "provisions", "The provisions that it is about.", True),
            Field("certainty", "code", "How surely this is what is asked.", True, _CERTAINTIES),
        ),
    ),
    Register(
        "rounds",
        "One time that a questionnaire is put to a State.",
        (
            Field("questionnaire", "code", "Which questionnaire.", True, QUESTIONNAIRES),
            Field("state", "state", "The State that answers.", True),
            Field("name", "text", "Its name, such as 2012 or first round.", True),
            Field("opened_on", "date", "When it was sent."),
            Field("due_on", "day", "When the answers are due.", True),
        ),
    ),
    Register(
        "focal_points",
        "The office that clears a State's answers, from one day to another. An office, not a person.",
        (
            Field("state", "state", "The State.", True),
            Field("office", "text", "The office, as in Office of the National Rapporteur.", True),
            Field("from_on", "day", "The first day.", True),
            Field("to_on", "day", "The last day; empty while it holds."),
        ),
        "from_on",
    ),
    Register(
        "answers",
        "An answer: once given, it can serve several questions.",
        (
            Field("round", "link", "The round in which it is given.", True, into=("rounds",)),
            Field("questions", "links", "The questions that it answers.", True, into=("questions",)),
            Field("voice", "code", "Who speaks.", True, tuple(Voice)),
            Field("author", "text", "The body or organisation that speaks.", True),
            Field("text", "text", "The answer, in full.", True),
            Field("visibility", "code", "Whether it may be published.", True, ("public", "confidential")),
            Field("replies_to", "link", "The answer that a government replies to.", into=("answers",)),
            Field("evidence", "links", "What it rests on.", into=("evidence",)),
        ),
    ),
    Register(
        "answer_steps",
        "A step on the way of an answer, from its draft to its publication.",
        (
            Field("answer", "link", "The answer.", True, into=("answers",)),
            Field("step", "code", "What was done.", True, tuple(Step)),
            Field("by", "text", "The office that did it; for a clearance, the focal point's.", False),
            Field("done_on", "day", "When.", True),
        ),
        "done_on",
    ),
)
