"""Quality as statistical offices mean it: six questions, each answered by shares of rows, by field and by year.

The six are those of the European Statistics Code of Practice and of the UN's quality assurance framework. A share is
kept as its two whole numbers, so that it can be added up and checked.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

import ibis
import polars as pl
from ibis.expr.types import BooleanValue, IntegerValue, Table

from palermo.intake.coding import BORN_ON
from palermo.intake.derivation import following
from palermo.intake.examination import Examined
from palermo.intake.mapping import Mapping
from palermo.intake.quality import FILLED
from palermo.standard import Field, Standard
from palermo.tables import NOTHING, SOURCE_ROW, Engine

__all__ = ["DIMENSIONS", "Measured", "days_behind", "measure_dimensions", "missed", "unasked"]

DIMENSIONS: MappingABC[str, str] = {
    "relevance": "Does it hold what the field's smallest common tables need?",
    "completeness": "How much of what it could say does it say?",
    "accuracy": "Could each row be read, and can it be true?",
    "timeliness": "How soon is a person's detection on record?",
    "coherence": "Do fields, rows and totals agree with one another?",
    "comparability": "Are its words and units those of others, and of other years?",
}
"""Each dimension with the question it asks."""

_ASKED = {
    "records": (
        "year",
        "sex",
        "age_group",
        "citizenship",
        "country_of_exploitation",
        "form_of_exploitation",
        "means",
        "status",
        "status_decided_by",
    ),
    "aggregates": ("indicator", "country", "year", "sex", "age_group", "form_of_exploitation", "unit_measure"),
}
"""What the smallest common tables need of a source, by its shape."""
_OR = {"sex": "gender", "age_group": "age_band", "means": "means_of_control", "form_of_exploitation": "purpose"}
"""What says enough of the same."""

_OF_EVERY_CELL = ("indicator", "country", "sex", "age_group", "unit_measure")
"""What every aggregate should say; a form or a citizenship is said by those that are broken down by it."""
_SOON = 30
_COHERENCE = (
    "date.",
    "age.against",
    "age_group.against",
    "record.repeated",
    "record_id.repeated",
    "aggregate.repeated",
    "aggregate.conflicting",
    "victims.sexes",
    "victims.ages",
    "persons.sexes",
    "persons.ages",
    "offences.forms",
    "value.leaps",
    "total.multiplied",
    "core.",
    "status.",
)
_COMPARABILITY = ("code.unmapped", "unit.", "column.mixed", "country.two-names", "aggregate.no-country")


@dataclass(frozen=True, slots=True)
class Measured:
    """So many rows of so many, of one dimension."""

    dimension: str
    field: str
    """Empty where whole rows are counted."""
    year: int | None
    """None for all years together."""
    part: int
    whole: int


def measure_dimensions(examined: Examined, standard: Standard, engine: Engine) -> tuple[Measured, ...]:
    """Answer the six questions for a file, for all years together and for each.

    A dimension of which a source can say nothing is not among the answers: without both dates, nobody knows how soon a
    detection was recorded.
    """
    fields = _filled(examined, standard)
    n_asked = len(_ASKED[examined.mapping.shape])
    relevant = Measured("relevance", "", None, n_asked - len(missed(examined)), n_asked)
    rows = [relevant, *_complete(examined, fields, engine), *_sound(examined, engine), *_soon(examined, fields, engine)]
    return (*rows, *_coded(examined, fields))


def missed(examined: Examined) -> list[str]:
    """Name the fields that the smallest common tables need and of which a source says nothing."""
    return _lacking(examined.mapping, _said(examined))


def unasked(mapping: Mapping) -> list[str]:
    """Name the fields that the smallest common tables need and that no column of a source could ever fill."""
    filled = {*mapping.fields, *mapping.constants, *mapping.above}
    filled |= {BORN_ON} if "birth_date" in mapping.identity else set()
    return _lacking(mapping, filled | following(filled))


def _lacking(mapping: Mapping, filled: Set[str]) -> list[str]:
    return [name for name in _ASKED[mapping.shape] if filled.isdisjoint({name, _OR.get(name, name)})]


def days_behind(examined: Examined, engine: Engine, as_of: date) -> int | None:
    """Count the days from the last day, or the last year, of which a source speaks to a day."""
    table = examined.table
    last = engine.collect(table.aggregate(day=table.registered_on.max(), year=table.year.max())).row(0)
    end = last[0] or (last[1] and date(int(last[1]), 12, 31))
    return max((as_of - end).days, 0) if end else None


def _filled(examined: Examined, standard: Standard) -> dict[str, Field]:
    said = _said(examined)
    return {name: field for name, field in standard.fields.items() if name in said}


def _said(examined: Examined) -> set[str]:
    return set(examined.quality.filter((pl.col("state") == FILLED) & (pl.col("rows") > 0))["field"])


def _by_year(table: Table, counts: MappingABC[str, IntegerValue], engine: Engine) -> pl.DataFrame:
    """Count all rows, and those of each year that is known."""
    counted = table.group_by("year").agg(**counts)
    each = engine.collect(counted).with_columns(pl.col("year").cast(pl.Int64))
    whole = each.select(pl.lit(None, pl.Int64).alias("year"), pl.col(*counts).sum())
    return pl.concat([whole, each.drop_nulls("year").select("year", *counts).sort("year")])


def _complete(examined: Examined, fields: MappingABC[str, Field], engine: Engine) -> list[Measured]:
    table = examined.table
    said = {f"n_{name}": _says(table, field).sum().fill_null(0) for name, field in fields.items()}
    counted = _by_year(table, {"rows": table.count(), **said}, engine)
    return [
        Measured("completeness", name, row["year"], int(row[f"n_{name}"]), int(row["rows"]))
        for row in counted.iter_rows(named=True)
        for name in fields
        if name != "year" and (examined.mapping.shape == "records" or name in _OF_EVERY_CELL)
    ]


def _says(table: Table, field: Field) -> BooleanValue:
    column = table[field.field]
    if not field.is_coded:
        return column.notnull()
    said = column[0] if field.type == "codes" else column
    return column.notnull() & said.notin(NOTHING)


def _sound(examined: Examined, engine: Engine) -> list[Measured]:
    """Count the rows that break no rule of accuracy, of coherence and of comparability."""
    table = examined.table
    rules = {rule: level for rule, (level, _) in examined.told.items() if level != "note"}
    kinds: dict[str, list[str]] = {"accuracy": [], "coherence": [], "comparability": []}
    for rule in rules:
        kinds[_kind(rule)].append(rule)
    marked = table
    for kind, names in kinds.items():
        rows = examined.findings.filter(examined.findings.rule.isin(names)).select(SOURCE_ROW).distinct()
        rows = rows.mutate(**{f"breaks_{kind}": ibis.literal(1)})
        marked = marked.left_join(rows, SOURCE_ROW).drop(f"{SOURCE_ROW}_right")
    broken = {kind: marked[f"breaks_{kind}"].fill_null(0).sum() for kind in kinds}
    counted = _by_year(marked, {"rows": marked.count(), **broken}, engine)
    set_aside = examined.quarantine.height
    found = []
    for row in counted.iter_rows(named=True):
        lost = set_aside if row["year"] is None else 0  # of a row that could not be read, nobody knows the year
        found += [
            Measured(
                kind, "", row["year"], int(row["rows"] - row[kind]), int(row["rows"]) + lost * (kind == "accuracy")
            )
            for kind in kinds
        ]
    return found


def _kind(rule: str) -> str:
    if rule.startswith(_COMPARABILITY):
        return "comparability"
    return "coherence" if rule.startswith(_COHERENCE) and rule != "date.unreadable" else "accuracy"


def _soon(examined: Examined, fields: MappingABC[str, Field], engine: Engine) -> list[Measured]:
    if not {"detected_on", "registered_on"} <= fields.keys():
        return []
    table = examined.table
    days = table.registered_on.delta(table.detected_on, unit="day")
    known = days.notnull() & (days >= 0)
    counts = {"soon": (known & (days <= _SOON)).sum().fill_null(0), "known": known.sum().fill_null(0)}
    counted = _by_year(table, counts, engine)
    return [
        Measured("timeliness", "", row["year"], int(row["soon"]), int(row["known"]))
        for row in counted.iter_rows(named=True)
        if row["known"]
    ]


def _coded(examined: Examined, fields: MappingABC[str, Field]) -> list[Measured]:
    """Say of each coded field how many of the cells that say something have a code."""
    uncoded = dict(examined.unmapped.group_by("field").agg(pl.col("rows").sum()).rows())
    filled = dict(examined.quality.filter(pl.col("state") == FILLED).select("field", "rows").rows())
    coded: Sequence[str] = [name for name, field in fields.items() if field.is_coded or name in uncoded]
    return [
        Measured("comparability", name, None, filled[name], filled[name] + int(uncoded.get(name, 0))) for name in coded
    ]
