"""Tables as States and agencies publish them; the figures are counted in ../shared/data/README.md from the files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from palermo.intake import examine, load_mapping
from palermo.standard import load_standard
from palermo.tables import open_engine

STANDARD = load_standard()
SDG = "data/sdg/"
STATES = "data/us/fbi_ucr_tables_2014_2016/"


@pytest.fixture(scope="module")
def taken_in(shared: Path):
    with open_engine() as engine:

        def take(file: str, mapping: str):
            path = shared / file
            examined = examine(path, load_mapping(mapping, STANDARD), STANDARD, engine, source=path.name)
            return examined, engine.collect(examined.table)

        yield take


def rules(examined) -> dict[str, int]:
    return dict(examined.summary.group_by("rule").agg(pl.col("rows").sum()).rows())


def total(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.filter(dimension="total", sex="total", age_group="total")


READABLE = [
    (SDG + "uk_ons_16-2-2_detected_victims.csv", "uk", 429),
    (SDG + "croatia_16-2-2.csv", "croatia", 91),  # 8 years of 12 columns, less 4 NA and a dash
    (SDG + "armenia_16-2-2.csv", "armenia", 42),
    (SDG + "armenia_16-2-2-a.csv", "armenia-cases", 4),
    (SDG + "kazakhstan_16-2-2.csv", "kazakhstan", 12),
    (SDG + "montenegro_16-2-2.csv", "montenegro", 14),
    (SDG + "jamaica_16-2-2.csv", "jamaica", 35),
    (SDG + "republika_srpska_16-2-2_sdmx.csv", "republika-srpska", 156),  # the last of 157 is commas only
    ("data/us/fbi_ucr_ht_agency_2013_2020.csv.gz", "fbi-agencies", 4_417),
    ("data/tip_report/tip_tiers_1999_2015.csv", "tip-tiers", 3_208),
    ("data/tip_report/tip_directionality_2008_2016.csv.gz", "tip-directionality", 22_246),
]


@pytest.mark.parametrize(("file", "mapping", "rows"), READABLE)
def test_every_row_becomes_a_record(taken_in, file, mapping, rows):
    examined, _ = taken_in(file, mapping)
    assert (examined.rows_in, examined.rows_accepted) == (rows, rows)
    assert examined.columns_missing == ()


def test_detected_victims_in_the_united_kingdom(counts, shared):
    by_year = counts(
        shared / SDG / "uk_ons_16-2-2_detected_victims.csv", "uk", "year", "--indicator", "detected-victims"
    )
    said = [303, 422, 674, 834, 1_256, 2_128, 2_710, 3_016, 3_975, 5_482, 9_330, 9_720, 11_387]
    assert by_year == dict(zip(range(2009, 2022), said, strict=True))


def test_a_wide_table_of_rates_becomes_rows_and_no_rate_is_a_count(taken_in):
    _, cells = taken_in(SDG + "croatia_16-2-2.csv", "croatia")
    rates = total(cells).sort("year")
    assert rates["figure"].to_list() == [0.71, 1.86, 0.67, 0.37, 0.49, 0.75, 0.54, 0.54]
    assert cells["value"].null_count() == cells.height
    assert cells.filter(sex="female", year=2022)["figure"].to_list() == [0.65]


def test_armenia_says_percent_and_counts_cases_elsewhere(taken_in, counts, shared):
    _, cells = taken_in(SDG + "armenia_16-2-2.csv", "armenia")
    assert total(cells).sort("year")["figure"].to_list() == [0.84, 0.81]
    assert set(cells["unit_measure"]) == {"percent"}
    cases = counts(shared / SDG / "armenia_16-2-2-a.csv", "armenia-cases", "year", "--indicator", "cases")
    assert cases == {2019: 8, 2020: 6, 2021: 10, 2022: 8}


def test_kazakhstans_unit_says_persons_and_its_figures_can_only_be_rates(taken_in):
    examined, cells = taken_in(SDG + "kazakhstan_16-2-2.csv", "kazakhstan")
    assert rules(examined) == {"unit.against-figures": 12}
    assert (cells["figure"].min(), cells["figure"].max()) == (1.0, 3.4)
    assert cells["value"].null_count() == 12


def test_montenegros_unit_changes_within_its_series(taken_in):
    examined, cells = taken_in(SDG + "montenegro_16-2-2.csv", "montenegro")
    assert rules(examined)["unit.changes"] == 1
    assert total(cells).sort("year").select("year", "value", "figure").rows() == [
        (2012, 9, 9.0),
        (2017, 10, 10.0),
        (2018, 12, 12.0),
        (2020, 52, 52.0),
        (2025, None, 6.89),
    ]


def test_jamaica_mixes_three_dimensions_in_one_column(taken_in):
    examined, cells = taken_in(SDG + "jamaica_16-2-2.csv", "jamaica")
    assert rules(examined) == {"column.mixed-dimensions": 1}
    assert cells.filter(sex="male").sort("year")["figure"].to_list() == [0.0, 0.3, 0.07, 0.22, 0.07]
    assert total(cells).filter(year=2018)["figure"].to_list() == [0.18]
    assert cells.filter(dimension="form-of-exploitation").height == 10


def test_republika_srpskas_last_row_is_commas_only_and_its_counts_point_at_persons(taken_in):
    examined, cells = taken_in(SDG + "republika_srpska_16-2-2_sdmx.csv", "republika-srpska")
    assert rules(examined) == {"row.only-separators": 1}
    counted = cells.filter(pl.col("value").is_not_null())
    assert (counted["value"].min(), counted["value"].max()) == (0, 2)
    assert set(cells.filter(unit_measure="per-100000")["value"]) == {None}


def test_the_fbis_agencies_repeat_rows_and_correct_earlier_figures(taken_in, counts, shared):
    examined, cells = taken_in("data/us/fbi_ucr_ht_agency_2013_2020.csv.gz", "fbi-agencies")
    assert rules(examined) == {"aggregate.repeated": 927, "figure.negative": 1}
    by_year = cells.group_by("year").agg(pl.col("figure").sum()).sort("year")["figure"].to_list()
    assert by_year == [20, 468, 832, 1_280, 1_298, 1_457, 2_084, 2_160]
    forms = cells.group_by("form_of_exploitation").len().sort("len")["len"].to_list()
    assert forms == [859, 3_558]
    file = shared / "data/us/fbi_ucr_ht_agency_2013_2020.csv.gz"
    counted = counts(file, "fbi-agencies", "form_of_exploitation", "--indicator", "offences")
    assert sum(counted.values()) == 9_599 + 1  # the correction is not counted


@pytest.mark.parametrize(
    ("name", "year", "texas"),
    [
        ("table_2_human_trafficking_offenses_and_clearances_by_state_2014.xlsx", 2014, 191),
        ("table-1_human_trafficking_offenses_and_clearances_by_state_2015.xls", 2015, 285),
        ("table-1_human_trafficking_offenses_and_clearances_by_state_2016.xls", 2016, 257),
        ("offenses_and_clearances_by_state_2014.csv", 2014, 191),
        ("offenses_and_clearances_by_state_2015.csv", 2015, 285),
        ("offenses_and_clearances_by_state_2016.csv", 2016, 257),
    ],
)
def test_the_fbis_state_tables_are_the_same_as_workbook_and_as_text(taken_in, name, year, texas):
    examined, cells = taken_in(STATES + name, "fbi-offences")
    assert examined.quarantine.height == 0
    assert set(cells["year"]) == {year}
    assert cells.filter(region="Texas", dimension="total")["value"].to_list() == [texas]


@pytest.mark.parametrize(
    ("name", "region", "parts", "stated"),
    [
        ("table_2_human_trafficking_offenses_and_clearances_by_state_2014.xlsx", "Mississippi", 441, 443),
        ("table-1_human_trafficking_offenses_and_clearances_by_state_2015.xls", "Puerto Rico", 963, 965),
        ("table-1_human_trafficking_offenses_and_clearances_by_state_2016.xls", None, 1_196, 1_196),
    ],
)
def test_the_fbis_totals_are_held_against_their_parts(taken_in, name, region, parts, stated):
    examined, cells = taken_in(STATES + name, "fbi-offences")
    assert rules(examined) == ({"offences.forms-against-total": 1} if region else {})
    of = {bool(is_total): rows["value"].sum() for (is_total,), rows in cells.group_by(pl.col("dimension") == "total")}
    assert (of[False], of[True]) == (parts, stated)
    if region:
        row = examined.summary["first_row"].item()
        assert set(cells.filter(pl.col("source_row") == row)["region"]) == {region}


def test_arrests_name_the_state_once_for_two_rows_and_a_file_of_2015_holds_2016(taken_in):
    first, cells = taken_in(STATES + "table-2_human_trafficking_arrests_by_age_by_state_2015.xls", "fbi-arrests")
    assert set(cells["year"]) == {2016}
    assert cells["region"].null_count() == 0
    texas = cells.filter(region="Texas", form_of_exploitation=["sexual"])
    assert texas.sort("age_group", "sex")["value"].to_list() == [119, 352, 39, 1]
    assert any("below the table" in note for note in first.notes)


def test_tiers_are_padded_and_read(taken_in):
    examined, cells = taken_in("data/tip_report/tip_tiers_1999_2015.csv", "tip-tiers")
    tiers = dict(cells.group_by("tip_tier").len().rows())
    assert tiers == {"tier-1": 387, "tier-2": 1_113, "watch-list": 494, "tier-3": 257, None: 957}
    assert rules(examined)["cell.padded"] == 387 + 1_113 + 494
    filled = cells.drop_nulls("tip_tier").group_by("year").len().sort("year").rows()
    assert (filled[0], filled[-1], cells["region"].n_unique()) == ((2001, 79), (2015, 186), 193)
    assert examined.unmapped.rows() == [("country", "KOS", 17)]


def test_routes_name_a_country_twice_and_regions_among_countries(taken_in):
    examined, cells = taken_in("data/tip_report/tip_directionality_2008_2016.csv.gz", "tip-directionality")
    origins = dict(cells.group_by("country_of_origin").len().rows())
    assert (origins["CHN"], origins["VNM"]) == (795 + 1, 593 + 2)  # the others are spelled otherwise
    assert cells["country_of_transit"].null_count() / cells.height == pytest.approx(0.92, abs=0.03)
    assert origins["NGA"] == 565 + 4  # four are padded, or say NIgeria
    assert examined.unmapped.filter(field="country_of_destination", value="Europe")["rows"].to_list() == [502 + 4]
    assert origins["IRN"] == 40 + 83  # as Iran, and as Iran, Islamic Republic of
    named = {(field, value) for field, value, _ in examined.unmapped.rows()}
    assert {("country_of_destination", "Europe"), ("country_of_destination", "Middle East")} <= named


@pytest.mark.parametrize(
    ("column", "field", "long"),
    [
        ("Origin_Country", "country_of_origin", 83),
        ("Transit_Country", "country_of_transit", 14),
        ("Destination_Country", "country_of_destination", 94),
    ],
)
def test_iran_has_two_names_in_each_column_and_the_second_is_a_finding(taken_in, shared, column, field, long):
    file = shared / "data/tip_report/tip_directionality_2008_2016.csv.gz"
    cells = pl.read_csv(file, infer_schema=False)[column]
    with_long_name = {row + 2 for row, cell in enumerate(cells) if cell == "Iran, Islamic Republic of"}
    examined, _ = taken_in("data/tip_report/tip_directionality_2008_2016.csv.gz", "tip-directionality")
    found = examined.findings.to_polars().filter(rule="country.two-names", field=field)["source_row"]
    assert len(with_long_name) == long and with_long_name <= set(found)
    assert not {row + 2 for row, cell in enumerate(cells) if cell == "Iran"} & set(found)


def test_one_code_is_spelled_in_two_ways_and_several_stand_in_one_cell(taken_in):
    """The codebook has ten types: the 11 of the file is no code, and is told."""
    examined, cells = taken_in("data/tip_report/tip_directionality_2008_2016.csv.gz", "tip-directionality")
    forms = cells["form_of_exploitation"]
    assert (forms.is_null().sum() + rules(examined).get("code.unmapped", 0)) / cells.height > 0.355
    counted = dict(forms.drop_nulls().explode().value_counts().rows())
    assert counted["sexual"] > 4_389 + 1_750  # "1.0" and "1"
    assert counted["forced-labour"] > 3_385 + 1_381
    named = {value for field, value, _ in examined.unmapped.rows() if field == "form_of_exploitation"}
    assert named == {"11", "11.0"}


@pytest.mark.parametrize(
    ("name", "texas"),
    [
        ("table_3_human_trafficking_arrests_by_age_by_state_2014.xlsx", 2014),
        ("table-2_human_trafficking_arrests_by_age_by_state_2016.xls", 2016),
    ],
)
def test_the_fbis_arrests_of_other_years_are_read_as_they_come(taken_in, name, texas):
    examined, cells = taken_in(STATES + name, "fbi-arrests")
    assert examined.quarantine.height == 0
    assert set(cells["year"]) == {texas}
    assert {"sexual", "servitude"} >= {code for codes in cells["form_of_exploitation"].drop_nulls() for code in codes}


@pytest.mark.parametrize(
    ("name", "mapping", "counted"),
    [
        ("table-3_human_trafficking_arrests_by_race_by_state_2016.xls", "fbi-arrests-race", 972),
        ("table-4_human_trafficking_arrests_by_ethnicity_by_state_2016.xls", "fbi-arrests-ethnicity", 944),
    ],
)
def test_arrests_by_race_and_ethnicity_have_the_totals_of_those_by_age_and_no_race(taken_in, name, mapping, counted):
    """The totals of the table by age: in Texas, for sex acts, 119 and 352 adults, 39 and 1 children."""
    examined, cells = taken_in(STATES + name, mapping)
    assert rules(examined) == {} and examined.columns_missing == () and examined.columns_extra == ()
    texas = cells.filter(region="Texas", form_of_exploitation=["sexual"]).sort("age_group")
    assert texas["value"].to_list() == [119 + 352, 39 + 1]
    assert cells["value"].sum() == counted
    assert "White" not in str(cells.rows()) and "Hispanic" not in str(cells.rows())
