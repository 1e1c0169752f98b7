"""A file that somebody has made a mapping for is known by its columns, and no other file is."""

from __future__ import annotations

import polars as pl
import pytest

from palermo.intake import load_mapping, ready_mappings, sample
from palermo.intake.suggesting.recognition import recognise
from palermo.standard import load_standard

STANDARD = load_standard()
KNOWN = [load_mapping(name, STANDARD) for name in ready_mappings()]
STATES = "us/fbi_ucr_tables_2014_2016/"
FILES = {
    "ctdc/ctdc_global_synthetic_2021.csv.gz": "ctdc-2021",
    "ctdc/ctdc_kanon_2020-04-14_format_sample.csv": "ctdc-2020",
    "sdg/armenia_16-2-2.csv": "armenia",
    "sdg/armenia_16-2-2-a.csv": "armenia-cases",
    "sdg/croatia_16-2-2.csv": "croatia",
    "sdg/jamaica_16-2-2.csv": "jamaica",
    "sdg/kazakhstan_16-2-2.csv": "kazakhstan",
    "sdg/montenegro_16-2-2.csv": "montenegro",
    "sdg/republika_srpska_16-2-2_sdmx.csv": "republika-srpska",
    "sdg/uk_ons_16-2-2_detected_victims.csv": "uk",
    "tip_report/tip_directionality_2008_2016.csv.gz": "tip-directionality",
    "tip_report/tip_tiers_1999_2015.csv": "tip-tiers",
    "unodc/data_glotip_2023-05-30.xlsx": "glotip",
    "unodc/data_glotip_2023-05-30.csv.gz": "glotip",
    "us/fbi_ucr_ht_agency_2013_2020.csv.gz": "fbi-agencies",
    STATES + "offenses_and_clearances_by_state_2014.csv": "fbi-offences",
    STATES + "table-1_human_trafficking_offenses_and_clearances_by_state_2016.xls": "fbi-offences",
    STATES + "table_3_human_trafficking_arrests_by_age_by_state_2014.xlsx": "fbi-arrests",
    STATES + "table_4_human_trafficking_arrests_by_race_by_state_2014.xlsx": "fbi-arrests-race",
    STATES + "table-4_human_trafficking_arrests_by_ethnicity_by_state_2015.xls": "fbi-arrests-ethnicity",
}


@pytest.mark.parametrize("file", FILES)
def test_a_published_file_is_known_by_its_columns(shared, file):
    assert [mapping.name for mapping in recognise(shared / "data" / file, KNOWN)] == [FILES[file]]


@pytest.mark.parametrize(
    "file",
    ["geo/country_codes_m49.csv", "us/ovc_victims_served_fy2023_fy2024.csv", "unodc/sherloc_us_cases_coded.csv"],
)
def test_a_file_of_another_kind_is_not(shared, file):
    assert recognise(shared / "data" / file, KNOWN) == ()


def test_of_several_the_one_whose_columns_are_most_complete_comes_first(tmp_path):
    (tmp_path / "a.csv").write_text("yearOfRegistration,gender,citizenship,CountryOfExploitation\n2016,Male,PHL,ITA\n")
    names = [mapping.name for mapping in recognise(tmp_path / "a.csv", KNOWN)]
    assert set(names) == {"ctdc-2020", "ctdc-2021", "ctdc-2024"} and names[-1] == "ctdc-2020"


def test_a_file_that_lacks_what_a_mapping_requires_is_not_of_its_kind(tmp_path):
    (tmp_path / "a.csv").write_text("yearOfRegistration,gender,citizenship\n2016,Male,PHL\n")
    assert recognise(tmp_path / "a.csv", KNOWN) == ()


def test_headings_over_headings_are_named_as_the_mapping_names_them(shared, tmp_path):
    name = STATES + "table_3_human_trafficking_arrests_by_age_by_state_2014.xlsx"
    taken = sample(shared / "data" / name, tmp_path, KNOWN)
    assert taken.rows.columns[2:] == [
        "Juvenile > Juvenile male", "Juvenile > Juvenile female", "Adult > Adult male", "Adult > Adult female",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("State,Children,,Adults,\n,Boys,Girls,Men,Women\nNorth,1,2,3,4\n",
         ["State", "Children > Boys", "Children > Girls", "Adults > Men", "Adults > Women"]),
        ("Name,Sex,\nA,female,2\n", ["Name", "Sex", "(column 3)"]),
        (",Sex,Age\n1,F,20\n,M,30\n", ["(column 1)", "Sex", "Age"]),
        ("State,Children,\n,1,2\n", ["State", "Children", "(column 3)"]),
    ],
)  # fmt: skip
def test_headings_over_headings_are_seen_where_no_mapping_tells_of_them(tmp_path, text, columns):
    (tmp_path / "a.csv").write_text(text)
    assert sample(tmp_path / "a.csv", tmp_path).rows.columns == columns


def test_a_parquet_file_is_known_too(tmp_path):
    pl.DataFrame({"iso": ["ITA"], "year": [2015], "tier": ["Tier 1"]}).write_parquet(tmp_path / "a.parquet")
    assert [mapping.name for mapping in sample(tmp_path / "a.parquet", tmp_path, KNOWN).recognised] == ["tip-tiers"]
