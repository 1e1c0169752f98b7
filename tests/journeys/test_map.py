"""palermo map, on the invented country's files and on real ones."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def mapped(palermo):
    return lambda *words: json.loads(palermo("map", *words, "--json").out)


def test_the_headings_of_ctdc_are_those_of_its_mapping(mapped, shared):
    answer = mapped(shared / "data/ctdc/ctdc_global_synthetic_2021.csv.gz", "--mapping", "ctdc-2021")
    roles = {column["column"]: (column["role"], column["field"]) for column in answer["columns"]}
    assert roles["citizenship"] == ("field", "citizenship")
    assert roles["CountryOfExploitation"] == ("field", "country_of_exploitation")
    assert roles["meansOfControlDebtBondage"] == ("flag", "means_of_control")
    assert {role for role, _ in roles.values()} <= {"field", "flag", "none"}
    assert answer["changes"]["missing"] == answer["changes"]["new"] == []


MARCH = "No.,Sex,Nationality\n1,F,Moldova\n2,M,Ukraine\n"


@pytest.fixture
def shelter(palermo, tmp_path):
    """Last month's file, with its mapping beside it."""
    (tmp_path / "march.csv").write_text(MARCH)
    assert palermo("map", tmp_path / "march.csv", "--out", tmp_path / "shelter.toml").code == 0
    return tmp_path


def test_what_changed_since_last_month_is_said(mapped, shelter):
    (shelter / "april.csv").write_text("No.,Gender,Nationality,Shoe size\n1,woman,Moldova,38\n2,man,Ukraine,44\n")
    answer = mapped(shelter / "april.csv", "--mapping", shelter / "shelter.toml")
    assert answer["changes"] == {
        "missing": ["Sex"], "new": ["Gender", "Shoe size"], "renamed": [], "values_without_a_code": [],
    }  # fmt: skip
    assert mapped(shelter / "march.csv", "--mapping", shelter / "shelter.toml")["changes"]["new"] == []


def test_the_mapping_beside_a_file_is_remembered_without_being_named(mapped, palermo, shelter):
    (shelter / "april.csv").write_text("No.,Sex,Nationality,Shoe size\n1,F,Atlantis,38\n2,X,Ukraine,44\n")
    answer = mapped(shelter / "april.csv")
    assert answer["recognised"] == ["march"]
    assert answer["changes"]["new"] == ["Shoe size"] and answer["changes"]["missing"] == []
    assert answer["changes"]["values_without_a_code"] == [
        {"field": "sex", "values": 1},
        {"field": "citizenship", "values": 1},
    ]
    said = palermo("map", shelter / "april.csv").err
    assert "Compared with the mapping march" in said and "1 value has no code yet" in said
    assert "Atlantis" not in said


def test_a_file_that_did_not_change_needs_no_draft(palermo, shelter):
    (shelter / "april.csv").write_text(MARCH)
    assert "Nothing changed" in palermo("map", shelter / "april.csv").err


def test_a_command_that_used_duckdb_ends_in_silence(palermo_process, shelter):
    said = palermo_process("map", shelter / "march.csv", "--json")
    assert (said.code, said.err) == (0, "")


def test_other_files_of_toml_beside_the_data_are_no_mappings(mapped, shelter):
    (shelter / "rules.toml").write_text("[rules]\n")
    (shelter / "broken.toml").write_text("= what\n")
    assert mapped(shelter / "march.csv")["recognised"] == ["march"]


def test_a_public_file_is_recognised_and_read_as_what_it_is(mapped, palermo, shared):
    file = shared / "data/sdg/uk_ons_16-2-2_detected_victims.csv"
    answer = mapped(file)
    assert (answer["recognised"], answer["shape"]) == (["uk"], "aggregates")
    sex = next(column for column in answer["columns"] if column["column"] == "Sex")
    assert sex["preview"] == {"female": 143, "male": 143}
    assert "palermo check FILE --mapping uk" in " ".join(palermo("map", file).err.split())


def test_of_releases_with_the_same_columns_the_one_whose_values_are_known_is_taken(palermo, shared):
    said = palermo("map", shared / "data/ctdc/ctdc_kanon_2020-04-14_reduced.csv.gz").err
    assert "Compared with the mapping ctdc-2020" in said


def test_a_file_that_lacks_what_a_mapping_requires_is_not_sent_to_check(palermo, shared):
    said = palermo("map", shared / "data/sdg/jamaica_16-2-2.csv", "--mapping", "uk").err
    assert "It lacks what that mapping requires: Sex, Age." in " ".join(said.split())
    assert "palermo check FILE" not in said


@pytest.mark.slow
def test_every_file_that_was_collected_gets_an_answer_or_a_clear_refusal(palermo, shared, tmp_path):
    """As a newcomer: map it, then check it with the draft."""
    files = sorted(path for path in (shared / "data").rglob("*") if path.is_file())
    assert len(files) > 100
    for number, path in enumerate(files):
        draft = tmp_path / f"{number}.toml"
        for words in (("map", path, "--out", draft), ("check", path, "--mapping", draft)):
            said = palermo(*words)
            assert said.code in (0, 3), path
            assert said.code == 0 or said.err.startswith("palermo: "), path
            if not draft.exists():
                break


def test_a_draft_never_takes_the_place_of_a_file(palermo, tmp_path):
    (tmp_path / "a.csv").write_text("Sex\nF\n")
    said = palermo("map", tmp_path / "a.csv", "--out", tmp_path / "a.csv")
    assert (said.code, (tmp_path / "a.csv").read_text()) == (2, "Sex\nF\n")
