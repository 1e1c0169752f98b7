"""CTDC's synthetic data of 2024 and later: no copy could be had, so rows are invented under its codebook's columns."""

from __future__ import annotations

import csv

import pytest

from palermo.intake import examine, load_mapping
from palermo.standard import find_outside_list, load_crosswalk, load_standard
from palermo.tables import open_engine

STANDARD = load_standard()
RELEASES = {"ctdc-2024": "ctdc_synthetic_v2024_columns", "ctdc-2002-2024": "ctdc_synthetic_2002_2024_columns"}
SAID = {
    "yearOfRegistration": "2022", "gender": "Woman", "ageBroad": "9--17", "citizenship": "NAM",
    "CountryOfExploitation": "ITA", "traffickMonths": "25+ (2+ yrs)",
}  # fmt: skip


@pytest.fixture(params=RELEASES)
def release(request):
    return request.param


@pytest.fixture
def one_tick_a_row(release, tmp_path):
    """A file in which each row has one of the flags, and its examination."""
    columns = list(find_outside_list(RELEASES[release]).codes)
    flags = [column for column in columns if column not in SAID]
    with (tmp_path / "later.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(SAID | {flag: "1"} for flag in flags)
    with open_engine() as engine:
        examined = examine(tmp_path / "later.csv", load_mapping("ctdc-2024", STANDARD), STANDARD, engine)
        yield flags, examined, engine.collect(examined.table.order_by("source_row")).rows(named=True)


def test_every_column_of_the_codebook_is_known_and_nothing_is_wrong(one_tick_a_row):
    flags, examined, rows = one_tick_a_row
    assert len(rows) == len(flags) == 27 - len(SAID)
    assert examined.columns_extra == () and examined.unmapped.is_empty()
    assert set(examined.summary["rule"]) <= {"record.repeated"}


def test_what_every_row_says_is_read_in_the_words_of_the_profile(one_tick_a_row):
    for row in one_tick_a_row[2]:
        said = [row[name] for name in ("year", "gender", "age_band", "age_group", "citizenship", "duration_band")]
        assert said == [2022, "female", "09-17", "child", "NAM", "25+"] and row["country_of_exploitation"] == "ITA"


def test_each_tick_is_what_the_crosswalk_to_that_release_says_it_is(release, one_tick_a_row):
    flags, _, rows = one_tick_a_row
    walk = load_crosswalk(release, STANDARD)
    for flag, row in zip(flags, rows, strict=True):
        for field, code in walk.enter([(flag, "1")]).said:
            assert code in row[field], flag
        possible = {(at.field, at.code) for at in walk.homeward(flag, "1")}
        ticked = {(f, code) for f, codes in row.items() if isinstance(codes, list) for code in codes}
        assert ticked and ticked <= possible, flag
