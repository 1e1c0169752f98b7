"""The shipped tables are those that were published."""

from __future__ import annotations

import pytest

from palermo.errors import UsageError
from palermo.prevalence import EXAMPLES, load_example, read_stratified

FILES = {
    "artificial": "artificial_3lists",
    "australia": "australia_4lists",
    "hiv-rome": "hiv_rome_4lists",
    "korea": "korea_palembang_3lists",
    "netherlands": "netherlands_6lists",
    "new-orleans-185": "new_orleans_8lists_185",
    "new-orleans-186": "new_orleans_8lists_186",
    "scotland": "scotland_pwid_4lists_stratified",
    "spina-bifida": "spina_bifida_ny_3lists_stratified",
    "uk": "uk_2013_6lists",
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_the_published_table_and_says_where_it_comes_from(shared, name):
    example = load_example(name)
    file = shared / "data" / "mse" / f"{FILES[name]}.csv"
    assert example.table == read_stratified(file, example.table.factors)
    assert example.title
    assert "(" in example.citation


def test_an_unknown_example_is_answered_with_those_that_there_are():
    with pytest.raises(UsageError, match="korea"):
        load_example("atlantis")
