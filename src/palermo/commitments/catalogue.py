"""Every register of measures, and every rule between them."""

from __future__ import annotations

from palermo.commitments import answers, appraisal, cooperation, funds, instruments, law, meetings, recommendations
from palermo.commitments import section as report_section
from palermo.commitments.registers import Catalogue

__all__ = ["CATALOGUE", "SHIPPED"]

_NOUNS = (answers, recommendations, cooperation, funds, meetings)

_BESIDE = (
    instruments.ACTIONS,
    instruments.RESERVATIONS,
    instruments.COVERAGE,
    law.MEASURES,
    law.CHECKS,
    appraisal.FIGURES,
    appraisal.STATEMENTS,
    report_section.EVENTS,
    report_section.CLEARANCES,
)
"""The records of treaties, laws, appraisals and the report, which `palermo treaties` and `palermo appraise` read."""

CATALOGUE = Catalogue(
    {register.name: register for noun in _NOUNS for register in noun.REGISTERS},
    tuple(rule for noun in _NOUNS for rule in noun.RULES),
    frozenset({"provisions.csv", *(f"{kind.name}.csv" for kind in _BESIDE)}),
)

SHIPPED = answers.SHIPPED | cooperation.SHIPPED | funds.SHIPPED | meetings.SHIPPED
"""Files with which a register can begin: facts with their source, and what is recalled is marked so."""
