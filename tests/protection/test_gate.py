"""The gate lets out what may be shown, and only it lets anything out."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import palermo
from palermo.errors import ReleaseRefused, UsageError
from palermo.protection import TablesDisagree, release
from palermo.tables import TOTAL, Policy, Release, ReleasedTable
from tests.protection.cubes import count_records, ctdc_tables, read_ctdc, table_of

PLACES = table_of("places", "place", {"p": 4, "q": 30, "r": 25, "s": 61, "-": 120})
RECORDS = [
    {"place": place, "sex": sex, "form": frozenset(form.split())}
    for place, sex, form, people in [
        ("p", "f", "sexual", 3), ("p", "m", "labour", 14), ("q", "f", "sexual labour", 25), ("q", "m", "", 18),
        ("r", "f", "organs", 6), ("r", "m", "labour", 31), ("s", "f", "sexual", 40), ("s", "m", "labour organs", 22),
    ]
    for _ in range(people)
]  # fmt: skip
CUBES = [count_records("sexes", "place sex", RECORDS), count_records("forms", "place form*", RECORDS)]


def withheld(table: ReleasedTable) -> set[tuple[str, ...]]:
    hidden = table.cells.filter(pl.col("cell_status") == "withheld")
    return set(hidden.select(table.fields).iter_rows())


def same(left: Release, right: Release) -> bool:
    return left.audit == right.audit and all(table.cells.equals(right.table(table.name).cells) for table in left.tables)


def test_a_cell_below_the_threshold_is_withheld_with_one_more_that_hides_it() -> None:
    table = release([PLACES]).table("places")
    assert withheld(table) == {("p",), ("r",)}
    assert table.n_withheld == 2


def test_a_withheld_cell_shows_no_number_and_never_zero() -> None:
    hidden = pl.concat([table.cells for table in release(CUBES).tables], how="diagonal").filter(cell_status="withheld")
    numbers = hidden.select("count", "low", "high", "below_threshold_cells")
    assert numbers.null_count().row(0) == (hidden.height,) * 4


def test_a_released_table_does_not_say_who_contributed() -> None:
    assert release([PLACES]).table("places").cells.columns == [
        "place", "count", "low", "high", "below_threshold_cells", "cell_status",
    ]  # fmt: skip


def test_rows_are_not_in_the_order_of_their_counts() -> None:
    upside_down = replace(PLACES, cells=PLACES.cells.sort("count", descending=True))
    assert release([upside_down]).table("places").cells["place"].to_list() == ["p", "q", "r", "s", TOTAL]


def test_a_table_without_small_cells_is_published_whole() -> None:
    safe = release([table_of("places", "place", {"q": 30, "r": 25, "-": 55})])
    assert withheld(safe.tables[0]) == set()
    assert safe.audit.narrowest is None


def test_zero_is_published_as_zero() -> None:
    table = release([table_of("places", "place", {"p": 0, "q": 30, "-": 30})]).tables[0]
    assert table.cells.filter(place="p").row(0) == ("p", 0, 0, 0, 0, "published")


def test_a_table_in_which_nobody_is_counted_is_published_empty() -> None:
    assert release([table_of("places", "place", {})]).tables[0].cells.height == 0


def test_no_tables_make_an_empty_release() -> None:
    assert release([]).audit.n_cells == 0


def test_a_table_of_the_grand_total_alone_is_published() -> None:
    assert release([count_records("all", "", RECORDS)]).tables[0].cells["count"].to_list() == [159]


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, derandomize=True)
def test_the_order_of_rows_and_tables_does_not_matter(random: object) -> None:
    shuffled = [replace(t, cells=t.cells.sample(fraction=1, shuffle=True, seed=random.randrange(99))) for t in CUBES]
    assert same(release(CUBES), release(shuffled[::-1]))


def test_tables_of_different_universes_do_not_meddle_with_each_other() -> None:
    other = table_of("offices", "place", {"p": 15, "q": 30, "-": 45}, universe="offices")
    together = release([PLACES, other])
    assert withheld(together.table("places")) == withheld(release([PLACES]).table("places"))
    assert withheld(together.table("offices")) == set()


def test_a_cell_withheld_in_one_table_is_withheld_in_all() -> None:
    first, second = release(CUBES).tables

    def margins(table: ReleasedTable) -> set[str]:
        return {codes[0] for codes in withheld(table) if codes[1] == TOTAL}

    assert margins(first) == margins(second)


def test_the_audit_counts_each_cell_once() -> None:
    safe = release([*CUBES, count_records("places", "place", RECORDS)])
    cells, hidden = set(), set()
    for table in safe.tables:
        for row in table.cells.iter_rows(named=True):
            cell = frozenset((field, row[field]) for field in table.fields if row[field] != TOTAL)
            cells.add(cell)
            hidden |= {cell} if row["cell_status"] == "withheld" else set()
    assert safe.audit.n_cells == len(cells)
    assert safe.audit.n_withheld == len(hidden) > 4


def test_a_higher_threshold_withholds_more() -> None:
    assert release([PLACES], Policy(threshold=31)).tables[0].n_withheld > release([PLACES]).tables[0].n_withheld


def test_threshold_one_withholds_nothing() -> None:
    assert release(CUBES, Policy(threshold=1)).audit.n_withheld == 0


def test_counts_are_rounded_after_suppression_and_said_to_be() -> None:
    table = release([PLACES], Policy(rounding=5)).table("places")
    assert table.cells["count"].to_list() == [None, 30, None, 60, 120]
    assert table.notes == ("Counts are rounded to the nearest multiple of 5.",)


def test_a_count_with_an_interval_is_published_with_both_bounds() -> None:
    table = release([table_of("places", "place", {"p": (20, 3), "q": (30, 0), "-": (50, 3)})]).tables[0]
    assert table.cells.row(0) == ("p", 20, 23, 32, 3, "published")


def test_a_cell_known_only_as_below_five_is_withheld() -> None:
    table = release([table_of("places", "place", {"p": (0, 1), "q": (30, 2), "r": (41, 0), "-": (71, 3)})]).tables[0]
    assert ("p",) in withheld(table)


def test_counts_below_five_can_hide_each_other() -> None:
    table = release([table_of("places", "place", {"p": (0, 5), "q": (0, 7), "-": (0, 12)})]).tables[0]
    assert withheld(table) == {("p",), ("q",)}


def test_the_exact_part_and_the_interval_can_hide_a_cell_together() -> None:
    table = release([table_of("places", "place", {"p": (3, 3), "q": (3, 3), "-": (6, 6)})]).tables[0]
    assert withheld(table) == {("p",), ("q",)}


def test_a_figure_in_conflict_between_none_and_few_is_withheld() -> None:
    table = release([table_of("places", "place", {"p": (0, 0, 0, 5), "q": 30, "r": 41, "-": (71, 0, 0, 5)})]).tables[0]
    assert ("p",) in withheld(table)


def test_a_large_count_that_stands_on_few_is_withheld() -> None:
    few = PLACES.cells.with_columns(contributors=pl.Series([40, 30, 25, 3, 120]))
    assert ("s",) in withheld(release([replace(PLACES, cells=few)]).tables[0])


def test_a_small_count_that_stands_on_many_is_published() -> None:
    many = PLACES.cells.with_columns(contributors=pl.Series([40, 30, 25, 61, 120]))
    assert withheld(release([replace(PLACES, cells=many)]).tables[0]) == set()


def test_a_table_of_one_row_is_published() -> None:
    assert withheld(release([table_of("places", "place", {"p": 12, "-": 12})]).tables[0]) == set()


def test_a_release_that_the_attack_breaks_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palermo.protection.gate.narrowest_interval", lambda *_: 9)
    with pytest.raises(ReleaseRefused, match="worked out"):
        release([PLACES])


FINGERPRINT = """
from hashlib import sha256
from palermo.protection import release
from tests.protection.test_gate import CUBES
safe = release(CUBES)
print(sha256("".join(table.cells.write_csv() for table in safe.tables).encode()).hexdigest(), safe.audit)
"""


def test_the_same_tables_give_the_same_release_in_another_process() -> None:
    found = set()
    for seed in "12":
        environment = os.environ | {"PYTHONHASHSEED": seed}
        root = Path(__file__).parents[2]
        said = subprocess.run(
            [sys.executable, "-c", FINGERPRINT], env=environment, cwd=root, capture_output=True, text=True, check=True
        )
        found.add(said.stdout)
    assert len(found) == 1


def test_a_publication_about_fewer_people_than_the_threshold_is_refused() -> None:
    with pytest.raises(ReleaseRefused) as refusal:
        release([table_of("places", "place", {"p": 4, "q": 5, "-": 9})])
    assert (refusal.value.where, bool(refusal.value.todo)) == ("places", True)
    assert "9" not in str(refusal.value)


def test_a_small_group_that_is_the_whole_count_is_refused() -> None:
    cells = table_of("places", "place", {"p": 12, "-": 12})
    few = pl.when(pl.col("place") == "p").then(3).otherwise(12).cast(pl.Int64)
    with pytest.raises(ReleaseRefused, match="withholding more does not help"):
        release([replace(cells, cells=cells.cells.with_columns(contributors=few))])


@pytest.mark.parametrize("policy", [Policy(threshold=0), Policy(rounding=-1)])
def test_a_policy_that_makes_no_sense_is_refused(policy: Policy) -> None:
    with pytest.raises(UsageError, match="policy"):
        release([PLACES], policy)


def test_tables_that_print_different_numbers_for_a_cell_are_our_fault() -> None:
    other = table_of("more", "place", {"p": 5, "q": 30, "r": 25, "s": 60, "-": 120})
    with pytest.raises(TablesDisagree, match="more: a cell by place"):
        release([PLACES, other])


def test_tables_with_different_grand_totals_are_our_fault() -> None:
    with pytest.raises(TablesDisagree, match="the grand total"):
        release([PLACES, table_of("sexes", "sex", {"f": 60, "m": 61, "-": 121})])


def test_a_margin_that_is_missing_in_another_table_is_our_fault() -> None:
    cells = {"q f": 30, "r f": 25, "s f": 61, "q -": 30, "r -": 25, "s -": 61, "- f": 120, "- -": 120}
    with pytest.raises(TablesDisagree, match="is missing"):
        release([PLACES, table_of("sexes", "place sex", cells)])


def test_a_real_publication_is_released_with_few_withheld_cells(shared: Path) -> None:
    safe = release(ctdc_tables(read_ctdc(shared)))
    assert (safe.audit.n_cells, safe.audit.narrowest) == (2567, 10)
    assert 388 < safe.audit.n_withheld <= 388 + 530
    lost = {name: safe.table(name).n_withheld for name in ("citizenship", "exploited", "means", "recruiters")}
    assert lost == {"citizenship": 0, "exploited": 3, "means": 0, "recruiters": 0}


MADE_HERE = {"Release", "ReleasedTable"}
OF_A_RELEASE = {"tables", "policy", "audit", "n_withheld"}


def makers() -> Iterator[tuple[str, int]]:
    """Find calls of the two classes, by whatever name, and copies of a release with something changed."""
    source = Path(palermo.__file__).parent
    for file in sorted(source.rglob("*.py")):
        tree = ast.walk(ast.parse(file.read_text("utf-8")))
        names, calls = set(MADE_HERE), []
        for node in tree:
            if isinstance(node, ast.ImportFrom):
                names |= {alias.asname for alias in node.names if alias.name in MADE_HERE and alias.asname}
            elif isinstance(node, ast.Call):
                calls.append(node)
        for call in calls:
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            copied = name in ("replace", "__replace__") and OF_A_RELEASE & {word.arg for word in call.keywords}
            if name in names or copied:
                yield file.relative_to(source).as_posix(), call.lineno


def test_only_the_gate_makes_a_release() -> None:
    """The gate, with the tables that were paid for, and what reads a release back."""
    assert {file for file, _ in makers()} == {f"protection/{name}.py" for name in ("gate", "noisy", "published")}
