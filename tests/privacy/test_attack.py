"""Nobody can work out a withheld cell from the released tables, whatever they put together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.errors import ReleaseRefused
from palermo.protection import release
from palermo.tables import Policy, Release, ReleasedTable, Tabulation
from tests.privacy.attacker import Attack, narrowest
from tests.privacy.people import People
from tests.protection.cubes import count_records, ctdc_tables, read_ctdc, table_of

SMALL = st.integers(0, 14)


def only_small_withheld(tables: Sequence[Tabulation]) -> Release:
    """Do what a naive publisher does: withhold the small cells and no others."""
    safe = release(tables, Policy(threshold=1))
    shown = []
    for table, made in zip(tables, safe.tables, strict=True):
        status = pl.when(pl.col("contributors") < 10).then(pl.lit("withheld")).otherwise(pl.lit("published"))
        number = pl.when(pl.col("contributors") >= 10).then("low")
        shown.append(replace(made, cells=table.cells.select(*table.fields, low=number, cell_status=status)))
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


def test_a_reader_who_knows_that_zeros_are_published_learns_no_more() -> None:
    safe = release([table_of("places", "place", {"p": 4, "q": 6, "r": 30, "s": 40, "-": 80})])
    assert narrowest(safe.tables) >= 10
    assert safe.audit.n_withheld == 3


def test_two_small_cells_that_make_little_together_are_hidden_by_a_third() -> None:
    safe = release([table_of("places", "place", {"p": 1, "q": 1, "r": 30, "s": 40, "-": 72})])
    assert narrowest(safe.tables) >= 10


def test_a_withheld_cell_that_is_alone_in_a_margin_takes_the_margin_with_it() -> None:
    cells = {"p f": 5, "p -": 5, "q f": 30, "q m": 40, "q -": 70, "- f": 35, "- m": 40, "- -": 75}
    safe = release([table_of("both", "place sex", cells)])
    assert narrowest(safe.tables) >= 10
    assert safe.tables[0].cells.filter(place="p", sex="total")["cell_status"].to_list() == ["withheld"]


def test_no_cell_of_a_real_cut_can_be_worked_out(shared: Path) -> None:
    cases = read_ctdc(shared).filter(pl.col("year").is_in(["2004", "2012", "2019"]), pl.col("citizenship") != "empty")
    safe = release(ctdc_tables(cases))
    assert safe.audit.n_withheld > 100
    assert narrowest(safe.tables) == safe.audit.narrowest >= 10


@pytest.mark.slow
def test_no_cell_of_the_real_publication_can_be_worked_out(shared: Path) -> None:
    safe = release(ctdc_tables(read_ctdc(shared)))
    assert safe.audit.n_withheld > 388
    assert narrowest(safe.tables) == safe.audit.narrowest >= 10


CODES = {"place": "pqrs", "sex": "fm", "year": "123"}
FIELDS = [
    ("place sex", "place year"),
    ("place form*", "place sex year"),
    ("place sex", "year form*", "year place"),
    ("place sex year form*", "form*"),
]


@st.composite
def linked_tables(draw: st.DrawFn, most: int = 9) -> list[Tabulation]:
    """Draw records that come in bunches, and two or three tables that share a dimension."""
    forms = st.sets(st.sampled_from(["sexual", "labour", "organs"])).map(frozenset)
    bunch = st.fixed_dictionaries({name: st.sampled_from(codes) for name, codes in CODES.items()} | {"form": forms})
    bunches = draw(st.lists(st.tuples(bunch, SMALL), min_size=3, max_size=most))
    records = [record for record, size in bunches for _ in range(size)]
    records += [bunches[0][0]] * max(0, 15 - len(records))
    fields = draw(st.sampled_from(FIELDS))
    return [count_records(f"table-{index}", names, records) for index, names in enumerate(fields)]


def released(tables: Sequence[Tabulation], policy: Policy = Policy()) -> Release | None:  # noqa: B008
    """Ask the gate, which may also refuse."""
    try:
        return release(tables, policy)
    except ReleaseRefused:
        return None


COMMON = settings(derandomize=True, suppress_health_check=list(HealthCheck))


@given(linked_tables(most=25))
@settings(COMMON, max_examples=25)
def test_no_cell_of_linked_tables_can_be_worked_out(tables: list[Tabulation]) -> None:
    safe = released(tables)
    if safe and safe.audit.n_withheld:
        assert narrowest(safe.tables) == safe.audit.narrowest >= 10


@given(linked_tables())
@settings(COMMON, max_examples=25)
def test_thinking_of_the_people_behind_the_tables_does_not_help(tables: list[Tabulation]) -> None:
    if safe := released(tables):
        assert all(width >= 10 for width in People(safe.tables).widths().values())


@given(linked_tables())
@settings(COMMON, max_examples=12)
def test_the_gate_knows_everything_that_follows_from_the_tables(tables: list[Tabulation]) -> None:
    if (safe := released(tables)) and safe.audit.n_withheld:
        assert min(People(safe.tables).widths(whole=False).values()) == narrowest(safe.tables)


@given(linked_tables())
@settings(COMMON, max_examples=12)
def test_rounded_tables_tell_no_more_than_exact_ones(tables: list[Tabulation]) -> None:
    exact, safe = released(tables), released(tables, Policy(rounding=5))
    if exact and safe:
        least = People(exact.tables).widths(whole=False)
        assert all(width >= least[cell] for cell, width in People(safe.tables, 5).widths(whole=False).items())


@given(linked_tables(), st.integers(2, 30))
@settings(COMMON, max_examples=20)
def test_the_threshold_is_what_the_policy_says(tables: list[Tabulation], threshold: int) -> None:
    if safe := released(tables, Policy(threshold=threshold)):
        assert (narrowest(safe.tables) or threshold) >= threshold


KINDS = [dict(zip("ABC", codes, strict=True)) for codes in product("12", repeat=3)]
TEN = 10


def ten(seed: int) -> list[dict[str, str | frozenset[str]]]:
    """Draw ten people, some kinds more often than others."""
    chance = random.Random(seed)
    kinds = chance.choices(KINDS, weights=[chance.random() ** 3 for _ in KINDS], k=TEN)
    return [kind | {"form": frozenset(chance.choice(["x", "y", "xy"]))} for kind in kinds]


@pytest.mark.parametrize("fields", [("A B C",), ("A B", "B C"), ("A form*",), ("A B", "B form*")])
def test_among_all_files_of_ten_people_no_cell_is_nearly_known(fields: tuple[str, ...]) -> None:
    attacked = 0
    for seed in range(30):
        tables = [count_records(names, names, ten(seed)) for names in fields]
        if safe := released(tables, Policy(threshold=4)):
            widths = People(safe.tables).widths_of_all_files(TEN)
            assert all(width >= 4 for width in widths.values())
            attacked += len(widths)
    assert attacked > 30


CIRCLE = ("A B", "B C", "C A")


def test_tables_in_a_circle_give_a_cell_away_and_are_refused() -> None:
    people = [KINDS[0]] * 30 + [KINDS[1]] * 11 + [KINDS[2]] * 12 + [KINDS[7]] * 25 + [KINDS[4]] * 3
    tables = [count_records(names, names, people) for names in CIRCLE]
    assert min(People(only_small_withheld(tables).tables).widths().values()) < 10
    with pytest.raises(ReleaseRefused, match="in a circle"):
        release(tables)


def test_tables_in_a_circle_without_small_cells_are_published() -> None:
    tables = [count_records(names, names, KINDS, repeat=20) for names in CIRCLE]
    assert release(tables).audit.n_withheld == 0


def test_two_crossed_fields_with_several_codes_are_refused_where_cells_are_small() -> None:
    people = [{"form": frozenset("ab"), "means": frozenset("u")}] * 95
    people += [{"form": frozenset("b"), "means": frozenset("uv")}] * 9
    with pytest.raises(ReleaseRefused, match="several codes"):
        release([count_records("crossed", "form* means*", people)])


@st.composite
def counts_with_intervals(draw: st.DrawFn) -> Tabulation:
    """Draw a two-way table in which a part of each cell is known only as counts below five or stands in conflict."""
    conflict = st.sampled_from([(0, 0), (0, 0), (0, 3), (2, 5), (15, 40)])
    inner = {(a, b): (draw(SMALL), draw(st.integers(0, 6)), *draw(conflict)) for a in "pqr" for b in "xyz"}
    inner["p", "x"] = (draw(st.integers(0, 10)), draw(st.integers(10, 14)), 0, 0)
    cells = {}
    for a in "pqr-":
        for b in "xyz-":
            parts = [n for (row, column), n in inner.items() if a in (row, "-") and b in (column, "-")]
            cells[f"{a} {b}"] = tuple(map(sum, zip(*parts, strict=True)))
    return table_of("mixed", "place age", {codes: number for codes, number in cells.items() if any(number)})


def widths_of_layers(tables: Sequence[ReleasedTable]) -> list[int]:
    """Attack the exact part and the counts below five, each by itself; the figures in conflict are given away."""
    exact = Attack(tables, pl.col("count"), least=0).intervals()
    below = Attack(tables, pl.col("below_threshold_cells"), least=0).intervals()
    both = {cell: (exact[cell][0] + below[cell][0], exact[cell][1] + below[cell][1]) for cell in exact}
    return [high - max(1, low) for low, high in both.values()]


@given(counts_with_intervals())
@settings(COMMON, max_examples=25)
def test_the_exact_part_and_the_interval_do_not_give_each_other_away(table: Tabulation) -> None:
    if safe := released([table]):
        assert all(width >= 10 for width in widths_of_layers(safe.tables))
        for bound in ("low", "high"):
            assert all(high - low >= 10 for low, high in Attack(safe.tables, pl.col(bound)).intervals().values())


def stated(table: ReleasedTable) -> ReleasedTable:
    """A reader takes it that reported parts make their total."""
    return replace(table, dimensions=tuple(replace(dimension, codes="exclusive") for dimension in table.dimensions))


@given(st.lists(SMALL, min_size=6, max_size=6), st.integers(0, 9))
@settings(COMMON, max_examples=25)
def test_reported_totals_that_agree_with_their_parts_do_not_give_them_away(parts: list[int], more: int) -> None:
    inner = dict(zip(product("fm", "123"), [*parts[:5], parts[5] + 30 + more], strict=True))
    sums = {
        (a, b): sum(n for (x, y), n in inner.items() if a in (x, "-") and b in (y, "-")) for a in "fm-" for b in "123-"
    }
    table = table_of("stated", "sex? year", {" ".join(key): n for key, n in sums.items() if n})
    if safe := released([table]):
        assert all(high - low >= 10 for low, high in Attack([stated(safe.tables[0])]).intervals().values())


def test_a_reported_total_does_not_pin_down_a_part_below_five() -> None:
    table = release([table_of("stated", "sex?", {"f": 37, "m": (0, 1), "-": 40})]).tables[0]
    assert table.cells["cell_status"].to_list() == ["withheld", "withheld", "published"]


def test_a_reported_total_that_exceeds_its_parts_does_not_bound_one_too_closely() -> None:
    table = release([table_of("stated", "sex?", {"f": 60, "m": 3, "-": 68})]).tables[0]
    assert table.cells["cell_status"].to_list() == ["withheld", "withheld", "published"]
