"""How good the data are: completeness and findings, said by rule."""

from __future__ import annotations

from palermo.reports.cells import Counts
from palermo.reports.context import Context
from palermo.reports.description import TableView
from palermo.reports.numbers import joined, plural
from palermo.reports.tableviews import table_view
from palermo.tables import TOTAL

__all__ = ["completeness_tables", "finding_sentences", "finding_tables"]

FINDINGS = "quality-findings"


def completeness_tables(context: Context) -> list[Counts]:
    """Find the tables of one field each that say how much of it is filled."""
    return [
        Counts(table)
        for table in context.release.tables
        if table.kind == "quality" and table.name != FINDINGS and len(table.fields) == 1 and not table.cells.is_empty()
        if table.unlisted == "zero"
    ]


def finding_tables(context: Context) -> tuple[TableView, ...]:
    """Show the counts of findings, and other tables about the data that are not about one field."""
    completeness = {counts.table.name for counts in completeness_tables(context)}
    return tuple(
        table_view(table, context)
        for table in context.release.tables
        if table.kind == "quality" and table.name not in completeness and not table.cells.is_empty()
    )


def finding_sentences(context: Context) -> tuple[str, ...]:
    """Say what the checks found, and which fields are recorded in fewer than half."""
    said = []
    findings = context.find(FINDINGS)
    if findings is not None and findings.fields:
        field = findings.fields[0]
        rules = [code for code in findings.codes(field) if code != TOTAL]
        said.append(
            f"{'One rule' if len(rules) == 1 else f'{len(rules)} rules'} of the checks found something. A finding marks"
            " a row to look at; it does not say that the row is wrong. A row can be found by several rules, so they are"
            " not added up."
        )
    return (*said, *_half_empty(context))


def _half_empty(context: Context) -> list[str]:
    said = []
    for counts in completeness_tables(context):
        (field,) = counts.fields
        recorded, total = counts.recorded(field), counts.total.count
        if recorded is not None and total and recorded * 2 < total:
            said.append(context.field(field))
    if not said:
        return []
    return [f"Recorded in fewer than half of the {plural(context.edition.unit)}: {joined(said)}."]
