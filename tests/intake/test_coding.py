"""From cells to codes: what is in the file is read as the mapping says, whatever else is in it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.intake import load_mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.values import Context, meanings, read_date
from tests.intake.conftest import STANDARD

TOP = 'name = "own"\ntitle = "Own"\nshape = "records"\nunit = "record"\n'
FLAGS = TOP + '[fields.means]\ncolumn = "said"\n[fields.means.flags]\nlied = "deception"\ntook = "abduction"\n'


def _column(engine, examined, field):
    rows = engine.collect(examined.table.select("source_row", field)).sort("source_row")
    return rows[field].to_list()


@pytest.mark.parametrize("odd", ["1\x1f", "\x1f1", "\x1f", "1\x1f0"])
def test_a_control_sign_in_a_cell_is_not_taken_for_our_own(engine, taken_in, odd):
    examined = taken_in(FLAGS, f"said,lied,took\n,1,0\n,{odd},1\n{odd},0,1\n")
    assert _column(engine, examined, "means")[0] == ["deception"]
    assert [codes[0] for codes in _column(engine, examined, "means")[1:]] == ["abduction", "abduction"]


def test_a_flag_is_a_code_and_no_flag_is_not_a_no(engine, taken_in):
    examined = taken_in(FLAGS, "said,lied,took\nFraud,1,1\n,0,0\n,,\n,x,1\n")
    assert _column(engine, examined, "means") == [["abduction", "deception", "fraud"], None, ["abduction"]]
    assert ("flag.unreadable", "means", 1, 5) in examined.summary.rows()


WHEN = TOP + '[fields.sex]\ncolumn = "who"\nwhen = { column = "by", is = "In der  Straße" }\n'


@pytest.mark.parametrize(
    ("by", "sex"),
    [
        ("In der Straße", "female"),
        ("IN DER STRASSE", "female"),
        (" in  der straße ", "female"),
        ("elsewhere", None),
        ("", None),
    ],
)
def test_a_condition_is_compared_as_values_are(engine, taken_in, by, sex):
    examined = taken_in(WHEN, f"who,by\nfemale,{by}\n")
    assert _column(engine, examined, "sex") == [sex]


def test_without_the_column_of_a_condition_nothing_fulfils_it(engine, taken_in):
    examined = taken_in(WHEN, "who,other\nfemale,In der Straße\n")
    assert examined.columns_missing == ("by",)
    assert _column(engine, examined, "sex") == [None]


# ── the meaning of a cell ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mean(tmp_path):
    """Give value, upper end and broken rule of a cell that fills a field."""
    (tmp_path / "own.toml").write_text(TOP + 'missing = ["n/a"]\n[fields]\nsex = "x"\n', "utf-8")
    context = Context(load_mapping(str(tmp_path / "own.toml"), STANDARD), STANDARD)

    def of(field, cell, **more):
        row = meanings(FieldMapping(field, ("x",), **more), context, [cell]).row(0, named=True)
        return row["value"], row["high"], row["problem"]

    return of


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("0", 0, 0), ("7", 7, 7), ("1,234", 1234, 1234), ("1 234 567", 1234567, 1234567), ("1\u00a0234", 1234, 1234),
        ("12.0", 12, 12), ("12.00", 12, 12), ("<5", 1, 4), ("< 10", 1, 9), ("<2", 1, 1),
    ],
)  # fmt: skip
def test_a_count_is_a_number_or_an_interval(mean, cell, low, high):
    assert mean("value", cell) == (low, high, None)


@pytest.mark.parametrize("cell", ["-5", "<1", "<0", "1.000", "1.234", "12.5", "1,23", "many", "5-10", ">5", "1e3"])
def test_what_is_no_count_or_could_be_two_is_not_guessed(mean, cell):
    assert mean("value", cell) == (None, None, "value.unreadable")


@pytest.mark.parametrize("cell", ["1.000", "thirty", "30 years", "30.5"])
def test_what_is_no_whole_number_of_years_is_not_guessed(mean, cell):
    assert mean("age", cell) == (None, None, "number.unreadable")


@pytest.mark.parametrize(("cell", "age"), [("0", 0), ("110", 110), ("31.0", 31), ("31.0000", 31)])
def test_an_age_is_a_whole_number(mean, cell, age):
    assert mean("age", cell)[0] == age


@pytest.mark.parametrize(("field", "cell"), [("age", "-1"), ("age", "111"), ("year", "1899"), ("year", "2101")])
def test_a_number_out_of_range_is_a_finding(mean, field, cell):
    assert mean(field, cell) == (None, None, f"{field}.range")


@pytest.mark.parametrize("field", ["sex", "age", "value", "registered_on", "means", "category"])
@pytest.mark.parametrize("cell", ["", " ", "\u00a0", "n/a", " N/A "])
def test_what_says_nothing_is_nothing_and_no_fault(mean, field, cell):
    assert mean(field, cell) == (None, None, None)


def test_a_number_that_the_mapping_calls_unknown_is_no_fault(mean):
    assert mean("age", "999", values={"999": "unknown"}) == (None, None, None)


def test_several_codes_in_a_cell_are_read_each_once(mean):
    assert mean("means", "Fraud;deception; fraud;", split=";") == (["deception", "fraud"], None, None)
    assert mean("means", "Fraud;witchcraft", split=";") == (["fraud"], None, "code.unmapped")
    assert mean("means", "n/a;Fraud", split=";") == (["fraud"], None, None)


def test_a_code_for_nothing_gives_way_to_a_real_one(mean):
    assert mean("means", "unknown;fraud", split=";")[0] == ["fraud"]
    assert mean("means", "unknown;withheld", split=";")[0] == ["unknown", "withheld"]


@pytest.mark.parametrize(
    ("read_as", "cell", "code"),
    [
        ("alpha-3", "phl", "PHL"), ("alpha-2", "PH", "PHL"), ("alpha-2", "NA", "NAM"),
        ("numeric", "608", "PHL"), ("numeric", "8", "ALB"), ("numeric", "008", "ALB"),
        ("names", "PHILIPPINES", "PHL"), ("names", "guinea bissau", "GNB"),
        ("alpha-3", "PH", None), ("alpha-2", "608", None), ("numeric", "0", None), ("names", "Atlantis", None),
    ],
)  # fmt: skip
def test_a_country_is_read_as_the_mapping_says(mean, read_as, cell, code):
    assert mean("citizenship", cell, read_as=read_as)[0] == code


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────

HABITS = {"ymd": "{0:%Y}{1}{0:%m}{1}{0:%d}", "dmy": "{0:%d}{1}{0:%m}{1}{0:%Y}", "mdy": "{0:%m}{1}{0:%d}{1}{0:%Y}"}
DAYS = st.dates(date(1900, 1, 1))


@given(DAYS, st.sampled_from(sorted(HABITS)), st.sampled_from("-/. "), st.sampled_from(["", " 00:00:00", "T00:00"]))
def test_a_day_in_the_habit_of_the_mapping_is_read(day, habit, between, midnight):
    assert read_date(HABITS[habit].format(day, between) + midnight, habit) == day


@given(DAYS, st.permutations(sorted(HABITS)), st.sampled_from("-/. "))
def test_a_day_in_another_habit_is_another_valid_day_or_none_and_ours_never_swaps(day, habits, between):
    written, read, _ = habits
    found = read_date(HABITS[written].format(day, between), read)
    if "ymd" in (written, read) or day.day > 12:
        assert found is None
    else:
        assert (found.year, found.month, found.day) == (day.year, day.day, day.month)


@pytest.mark.parametrize(
    "cell", ["31/12/20", "2020-13-01", "30/02/2020", "2020", "12/2020", "2020-12-31 13:45", "day 1"]
)
@pytest.mark.parametrize("habit", sorted(HABITS))
def test_what_is_no_day_is_not_guessed(cell, habit):
    assert read_date(cell, habit) is None


def test_the_habit_of_the_standard_is_read_beside_the_mappings_own(mean):
    assert mean("registered_on", "2020-12-31", format="dmy")[0] == date(2020, 12, 31)
    assert mean("registered_on", "12/31/2020", format="dmy") == (None, None, "date.unreadable")


def test_values_without_a_code_are_kept_with_their_rows_and_never_become_one(engine, taken_in):
    examined = taken_in(TOP + '[fields]\nsex = "s"\n', "s,x\n" + "F,\n" * 3 + "female,\nW,\n")
    assert examined.unmapped.rows() == [("sex", "F", 3), ("sex", "W", 1)]
    assert _column(engine, examined, "sex") == [None, None, None, "female", None]
