"""An agency's file → a table in the standard, what is wrong with it, and how complete it is."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import ibis
import polars as pl
from ibis.expr.types import Table

from palermo.errors import InputError
from palermo.intake import aggregate_rules, figure_rules, record_rules  # noqa: F401 - they register their rules
from palermo.intake.aggregate_rules import is_first, is_settled
from palermo.intake.coding import AREA, HIGH, KEY, Coded, code_file, problem_of
from palermo.intake.derivation import derive, following
from palermo.intake.field_mapping import HEADING
from palermo.intake.figure_rules import count_figures
from palermo.intake.growth import find_multiplied
from palermo.intake.mapping import Mapping
from palermo.intake.quality import measure
from palermo.intake.raw import FILE_COLUMN, QUARANTINE, RawFile, RowFinding
from palermo.intake.reading import read_file
from palermo.intake.reshape import reshape
from palermo.intake.rules import RULES, Rule, Told, applying, find, told_of
from palermo.intake.title import with_above
from palermo.intake.values import Context
from palermo.standard import Standard
from palermo.tables import SOURCE_ROW, Engine

__all__ = ["SETTLED", "Examined", "examine", "values_without_code"]

SETTLED = "settled"
"""Whether no other row gives another value for what an aggregate speaks of."""
FIRST = "first"


@dataclass(frozen=True, slots=True)
class Examined:
    """What intake says about one file."""

    source: str
    mapping: Mapping
    table: Table
    """The accepted rows: records, or the cells of an aggregate."""
    findings: Table
    """``source_row``, ``rule``, ``field``. Never a cell."""
    summary: pl.DataFrame
    """``rule``, ``field``, ``rows``, ``first_row``: the findings counted, and the first row to look at."""
    told: MappingABC[str, Told]
    """Level and sentence of every rule that was put to the file, and of all that come with palermo."""
    unmapped: pl.DataFrame
    """``field``, ``value``, ``rows``. Private."""
    quality: pl.DataFrame
    """``field``, ``state``, ``rows``."""
    quarantine: pl.DataFrame
    """Rows that could not be read as a record, whole, with the reason. Private."""
    rows_in: int
    columns_missing: tuple[str, ...]
    columns_extra: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def rows_accepted(self) -> int:
        """The rows that became records."""
        return self.rows_in - self.quarantine.height


def examine(
    file: Path,
    mapping: Mapping,
    standard: Standard,
    engine: Engine,
    *,
    source: str = "",
    as_of: date | None = None,
    rules: Sequence[Rule] = (),
    before: Path | None = None,
) -> Examined:
    """Read a file, code it and put every rule to it.

    Rows in are rows accepted and rows quarantined, always. A row is quarantined only if it cannot be read as a record.

    Parameters
    ----------
    rules
        The user's own, besides those that come with palermo.
    before
        An earlier file of the same kind, whose counts are held against those of this one.

    Raises
    ------
    InputError
        The file cannot be read, or a required column is not there.
    """
    name = source or file.name.partition(".")[0]
    context = Context(mapping, standard, as_of)
    taken = _take(file, context, engine, name)
    earlier, compared = _earlier(before, context, engine, f"{name}-before")
    raw, coded = taken.raw, taken.coded
    own = applying(rules, mapping.shape, coded.filled | following(coded.filled))
    findings = _findings(taken, context, engine, name, own=own, earlier=earlier)
    table = coded.table.select(SOURCE_ROW, *_kept(mapping), *(field.field for field in coded.fields))
    counted = findings.group_by("rule", "field").agg(rows=findings.count(), first_row=findings.source_row.min())
    return Examined(
        source=name,
        mapping=taken.mapping,
        table=table,
        findings=findings,
        summary=engine.collect(counted).sort("rule", "field"),
        told=told_of(rules),
        unmapped=coded.unmapped,
        quality=measure(table, coded.fields, engine),
        quarantine=pl.concat([raw.quarantine, taken.unreadable]).sort("source_row"),
        rows_in=raw.n_rows,
        columns_missing=raw.headings.missing,
        columns_extra=raw.headings.extra,
        notes=(*raw.notes, *taken.told, *_not_put(rules, own), *compared),
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file in the standard, before any rule is put to it."""

    raw: RawFile
    mapping: Mapping
    """With what stands above the headings."""
    coded: Coded
    unreadable: pl.DataFrame
    told: tuple[str, ...]


def _take(file: Path, context: Context, engine: Engine, name: str) -> _Taken:
    raw = read_file(file, context.mapping, engine.scratch / f"{name}-raw.parquet")
    raw = reshape(raw, context.mapping, engine.scratch / f"{name}-long.parquet")
    mapping, told = with_above(context.mapping, raw.above)
    coded = code_file(raw, replace(context, mapping=mapping), engine)
    kept = engine.keep(coded.table, f"{name}-coded")
    kept, unreadable = _sift(kept, raw, engine)
    coded = _SHAPES[mapping.shape](replace(coded, table=kept), context.standard, mapping)
    return _Taken(raw, mapping, coded, unreadable, told)


def _findings(
    taken: _Taken, context: Context, engine: Engine, name: str, *, own: Sequence[Rule], earlier: Table | None
) -> Table:
    """Put every rule, and add what was found while the file was read and what the file before says."""
    coded, mapping = taken.coded, taken.mapping
    ours = applying(RULES.values(), mapping.shape, coded.filled)
    findings = engine.keep(find(coded, [*ours, *own], as_of=context.as_of), f"{name}-findings")
    met = [*taken.raw.findings, *(RowFinding("column.mixed-dimensions", 1) for _ in mapping.mixed)]
    early = pl.DataFrame([(found.source_row, found.rule, "") for found in met], schema=_FINDINGS, orient="row")
    if early.height:
        findings = findings.union(engine.from_frame(early))
    if earlier is not None:
        findings = findings.union(find_multiplied(coded.table, earlier, mapping.shape))
    return findings


def _earlier(file: Path | None, context: Context, engine: Engine, name: str) -> tuple[Table | None, tuple[str, ...]]:
    """Read the file before, which may be one that cannot be read any more."""
    if file is None:
        return None, ()
    try:
        table = _take(file, context, engine, name).coded.table
    except InputError:
        return None, (f"Its counts could not be held against those of {file.name}, which cannot be read.",)
    return table, (f"Its counts were held against those of {file.name}.",)


def values_without_code(file: Path, mapping: Mapping, standard: Standard, engine: Engine) -> pl.DataFrame:
    """Read a file only to see for which values the mapping has no code: ``field``, ``value``, ``rows``.

    Raises
    ------
    InputError
        The file cannot be read, or a required column is not there.
    """
    raw = reshape(read_file(file, mapping, engine.scratch / "raw.parquet"), mapping, engine.scratch / "long.parquet")
    mapping, _ = with_above(mapping, raw.above)
    return code_file(raw, Context(mapping, standard, None), engine).unmapped


def _not_put(rules: Sequence[Rule], put: Sequence[Rule]) -> list[str]:
    names = ", ".join(rule.id for rule in rules if rule not in put)
    return [f"Rules of yours that were not put, since the mapping does not fill their fields: {names}."] * bool(names)


_FINDINGS = {"source_row": pl.Int64, "rule": pl.String, "field": pl.String}
_AGGREGATE = (HIGH, KEY, AREA, FIRST, SETTLED)


def _kept(mapping: Mapping) -> tuple[str, ...]:
    return _AGGREGATE if mapping.shape == "aggregates" else ()


def _derive(coded: Coded, standard: Standard, _: Mapping) -> Coded:
    return replace(coded, table=derive(coded.table, standard))


def _mark(coded: Coded, _: Standard, mapping: Mapping) -> Coded:
    cells, filled = coded.table, coded.filled
    if HIGH not in cells.columns:
        cells = cells.mutate(**{HIGH: ibis.null("int64")})
    if "figure" in coded.read and "value" not in coded.read:
        cells, filled = count_figures(cells), filled | {"value"}
    if mapping.repeats == "expected":
        cells = cells.mutate(**{KEY: cells[KEY] + "|" + cells[SOURCE_ROW].cast("string")})
        return replace(coded, table=cells.mutate(**{FIRST: True, SETTLED: True}), filled=filled)
    return replace(coded, table=cells.mutate(**{FIRST: is_first(cells), SETTLED: is_settled(cells)}), filled=filled)


_SHAPES = {"records": _derive, "aggregates": _mark}


def _sift(table: Table, raw: RawFile, engine: Engine) -> tuple[Table, pl.DataFrame]:
    """Set aside the aggregates without a figure, which say nothing, and keep them whole."""
    figures = [field for field in ("value", "figure") if problem_of(field) in table.columns]
    if not figures:
        return table, pl.DataFrame(schema=QUARANTINE)
    says_nothing = ibis.coalesce(*(table[field].cast("float64") for field in figures)).isnull()
    places = [SOURCE_ROW, *([FILE_COLUMN + HEADING] if HEADING in raw.headings.columns else [])]
    lost = engine.collect(table.filter(says_nothing).select(places))
    rows = pl.scan_parquet(raw.path).join(lost.lazy(), on=places, how="semi").collect()
    whole = [(row[0], f"{figures[0]}.unreadable", [cell or "" for cell in row[1:]]) for row in rows.iter_rows()]
    kept = table.filter(~says_nothing) if lost.height else table
    return kept, pl.DataFrame(whole, schema=QUARANTINE, orient="row")
