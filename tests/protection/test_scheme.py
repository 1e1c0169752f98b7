"""Which tables tell no more together than they show."""

from __future__ import annotations

import pytest

from palermo.protection.scheme import is_tree
from palermo.standard import load_standard
from palermo.statistics import RECORD_TABLES
from palermo.tables import Dimension
from tests.protection.cubes import dimension


def tree(*tables: str) -> bool:
    return is_tree([[dimension(field) for field in fields.split()] for fields in tables])


@pytest.mark.parametrize(
    "tables",
    [
        ("",),
        ("place",),
        ("place sex", "sex year"),
        ("place sex", "sex year", "year age", "year"),
        ("place sex", "office status"),
        ("place sex year", "place sex", "sex year", "place year"),
        ("place sex form*", "form*", "place form*", "place year"),
        ("place form*", "sex means*"),
    ],
)
def test_tables_that_hang_together_like_a_tree(tables: tuple[str, ...]) -> None:
    assert tree(*tables)


@pytest.mark.parametrize(
    "tables",
    [
        ("place sex", "sex year", "year place"),
        ("place sex", "sex year", "year age", "age place"),
        ("form* means*",),
        ("sex form*", "year form*"),
    ],
)
def test_tables_that_tell_more_than_they_show(tables: tuple[str, ...]) -> None:
    assert not tree(*tables)


def test_the_tables_of_every_publication_hang_together_like_a_tree() -> None:
    standard = load_standard()

    def told(field: str) -> Dimension:
        name = field.format(sex="sex")
        return Dimension(name, "overlapping" if standard.field(name).type == "codes" else "exclusive")

    tables = [[told(field) for field in wanted.by] for wanted in RECORD_TABLES]
    assert is_tree([*tables, *([one] for table in tables for one in table)])
