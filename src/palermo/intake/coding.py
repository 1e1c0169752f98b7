"""From the cells of a file to the fields of the standard, in one expression on the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import polars as pl
from ibis.expr.types import BooleanValue, StringValue, Table, Value

from palermo.intake.field_mapping import HEADING
from palermo.intake.mapping import FieldMapping
from palermo.intake.raw import FILE_COLUMN, RawFile
from palermo.intake.spelling import normal
from palermo.intake.values import PART, Context, meanings
from palermo.standard import Field
from palermo.tables import SOURCE_ROW, Engine

__all__ = ["AGE_FROM_BIRTH", "AREA", "BORN_ON", "DIGEST", "HIGH", "KEY", "SERIES", "Coded", "code_file", "problem_of"]

BORN_ON = "born_on"
"""The date of birth, for the rules only: no table that is kept has it."""
AGE_FROM_BIRTH = "age_from_birth"
"""Completed years between birth and registration, whatever the source says of the age."""
DIGEST = "row_digest"
"""The same in two rows whose cells are all equal."""
SERIES = "series_digest"
"""The same in two aggregates that speak of the same thing in different years."""
KEY = "key_digest"
"""The same in two aggregates that speak of the same thing."""
AREA = "area_digest"
"""The same in two aggregates of the same country or region."""
HIGH = "value_high"
"""The upper end of a count."""

_PROBLEM = "__problem"
_PLAIN = r"^[!-~]+( [!-~]+)*$"
"""Text that needs no tidying, whose capitals every engine folds in the same way."""
_UNMAPPED = {"field": pl.String, "value": pl.String, "rows": pl.Int64}
_IBIS_TYPES = {
    "code": "string",
    "codes": "array<string>",
    "date": "date",
    "year": "int64",
    "integer": "int64",
    "count": "int64",
    "decimal": "float64",
    "text": "string",
}


_AT_ONCE = 12
"""How many fields are put on top of each other in one query: what writing one down costs grows with the square."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A file in the standard, not yet examined by the rules."""

    table: Table
    """`SOURCE_ROW`, the fields, a problem column for each field that was read, and what the rules need."""
    fields: tuple[Field, ...]
    read: tuple[str, ...]
    """The fields that a column of the file fills."""
    filled: frozenset[str]
    """The same, and those that are the same in every row."""
    unmapped: pl.DataFrame
    """``field``, ``value``, ``rows``: values without a code. Private."""


def problem_of(field: str) -> str:
    """Name the column that says which rule the cell of a field breaks."""
    return field + _PROBLEM


def code_file(raw: RawFile, context: Context, engine: Engine) -> Coded:
    """Read every cell of a file in the standard's words.

    Unknown values never extend a code list: they become empty, a finding, and a row of ``unmapped``.
    """
    columns = raw.headings.columns
    source = engine.read_parquet(raw.path)
    coding = _Coding(engine, source, columns, context)
    digests = {DIGEST: columns, **(coding.aggregate_digests() if context.mapping.shape == "aggregates" else {})}
    table = source.mutate(**{name: _digest(source, over) for name, over in digests.items()})
    unmapped = [pl.DataFrame(schema=_UNMAPPED)]
    for number, mapped in enumerate(context.mapping.fields.values(), start=1):
        table, missed = coding.fill(table, mapped)
        unmapped.append(missed)
        if number % _AT_ONCE == 0:
            table = engine.keep(table, f"{raw.path.stem}-{number}-fields")
    table = coding.born_on(table)
    read = [column.removesuffix(_PROBLEM) for column in table.columns if column.endswith(_PROBLEM)]
    fields = _fields(context)
    high = [HIGH] if HIGH in table.columns else []
    place = [FILE_COLUMN + HEADING] if HEADING in columns else []
    kept = [SOURCE_ROW, *place, *digests, BORN_ON, *high, *map(problem_of, read)]
    return Coded(
        table=table.select(*kept, *(_typed(table, field, context) for field in fields)),
        fields=fields,
        read=tuple(read),
        filled=frozenset({*read, *context.mapping.constants}),
        unmapped=pl.concat(unmapped),
    )


def _fields(context: Context) -> tuple[Field, ...]:
    fields = context.standard.fields.values()
    return tuple(field for field in fields if context.mapping.shape == "aggregates" or field.unit != "cell")


@dataclass(frozen=True, slots=True)
class _Coding:
    engine: Engine
    source: Table
    columns: Sequence[str]
    context: Context

    def aggregate_digests(self) -> dict[str, list[str]]:
        """Which columns say what an aggregate is about, what its series is, and of which area it speaks."""
        return {
            KEY: self.columns_but("value", "figure"),
            SERIES: self.columns_but("value", "figure", "unit_measure", "year"),
            AREA: self.area_columns(),
        }

    def columns_but(self, *fields: str) -> list[str]:
        """The columns that say what an aggregate is about: all but those that fill some fields."""
        mapped = [self.context.mapping.fields[field] for field in fields if field in self.context.mapping.fields]
        without = {column for each in mapped for column in each.columns}
        return [column for column in self.columns if column not in without]

    def area_columns(self) -> list[str]:
        """The columns that say which country or region an aggregate is about."""
        country = self.context.mapping.fields.get("country")
        return [column for column in self.columns if country is not None and column in country.columns]

    def fill(self, table: Table, mapped: FieldMapping) -> tuple[Table, pl.DataFrame]:
        """Add the column of a field, its problem column, and for a count its upper end."""
        mapped = _present(mapped, self.columns)
        if not mapped.columns and not mapped.flags:
            return table, pl.DataFrame(schema=_UNMAPPED)
        if self.context.standard.field(mapped.field).type == "text" and not mapped.flags:
            return self._text(table, mapped), pl.DataFrame(schema=_UNMAPPED)
        counts = self._counts(mapped)
        known = meanings(mapped, self.context, counts["cell"])
        return self._join(table, self._cell(table, mapped), known, mapped.field), _unmapped(mapped.field, known, counts)

    def _text(self, table: Table, mapped: FieldMapping) -> Table:
        """Add a column of text, of which hardly two cells may be equal; plain ones stay on the engine as they are."""
        words = [*self.context.mapping.missing, *mapped.values]

        def is_plain(cell: StringValue) -> BooleanValue:
            return cell.re_search(_PLAIN) & cell.lower().notin(words)

        source = self._cell(self.source, mapped).strip().nullif("")
        others = self.engine.collect(self.source.select(cell=source).filter(~is_plain(source)).distinct())["cell"]
        known = meanings(mapped, self.context, others.drop_nulls().sort())
        cell = self._cell(table, mapped).strip().nullif("")
        joined = self._join(table, ibis.ifelse(is_plain(cell), ibis.null("string"), cell), known, mapped.field)
        cell = self._cell(joined, mapped).strip().nullif("")
        return joined.mutate(**{mapped.field: ibis.ifelse(is_plain(cell), cell, joined[mapped.field])})

    def born_on(self, table: Table) -> Table:
        """Read the date of birth for the rules and for the age, if the agency's file has it."""
        identity = self.context.mapping.identity.get("birth_date")
        if identity is None or identity.column not in self.columns:
            return table.mutate(**{BORN_ON: ibis.null("date")})
        mapped = FieldMapping("registered_on", columns=(identity.column,), format=identity.format)
        known = meanings(mapped, self.context, self._counts(mapped)["cell"])
        return self._join(table, self._cell(table, mapped), known, BORN_ON)

    def _counts(self, mapped: FieldMapping) -> pl.DataFrame:
        """Count the different cells that fill a field."""
        seen = self.source.select(cell=self._cell(self.source, mapped)).filter(lambda rows: rows.cell.notnull())
        return self.engine.collect(seen.group_by("cell").agg(rows=lambda rows: rows.count())).sort("cell")

    def _cell(self, table: Table, mapped: FieldMapping) -> StringValue:
        """What a row says about a field: one cell, or several joined by `PART` where a field has flags."""
        cells = [table[FILE_COLUMN + column] for column in mapped.columns]
        if len(cells) > 1:
            cells = [ibis.ifelse(cell.strip() == "", ibis.null("string"), cell) for cell in cells]
        flags = [table[FILE_COLUMN + column].replace(PART, " ").strip() for column in mapped.flags]
        cell = ibis.coalesce(*cells) if cells else ibis.literal("")
        if flags:
            cell = cell.replace(PART, " ")
            said = ibis.literal(PART).join([part.fill_null("") for part in (cell, *flags)])
            cell = said.nullif(PART * len(flags))
        if mapped.speaks_when_empty:
            cell = cell.fill_null("")
        if mapped.when is None:
            return cell
        column, value = mapped.when
        return ibis.ifelse(table[FILE_COLUMN + column].isin(self._spellings(column, value)), cell, ibis.null("string"))

    def _spellings(self, column: str, value: str) -> list[str]:
        """List the cells of a column that say a value, compared as all values are (an engine folds otherwise)."""
        said = self.engine.collect(self.source.select(cell=FILE_COLUMN + column).distinct())["cell"]
        return [cell for cell in said.drop_nulls().sort() if normal(cell) == value]

    def _join(self, table: Table, cell: StringValue, known: pl.DataFrame, field: str) -> Table:
        """Put beside each row what its cell means; where no cell says anything, nothing has to be looked up."""
        if known.is_empty():
            kind = "date" if field == BORN_ON else _IBIS_TYPES[self.context.standard.field(field).type]
            return table.mutate(**{field: ibis.null(kind), problem_of(field): ibis.null("string")})
        names = {"cell": f"{field}__cell", "value": field, "problem": problem_of(field)}
        if known["high"].is_not_null().any():
            names["high"] = HIGH
        lookup = self.engine.from_frame(known.select(list(names)).rename(names))
        keyed = table.mutate(**{f"{field}__key": cell})
        joined = keyed.left_join(lookup, keyed[f"{field}__key"] == lookup[f"{field}__cell"])
        return joined.drop(f"{field}__cell", f"{field}__key")


def _present(mapped: FieldMapping, columns: Sequence[str]) -> FieldMapping:
    """Leave out the columns that this file does not have; without the column of a condition, nothing fulfils it."""
    if mapped.when and mapped.when[0] not in columns:
        return replace(mapped, columns=(), flags={})
    return replace(
        mapped,
        columns=tuple(column for column in mapped.columns if column in columns),
        flags={column: codes for column, codes in mapped.flags.items() if column in columns},
    )


def _digest(table: Table, columns: Sequence[str]) -> StringValue:
    cells = [table[FILE_COLUMN + column].fill_null("") for column in columns]
    return _md5(ibis.literal(PART).join(cells)) if cells else ibis.null("string")


@ibis.udf.scalar.builtin(name="md5", signature=(("string",), "string"))  # type: ignore[untyped-decorator]
def _md5(text: str) -> str:
    """Tell rows apart; it guards nothing. Both engines have it."""
    raise NotImplementedError


def _unmapped(field: str, known: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    missed = known.filter(pl.col("unmapped").list.len() > 0).join(counts, on="cell").explode("unmapped")
    return (
        missed.group_by(value="unmapped")
        .agg(rows=pl.col("rows").sum())
        .select(pl.lit(field).alias("field"), "value", pl.col("rows").cast(pl.Int64))
        .sort("rows", "value", descending=[True, False])
    )


def _typed(table: Table, field: Field, context: Context) -> Value:
    """Give a field its column: what was read, a constant, or nothing."""
    kind = _IBIS_TYPES[field.type]
    constant = context.mapping.constants.get(field.field)
    if field.field in table.columns:
        return table[field.field].cast(kind).name(field.field)
    if constant is None:
        return ibis.null(kind).name(field.field)
    return ibis.literal([constant] if field.type == "codes" else constant).cast(kind).name(field.field)
