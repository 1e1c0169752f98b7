"""Every register of measures, and every rule between them."""

from __future__ import annotations

from palermo.commitments import answers, cooperation, funds, meetings, recommendations
from palermo.commitments.beside import BESIDE
from palermo.commitments.registers import Catalogue

__all__ = ["CATALOGUE", "SHIPPED"]

_NOUNS = (answers, recommendations, cooperation, funds, meetings)

CATALOGUE = Catalogue(
    {register.name: register for noun in _NOUNS for register in noun.REGISTERS},
    tuple(rule for noun in _NOUNS for rule in noun.RULES),
    frozenset({"provisions.csv", *(kind.file for kind in BESIDE.values())}),
)

SHIPPED = answers.SHIPPED | cooperation.SHIPPED | funds.SHIPPED | meetings.SHIPPED
"""Files with which a register can begin: facts with their source, and what is recalled is marked so."""
