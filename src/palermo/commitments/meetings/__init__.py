"""Meetings: modalities, consultations, participants, speakers and statements, and a summary with its citations."""

from pathlib import Path

from palermo.commitments.meetings.preparation import participant_table, preparation
from palermo.commitments.meetings.registers import CATEGORIES, NEED_ACCREDITATION, REGISTERS
from palermo.commitments.meetings.rules import CO_FACILITATORS, RULES
from palermo.commitments.meetings.speakers import speakers_list, speaking_order
from palermo.commitments.meetings.summary import Sentence, Summary, summarise

__all__ = [
    "CATEGORIES",
    "CO_FACILITATORS",
    "NEED_ACCREDITATION",
    "REGISTERS",
    "RULES",
    "SHIPPED",
    "Sentence",
    "Summary",
    "participant_table",
    "preparation",
    "speakers_list",
    "speaking_order",
    "summarise",
]

_DATA = Path(__file__).with_name("data")
SHIPPED = {name: _DATA / f"{name}.csv" for name in ("meetings", "facilitators", "modalities")}
"""The meetings that have appraised the Global Plan, as far as they are known, with which a register can begin."""
