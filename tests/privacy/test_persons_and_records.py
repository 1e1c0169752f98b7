"""Tables of persons and of records, published together, do not give each other's small cells away."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.errors import ReleaseRefused
from palermo.protection import release
from palermo.tables import Release, ReleasedTable, Tabulation
from tests.privacy.people import People
from tests.protection.cubes import count_records

FIRST = ("nth", "first")


def of_persons(name: str, fields: str, records: list[dict[str, str]]) -> Tabulation:
    """Count the persons: the first record of each."""
    first = [record for record in records if record["nth"] == "first"]
    return replace(count_records(name, fields, first), within=(FIRST,))


def publication(records: list[dict[str, str]]) -> list[Tabulation]:
    """Make the table of records and persons, and two of persons."""
    return [
        count_records("once", "place nth", records),
        of_persons("persons", "place sex", records),
        of_persons("years", "year", records),
    ]


def seen(safe: Release) -> list[ReleasedTable]:
    """Give the tables as a reader has them in mind: those of persons are about first records."""
    whole, *persons = safe.tables
    return [whole, *(_about_first(table) for table in persons)]


def _about_first(table: ReleasedTable) -> ReleasedTable:
    field, code = FIRST
    dimensions = (*table.dimensions, replace(table.dimensions[0], field=field))
    return replace(table, dimensions=dimensions, cells=table.cells.with_columns(pl.lit(code).alias(field)))


def status(table: ReleasedTable, **codes: str) -> str:
    return str(table.cells.filter(**codes)["cell_status"].item())


def test_where_few_are_there_twice_no_table_says_how_many_persons_there_are() -> None:
    records = [
        {"place": place, "sex": sex, "year": "1", "nth": nth}
        for place, sex, nth, n in (("p", "f", "first", 40), ("p", "m", "first", 30), ("p", "f", "again", 3))
        for _ in range(n)
    ]
    once, persons, years = release(publication(records)).tables
    assert status(once, place="total", nth="again") == "withheld"
    assert status(once, place="total", nth="total") == "published"
    assert status(once, place="total", nth="first") == "withheld"
    assert status(persons, place="total", sex="total") == "withheld"
    assert status(years, year="total") == "withheld"


def test_where_many_are_all_is_said() -> None:
    records = [
        {"place": place, "sex": sex, "year": "1", "nth": nth}
        for place, sex, nth, n in (("p", "f", "first", 40), ("q", "m", "first", 30), ("p", "f", "again", 13))
        for _ in range(n)
    ]
    safe = release(publication(records))
    assert safe.audit.n_withheld == 0
    assert safe.table("persons").cells.filter(place="total", sex="total")["count"].item() == 70


@st.composite
def bunches(draw: st.DrawFn) -> list[dict[str, str]]:
    """Draw records that come in bunches, a part of them of somebody who is there already."""
    codes = {"place": "pqr", "sex": "fm", "year": "12"}
    kind = st.fixed_dictionaries({name: st.sampled_from(each) for name, each in codes.items()})
    nth = st.sampled_from(["first", "first", "again"])
    drawn = draw(st.lists(st.tuples(kind, nth, st.integers(0, 14)), min_size=3, max_size=12))
    return [{**kind, "nth": nth} for kind, nth, size in drawn for _ in range(size)] + [
        {"place": "p", "sex": "f", "year": "1", "nth": "first"}
    ] * 15


@given(bunches())
@settings(derandomize=True, suppress_health_check=list(HealthCheck), max_examples=30)
def test_thinking_of_the_people_behind_both_does_not_help(records: list[dict[str, str]]) -> None:
    try:
        safe = release(publication(records))
    except ReleaseRefused:
        return
    assert all(width >= 10 for width in People(seen(safe)).widths().values())
