"""Bars: how often each category of a field is in the data."""

from __future__ import annotations

from palermo.reports.cells import ZERO, Cell, Counts, in_order, leads, shown
from palermo.reports.context import Context
from palermo.reports.description import FigureSpec
from palermo.reports.marks import Bar, Bars, Group
from palermo.reports.numbers import counted, joined, lower_first, percent, plural, share_of, upper_first
from palermo.reports.palette import for_field
from palermo.reports.tableviews import along
from palermo.tables import NOTHING, TOTAL

__all__ = ["category_bars", "country_bars"]

MOST_BARS = 15
QUOTED = ("means_of_control", "recruiter_relation")
"""Fields whose labels are no nouns that a sentence could go on with."""

COUNTRIES = {"citizenship": "citizenships", "country_of_exploitation": "countries of exploitation"}


def category_bars(counts: Counts, field: str, context: Context) -> FigureSpec | None:
    """Describe the categories of a field, each with its share of those who record the field."""
    codes = _by_number(counts, field, context)
    if not codes:
        return None
    overlapping = _is_overlapping(counts, field)
    title = _finding(counts, field, codes, context)
    return _figure(counts, field, codes, context, title=title, overlapping=overlapping)


def country_bars(counts: Counts, field: str, context: Context) -> FigureSpec | None:
    """Describe the countries with the largest numbers by the alphabet: a list by number reads as a league table."""
    ordered = [code for code in _by_number(counts, field, context) if code not in NOTHING]
    if not ordered:
        return None
    nothing = [code for code in _by_number(counts, field, context) if code in NOTHING]
    chosen = ordered[:MOST_BARS]
    title = _country_finding(counts, field, chosen, context)
    codes = [*in_order(field, chosen, context.labels), *nothing]
    return _figure(counts, field, codes, context, title=title, overlapping=False)


def _is_overlapping(counts: Counts, field: str) -> bool:
    return any(dimension.field == field and dimension.codes == "overlapping" for dimension in counts.table.dimensions)


def _by_number(counts: Counts, field: str, context: Context) -> list[str]:
    """Order codes by their number, withheld ones after the published, the codes for nothing last."""
    codes = in_order(field, (code for code in counts.codes(field) if code != TOTAL), context.labels)

    def place(code: str) -> tuple[int, int]:
        cell = counts.cell(**{field: code})
        number = cell.mark if cell else None
        return (2 if code in NOTHING else int(number is None)), -(number or 0)

    return sorted((code for code in codes if counts.cell(**{field: code})), key=place)


def _figure(
    counts: Counts, field: str, codes: list[str], context: Context, *, title: str, overlapping: bool
) -> FigureSpec:
    recorded = counts.recorded(field)
    bars = tuple(_bar(counts, field, code, recorded, context) for code in codes)
    table = counts.table
    name = upper_first(context.field(field))
    measured = f"{name}, number and share of those where it is known" if recorded else name
    marks = Bars((Group("", bars),))
    said = [context.cautions(counts, field=field, overlapping=overlapping)]
    left = len(set(counts.codes(field)) - {TOTAL}) - len(codes)
    if left:
        said.append(f"The {MOST_BARS} with the largest numbers, by the alphabet; {left} more are in the table.")
    said += [f"The bar “{bar.label}” is broken: it is longer than drawn." for bar in bars if marks.is_broken(bar)]
    return FigureSpec(
        name=f"{table.name}-{field}",
        title=title,
        subtitle=context.subtitle(table, measured),
        marks=marks,
        caution=" ".join(said),
        source=context.source,
        alternative=f"Bars of {context.field(field)}: " + "; ".join(f"{bar.label} {bar.text}" for bar in bars) + ".",
        table=along(counts, field, _by_number(counts, field, context), context),
    )


def _bar(counts: Counts, field: str, code: str, recorded: int | None, context: Context) -> Bar:
    cell = counts.cell(**{field: code}) or Cell(None, None, None)
    text = shown(cell).text
    if recorded and cell.count is not None and not cell.is_interval and code not in NOTHING:
        text += f" · {percent(cell.count, recorded)}"
    return Bar(
        context.label(field, code),
        cell.mark,
        text,
        for_field(field, code),
        low=cell.low,
        high=cell.high,
        is_nothing=code in NOTHING,
    )


def _finding(counts: Counts, field: str, codes: list[str], context: Context) -> str:
    """Say which named category is recorded most, and in how large a share."""
    published = _published(counts, field, codes)
    name, units = context.field(field), plural(counts.table.unit)
    if not published:
        return f"Every number on {name} is withheld in this release"
    named = [pair for pair in published if pair[0] != "other"] or published
    apart = f"apart from “{context.label(field, 'other')}”, " if named[0] != published[0] else ""
    best = [code for code, number in named if number == named[0][1]]
    if counts.table.noisy and not _leads(counts, field, codes, best[0]):
        return f"No {name} stands out above the noise"
    if len(best) > 3:
        return f"No {name} stands out in the data"
    names = [context.label(field, code) for code in best]
    names = [lower_first(names[0]), *names[1:]] if apart else names
    labels = joined([f"“{name_}”" for name_ in names] if field in QUOTED else names)
    doubt = "" if _is_sure(counts, field, codes, named[0][1]) else " among the numbers that are shown"
    are = "is" if len(best) == 1 else "are each"
    recorded = counts.recorded(field)
    if not recorded:
        return upper_first(f"{apart}{labels} {are} recorded most{doubt}: {counted(named[0][1], counts.table.unit)}")
    for_or_in = "for" if counts.table.unit == "person" else "in"
    among = share_of(named[0][1], recorded, f"{units} with {_a(name)}")
    return upper_first(f"{apart}{labels} {are} recorded {for_or_in} {among}")


def _is_sure(counts: Counts, field: str, codes: list[str], best: int) -> bool:
    """Say whether no withheld category can be greater than the best one."""
    cells = [counts.cell(**{field: code}) for code in codes if code not in NOTHING]
    if not any(cell is not None and cell.is_withheld for cell in cells):
        return True
    recorded = counts.recorded(field)
    left = None if recorded is None else recorded - sum(cell.count or 0 for cell in cells if cell is not None)
    return left is not None and not _is_overlapping(counts, field) and left < best


def _leads(counts: Counts, field: str, codes: list[str], best: str) -> bool:
    others = (code for code in codes if code not in (best, "other", *NOTHING))
    return leads(counts.cell(**{field: best}) or ZERO, (counts.cell(**{field: code}) or ZERO for code in others))


def _country_finding(counts: Counts, field: str, codes: list[str], context: Context) -> str:
    """Say how much of the whole the countries with the largest numbers make up, naming none of them first."""
    published = _published(counts, field, codes)
    units, many = plural(counts.table.unit), COUNTRIES.get(field, "countries")
    if not published:
        return f"Every number on {context.field(field)} is withheld in this release"
    recorded = counts.recorded(field)
    together = sum(number for _, number in published)
    if not recorded or len(published) < 2:
        number = f"{len(published)} {many}" if len(published) > 1 else f"one {context.field(field)}"
        return f"A number is shown for {number}"
    if together == recorded:
        return f"{len(published)} {many} are recorded in {counted(recorded, counts.table.unit)}"
    share = share_of(together, recorded, f"the {units} with {_a(context.field(field))}")
    return f"{len(published)} {many} make up {share}"


def _published(counts: Counts, field: str, codes: list[str]) -> list[tuple[str, int]]:
    pairs = [(code, counts.cell(**{field: code})) for code in codes if code not in NOTHING]
    return [(code, cell.mark) for code, cell in pairs if cell is not None and cell.mark]


def _a(name: str) -> str:
    return f"known {name}" if name.startswith("means") else f"a known {name}"
