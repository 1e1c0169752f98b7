"""CTDC's first synthetic dataset; the figures are counted in ../shared/data/README.md from the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest

HEADINGS = (
    "yearOfRegistration,gender,citizenship,CountryOfExploitation,isForcedLabour,isSexualExploit,isOtherExploit,"
    "meansOfControlThreats\n"
)


@pytest.fixture(scope="module")
def synthetic(shared: Path) -> Path:
    return shared / "data/ctdc/ctdc_global_synthetic_2021.csv.gz"


def test_every_record_is_kept_and_repeats_are_no_error(palermo, synthetic):
    answer = palermo("check", synthetic, "--mapping", "ctdc-2021", "--json").json
    assert (answer["rows_accepted"], answer["rows_quarantined"]) == (193_025, 0)
    (repeats,) = answer["findings"]
    assert (repeats["rule"], repeats["rows"], repeats["level"]) == ("record.repeated", 132_139, "note")


def test_a_row_is_a_synthetic_record_and_no_person(palermo, synthetic):
    answer = palermo("table", synthetic, "--mapping", "ctdc-2021", "--by", "gender", "--private", "--json").json
    assert answer["unit"] == "synthetic record"


@pytest.mark.parametrize(
    "field",
    [
        "gender",
        "age_band",
        "year",
        "citizenship",
        "country_of_exploitation",
        "form_of_exploitation",
        "means_of_control",
    ],
)
def test_every_count_of_a_filled_attribute_is_a_multiple_of_the_publishers_precision(counts, synthetic, field):
    filled = {code: count for code, count in counts(synthetic, "ctdc-2021", field).items() if code is not None}
    assert filled
    assert all(count % 10 == 0 for count in filled.values())


def test_records_by_gender(counts, synthetic):
    assert counts(synthetic, "ctdc-2021", "gender") == {
        "female": 105_990, "male": 39_530, "transgender-or-non-conforming": 410, None: 47_095,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "said", "missing"),
    [
        (
            "country_of_exploitation",
            {
                "USA": 65_880,
                "RUS": 11_210,
                "IDN": 2_830,
                "POL": 2_460,
                "MYS": 2_270,
                "PHL": 2_170,
                "TUR": 2_160,
                "LBY": 1_960,
            },
            34.9,
        ),
        ("citizenship", {"UKR": 18_480, "PHL": 13_000, "MDA": 10_380, "USA": 9_690, "BLR": 4_180}, 45.8),
        ("age_band", {}, 47.0),
        ("year", {}, 20.4),
    ],
)
def test_records_by_what_they_say(counts, synthetic, field, said, missing):
    counted = counts(synthetic, "ctdc-2021", field)
    assert {code: counted[code] for code in said} == said
    assert round(100 * counted[None] / 193_025, 1) == missing


def test_corridors(counts, synthetic):
    corridors = counts(synthetic, "ctdc-2021", "citizenship,country_of_exploitation")
    said = {
        ("USA", "USA"): 8_648, ("UKR", "RUS"): 6_997, ("MEX", "USA"): 2_744, ("PHL", "PHL"): 2_157,
        ("UKR", "POL"): 1_641, ("MMR", "IDN"): 1_543, ("BLR", "RUS"): 1_314,
    }  # fmt: skip
    assert {pair: corridors[pair] for pair in said} == said
    assert sum(None not in pair for pair in corridors) == 452


def test_an_empty_flag_is_not_a_no(counts, synthetic):
    forms = counts(synthetic, "ctdc-2021", "form_of_exploitation")
    assert (forms["forced-labour"], forms["sexual"], forms["other"]) == (42_340, 63_280, 10_150)
    assert "no" not in forms
    assert forms[None] < 193_025 - 63_280


def test_a_heading_cut_at_32_characters_is_known(counts, synthetic):
    assert counts(synthetic, "ctdc-2021", "means_of_control")["threat-of-law-enforcement"] == 9_050


def test_the_codebooks_example_of_the_denominator_rule(palermo, tmp_path):
    # CTDC Global Synthetic Data Codebook v2: labour only, sexual only, other only, none, labour and sexual: 50, 50, 25
    file = tmp_path / "five.csv"
    rows = ["1,,", ",1,", ",,1", ",,", "1,1,"]
    file.write_text(HEADINGS + "".join(f"2020,Female,USA,USA,{row},\n" for row in rows))
    answer = palermo(
        "table", file, "--mapping", "ctdc-2021", "--by", "form_of_exploitation", "--private", "--json"
    ).json
    shares = {row["form_of_exploitation"]: row.get("percent") for row in answer["rows"]}
    assert shares == {"forced-labour": 50.0, "sexual": 50.0, "other": 25.0, None: None}


def test_without_private_small_counts_do_not_come_out(palermo, synthetic):
    words = ("--by", "citizenship,country_of_exploitation", "--json")
    answer = palermo("table", synthetic, "--mapping", "ctdc-2021", *words).json
    assert answer["publishable"] is True
    shown = [row["count"]["value"] for row in answer["rows"] if row["count"]["value"] is not None]
    assert min(shown) >= 10
    assert any(row["count"].get("withheld") for row in answer["rows"])
