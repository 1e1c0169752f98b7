"""An agency's file → a table in the standard, findings and quality."""

from palermo.intake.coding import AREA, HIGH, KEY
from palermo.intake.dimensions import DIMENSIONS, Measured, days_behind, measure_dimensions, missed, unasked
from palermo.intake.examination import FIRST, SETTLED, Examined, examine, values_without_code
from palermo.intake.headings import match_headings
from palermo.intake.identity import read_identity
from palermo.intake.mapping import Mapping, load_mapping, ready_mappings
from palermo.intake.own_rules import load_rules
from palermo.intake.quality import FILLED, measure
from palermo.intake.rules import RULES, SENTENCES, Rule, Told, told_of
from palermo.intake.suggesting import ColumnGuess, Sample, Suggestion, draft, sample, suggest

__all__ = [
    "AREA",
    "DIMENSIONS",
    "FILLED",
    "FIRST",
    "HIGH",
    "KEY",
    "RULES",
    "SENTENCES",
    "SETTLED",
    "ColumnGuess",
    "Examined",
    "Mapping",
    "Measured",
    "Rule",
    "Sample",
    "Suggestion",
    "Told",
    "days_behind",
    "draft",
    "examine",
    "load_mapping",
    "load_rules",
    "match_headings",
    "measure",
    "measure_dimensions",
    "missed",
    "read_identity",
    "ready_mappings",
    "sample",
    "suggest",
    "told_of",
    "unasked",
    "values_without_code",
]
