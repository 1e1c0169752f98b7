"""Recommendations to States, and the follow-up of everything that was promised."""

from palermo.commitments.recommendations.clusters import DEFAULT_LIKENESS, cluster
from palermo.commitments.recommendations.follow_up import Promise, promises, recommendation_table, reminders
from palermo.commitments.recommendations.registers import REGISTERS
from palermo.commitments.recommendations.rules import RULES
from palermo.commitments.recommendations.uhri import read_uhri

__all__ = [
    "DEFAULT_LIKENESS",
    "REGISTERS",
    "RULES",
    "Promise",
    "cluster",
    "promises",
    "read_uhri",
    "recommendation_table",
    "reminders",
]
