"""Registers on the floor of `records`: fields in words, links between things, rules over all files together."""

from palermo.commitments.registers.fields import FIELD_FORMS, Field, FieldForm
from palermo.commitments.registers.known import Catalogue, Known, Reading, Record, Rule
from palermo.commitments.registers.register import Register

__all__ = ["FIELD_FORMS", "Catalogue", "Field", "FieldForm", "Known", "Reading", "Record", "Register", "Rule"]
