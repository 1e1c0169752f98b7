"""Which figures a table gives, by its dimensions; one file for each kind of figure."""

from __future__ import annotations

from palermo.reports.cells import Counts
from palermo.reports.context import Context
from palermo.reports.description import FigureSpec
from palermo.reports.figures.bars import category_bars, country_bars
from palermo.reports.figures.corridors import corridor_map, corridor_tiles
from palermo.reports.figures.groups import entities_by_status, sex_by_age
from palermo.reports.figures.strips import completeness
from palermo.reports.figures.years import by_year, category_lines

__all__ = ["completeness", "figures_of", "maps_of"]

COUNTRIES = {"citizenship", "country", "country_of_exploitation", "country_of_recruitment", "country_of_repatriation"}
CORRIDOR = {"citizenship", "country_of_exploitation"}
FORM = "form_of_exploitation"
FOREMOST = "detected-victims"
"""The indicator whose breakdowns are drawn; those of the others are read as tables, so that figures stay few."""


def figures_of(counts: Counts, context: Context) -> tuple[FigureSpec, ...]:
    """Describe the figures of a table; tables of countries over years are better read as tables."""
    fields = set(counts.fields) - {"area"}
    if context.noun(counts.table):
        found = _reported(counts, fields, context)
    elif fields == {"reporting_entity", "status"}:
        found = [entities_by_status(counts, context)]
    elif fields == {"year"}:
        found = [by_year(counts, context)]
    elif len(fields) == 1:
        (field,) = fields
        found = [(country_bars if field in COUNTRIES else category_bars)(counts, field, context)]
    elif len(fields) == 2 and "year" in fields:
        found = _over_years(counts, fields, context)
    elif FORM in fields and not counts.table.noisy:
        found = [category_bars(counts, FORM, context), sex_by_age(counts, context)]
        found += [by_year(counts, context), category_lines(counts, FORM, context)] if "year" in fields else []
    else:
        found = []
    return tuple(figure for figure in found if figure is not None)


def maps_of(counts: Counts, context: Context) -> tuple[FigureSpec, ...]:
    """Describe the map of a table of flows, and the same flows as tiles."""
    if not set(counts.fields) >= CORRIDOR:
        return ()
    found = (corridor_map(counts, context), corridor_tiles(counts, context))
    return tuple(figure for figure in found if figure is not None)


def _reported(counts: Counts, fields: set[str], context: Context) -> list[FigureSpec | None]:
    if fields == {"year"}:
        return [by_year(counts, context)]
    return _over_years(counts, fields, context) if counts.table.name.startswith(FOREMOST) else []


def _over_years(counts: Counts, fields: set[str], context: Context) -> list[FigureSpec | None]:
    others = fields - {"year"}
    field = next(iter(others), "")
    return [category_lines(counts, field, context)] if len(others) == 1 and field not in COUNTRIES else []
