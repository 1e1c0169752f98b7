"""Questionnaires and the answer library: answered once, cleared by the focal point, used again everywhere."""

from pathlib import Path

from palermo.commitments.answers.handover import Handover, hand_over
from palermo.commitments.answers.library import (
    Change,
    Difference,
    answer_table,
    differences,
    open_questions,
    public_answers,
    standings,
)
from palermo.commitments.answers.registers import QUESTIONNAIRES, REGISTERS
from palermo.commitments.answers.rules import RULES
from palermo.commitments.answers.steps import Standing, Status, Step, StepTaken, Voice, WrongStep, follow

__all__ = [
    "QUESTIONNAIRES",
    "REGISTERS",
    "RULES",
    "SHIPPED",
    "Change",
    "Difference",
    "Handover",
    "Standing",
    "Status",
    "Step",
    "StepTaken",
    "Voice",
    "WrongStep",
    "answer_table",
    "differences",
    "follow",
    "hand_over",
    "open_questions",
    "public_answers",
    "standings",
]

SHIPPED = {"questions": Path(__file__).with_name("data") / "questions.csv"}
"""The questions of each questionnaire by provision, in our words, with which a register can begin."""
