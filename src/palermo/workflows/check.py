"""Look at a file before it is used: what can be read, what is wrong, what has no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from palermo import intake
from palermo.tables import must_be_file, open_engine
from palermo.workflows.surroundings import file_before, mapping_for, rules_around, standard_around

__all__ = ["CheckAnswer", "Finding", "Unmapped", "check", "known_rules"]

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
    first_row: int
    """The first row of the file to look at, as a spreadsheet program counts."""


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
                {
                    "rule": found.rule,
                    "field": found.field,
                    "rows": found.rows,
                    "level": found.level,
                    "sentence": found.sentence,
                    "first_row": found.first_row,
                }
                for found in self.findings
            ],
            "unmapped": [
                {"field": missed.field, "values": missed.values, "rows": missed.rows} for missed in self.unmapped
            ],
            "columns_missing": list(self.columns_missing),
            "columns_extra": list(self.columns_extra),
            "notes": list(self.notes),
        }


def check(
    file: Path,
    mapping_name: str,
    *,
    as_of: date | None = None,
    rules_file: Path | None = None,
    before: Path | None = None,
) -> CheckAnswer:
    """Read a file with a mapping and put every rule to it, ours and the user's; nothing is kept.

    Parameters
    ----------
    before
        The file that its counts are held against; one beside it that is called as the month or year before otherwise.
    """
    if before:
        must_be_file(before, todo="Check the path after --before.")
    must_be_file(file, todo="Check the path.")
    standard = standard_around(file)
    mapping = mapping_for(file, mapping_name, standard)
    rules = rules_around(file, rules_file, standard)
    with open_engine() as engine:
        earlier = before or file_before(file)
        return answer(intake.examine(file, mapping, standard, engine, as_of=as_of, rules=rules, before=earlier))


def known_rules(own: Path | None = None) -> Mapping[str, intake.Told]:
    """Say what every rule is called, how grave it is, and what it says: ours, then those of a file of the user's."""
    return intake.told_of(intake.load_rules(own, standard_around(own)) if own else ())


def answer(examined: intake.Examined) -> CheckAnswer:
    """Put what intake found into words and numbers."""
    set_aside = examined.quarantine.group_by("reason").agg(pl.len(), pl.col("source_row").min()).sort("reason")
    found = [(rule, "", rows, first) for rule, rows, first in set_aside.rows()] + examined.summary.rows()
    return CheckAnswer(
        file=examined.source,
        mapping=examined.mapping.name,
        rows_in=examined.rows_in,
        rows_accepted=examined.rows_accepted,
        rows_quarantined=examined.quarantine.height,
        findings=tuple(_finding(examined, *each) for each in found),
        unmapped=_unmapped(examined),
        columns_missing=examined.columns_missing,
        columns_extra=examined.columns_extra,
        notes=examined.notes,
    )


def _finding(examined: intake.Examined, rule: str, field: str, rows: int, first_row: int) -> Finding:
    level, sentence = examined.told[rule]
    if rule == "record.repeated" and examined.mapping.repeats == "reported":
        level = "warning"
    return Finding(rule, field, rows, level, sentence, first_row)


def _unmapped(examined: intake.Examined) -> tuple[Unmapped, ...]:
    missed = []
    for (field,), values in examined.unmapped.group_by("field", maintain_order=True):
        frequent = tuple((value, rows) for _, value, rows in values.rows() if rows >= _SHOWN)
        missed.append(Unmapped(str(field), values.height, int(values["rows"].sum()), frequent))
    return tuple(missed)
