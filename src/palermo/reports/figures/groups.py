"""Grouped bars: sex or gender by age group, and entities by status."""

from __future__ import annotations

from palermo.reports.cells import Counts, in_order, shown
from palermo.reports.context import Context
from palermo.reports.description import FigureSpec
from palermo.reports.marks import Bar, Bars, Group
from palermo.reports.numbers import counted, plural, share_of, upper_first
from palermo.reports.palette import for_field
from palermo.reports.tableviews import crossing
from palermo.tables import NOTHING

__all__ = ["entities_by_status", "sex_by_age"]


def sex_by_age(counts: Counts, context: Context) -> FigureSpec | None:
    """Describe sex or gender within each age group."""
    sex = next((field for field in ("sex", "gender") if field in counts.fields), None)
    if sex is None or "age_group" not in counts.fields:
        return None
    title = _sex_finding(counts, sex, context)
    name = context.labels.field_label(sex)
    return _grouped(counts, ("age_group", sex), context, title=title, measured=f"{name} by age group")


def entities_by_status(counts: Counts, context: Context) -> FigureSpec | None:
    """Describe what each reporting entity holds, each status by itself."""
    if "reporting_entity" not in counts.fields or "status" not in counts.fields:
        return None
    return _grouped(
        counts,
        ("reporting_entity", "status"),
        context,
        title=_status_finding(counts, context),
        measured="Status of the victim by reporting entity",
    )


def _grouped(counts: Counts, by: tuple[str, str], context: Context, *, title: str, measured: str) -> FigureSpec | None:
    outer, inner = by
    groups = tuple(
        group
        for code in in_order(outer, counts.codes(outer), context.labels)
        if (group := _group(counts, outer, code, inner, context)).bars
    )
    if not groups:
        return None
    told = "; ".join(_told(group) for group in groups)
    return FigureSpec(
        name=f"{counts.table.name}-{outer}-{inner}",
        title=title,
        subtitle=context.subtitle(counts.table, measured),
        marks=Bars(groups),
        caution=context.cautions(counts, field=outer if outer == "age_group" else ""),
        source=context.source,
        alternative=f"Bars of {measured[:1].lower() + measured[1:]}. {told}.",
        table=crossing(counts, outer, inner, context),
    )


def _told(group: Group) -> str:
    return f"{group.label}: " + ", ".join(f"{bar.label} {bar.text}" for bar in group.bars)


def _group(counts: Counts, outer: str, code: str, inner: str, context: Context) -> Group:
    bars = []
    for part in in_order(inner, counts.codes(inner), context.labels):
        cell = counts.cell(**{outer: code, inner: part})
        if cell is not None and cell.count != 0:
            paint = for_field(inner, part)
            label = context.nothing(inner, part) if part in NOTHING else context.label(inner, part)
            bars.append(Bar(label, cell.mark, shown(cell).text, paint, low=cell.low, high=cell.high))
    return Group(context.nothing(outer, code) if code in NOTHING else context.label(outer, code), tuple(bars))


def _status_finding(counts: Counts, context: Context) -> str:
    """Say how many are identified and how many presumed; the two are never added."""
    parts = []
    for code in ("identified", "presumed"):
        cell = counts.cell(status=code)
        if cell is not None and cell.count:
            label = context.label("status", code).lower()
            parts.append(f"{label}s: {counted(cell.count, counts.table.unit)}")
    if all(cell.is_withheld for cell in counts.cells.values()):
        return "Every number on reporting entities and status is withheld in this release"
    if len(parts) < 2:
        return "What each reporting entity holds, each status by itself"
    return upper_first("; ".join(parts)) + "; the two are not added"


def _largest_group(counts: Counts, sex: str, context: Context) -> str:
    """Name the largest group of a sex and an age that is published, where no share of a whole can be said."""
    groups = [
        (cell.count, code, age)
        for code in counts.codes(sex, within="age_group")
        for age in counts.codes("age_group", within=sex)
        if not {code, age} & set(NOTHING) and (cell := counts.cell(**{sex: code, "age_group": age})) and cell.count
    ]
    if not groups:
        return f"The numbers by {context.field(sex)} and age group are withheld in this release"
    number, code, age = max(groups, key=lambda group: group[0])
    label = f"{context.label(sex, code)}, {context.label('age_group', age).lower()}"
    return f"{label}: {counted(number, counts.table.unit)}, the largest group of which a number is published"


def _sex_finding(counts: Counts, sex: str, context: Context) -> str:
    """Say the share of the most frequent sex and of children, where both can be said."""
    units, name = plural(counts.table.unit), context.field(sex)
    verb = "are" if counts.table.unit == "person" else "are marked"
    recorded = counts.recorded(sex)
    shares = [
        (cell.count, code)
        for code in counts.codes(sex)
        if code not in NOTHING and (cell := counts.cell(**{sex: code})) is not None and cell.count
    ]
    if not shares or not recorded:
        return _largest_group(counts, sex, context)
    number, code = max(shares, key=lambda share: share[0])
    label = context.label(sex, code).lower()
    said = upper_first(share_of(number, recorded, f"{units} with a known {name}")) + f" {verb} {label}"
    aged, child = counts.recorded("age_group"), counts.cell(age_group="child")
    if aged and child is not None and child.count and not child.is_interval:
        said += f"; {share_of(child.count, aged, f'of those with a known age {verb} under 18')}"
    return said
