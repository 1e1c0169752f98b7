"""What everybody knows about the cells of a table."""

from __future__ import annotations

import pytest

from palermo.protection import TablesDisagree
from palermo.protection.cells import collect_cells
from palermo.protection.relations import Relation, find_relations
from tests.protection.cubes import table_of


def relations(fields: str, cells: dict[str, int | tuple[int, int]]) -> tuple[Relation, ...]:
    table = table_of("table", fields, cells)
    return find_relations(collect_cells("records", [table]), [table])


def test_exclusive_codes_add_up_to_their_total() -> None:
    assert relations("sex", {"f": 3, "m": 4, "-": 7}) == (Relation((0, 1, 2), (1, -1, -1), equation=True),)


def test_an_overlapping_code_cannot_exceed_those_of_whom_something_is_known() -> None:
    each, together = relations("form*", {"empty": 2, "labour": 5, "-": 7})
    assert each == Relation((0, 1, 2), (1, -1, -1), equation=False)
    assert together == Relation((2, 1, 0), (1, 1, -1), equation=False)


def test_overlapping_codes_leave_room_for_people_with_several() -> None:
    *_, together = relations("form*", {"sexual": 6, "labour": 5, "-": 7})
    assert together.slack == (4,)


def test_without_any_overlapping_code_the_total_is_nothing() -> None:
    assert relations("form*", {"empty": 7, "-": 7}) == (Relation((0, 1), (1, -1), equation=True),)


def test_a_reported_total_that_agrees_with_its_parts_can_be_subtracted_from() -> None:
    assert [relation.equation for relation in relations("sex?", {"f": 3, "m": 4, "-": 7})] == [True]


def test_a_reported_total_that_differs_from_its_parts_still_bounds_each_that_is_less() -> None:
    assert [relation.slack for relation in relations("sex?", {"f": 3, "m": 9, "-": 7})] == [(4,)]


def test_parts_whose_total_was_not_reported_are_not_related() -> None:
    assert relations("place? sex?", {"p f": 3, "- f": 3, "- -": 3}) == (
        Relation((0, 2), (1, -1), equation=True),
        Relation((2, 1), (1, -1), equation=True),
    )


def test_an_exact_part_and_an_interval_share_the_room_they_have_together() -> None:
    each, *_ = relations("form*", {"labour": (5, 4), "sexual": (8, 1), "-": (8, 2)})
    assert each.slack == (1, 0)


@pytest.mark.parametrize(
    ("fields", "cells"),
    [
        ("sex", {"f": 3, "m": 4, "-": 8}),
        ("sex place", {"f p": 3, "- p": 3, "f -": 3}),
        ("form*", {"labour": 9, "-": 7}),
        ("form*", {"empty": 6, "-": 7}),
    ],
)
def test_codes_that_contradict_their_total_are_our_fault(fields: str, cells: dict[str, int | tuple[int, int]]) -> None:
    with pytest.raises(TablesDisagree, match="contradict"):
        relations(fields, cells)
