"""Strips: how much of each field is filled, and what stands where it is not."""

from __future__ import annotations

from palermo.reports.cells import Cell, Counts, shown
from palermo.reports.context import Context
from palermo.reports.description import FigureSpec, Row, TableView, Value
from palermo.reports.marks import Part, Strip, Strips
from palermo.reports.numbers import percent, permille, plural, whole
from palermo.tables import EMPTY, TOTAL

__all__ = ["completeness"]

RECORDED = "Recorded"
NOT_SAID = (
    (EMPTY, "Not recorded", "blank"),
    ("unknown", "Unknown", "unknown"),
    ("not-applicable", "Not applicable", "outline"),
    ("withheld", "Withheld by the source", "withheld"),
)


def completeness(quality: list[Counts], context: Context) -> FigureSpec | None:
    """Describe for each field how much of it is recorded."""
    fields = [counts for counts in quality if counts.total.count and len(counts.fields) == 1]
    if not fields:
        return None
    strips = tuple(_strip(counts, context) for counts in fields)
    used = {part.paint for strip in strips for part in strip.parts if part.permille != 0}
    key = tuple((label, paint) for _, label, paint in ((RECORDED, RECORDED, "quantity"), *NOT_SAID) if paint in used)
    told = "; ".join(f"{strip.label} {strip.text}" for strip in strips)
    caution = "An empty field is not a no: nothing was said."
    if any(part.permille is None for strip in strips for part in strip.parts):
        caution += (
            " Where a part is withheld, how much is recorded is not shown either, since one gives the other away."
        )
    return FigureSpec(
        name="completeness",
        title=_finding(fields, context),
        subtitle=context.subtitle(fields[0].table, "How often each field is filled"),
        marks=Strips(key, strips),
        caution=caution,
        source=context.source,
        alternative=f"Strips of how much of each field is recorded: {told}.",
        table=_behind(fields, context),
    )


def _strip(counts: Counts, context: Context) -> Strip:
    """Cut a field into what is recorded and the kinds of nothing; a withheld kind hides what is recorded."""
    (field,) = counts.fields
    total, recorded = counts.total.count or 1, counts.recorded(field)
    parts = [Part(RECORDED, None if recorded is None else permille(recorded, total), "quantity")]
    for code, label, paint in NOT_SAID:
        cell = counts.cell(**{field: code}) or Cell(0, 0, 0)
        parts.append(Part(label, None if cell.count is None else permille(cell.count, total), paint))
    return Strip(context.head(field), tuple(parts), "not shown" if recorded is None else percent(recorded, total))


def _finding(fields: list[Counts], context: Context) -> str:
    """Say which field is recorded least."""
    known = [(counts, recorded) for counts in fields if (recorded := counts.recorded(counts.fields[0])) is not None]
    if not known:
        return "How much of each field is recorded is withheld"
    least, recorded = min(known, key=lambda pair: permille(pair[1], pair[0].total.count or 1))
    total = least.total.count or 1
    if recorded == total:
        return "Every field is recorded throughout"
    name, units = context.field(least.fields[0]), plural(least.table.unit)
    among = "" if len(known) == len(fields) else " of the fields shown"
    return f"Recorded least often{among}: {name}, in {percent(recorded, total)} of {units}"


def _behind(fields: list[Counts], context: Context) -> TableView:
    rows = []
    for counts in fields:
        (field,) = counts.fields
        recorded = counts.recorded(field)
        rows.append(
            Row(
                context.head(field),
                (
                    Value("not shown", "withheld") if recorded is None else Value(whole(recorded)),
                    *(shown(counts.cell(**{field: code})) for code, _, _ in NOT_SAID),
                    shown(counts.cell(**{field: TOTAL})),
                    Value(_strip(counts, context).text),
                ),
            )
        )
    return TableView(
        name="quality",
        caption="How much of each field is recorded",
        head="Field",
        columns=(RECORDED, *(label for _, label, _ in NOT_SAID), "Total", "Recorded, %"),
        rows=tuple(rows),
        notes=("Recorded is the total without the kinds of nothing, all of which are published.",),
        files=tuple(counts.table.name for counts in fields),
    )
