"""Achievements, gaps and challenges, each with its sources and how sure it is; never a rank, never a score."""

from palermo.commitments.appraisal.appraisal import Appraisal, Cell, Period, appraise
from palermo.commitments.appraisal.evidence import (
    EVIDENCE,
    FIGURES,
    STATEMENTS,
    evidence_from_checks,
    evidence_from_measures,
    evidence_from_statements,
    figure_rules,
    statement_rules,
)
from palermo.commitments.appraisal.scheme import SCHEMES, SchemeSeries, read_scheme
from palermo.commitments.appraisal.scope import Scope, read_scope
from palermo.commitments.appraisal.treaties import appraise_instrument

__all__ = [
    "EVIDENCE",
    "FIGURES",
    "SCHEMES",
    "STATEMENTS",
    "Appraisal",
    "Cell",
    "Period",
    "SchemeSeries",
    "Scope",
    "appraise",
    "appraise_instrument",
    "evidence_from_checks",
    "evidence_from_measures",
    "evidence_from_statements",
    "figure_rules",
    "read_scheme",
    "read_scope",
    "statement_rules",
]
