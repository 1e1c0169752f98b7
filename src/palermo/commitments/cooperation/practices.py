"""How much an evaluation can show, by its design. It grades the evidence, and not the practice or its country."""

from __future__ import annotations

import polars as pl

from palermo.commitments.registers import Known

__all__ = ["DESIGNS", "practice_table"]

DESIGNS = {
    "randomised": ("strong", "compared with a group chosen by lot"),
    "controlled": ("moderate", "compared with a group that was not chosen by lot"),
    "before_after": ("weak", "compared with the time before, and with nobody else"),
    "qualitative": ("descriptive", "described by those who took part or looked at it closely"),
    "none": ("none", "not evaluated"),
}
"""The grade of each design, and what the design is in words."""


def practice_table(known: Known) -> pl.DataFrame:
    """List the practices by what their evidence can show, with the grade and its reason."""
    order = {design: place for place, design in enumerate(DESIGNS)}
    shown = ("theme", "title", "country", "objective", "method", "result", "limits")
    rows = [
        {
            "grade": _grade(record["design"], record["evidence"]),
            "why": _why(record["design"], record["evidence"]),
            **{name: record[name] for name in shown},
            "evidence": "; ".join(record["evidence"] or ()) or None,
            "id": record["id"],
        }
        for record in sorted(
            known.rows("practices"), key=lambda each: (each["theme"], order[each["design"]], each["id"])
        )
    ]
    names = ("grade", "why", *shown, "evidence", "id")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()))


def _grade(design: str, evidence: list[str] | None) -> str:
    """Grade what nobody can read as not evaluated."""
    return DESIGNS[design][0] if evidence else DESIGNS["none"][0]


def _why(design: str, evidence: list[str] | None) -> str:
    return DESIGNS[design][1] if evidence else "the evaluation cannot be read: no evidence is named"
