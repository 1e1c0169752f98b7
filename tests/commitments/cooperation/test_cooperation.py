"""Cooperation: gaps are cells, overlaps have names, and evidence is graded by its design."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.cooperation import SHIPPED, THEMES, agreement_table, grid, member_table, practice_table
from tests.support.registers import a_register

LATER = date(2015, 1, 1)


@pytest.fixture
def known(tmp_path):
    return CATALOGUE.load(a_register(tmp_path), as_recorded=LATER)


def cell(table, country, theme):
    return table.filter(country=country, theme=theme).select("state", "n_actors", "actors").row(0)


def test_the_grid_has_every_cell_the_empty_ones_too(known):
    table = grid(known, date(2012, 6, 1))
    assert table.height == 2 * len(THEMES)
    assert cell(table, "UGA", "shelter") == ("gap", 0, None)
    assert cell(table, "UGA", "awareness") == ("covered", 1, "Network of shelters")
    assert cell(table, "KEN", "shelter") == ("overlap", 2, "IOM; Network of shelters")


def test_a_country_in_which_nobody_is_active_is_all_gaps(known):
    table = grid(known, LATER, countries=["TZA"])
    assert table["state"].unique().to_list() == ["gap"]
    assert table.height == len(THEMES)


def test_an_activity_counts_from_its_first_day_to_its_last(known):
    days = [date(2012, 2, 28), date(2012, 2, 29), date(2013, 12, 31), date(2014, 1, 1)]
    assert [cell(grid(known, day), "KEN", "shelter")[1] for day in days] == [1, 2, 2, 1]


def test_an_agreement_of_which_nobody_knows_whether_it_binds_is_unknown(known):
    assert agreement_table(known, LATER)["state"].to_list() == ["unknown"]
    assert agreement_table(known, date(2011, 12, 30)).is_empty()


def test_evidence_is_graded_by_its_design_and_what_cannot_be_read_is_not_graded(known):
    told = practice_table(known).select("title", "grade").rows()
    assert told == [("Radio plays", "strong"), ("Posters", "none")]


def test_the_founders_of_icat_are_the_seven_that_its_site_names(tmp_path):
    """knowledge/commitments.md §4: ILO, IOM, UNICEF, UNIFEM, UNDAW, UNHCR and UNODC, formed in March 2007."""
    (tmp_path / "actors.csv").write_bytes(SHIPPED["actors"].read_bytes())
    known = CATALOGUE.load(tmp_path, as_recorded=date(2030, 1, 1))
    members = member_table(known, date(2012, 11, 13))
    founders = members.filter(pl.col("icat") == "founder")
    assert set(founders["id"]) == {"ilo", "iom", "unicef", "unifem", "undaw", "unhcr", "unodc"}
    assert set(founders["icat_since"]) == {"2007-03"}
    assert set(founders.drop_nulls("succeeded_by")["id"]) == {"unifem", "undaw"}
    assert not set(member_table(known, date(2007, 2, 28))["id"]) & set(founders["id"])
