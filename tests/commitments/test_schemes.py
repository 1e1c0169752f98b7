"""Outside schemes: read as their owners give them, and kept apart."""

from __future__ import annotations

import polars as pl
import pytest

from palermo.commitments.appraisal import SCHEMES, read_scheme
from palermo.commitments.records import RecordsRefused
from palermo.errors import InputError, UsageError


def test_the_components_of_3p_add_up_in_every_complete_row(shared):
    """29 of the 2,154 rows have no total (counted in the file)."""
    series = read_scheme("3p", shared / "data/commitments/three_p_index_2000_2013.csv")
    totals = series.table.filter(pl.col("component") == "total")
    assert totals.height == 2154 - 29
    assert series.owner == "Cho, Dreher and Neumayer"


def test_a_row_of_3p_that_does_not_add_up_stops_the_file(tmp_path):
    path = tmp_path / "3p.csv"
    path.write_text("iso3,country,year,prosecution,protection,prevention,overall_3p\nKEN,Kenya,2012,4,3,3,11\n")
    with pytest.raises(RecordsRefused, match="add to the total") as refused:
        read_scheme("3p", path)
    assert refused.value.findings[0].row == 2


def test_tiers_come_padded_and_with_957_literal_na(shared):
    """The tiers of 2012 are as many as in another file of the same scheme, which begins in 2001."""
    series = read_scheme("tiers", shared / "data/tip_report/tip_tiers_1999_2015.csv")
    assert series.n_missing == 957
    assert series.table.height == 3208 - 957
    assert set(series.table["value"]) == {"Tier 1", "Tier 2", "Tier 3", "Watchlist"}
    of_2012 = series.table.filter(pl.col("year") == 2012)["value"].value_counts().rows()
    assert dict(of_2012) == {"Tier 1": 32, "Tier 2": 92, "Watchlist": 41, "Tier 3": 17}


def test_criminalization_levels_are_words_of_their_own(shared):
    series = read_scheme("criminalization", shared / "data/commitments/criminalization_levels_2000_2014.csv")
    assert set(series.table["value"]) <= {"none", "partial", "full"}


def test_gretas_wording_is_a_series_by_article_and_no_scale(tmp_path):
    """GRETA urges, considers, or invites (its reports; recalled)."""
    path = tmp_path / "greta.csv"
    path.write_text("iso3,year,article,wording\nITA,2014,12,urges\nITA,2014,13,invites\nITA,2014,15,\n")
    series = read_scheme("greta", path)
    assert series.table.rows() == [
        ("ITA", 2014, "wording article 12", "urges"),
        ("ITA", 2014, "wording article 13", "invites"),
    ]
    assert series.n_missing == 1
    path.write_text("iso3,year,article,wording\nITA,2014,12,scolds\n")
    with pytest.raises(RecordsRefused, match="none of"):
        read_scheme("greta", path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("iso,year,tier\nKEN,2012,Tier 9\n", "none of"),
        ("iso,year,tier\nKEN,soon,Tier 1\n", "no year"),
        ("iso,year\nKEN,2012\n", "no column tier"),
    ],
)
def test_a_file_that_is_not_the_schemes_is_refused(tmp_path, text, words):
    (tmp_path / "tiers.csv").write_text(text)
    with pytest.raises(InputError, match=words):
        read_scheme("tiers", tmp_path / "tiers.csv")


def test_an_unknown_scheme_is_said_to_be_none(tmp_path):
    with pytest.raises(UsageError, match="3p, tiers, criminalization, greta"):
        read_scheme("league", tmp_path)


def test_no_scheme_is_without_its_owner_and_its_limit():
    assert all(scheme.owner and scheme.limit and scheme.title for scheme in SCHEMES.values())
