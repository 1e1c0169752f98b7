"""The numbers to remember: how many, when, where, and two shares."""

from __future__ import annotations

from palermo.reports.cells import Cell, Counts, shown
from palermo.reports.context import Context
from palermo.reports.description import KeyFigure
from palermo.reports.figures.years import years_of
from palermo.reports.numbers import lower_first, percent, plural, whole
from palermo.tables import NOTHING

__all__ = ["key_figures"]

MOST = 6


def key_figures(statistics: list[Counts], context: Context) -> tuple[KeyFigure, ...]:
    """Choose up to six numbers: wholes first, then years, shares and countries."""
    found: list[KeyFigure] = []
    for counts in statistics:
        if set(counts.fields) - {"area"} == {"year"} and context.noun(counts.table):
            found += _last_complete_year(counts, context)
    if not found and statistics:
        total, span = statistics[0].total, _span(statistics[0])
        status = ", of every status" if any("status" in counts.fields for counts in statistics) else ""
        value = whole(total.count or 0) if span else _short(total)
        found.append(KeyFigure(value, f"{plural(statistics[0].table.unit)} in this release{status}{span}"))
    found += [again for counts in statistics for again in _again(counts)]
    years = {year for counts in statistics if "year" in counts.fields for year in _years_shown(counts, context)}
    if years:
        found.append(KeyFigure(f"{min(years)}–{max(years)}" if len(years) > 1 else min(years), "years with a number"))
    found += [share for field in ("sex", "gender", "age_group") for share in _share(statistics, field, context)]
    for field, words in (("citizenship", "citizenships"), ("country_of_exploitation", "countries of exploitation")):
        n_codes, number = _n_published(statistics, field)
        found += [KeyFigure(whole(n_codes), f"{words} with a {number}")] if n_codes else []
    return tuple(found[:MOST])


def _span(counts: Counts) -> str:
    """Say how far noise has moved the whole, if it has."""
    low, high = counts.total.low, counts.total.high
    return f"; {whole(low)}–{whole(high)} for the noise" if counts.table.noisy and low and high else ""


def _short(cell: Cell) -> str:
    if cell.is_interval and cell.low is not None and cell.high is not None:
        return f"{whole(cell.low)}–{whole(cell.high)}"
    return shown(cell).text


def _again(counts: Counts) -> list[KeyFigure]:
    """Say how many records would have counted somebody double."""
    if "record_of_person" not in counts.fields:
        return []
    again = counts.cell(record_of_person="again")
    if again is None or again.is_withheld:
        return []
    records = f"{_short(counts.total)} {plural(counts.table.unit)}"
    return [KeyFigure(_short(again), f"of {records} are of somebody counted already, and are not counted again")]


def _last_complete_year(counts: Counts, context: Context) -> list[KeyFigure]:
    """Give the last complete year of an indicator, countries named by the source apart from regional rows."""
    noun = lower_first(context.noun(counts.table))
    at = {"area": "named"} if "area" in counts.fields else None
    cells = years_of(counts, context, at)
    complete = [year for year in cells if not context.is_provisional(year, counts.table)]
    if not complete:
        return []
    year = max(complete)
    where = " in countries named by the source" if at else ""
    return [KeyFigure(_short(cells[year]), f"{noun} in {year}{where}")]


def _years_shown(counts: Counts, context: Context) -> list[str]:
    return [year for year, cell in years_of(counts, context).items() if not cell.is_withheld]


def _share(statistics: list[Counts], field: str, context: Context) -> list[KeyFigure]:
    """Give the share of the most frequent sex, or of children, among what records the field."""
    counts = next((counts for counts in statistics if field in counts.fields and not counts.is_reported), None)
    recorded = counts.recorded(field) if counts else None
    if counts is None or not recorded:
        return []
    cells = {code: counts.cell(**{field: code}) for code in counts.codes(field) if code not in NOTHING}
    numbers = {code: cell.count for code, cell in cells.items() if cell is not None and cell.count}
    code = "child" if field == "age_group" else max(numbers, key=lambda code: numbers[code], default="")
    if code not in numbers:
        return []
    units, label = plural(counts.table.unit), lower_first(context.label(field, code))
    words = f"{label}, of {whole(recorded)} {units} with a known {context.field(field)}"
    return [KeyFigure(percent(numbers[code], recorded), words)]


def _n_published(statistics: list[Counts], field: str) -> tuple[int, str]:
    """Count the countries with a published number, or one that is no mere noise, in the table only about them."""
    for counts in statistics:
        if counts.fields == (field,):
            cells = [counts.cell(**{field: code}) for code in counts.codes(field) if code not in NOTHING]
            if counts.table.noisy:
                return sum(1 for cell in cells if cell is not None and cell.low), "number above the noise"
            return sum(1 for cell in cells if cell is not None and cell.count), "published number"
    return 0, ""
