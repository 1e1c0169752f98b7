"""Look at a file before it is used: what can be read, what is wrong, what has no code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from palermo import intake
from palermo.tables import open_engine
from palermo.workflows.surroundings import standard_around

__all__ = ["CheckAnswer", "Finding", "Unmapped", "check"]

_SHOWN = 10
"""A value may be shown if it fills at least so many rows; a rarer one may be part of somebody's story."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that rows of the file break."""

    rule: str
    field: str
    rows: int
    level: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Values of a field that have no code."""

    field: str
    values: int
    rows: int
    frequent: tuple[tuple[str, int], ...]
    """Those in so many rows that they can be shown, with the rows."""


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What `palermo check` says about a file."""

    file: str
    mapping: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    findings: tuple[Finding, ...]
    unmapped: tuple[Unmapped, ...]
    columns_missing: tuple[str, ...]
    columns_extra: tuple[str, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "file": self.file,
            "mapping": self.mapping,
            "rows_in": self.rows_in,
            "rows_accepted": self.rows_accepted,
            "rows_quarantined": self.rows_quarantined,
            "findings": [
                {"rule": found.rule, "field": found.field, "rows": found.rows, "level": found.level}
                for found in self.findings
            ],
            "unmapped": [
                {"field": missed.field, "values": missed.values, "rows": missed.rows} for missed in self.unmapped
            ],
            "columns_missing": list(self.columns_missing),
            "columns_extra": list(self.columns_extra),
            "notes": list(self.notes),
        }


def check(file: Path, mapping_name: str, *, as_of: date | None = None) -> CheckAnswer:
    """Read a file with a mapping and put every rule to it; nothing is kept."""
    standard = standard_around(file)
    mapping = intake.load_mapping(mapping_name, standard)
    with open_engine() as engine:
        return answer(intake.examine(file, mapping, standard, engine, as_of=as_of))


def answer(examined: intake.Examined) -> CheckAnswer:
    """Put what intake found into words and numbers."""
    quarantined = examined.quarantine.group_by("reason").len().sort("reason").rows()
    found = [(rule, "", rows) for rule, rows in quarantined] + examined.summary.rows()
    return CheckAnswer(
        file=examined.source,
        mapping=examined.mapping.name,
        rows_in=examined.rows_in,
        rows_accepted=examined.rows_accepted,
        rows_quarantined=examined.quarantine.height,
        findings=tuple(_finding(rule, field, rows, examined.mapping) for rule, field, rows in found),
        unmapped=_unmapped(examined),
        columns_missing=examined.columns_missing,
        columns_extra=examined.columns_extra,
        notes=examined.notes,
    )


def _finding(rule: str, field: str, rows: int, mapping: intake.Mapping) -> Finding:
    level, sentence = intake.SENTENCES[rule]
    if rule == "record.repeated" and mapping.repeats == "reported":
        level = "warning"
    return Finding(rule, field, rows, level, sentence)


def _unmapped(examined: intake.Examined) -> tuple[Unmapped, ...]:
    missed = []
    for (field,), values in examined.unmapped.group_by("field", maintain_order=True):
        frequent = tuple((value, rows) for _, value, rows in values.rows() if rows >= _SHOWN)
        missed.append(Unmapped(str(field), values.height, int(values["rows"].sum()), frequent))
    return tuple(missed)
