"""The standard tables: what every publication counts, as far as its data say it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl
from ibis.expr.types import Table

from palermo.standard import Standard
from palermo.statistics.records import Counted, count_records
from palermo.statistics.reported import reporting_countries, sum_reported
from palermo.tables import MEASURES, Dimension, Engine, Tabulation

__all__ = ["RECORD_TABLES", "count_findings", "count_quality", "lagging_year", "record_tables", "reported_tables"]


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    title: str
    by: tuple[str, ...]


RECORD_TABLES = (
    _Wanted(
        "by-form-sex-age-year",
        "{Units} by form of exploitation, {sex}, age and year",
        ("form_of_exploitation", "{sex}", "age_group", "year"),
    ),
    _Wanted("by-citizenship", "{Units} by citizenship", ("citizenship",)),
    _Wanted("by-country-of-exploitation", "{Units} by country of exploitation", ("country_of_exploitation",)),
    _Wanted("means-of-control", "{Units} by means of control", ("means_of_control",)),
    _Wanted("recruiter-relation", "{Units} by relation of the recruiter", ("recruiter_relation",)),
    _Wanted(
        "corridors", "{Units} by citizenship and country of exploitation", ("citizenship", "country_of_exploitation")
    ),
    _Wanted("by-entity-and-status", "{Units} by reporting entity and status", ("reporting_entity", "status")),
)
"""The tables of every publication made from records."""

_REPORTED_TABLES = (
    ("by-year", "by year", ("year",)),
    ("by-country-and-year", "by country and year", ("country", "year")),
    ("by-sex-and-year", "by sex and year", ("sex", "year")),
    ("by-age-and-year", "by age and year", ("age_group", "year")),
    ("by-form-and-year", "by form of exploitation and year", ("form_of_exploitation", "year")),
)
_LAG = 0.7


def record_tables(
    cases: Table, what: Counted, filled: Mapping[str, int], *, standard: Standard, engine: Engine
) -> list[Tabulation]:
    """Count the standard tables, leaving out those whose fields the data never fill.

    Parameters
    ----------
    filled
        In how many rows each field says something. Sex is taken where it is filled at least as often as gender.
    """
    sex = "sex" if filled.get("sex", 0) >= max(1, filled.get("gender", 0)) else "gender"
    units = f"{what.unit}s"
    tables = []
    for wanted in RECORD_TABLES:
        by = tuple(sex if field == "{sex}" else field for field in wanted.by)
        by = tuple(field for field in by if filled.get(field))
        if len(by) < min(2, len(wanted.by)):
            continue
        words = {"Units": units.capitalize(), "sex": sex}
        title = wanted.title.format(**words)
        tables.append(count_records(cases, by, what, name=wanted.name, title=title, standard=standard, engine=engine))
    return tables


def reported_tables(cells: Table, *, standard: Standard, engine: Engine) -> list[Tabulation]:
    """Sum the standard tables of every indicator that the data have, leaving out empty ones."""
    known = engine.collect(cells.select("indicator").distinct())["indicator"].drop_nulls().sort()
    tables = []
    for indicator in known:
        label = standard.label("indicator", indicator)
        lag = lagging_year(cells, indicator, engine)
        for name, words, by in _REPORTED_TABLES:
            table = sum_reported(
                cells,
                by,
                indicator=indicator,
                name=f"{indicator}-{name}",
                title=f"{label} {words}",
                standard=standard,
                engine=engine,
            )
            if table.cells.height:
                tables.append(replace(table, notes=(*table.notes, *([lag] if lag else []))))
    return tables


def lagging_year(cells: Table, indicator: str, engine: Engine) -> str | None:
    """Say it when the last year has far fewer countries than the one before: a reporting lag is no fall."""
    by_year = reporting_countries(cells, indicator, engine).tail(2)
    if by_year.height < 2:
        return None
    (before, many), (last, few) = by_year.rows()
    if few >= many * _LAG:
        return None
    return f"{last}: {few} countries so far, after {many} in {before}. This is a lag in reporting and not a fall."


def count_quality(
    cases: Table, fields: Sequence[str], what: Counted, *, standard: Standard, engine: Engine
) -> list[Tabulation]:
    """Count each field by itself, to show how complete it is.

    These are margins of the other tables, the same numbers under the same names, and are protected with them.
    """
    tables = []
    for field in fields:
        name, title = f"quality-{field.replace('_', '-')}", f"{standard.field_label(field)}: completeness"
        table = count_records(cases, (field,), what, name=name, title=title, standard=standard, engine=engine)
        tables.append(replace(table, kind="quality"))
    return tables


def count_findings(
    summary: pl.DataFrame, what: Counted, *, coarse: Collection[str] = (), base: int = 10
) -> list[Tabulation]:
    """Count findings by rule. A row can break several rules, so the rules don't add up to anything.

    Parameters
    ----------
    coarse
        Rules whose numbers are rounded down to multiples of ``base``: those of the publisher's own, which can ask for
        any group of persons. The difference of two of them, or to a table, would be somebody.
    """
    if summary.is_empty():
        return []
    counted = summary.group_by("rule").agg(contributors=pl.col("rows").sum().cast(pl.Int64)).sort("rule")
    rows, own = pl.col("contributors"), pl.col("rule").is_in(list(coarse))
    count = pl.when(own).then(rows // base * base).otherwise(rows)
    cells = counted.with_columns(count=count, low=count, high=count, below_threshold_cells=pl.lit(0, pl.Int64))
    coarsely = f"The numbers of the publisher's own rules are rounded down to multiples of {base}."
    noted = (coarsely,) if set(coarse) & set(cells["rule"]) else ()
    table = Tabulation(
        name="quality-findings",
        title="Findings by rule",
        dimensions=(Dimension("rule", "reported"),),
        unit="finding",
        population=what.population,
        cells=cells.select("rule", *MEASURES),
        notes=("A rule says what holds; its number is that of the rows that break it.", *noted),
        universe="findings",
        kind="quality",
    )
    return [table]
