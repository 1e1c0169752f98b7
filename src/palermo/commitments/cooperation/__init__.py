"""Cooperation: actors and their mandates, agreements, who does what where, and practices with graded evidence."""

from pathlib import Path

from palermo.commitments.cooperation.grid import agreement_table, grid, member_table
from palermo.commitments.cooperation.practices import DESIGNS, practice_table
from palermo.commitments.cooperation.registers import REGISTERS, THEMES
from palermo.commitments.cooperation.rules import RULES

__all__ = [
    "DESIGNS",
    "REGISTERS",
    "RULES",
    "SHIPPED",
    "THEMES",
    "agreement_table",
    "grid",
    "member_table",
    "practice_table",
]

SHIPPED = {"actors": Path(__file__).with_name("data") / "actors.csv"}
"""The founders of the Inter-Agency Coordination Group, and their successors, with which a register can begin."""
