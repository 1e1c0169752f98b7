"""CTDC's k-anonymised file of 14 April 2020; ../shared/data/README.md counts the figures from the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest

HEADINGS = "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation\n"


@pytest.fixture(scope="module")
def reduced(shared: Path) -> Path:
    return shared / "data/ctdc/ctdc_kanon_2020-04-14_reduced.csv.gz"


@pytest.fixture(scope="module")
def sample(shared: Path) -> Path:
    return shared / "data/ctdc/ctdc_kanon_2020-04-14_format_sample.csv"


def test_a_copy_with_missing_and_added_columns_is_accepted_and_says_so(palermo, reduced):
    answer = palermo("check", reduced, "--mapping", "ctdc-2020", "--json").json
    assert (answer["rows_in"], answer["rows_accepted"], answer["rows_quarantined"]) == (48_773, 48_773, 0)
    assert len(answer["columns_extra"]) == 8
    assert "RecruiterRelationship" in answer["columns_missing"]


def test_persons_by_gender(counts, reduced):
    assert counts(reduced, "ctdc-2020", "gender") == {"female": 35_506, "male": 13_267}


def test_sex_is_not_filled_from_gender(counts, reduced):
    assert counts(reduced, "ctdc-2020", "sex") == {None: 48_773}


def test_countries_of_exploitation(counts, reduced):
    by_country = counts(reduced, "ctdc-2020", "country_of_exploitation")
    said = {
        "USA": 12_512, "UKR": 5_399, "MDA": 4_504, "RUS": 2_738, "PHL": 1_988, "IDN": 1_777, "KHM": 1_000,
    }  # fmt: skip
    assert {code: by_country[code] for code in said} == said


def test_countries_of_citizenship(counts, reduced):
    by_country = counts(reduced, "ctdc-2020", "citizenship")
    said = {"PHL": 11_365, "withheld": 8_858, "UKR": 7_761, "MDA": 5_901, "USA": 3_636}
    assert {code: by_country[code] for code in said} == said


def test_years_and_forms(counts, reduced):
    years = counts(reduced, "ctdc-2020", "year")
    assert (min(years), max(years), years[2016]) == (2002, 2018, 16_399)
    forms = counts(reduced, "ctdc-2020", "form_of_exploitation")
    assert (forms["forced-labour"], forms["sexual"]) == (9_772, 16_039)


@pytest.mark.parametrize(
    ("field", "percent"), [("age_band", 25.3), ("country_of_exploitation", 20.9), ("citizenship", 0.6)]
)
def test_what_is_missing(counts, reduced, field, percent):
    assert round(100 * counts(reduced, "ctdc-2020", field)[None] / 48_773, 1) == percent


def test_a_withheld_country_is_not_an_empty_one(counts, reduced):
    by_country = counts(reduced, "ctdc-2020", "country_of_exploitation")
    assert (by_country["withheld"], by_country[None]) == (844, 10_175)


def test_corridors(counts, reduced):
    corridors = counts(reduced, "ctdc-2020", "citizenship,country_of_exploitation")
    said = {
        ("UKR", "UKR"): 5_299, ("MDA", "MDA"): 4_504, ("USA", "USA"): 3_636, ("PHL", "PHL"): 1_988,
        ("UKR", "RUS"): 1_676, ("MMR", "IDN"): 1_224, ("KHM", "KHM"): 883, ("BLR", "RUS"): 751,
    }  # fmt: skip
    assert {pair: corridors[pair] for pair in said} == said
    nothing = {None, "withheld"}
    assert sum(count for pair, count in corridors.items() if not nothing & set(pair)) == 28_768


def test_no_group_of_the_five_attributes_is_below_the_publishers_k(counts, reduced):
    groups = counts(reduced, "ctdc-2020", "year,gender,age_band,citizenship,country_of_exploitation")
    assert min(groups.values()) == 11
    assert sum(groups.values()) == 48_773


def test_all_64_columns_are_known(palermo, sample):
    answer = palermo("check", sample, "--mapping", "ctdc-2020", "--json").json
    assert (answer["rows_accepted"], answer["columns_missing"], answer["columns_extra"]) == (69, [], [])
    assert answer["unmapped"] == []


def test_minus_99_says_nothing(counts, sample):
    assert counts(sample, "ctdc-2020", "age_band") == {None: 17, "09-17": 25, "18-20": 27}
    assert counts(sample, "ctdc-2020", "country_of_exploitation") == {None: 44, "USA": 25}


def test_both_spellings_of_not_specified_are_unknown(counts, sample):
    # 20 cells "Not Specified" and 35 flags recruiterRelationUnknown, in rows that name nobody
    relation = counts(sample, "ctdc-2020", "recruiter_relation")
    assert relation["unknown"] == 55
    assert "Not Specified" not in relation
    # 8 cells "Not specified" stand beside the flag meansOfControlNotSpecified = 1, in 35 rows
    assert counts(sample, "ctdc-2020", "means_of_control")["unknown"] == 35


def test_namibia_is_a_country(counts, tmp_path):
    file = tmp_path / "invented.csv"
    file.write_text(HEADINGS + "2016,Female,18--20,NA,NA\n2016,Female,18--20,,ZA\n")
    assert counts(file, "ctdc-2020", "citizenship") == {"NAM": 1, None: 1}


def test_a_country_can_be_asked_for_by_its_short_code(palermo, reduced):
    words = ("--by", "gender", "--where", "country_of_exploitation=US", "--private", "--json")
    rows = palermo("table", reduced, "--mapping", "ctdc-2020", *words).json["rows"]
    assert sum(row["count"]["value"] for row in rows) == 12_512
