"""Names of fields and codes for a report: the standard's, and for rules their sentences."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.intake import SENTENCES
from palermo.standard import Standard

__all__ = ["ReportLabels"]


@dataclass(frozen=True, slots=True)
class ReportLabels:
    """What fields and codes are called where they are published."""

    standard: Standard

    def label(self, field: str, code: str) -> str:
        """Name a code of a field; a rule is called by what it says."""
        if field == "rule" and code in SENTENCES:
            return SENTENCES[code][1]
        return self.standard.label(field, code)

    def field_label(self, field: str) -> str:
        """Name a field."""
        return self.standard.field_label(field)
