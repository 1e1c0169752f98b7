"""UNODC's GLOTIP data of 30 May 2023; the figures are counted in ../shared/data/README.md from the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from palermo.intake import examine, load_mapping
from palermo.standard import load_standard
from palermo.tables import open_engine

STANDARD = load_standard()
VICTIMS = ("--indicator", "detected-victims")


@pytest.fixture(scope="module", params=["xlsx", "csv.gz"])
def glotip(shared: Path, request: pytest.FixtureRequest) -> Path:
    return shared / f"data/unodc/data_glotip_2023-05-30.{request.param}"


@pytest.fixture(scope="module")
def by_year(palermo, glotip):
    answer = palermo("table", glotip, "--mapping", "glotip", "--by", "year", *VICTIMS, "--private", "--json").json
    return answer


def rows_of(answer):
    return {row["year"]: row for row in answer["rows"]}


def test_every_row_is_a_record(palermo, glotip):
    answer = palermo("check", glotip, "--mapping", "glotip", "--json").json
    assert (answer["rows_in"], answer["rows_accepted"], answer["rows_quarantined"]) == (46_556, 46_556, 0)


def test_the_sources_defects_are_found_unasked(palermo, glotip):
    findings = palermo("check", glotip, "--mapping", "glotip", "--json").json["findings"]
    rows = {found["rule"]: found["rows"] for found in findings}
    assert rows["aggregate.no-country"] == 957
    assert rows["aggregate.repeated"] == 255
    assert rows["aggregate.conflicting"] == 536
    assert rows["victims.sexes-exceed-total"] == 48
    assert rows["victims.ages-exceed-total"] == 34  # counted by pandas from the file, as is the next
    assert rows["persons.ages-exceed-total"] == 3


def test_detected_victims_by_year(by_year):
    rows = rows_of(by_year)
    exact = [rows[year]["count"]["value"] for year in range(2017, 2022)]
    assert exact == [47_399, 49_799, 53_229, 49_794, 20_380]


def test_every_indicator_and_dimension_has_the_rows_that_it_has(shared):
    file = shared / "data/unodc/data_glotip_2023-05-30.csv.gz"
    with open_engine() as engine:
        cells = engine.collect(examine(file, load_mapping("glotip", STANDARD), STANDARD, engine).table)
    assert dict(cells.group_by("indicator").len().rows()) == {
        "detected-victims": 32_364, "convicted": 6_253, "prosecuted": 3_659, "formal-contact": 3_124, "offences": 1_156,
    }  # fmt: skip
    assert dict(cells.group_by("dimension").len().rows()) == {
        "total": 23_802, "form-of-exploitation": 13_202, "citizenship": 7_722, "country-of-repatriation": 1_830,
    }  # fmt: skip
    assert (cells["year"].min(), cells["year"].max()) == (2003, 2021)
    small = cells.filter(cells["value_high"] != cells["value"])
    assert (small.height, set(small["value"]), set(small["value_high"])) == (23_076, {1}, {4})


def test_detected_victims_by_country(counts, shared):
    countries = counts(shared / "data/unodc/data_glotip_2023-05-30.csv.gz", "glotip", "country", *VICTIMS)
    said = {
        "USA": 62_879, "GBR": 37_802, "IND": 23_163, "NGA": 15_966, "NLD": 15_107, "ROU": 13_290, "PHL": 12_881,
    }  # fmt: skip
    assert {code: countries[code] for code in said} == said


def test_detected_victims_by_sex_leave_out_the_figures_in_conflict(palermo, shared):
    """Counted from the file with the first of several values taken: 219,391, 107,792 and 1,186."""
    file = shared / "data/unodc/data_glotip_2023-05-30.csv.gz"
    rows = palermo("table", file, "--mapping", "glotip", "--by", "sex", *VICTIMS, "--private", "--json").json["rows"]
    counted = {row["sex"]: row["count"] for row in rows}
    assert counted["other"]["value"] == 1_186
    for sex, first in (("female", 219_391), ("male", 107_792)):
        assert counted[sex]["value"] < first < counted[sex]["high"]


def test_the_part_from_regions_without_a_country_stands_apart(by_year):
    rows = rows_of(by_year)
    apart = [rows[year]["apart"]["count"]["value"] if rows[year]["apart"] else 0 for year in range(2017, 2022)]
    named = [rows[year]["count"]["value"] - part for year, part in zip(range(2017, 2022), apart, strict=True)]
    assert named == [44_611, 46_283, 49_572, 47_448, 20_380]
    assert "no country" in rows[2017]["apart"]["why"]


def test_cells_below_five_are_an_interval(by_year):
    count = rows_of(by_year)[2017]["count"]
    assert (count["low"], count["high"], count["below_threshold_cells"]) == (47_423, 47_495, 24)


def test_the_last_year_carries_the_warning_of_a_lag(by_year):
    assert any("2021: 55 countries" in note and "not a fall" in note for note in by_year["notes"])


@pytest.mark.parametrize(
    "words",
    [
        ("--by", "year"),
        ("--by", "indicator"),
        ("--by", "dimension", *VICTIMS),
        ("--by", "year", "--where", "dimension=citizenship", *VICTIMS),
        ("--by", "category", *VICTIMS),
        ("--by", "citizenship,form_of_exploitation", *VICTIMS),
    ],
)
def test_a_sum_that_would_count_people_twice_is_refused(palermo, shared, words):
    file = shared / "data/unodc/data_glotip_2023-05-30.csv.gz"
    said = palermo("table", file, "--mapping", "glotip", *words, "--json")
    assert said.code == 2
    assert said.err.startswith("palermo: ")
    assert said.out == ""


def test_the_unit_is_that_of_the_indicator(palermo, shared):
    file = shared / "data/unodc/data_glotip_2023-05-30.csv.gz"
    answer = palermo("table", file, "--mapping", "glotip", "--by", "year", "--indicator", "offences", "--json").json
    assert answer["unit"] == "offence"


def test_a_sum_that_touches_values_in_conflict_is_an_interval_with_a_note(palermo, shared):
    file = shared / "data/unodc/data_glotip_2023-05-30.csv.gz"
    words = ("--by", "form_of_exploitation,year", *VICTIMS, "--where", "country=COL", "--private", "--json")
    answer = palermo("table", file, "--mapping", "glotip", *words).json
    assert any("different values" in note for note in answer["notes"])
    assert any(row["count"]["low"] < row["count"]["high"] for row in answer["rows"])


def test_rows_without_a_country_are_apart_in_a_table_by_country_too(palermo, glotip):
    answer = palermo("table", glotip, "--mapping", "glotip", "--by", "country", *VICTIMS, "--private", "--json").json
    rows = {row["country"]: row for row in answer["rows"]}
    assert rows["not-applicable"]["apart"]["count"] == rows["not-applicable"]["count"]
    assert rows["COL"]["apart"] is None
