"""Builders of tabulations for the tests of the gate: from records, from written cells, from the real CTDC file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path

import polars as pl

from palermo.tables import EMPTY, MEASURES, TOTAL, Dimension, Tabulation

__all__ = ["count_records", "ctdc_tables", "dimension", "read_ctdc", "table_of"]

Record = Mapping[str, str | frozenset[str]]


def dimension(name: str) -> Dimension:
    """Read a dimension from its name: ``form*`` has overlapping codes, ``sex?`` reported ones."""
    kinds = {"*": "overlapping", "?": "reported"}
    return Dimension(name.rstrip("*?"), kinds.get(name[-1], "exclusive"))  # type: ignore[arg-type]


def table_of(
    name: str, fields: str, cells: Mapping[str, int | tuple[int, ...]], universe: str = "records"
) -> Tabulation:
    """Build a table from its cells, ``"f child": 7``; ``-`` is a margin.

    ``(3, 2)`` is 3 and two counts below five; ``(3, 2, 6, 9)`` is that and figures in conflict, from 6 to 9 in all.
    """
    dimensions = tuple(dimension(field) for field in fields.split())
    rows = []
    for codes, number in cells.items():
        exact, below, least, most = (*(number if isinstance(number, tuple) else (number,)), 0, 0, 0)[:4]
        words = (TOTAL if code == "-" else code for code in codes.split())
        low = exact + below + least
        numbers = (exact, low, exact + 4 * below + most, below, low)
        rows.append((*words, *numbers))
    return _tabulation(name, dimensions, rows, universe)


def count_records(
    name: str, fields: str, records: Iterable[Record], *, universe: str = "records", repeat: int = 1
) -> Tabulation:
    """Count records into a cube with all margins; an overlapping field holds a set of codes, none being `EMPTY`."""
    dimensions = tuple(dimension(field) for field in fields.split())
    cells: Counter[tuple[str, ...]] = Counter()
    for record in records:
        choices = []
        for field in dimensions:
            said = record[field.field]
            codes = [said] if isinstance(said, str) else sorted(said) or [EMPTY]
            choices.append([TOTAL, *codes])
        cells.update(dict.fromkeys(product(*choices), repeat))
    rows = [(*codes, n, n, n, 0, n) for codes, n in cells.items()]
    return _tabulation(name, dimensions, rows, universe)


def _tabulation(
    name: str, dimensions: tuple[Dimension, ...], rows: Sequence[tuple[object, ...]], universe: str
) -> Tabulation:
    texts = {field.field: pl.String for field in dimensions}
    schema = texts | dict.fromkeys(MEASURES, pl.Int64)
    cells = pl.DataFrame(rows, schema=schema, orient="row")
    return Tabulation(name, name.capitalize(), dimensions, "record", "everybody", cells, universe=universe)


def read_ctdc(shared: Path) -> pl.DataFrame:
    """Read the real synthetic data of 2021 with the fields of the standard."""
    path = shared / "data" / "ctdc" / "ctdc_global_synthetic_2021.csv.gz"
    raw = pl.read_csv(path, infer_schema_length=0)
    age = pl.col("ageBroad")
    flags = [name for name in raw.columns if name.startswith(("is", "meansOf", "recruiter"))]
    return raw.select(
        gender=pl.col("gender").fill_null(EMPTY),
        year=pl.col("yearOfRegistration").fill_null(EMPTY),
        age_group=pl.when(age.is_null())
        .then(pl.lit(EMPTY))
        .when(age.is_in(["0--8", "09--17"]))
        .then(pl.lit("child"))
        .otherwise(pl.lit("adult")),
        citizenship=pl.col("citizenship").fill_null(EMPTY),
        country_of_exploitation=pl.col("CountryOfExploitation").fill_null(EMPTY),
        **{name: pl.col(name).fill_null("") == "1" for name in flags},
    )


def ctdc_tables(cases: pl.DataFrame) -> list[Tabulation]:
    """Count the publication's tables: the cube, countries, corridors, means of control, recruiter relation."""
    return [
        _cube(cases, "victims", ("gender", "age_group", "year"), ("form", "is")),
        _cube(cases, "citizenship", ("citizenship",)),
        _cube(cases, "exploited", ("country_of_exploitation",)),
        _cube(cases, "corridors", ("citizenship", "country_of_exploitation")),
        _cube(cases, "means", (), ("means_of_control", "meansOf")),
        _cube(cases, "recruiters", (), ("recruiter_relation", "recruiter")),
    ]


def _cube(
    cases: pl.DataFrame, name: str, exclusive: tuple[str, ...], overlapping: tuple[str, str] | None = None
) -> Tabulation:
    dimensions = [Dimension(field) for field in exclusive]
    groups = {TOTAL: cases}
    if overlapping:
        dimensions.append(Dimension(overlapping[0], "overlapping"))
        flags = [column for column in cases.columns if column.startswith(overlapping[1])]
        groups |= {flag: cases.filter(pl.col(flag)) for flag in flags}
        groups[EMPTY] = cases.filter(~pl.any_horizontal(flags))
    rows: list[tuple[object, ...]] = []
    for code, group in groups.items():
        last = (code,) if overlapping else ()
        for size in range(len(exclusive) + 1):
            for kept in combinations(exclusive, size):
                counted = group.group_by(kept).len() if kept else group.select(pl.len())
                for row in counted.iter_rows(named=True):
                    n = row["len"]
                    rows.append((*(row.get(field, TOTAL) for field in exclusive), *last, n, n, n, 0, n))
    return _tabulation(name, tuple(dimensions), rows, "records")
