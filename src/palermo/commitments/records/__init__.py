"""What a record of the register is: who said it, when it was written down, and what it corrects."""

from palermo.commitments.records.day import Span, read_span
from palermo.commitments.records.examining import examine
from palermo.commitments.records.finding import Finding, RecordsRefused, findings_of, refuse
from palermo.commitments.records.history import current_ids, known, until
from palermo.commitments.records.kind import PROVENANCE, Column, Form, RecordKind
from palermo.commitments.records.reading import Loaded, Rule, load_records, read_records, read_table
from palermo.commitments.records.writing import append_records

__all__ = [
    "PROVENANCE",
    "Column",
    "Finding",
    "Form",
    "Loaded",
    "RecordKind",
    "RecordsRefused",
    "Rule",
    "Span",
    "append_records",
    "current_ids",
    "examine",
    "findings_of",
    "known",
    "load_records",
    "read_records",
    "read_span",
    "read_table",
    "refuse",
    "until",
]
