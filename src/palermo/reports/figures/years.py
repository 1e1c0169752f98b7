"""Years: the whole over time as columns, or its categories as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from palermo.reports.cells import Cell, Counts, in_order, shown
from palermo.reports.context import CHANGING, REGIONAL, Context
from palermo.reports.description import FigureSpec
from palermo.reports.figures.leading import leading_over_years, most_of_years, share_in_year
from palermo.reports.marks import Point, Series, Years
from palermo.reports.numbers import lower_first, plural, upper_first
from palermo.reports.palette import for_field
from palermo.reports.tableviews import along, crossing
from palermo.tables import NOTHING

__all__ = ["by_year", "category_lines", "years_of"]

NOT_COMPLETE = "{years} not complete: reports still come in, and the lower number is no fall."
STACKED = "Columns and their numbers are of countries named by the source; regional rows stand on top, lighter."
LEAST_COLUMNS = "Columns show the least that the number can be; thin lines reach to the most."
LEAST_LINES = "Lines show the least that the number can be; the most is in the table."
NOISY_COLUMNS = "Columns show numbers with noise; the count lies within the thin lines 95 times in 100."
NOISY_LINES = "Lines show numbers with noise; the interval of each is in the table."
NAMED = "The lines are of countries named by the source; regional rows without a country are in the file."


def by_year(counts: Counts, context: Context) -> FigureSpec | None:
    """Describe the whole by year, with the part that names no country apart."""
    part = _regional(counts, context)
    cells = years_of(counts, context, {"area": "named"} if part else None)
    if len(cells) < 2:
        return None
    what, noun = _what(counts, context), context.noun(counts.table)
    marks = Years(tuple(cells), (_series(what, "quantity", cells),), _provisional(cells, counts, context), part)
    words = NOISY_COLUMNS if counts.table.noisy else LEAST_COLUMNS
    said = [words] if any(cell.is_interval for cell in cells.values()) else []
    told = _told(cells)
    if part:
        said += [STACKED, REGIONAL]
        told += f". Besides, in regional rows that name no country: {_told(_at_area(counts, cells, 'not-applicable'))}"
    return FigureSpec(
        name=f"{counts.table.name}-years",
        title=most_of_years(what, cells, marks.provisional),
        subtitle=context.subtitle(counts.table, "By year" if noun else "Number by year"),
        marks=marks,
        caution=" ".join((context.cautions(counts), CHANGING, *_lag(marks.provisional), *said)),
        source=context.source,
        alternative=f"Columns by year: {told}.",
        table=crossing(counts, "year", "area", context) if part else along(counts, "year", cells, context),
    )


def category_lines(counts: Counts, field: str, context: Context) -> FigureSpec | None:
    """Describe the categories of a field over the years, most frequent first."""
    at = {"area": "named"} if "area" in counts.fields else {}
    rows = _rows(counts, field, context, at)
    drawn = {code: cells for code, cells in rows.items() if _is_mostly_shown(cells)}
    years = in_order("year", {year for cells in drawn.values() for year in cells}, context.labels)
    if len(years) < 2:
        return None
    ordered = _distinct(field, sorted(in_order(field, drawn, context.labels), key=lambda code: -_weight(drawn[code])))
    provisional = _provisional(years, counts, context)
    complete = [year for year in years if year not in provisional]
    title = share_in_year(counts, field, rows, complete, context) or leading_over_years(
        counts, field, rows, complete, context
    )
    said = [NAMED] if at else []
    if any(cell.is_interval for code in ordered for cell in rows[code].values()):
        said.append(NOISY_LINES if counts.table.noisy else LEAST_LINES)
    series = tuple(_series(context.label(field, code), for_field(field, code), rows[code]) for code in ordered)
    told = "; ".join(f"{context.label(field, code)}: {_told(rows[code])}" for code in ordered)
    return FigureSpec(
        name=f"{counts.table.name}-{field}-lines",
        title=title,
        subtitle=context.subtitle(counts.table, f"By {context.field(field)} and year"),
        marks=Years(years, series, provisional),
        caution=" ".join(
            (context.cautions(counts), CHANGING, *_lag(provisional), *_left_out(len(rows) - len(ordered)), *said)
        ),
        source=context.source,
        alternative=f"Lines by year. {told}.",
        table=crossing(counts, field, "year", context, at=at),
    )


def years_of(counts: Counts, context: Context, at: Mapping[str, str] | None = None) -> dict[str, Cell]:
    """Find the cell of each year that has one, years in order, other dimensions at their totals or where told."""
    fixed = dict(at or {})
    within = next((field for field in fixed if field != "area"), "")
    listed = (code for code in counts.codes("year", within=within) if code not in NOTHING)
    found = {year: counts.cell(**{**fixed, "year": year}) for year in in_order("year", listed, context.labels)}
    return {year: cell for year, cell in found.items() if cell is not None}


def _what(counts: Counts, context: Context) -> str:
    return context.noun(counts.table) or upper_first(plural(counts.table.unit))


def _rows(counts: Counts, field: str, context: Context, at: Mapping[str, str]) -> dict[str, dict[str, Cell]]:
    codes = [code for code in counts.codes(field, within="year") if code not in NOTHING]
    return {code: years_of(counts, context, {field: code, **at}) for code in codes}


def _series(label: str, paint: str, cells: Mapping[str, Cell]) -> Series:
    return Series(label, paint, tuple(Point(year, cell.mark, cell.low, cell.high) for year, cell in cells.items()))


def _at_area(counts: Counts, years: Iterable[str], area: str) -> dict[str, Cell]:
    """Find the cells of an area; a year without regional rows has none."""
    places = {field: nth for nth, field in enumerate(counts.fields)}
    key = ["total"] * len(places)
    found = {}
    for year in years:
        key[places["year"]], key[places["area"]] = year, area
        if tuple(key) in counts.cells:
            found[year] = counts.cells[tuple(key)]
    return found


def _regional(counts: Counts, context: Context) -> Series | None:
    """Give the part that names no country, if there is one and its numbers are shown."""
    if "area" not in counts.fields:
        return None
    cells = _at_area(counts, years_of(counts, context), "not-applicable")
    if not cells or any(cell.is_withheld for cell in cells.values()):
        return None
    return _series(context.label("area", "not-applicable"), "quantity-soft", cells)


def _is_mostly_shown(cells: Mapping[str, Cell]) -> bool:
    """A line of gaps or of zeros shows nothing; half of its years at least are published."""
    n_shown = sum(not cell.is_withheld for cell in cells.values())
    return any(cell.mark for cell in cells.values()) and 2 * n_shown >= len(cells)


def _distinct(field: str, codes: list[str]) -> list[str]:
    """Keep the first code of each colour, so that no two lines can be taken for each other."""
    paints: dict[str, str] = {}
    for code in codes:
        paints.setdefault(for_field(field, code), code)
    return [code for code in codes if code in paints.values()]


def _left_out(n_codes: int) -> list[str]:
    if not n_codes:
        return []
    noun = "category" if n_codes == 1 else "categories"
    return [f"{n_codes} {noun} with smaller numbers or with gaps: see the table."]


def _weight(cells: Mapping[str, Cell]) -> int:
    """Weigh a line, for its place only; the sum itself is never shown."""
    return sum(cell.mark or 0 for cell in cells.values())


def _provisional(years: Iterable[str], counts: Counts, context: Context) -> frozenset[str]:
    """Name the years that are said to be not complete."""
    return frozenset(year for year in years if context.is_provisional(year, counts.table))


def _lag(provisional: frozenset[str]) -> list[str]:
    if not provisional:
        return []
    verb = "is" if len(provisional) == 1 else "are"
    return [NOT_COMPLETE.format(years=f"{', '.join(sorted(provisional))} {verb}")]


def _told(cells: Mapping[str, Cell]) -> str:
    return ", ".join(f"{year} {lower_first(shown(cell).text)}" for year, cell in cells.items())
