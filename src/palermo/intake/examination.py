"""An agency's file → a table in the standard, what is wrong with it, and how complete it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from ibis.expr.types import Table

from palermo.intake import aggregate_rules, record_rules  # noqa: F401 - they register their rules
from palermo.intake.aggregate_rules import is_first, is_settled
from palermo.intake.coding import AREA, HIGH, KEY, Coded, code_file, problem_of
from palermo.intake.derivation import derive
from palermo.intake.mapping import Mapping
from palermo.intake.quality import measure
from palermo.intake.raw import QUARANTINE, RawFile
from palermo.intake.reading import read_file
from palermo.intake.rules import find
from palermo.intake.values import Context
from palermo.standard import Standard
from palermo.tables import SOURCE_ROW, Engine

__all__ = ["SETTLED", "Examined", "examine"]

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
    """``rule``, ``field``, ``rows``: the findings counted."""
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
    file: Path, mapping: Mapping, standard: Standard, engine: Engine, *, source: str = "", as_of: date | None = None
) -> Examined:
    """Read a file, code it and put every rule to it.

    Rows in are rows accepted and rows quarantined, always. A row is quarantined only if it cannot be read as a record.

    Raises
    ------
    InputError
        The file cannot be read, or a required column is not there.
    """
    name = source or file.name.partition(".")[0]
    context = Context(mapping, standard, as_of)
    raw = read_file(file, mapping, engine.scratch / f"{name}-raw.parquet")
    coded = code_file(raw, context, engine)
    kept = engine.keep(coded.table, f"{name}-coded")
    unreadable = _unreadable(kept, raw, engine)
    kept = kept.filter(kept[SOURCE_ROW].notin(unreadable["source_row"].to_list())) if unreadable.height else kept
    coded = Coded(_SHAPES[mapping.shape](kept, standard), coded.fields, coded.read, coded.filled, coded.unmapped)
    findings = engine.keep(find(coded, mapping.shape, as_of=as_of), f"{name}-findings")
    early = pl.DataFrame([(found.source_row, found.rule, "") for found in raw.findings], schema=_FINDINGS, orient="row")
    if early.height:
        findings = findings.union(engine.from_frame(early))
    table = coded.table.select(SOURCE_ROW, *_kept(mapping), *(field.field for field in coded.fields))
    counted = findings.group_by("rule", "field").agg(rows=findings.count())
    return Examined(
        source=name,
        mapping=mapping,
        table=table,
        findings=findings,
        summary=engine.collect(counted).sort("rule", "field"),
        unmapped=coded.unmapped,
        quality=measure(table, coded.fields, engine),
        quarantine=pl.concat([raw.quarantine, unreadable]).sort("source_row"),
        rows_in=raw.n_rows,
        columns_missing=raw.headings.missing,
        columns_extra=raw.headings.extra,
        notes=raw.notes,
    )


_FINDINGS = {"source_row": pl.Int64, "rule": pl.String, "field": pl.String}
_AGGREGATE = (HIGH, KEY, AREA, FIRST, SETTLED)


def _kept(mapping: Mapping) -> tuple[str, ...]:
    return _AGGREGATE if mapping.shape == "aggregates" else ()


def _mark(cells: Table, _: Standard) -> Table:
    return cells.mutate(**{FIRST: is_first(cells), SETTLED: is_settled(cells)})


_SHAPES = {"records": derive, "aggregates": _mark}


def _unreadable(table: Table, raw: RawFile, engine: Engine) -> pl.DataFrame:
    """Find the aggregates without a value, which say nothing, and keep them whole."""
    if problem_of("value") not in table.columns:
        return pl.DataFrame(schema=QUARANTINE)
    lost = engine.collect(table.filter(table["value"].isnull()).select(SOURCE_ROW))
    rows = pl.scan_parquet(raw.path).join(lost.lazy(), on=SOURCE_ROW, how="semi").collect()
    whole = [(row[0], "value.unreadable", [cell or "" for cell in row[1:]]) for row in rows.iter_rows()]
    return pl.DataFrame(whole, schema=QUARANTINE, orient="row")
