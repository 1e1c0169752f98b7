"""Nobody can work out a withheld cell from the released tables, whatever they put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.protection import release
from palermo.tables import Policy, Release, Tabulation
from tests.privacy.attacker import Attack, narrowest
from tests.protection.cubes import count_records, ctdc_tables, read_ctdc, table_of

SMALL = st.integers(0, 14)


def only_small_withheld(tables: Sequence[Tabulation]) -> Release:
    """Do what a naive publisher does: withhold the small cells and no others."""
    safe = release(tables)
    shown = []
    for table, made in zip(tables, safe.tables, strict=True):
        status = pl.when(pl.col("contributors") < 10).then(pl.lit("withheld")).otherwise(pl.lit("published"))
        number = pl.when(pl.col("contributors") >= 10).then("low")
        shown.append(replace(made, cells=table.cells.select(*table.fields, low=number, status=status)))
    return replace(safe, tables=tuple(shown))


TWO_WAY = table_of(
    "sex-by-age",
    "sex age",
    {
        "f child": 3, "f adult": 40, "f old": 25, "f -": 68,
        "m child": 20, "m adult": 30, "m old": 15, "m -": 65,
        "x child": 12, "x adult": 11, "x old": 30, "x -": 53,
        "- child": 35, "- adult": 81, "- old": 70, "- -": 186,
    },
)  # fmt: skip


def test_the_attack_works_out_a_small_cell_when_only_small_cells_are_withheld() -> None:
    naive = only_small_withheld([TWO_WAY])
    assert Attack(naive.tables).intervals() == {frozenset({("sex", "f"), ("age", "child")}): (3, 3)}


def test_the_gate_leaves_the_same_cell_open() -> None:
    safe = release([TWO_WAY])
    assert narrowest(safe.tables) >= 10
    assert narrowest(safe.tables) == safe.audit.narrowest


def test_a_margin_in_another_table_does_not_give_a_cell_away() -> None:
    by_sex = table_of("by-sex", "sex", {"f": 68, "m": 65, "x": 53, "-": 186})
    by_age = table_of("by-age", "age", {"child": 35, "adult": 81, "old": 70, "-": 186})
    assert narrowest(release([TWO_WAY, by_sex, by_age]).tables) >= 10


def test_no_cell_of_a_real_cut_can_be_worked_out(shared: Path) -> None:
    cases = read_ctdc(shared).filter(pl.col("year").is_in(["2004", "2012", "2019"]), pl.col("citizenship") != "empty")
    safe = release(ctdc_tables(cases))
    assert safe.audit.n_small > 100
    assert narrowest(safe.tables) == safe.audit.narrowest >= 10


@pytest.mark.slow
def test_no_cell_of_the_real_publication_can_be_worked_out(shared: Path) -> None:
    safe = release(ctdc_tables(read_ctdc(shared)))
    assert safe.audit.n_small == 388
    assert narrowest(safe.tables) == safe.audit.narrowest >= 10


CODES = {"place": "pqrs", "sex": "fm", "year": "123"}


@st.composite
def linked_tables(draw: st.DrawFn, most: int = 9) -> list[Tabulation]:
    """Draw records that come in bunches, and two or three tables that share a dimension."""
    forms = st.sets(st.sampled_from(["sexual", "labour", "organs"])).map(frozenset)
    bunch = st.fixed_dictionaries({name: st.sampled_from(codes) for name, codes in CODES.items()} | {"form": forms})
    bunches = draw(st.lists(st.tuples(bunch, SMALL), min_size=3, max_size=most))
    records = [record for record, size in bunches for _ in range(size)]
    records += [bunches[0][0]] * max(0, 10 - len(records))
    fields = draw(st.sampled_from([
        ("place sex", "place year"),
        ("place form*", "place sex year"),
        ("sex form*", "year form*", "place sex"),
        ("place sex year form*", "form*"),
    ]))  # fmt: skip
    return [count_records(f"table-{index}", names, records) for index, names in enumerate(fields)]


COMMON = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@given(linked_tables(most=25))
@settings(COMMON, max_examples=25)
def test_no_cell_of_linked_tables_can_be_worked_out(tables: list[Tabulation]) -> None:
    safe = release(tables)
    if safe.audit.n_small:
        assert narrowest(safe.tables) == safe.audit.narrowest >= 10


@given(linked_tables())
@settings(COMMON, max_examples=20)
def test_knowing_that_people_come_whole_does_not_help(tables: list[Tabulation]) -> None:
    safe = release(tables)
    if safe.audit.n_small:
        assert narrowest(safe.tables, whole=True) >= 10


@st.composite
def counts_with_intervals(draw: st.DrawFn) -> Tabulation:
    """Draw a two-way table in which a part of each cell is known only as counts below five."""
    inner = {(a, b): (draw(SMALL), draw(st.integers(0, 6))) for a in "pqr" for b in "xyz"}
    inner["p", "x"] = (draw(st.integers(0, 10)), draw(st.integers(10, 14)))
    cells = {}
    for a in "pqr-":
        for b in "xyz-":
            parts = [n for (row, column), n in inner.items() if a in (row, "-") and b in (column, "-")]
            cells[f"{a} {b}"] = (sum(exact for exact, _ in parts), sum(below for _, below in parts))
    return table_of("mixed", "place age", {codes: number for codes, number in cells.items() if any(number)})


@given(counts_with_intervals())
@settings(COMMON, max_examples=25)
def test_the_exact_part_and_the_interval_do_not_give_each_other_away(table: Tabulation) -> None:
    tables = release([table]).tables
    exact = Attack(tables, pl.col("count")).intervals()
    below = Attack(tables, pl.col("below_threshold_cells")).intervals()
    assert all(high - low + below[cell][1] - below[cell][0] >= 10 for cell, (low, high) in exact.items())
    assert all(high - low >= 10 for low, high in Attack(tables).intervals().values())


@given(linked_tables(), st.integers(2, 30))
@settings(COMMON, max_examples=20)
def test_the_threshold_is_what_the_policy_says(tables: list[Tabulation], threshold: int) -> None:
    people = max(row["contributors"] for row in tables[0])
    if people >= threshold:
        safe = release(tables, Policy(threshold=threshold))
        assert (narrowest(safe.tables) or threshold) >= threshold
