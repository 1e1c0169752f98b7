"""How numbers and cells are written."""

import pytest

from palermo.reports import PlainLabels
from palermo.reports.cells import Cell, Counts, in_order, shown
from palermo.reports.numbers import counted, percent, percent_between, permille, share_of


@pytest.mark.parametrize(
    ("part", "total", "words"),
    [
        (2, 3, "two in three records"),
        (66, 100, "about two in three records"),
        (1, 2, "one in two records"),
        (45, 100, "45% of records"),
        (999, 1000, "100% of records"),
        (7, 7, "all records"),
    ],
)
def test_a_share_is_a_plain_fraction_where_one_is_near(part, total, words):
    assert share_of(part, total, "records") == words


def test_halves_are_rounded_upwards_in_whole_numbers():
    assert (permille(1, 2000), permille(3, 2000), percent(1, 16)) == (1, 2, "6.3%")


def test_a_share_between_two_bounds_is_one_number_where_they_agree():
    assert percent_between((571, 1000), (574, 1000)) == "57%"
    assert percent_between((571, 1000), (578, 1000)) == "57–58%"


@pytest.mark.parametrize(
    ("cell", "mark"),
    [(Cell(40, 64, 136, 24), 64), (Cell(35, 30, 45), 35), (Cell(7, 7, 7), 7), (Cell(None, None, None), None)],
)
def test_a_mark_is_drawn_at_the_number_or_at_the_least_that_it_can_be(cell, mark):
    assert cell.mark == mark


def test_one_of_a_unit_is_one():
    assert [counted(number, "person") for number in (1, 1200)] == ["1 person", "1,200 people"]


@pytest.mark.parametrize(
    ("cell", "text", "kind"),
    [
        (Cell(47399, 47423, 47495, 24), "47,423–47,495", "interval"),
        (Cell(0, 1, 4, 1), "1–4", "interval"),
        (Cell(30, 30, 45), "30–45", "interval"),
        (Cell(35, 30, 45), "35 (30–45)", "interval"),
        (Cell(1234, 1234, 1234), "1,234", "number"),
        (Cell(0, 0, 0), "0", "number"),
        (Cell(None, None, None), "withheld", "withheld"),
        (None, "–", "nothing"),
    ],
)
def test_every_kind_of_cell_has_its_own_words(cell, text, kind):
    value = shown(cell)
    assert (value.text, value.kind) == (text, kind)


def test_a_cell_that_is_not_listed_is_zero_unless_the_source_reports_totals(tables):
    assert Counts(tables({"total": 5, "a": 5}, "gender")).cell(gender="b") == Cell(0, 0, 0)
    assert Counts(tables({"total": 5, "a": 5}, "gender", codes="reported")).cell(gender="b") is None


def test_a_country_that_reported_nothing_for_a_year_has_a_dash_and_no_zero(tables):
    counts = Counts(tables({"ALB 2019": 12, "NAM 2020": 30, "total total": 42}, "country year"))
    assert counts.cell(country="ALB", year="2020") is None
    assert shown(counts.cell(country="ALB", year="2020")).text == "–"


def test_a_dimension_may_be_called_status(tables):
    counts = Counts(tables({"total": 20, "presumed": 20, "withheld": "withheld"}, "status"))
    assert counts.cell(status="presumed") == Cell(20, 20, 20)


def test_codes_for_nothing_come_last_and_totals_first():
    codes = ("unknown", "male", "other", "empty", "total", "female")
    assert in_order("sex", codes, PlainLabels()) == ("total", "female", "male", "other", "empty", "unknown")


def test_countries_have_names_and_namibia_is_one():
    labels = PlainLabels()
    assert (labels.label("citizenship", "NAM"), labels.label("year", "2020")) == ("Namibia", "2020")
    assert labels.label("citizenship", "withheld") == "Withheld by the source"
