"""Findings over years: said only where the published numbers, withheld ones and intervals leave no doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from palermo.reports.cells import Cell, Counts, leads
from palermo.reports.context import Context
from palermo.reports.numbers import lower_first, percent_between, upper_first, whole

__all__ = ["leading_over_years", "most_of_years", "share_in_year"]

Rows = Mapping[str, Mapping[str, Cell]]


def most_of_years(what: str, cells: Mapping[str, Cell], provisional: frozenset[str]) -> str:
    """Say which complete year has the greatest number, and which years are not complete."""
    complete = {year: cell for year, cell in cells.items() if year not in provisional}
    known = {year: cell for year, cell in complete.items() if cell.mark is not None}
    if not known:
        return f"{what}: every year is withheld or not complete"
    best = max(known, key=lambda year: known[year].mark or 0)
    others = [cell.high or 0 for year, cell in known.items() if year != best]
    number = _least(known[best])
    said = f"{what}: {number} in {best}"
    if others and max(others) < (known[best].low or 0):
        those = "year" if len(known) == len(complete) else "year that is shown"
        said += f", the most of any {'complete ' if provisional else ''}{those}"
    elif others:
        said = f"{what}: at most {whole(max(cell.high or 0 for cell in known.values()))} a year"
    if provisional:
        said += f"; {', '.join(sorted(provisional))} {'is' if len(provisional) == 1 else 'are'} not complete"
    return said


def share_in_year(counts: Counts, field: str, rows: Rows, complete: Sequence[str], context: Context) -> str:
    """Say the share of the largest category in the last complete year, if the categories are reported apart.

    Intervals give a share between two bounds; nothing is said where a category is withheld or the largest is in doubt.
    """
    noun = lower_first(context.noun(counts.table))
    if not noun or not complete:
        return ""
    year = complete[-1]
    cells = {code: cells[year] for code, cells in rows.items() if year in cells}
    if len(cells) < 2 or any(cell.low is None or cell.high is None for cell in cells.values()):
        return ""
    low = {code: cell.low or 0 for code, cell in cells.items()}
    high = {code: cell.high or 0 for code, cell in cells.items()}
    best = max(low, key=lambda code: low[code])
    others = [code for code in cells if code != best]
    if max(high[code] for code in others) >= low[best]:
        return ""
    least = (low[best], low[best] + sum(high[code] for code in others))
    most = (high[best], high[best] + sum(low[code] for code in others))
    name, label = context.field(field), lower_first(context.label(field, best))
    verb = "were" if field in ("sex", "gender", "age_group") else "were reported as"
    return f"In {year}, {percent_between(least, most)} of {noun} with a reported {name} {verb} {label}"


def leading_over_years(counts: Counts, field: str, rows: Rows, complete: Sequence[str], context: Context) -> str:
    """Say which category is most frequent, and in how many years: of those shown in full, where there are any."""
    full = [year for year in complete if not any(cells[year].is_withheld for cells in rows.values() if year in cells)]
    years = full or complete
    won, doubt = dict.fromkeys(rows, 0), 0
    for year in years:
        marks = {code: cells[year].mark or 0 for code, cells in rows.items() if year in cells}
        if any(marks.values()):
            best = max(marks, key=lambda code: marks[code])
            doubt += counts.table.noisy and not leads(
                rows[best][year], [rows[code][year] for code in marks if code != best]
            )
            won[best] += 1
    n_years, name = sum(won.values()), context.field(field)
    if doubt:
        return f"{upper_first(name)} by year, as far as the noise lets us tell"
    if not n_years:
        return f"{upper_first(name)} by year: no number of a complete year is shown"
    code = max(won, key=lambda code: won[code])
    when = f"{won[code]} of {n_years} years"
    if won[code] == n_years:
        when = "the one year" if n_years == 1 else f"each of the {n_years} years"
    if len(years) < len(complete):
        when += " shown in full"
    elif won[code] == len(complete):
        when = "every complete year"
    among = "" if full else " among the numbers that are shown"
    return f"{context.label(field, code)} is the most frequent {name}{among} in {when}"


def _least(cell: Cell) -> str:
    return f"at least {whole(cell.low or 0)}" if cell.is_interval else whole(cell.count or 0)
