"""Complements, moves and rounding in whole numbers."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from palermo.protection import release
from palermo.protection.components import Component
from palermo.protection.moves import MoveFinder
from palermo.protection.rounding import rounded
from palermo.protection.suppression import suppress
from tests.privacy.attacker import narrowest
from tests.privacy.people import People
from tests.protection.cubes import count_records, table_of


def component(parts: list[int], rows: list[list[int]], slack: list[int] | None = None) -> Component:
    """Build a component of one layer; rows with a slack are at least that much below zero, the others equations."""
    return Component(
        cells=np.arange(len(parts)),
        parts=np.array([parts]),
        room=np.array([parts]),
        depth=np.ones(len(parts), dtype=np.int64),
        matrix=sparse.csr_array(np.array(rows, dtype=np.int64)),
        equations=np.full(len(rows), slack is None),
        slack=np.array([slack or [0] * len(rows)]),
    )


HALVES = component([8, 4, 4], [[1, -1, -1], [0, 1, -1]])
PRICES = np.ones(3)


def test_a_move_keeps_every_equation() -> None:
    move = MoveFinder(HALVES, 0).cheapest(0, 4, PRICES)
    assert move is not None
    assert move.tolist() == [4, 2, 2]


def test_a_move_does_not_halve_a_person() -> None:
    finder = MoveFinder(HALVES, 0)
    assert finder.cheapest(0, 3, PRICES) is None
    assert finder.any_whole(0, 3, PRICES) is None


def test_a_cell_does_not_move_below_zero() -> None:
    assert MoveFinder(HALVES, 0).cheapest(0, -9, PRICES) is None


def test_a_move_is_repeated_while_all_cells_stay_at_zero_or_above() -> None:
    assert HALVES.reach(0, np.array([-2, -1, -1]), 10) == 4
    assert HALVES.reach(0, np.array([2, 1, 1]), 10) == 10


def test_a_move_that_breaks_an_equation_cannot_be_made() -> None:
    assert HALVES.reach(0, np.array([1, 1, 1]), 10) == 0


def test_a_move_is_repeated_while_no_part_exceeds_its_whole() -> None:
    assert component([8, 3], [[1, -1]], slack=[5]).reach(0, np.array([0, 1]), 10) == 5


def test_branch_and_bound_finds_a_way_where_linear_programming_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MoveFinder, "cheapest", lambda *_: None)
    assert narrowest(release([table_of("places", "place", {"p": 4, "q": 30, "-": 34})]).tables) == 32


MANY = [{"place": f"p{n % 40}", "sex": "fm"[n % 3 // 2]} for n in range(600)]


@pytest.mark.parametrize("fewest", [0, 10**9])
def test_a_sketch_is_not_needed_for_an_answer(monkeypatch: pytest.MonkeyPatch, fewest: int) -> None:
    monkeypatch.setattr("palermo.protection.sketch._FEWEST", fewest)
    assert narrowest(release([count_records("many", "place sex", MANY)]).tables) >= 10


def test_a_sweep_that_would_part_people_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MoveFinder, "together", lambda *_: None)
    assert narrowest(release([count_records("many", "place sex", MANY)]).tables) >= 10


def test_cells_move_together_as_far_as_they_go() -> None:
    move = MoveFinder(HALVES, 0).together(np.array([1, 0, 0]), np.array([True, True, True]), 6)
    assert move is not None
    assert move.tolist() == [6, 3, 3]


def test_cells_do_not_move_together_by_half_a_person() -> None:
    assert MoveFinder(HALVES, 0).together(np.array([1, 0, 0]), np.array([True, True, True]), 5) is None


THIRTEEN = [
    {"place": place, "form": frozenset(form)}
    for place, form, people in [("q", "a", 5), ("p", "b", 5), ("p", "ab", 3)]
    for _ in range(people)
]


def test_a_cell_with_little_way_up_and_little_way_down_is_wide_enough() -> None:
    safe = release([count_records("forms", "place form*", THIRTEEN)])
    assert min(People(safe.tables).widths().values()) >= 10


@pytest.mark.parametrize("fewest", [0, 20])
def test_cells_that_no_equation_ties_need_no_complement(monkeypatch: pytest.MonkeyPatch, fewest: int) -> None:
    monkeypatch.setattr("palermo.protection.sketch._FEWEST", fewest)
    answer = suppress(component([4, 30], [[1, -1]], slack=[30]), np.array([True, False]), 10, np.array([False, False]))
    assert answer.withheld.tolist() == [True, False]


def test_complements_come_from_the_depth_of_the_table_before_its_margins() -> None:
    sizes = {"pf": 3, "pm": 50, "qf": 60, "qm": 70, "rf": 80, "rm": 90}
    records = [{"place": place, "sex": sex} for (place, sex), n in sizes.items() for _ in range(n)]
    table = release([count_records("both", "place sex", records)]).tables[0]
    hidden = table.cells.filter(cell_status="withheld").select("place", "sex").rows()
    assert sorted(hidden) == [("p", "f"), ("p", "m"), ("q", "f"), ("q", "m")]


@given(st.integers(0, 10**9), st.integers(1, 1000))
def test_a_rounded_count_is_the_nearest_multiple(number: int, base: int) -> None:
    shown = pl.select(rounded(pl.lit(number), base)).item()
    assert shown % base == 0
    assert 2 * abs(shown - number) <= base


def test_a_half_is_rounded_up() -> None:
    assert pl.select(rounded(pl.lit(25), 10)).item() == 30
