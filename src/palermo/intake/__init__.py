"""An agency's file → a table in the standard, findings and quality."""

from palermo.intake.coding import AREA, HIGH, KEY
from palermo.intake.examination import FIRST, SETTLED, Examined, examine
from palermo.intake.mapping import Mapping, load_mapping, ready_mappings
from palermo.intake.quality import FILLED, measure
from palermo.intake.rules import RULES, SENTENCES, Rule

__all__ = [
    "AREA",
    "FILLED",
    "FIRST",
    "HIGH",
    "KEY",
    "RULES",
    "SENTENCES",
    "SETTLED",
    "Examined",
    "Mapping",
    "Rule",
    "examine",
    "load_mapping",
    "measure",
    "ready_mappings",
]
