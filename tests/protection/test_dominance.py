"""A number that is nearly all one contributor's is withheld, and nobody comes close to it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from palermo.protection import release
from palermo.tables import Policy
from tests.privacy.attacker import Attack
from tests.protection.cubes import table_of

SEIZED = table_of(
    "proceeds",
    "region year",
    {
        "n 1": 500, "n 2": 300, "n -": 800,
        "s 1": 400, "s 2": 450, "s -": 850,
        "e 1": 350, "e 2": 420, "e -": 770,
        "- 1": 1250, "- 2": 1170, "- -": 2420,
    },
)  # fmt: skip


def _with(largest: dict[tuple[str, str], int]):
    keys = SEIZED.cells.select("region", "year").rows()
    values = pl.Series([largest.get(key, 0) for key in keys], dtype=pl.Int64)
    return replace(SEIZED, cells=SEIZED.cells.with_columns(largest=values))


def _withheld(made) -> set[tuple[str, str]]:
    return set(made.tables[0].cells.filter(cell_status="withheld").select("region", "year").rows())


def test_a_dominated_number_is_withheld_and_cannot_be_estimated_closely():
    made = release([_with({("n", "1"): 480})], Policy(dominance=85))
    assert ("n", "1") in _withheld(made) and len(_withheld(made)) >= 4
    low, high = Attack(made.tables).intervals()[frozenset({("region", "n"), ("year", "1")})]
    undominated = 480 / 0.85  # the number at which 480 would be 85 in 100 of it
    assert high - low >= 2 * (undominated - 500)


@pytest.mark.parametrize(("largest", "dominance"), [(425, 85), (480, 0), (200, 50)])
def test_a_number_that_nobody_dominates_is_published(largest, dominance):
    assert not _withheld(release([_with({("n", "1"): largest})], Policy(dominance=dominance)))


def test_without_the_largest_contributor_there_is_no_such_rule():
    assert not _withheld(release([SEIZED], Policy(dominance=85)))
