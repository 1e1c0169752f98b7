"""Names of fields and codes for a report: the standard's, and for rules their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default

from palermo.intake import SENTENCES, Told
from palermo.standard import Standard

__all__ = ["ReportLabels"]


_RECORDS = {"first": "A person's first record", "again": "Record of somebody counted already"}


@dataclass(frozen=True, slots=True)
class ReportLabels:
    """What fields and codes are called where they are published."""

    standard: Standard
    told: Mapping[str, Told] = default(default_factory=lambda: SENTENCES)
    """Level and sentence of every rule."""

    def label(self, field: str, code: str) -> str:
        """Name a code of a field; a rule is called by what it says."""
        if field == "rule" and code in self.told:
            return self.told[code][1]
        if field == "record_of_person" and code in _RECORDS:
            return _RECORDS[code]
        return self.standard.label(field, code)

    def field_label(self, field: str) -> str:
        """Name a field."""
        return self.standard.field_label(field)
