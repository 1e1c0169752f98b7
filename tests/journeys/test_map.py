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


def test_what_changed_since_last_month_is_said(mapped, palermo, tmp_path):
    mapping = tmp_path / "shelter.toml"
    (tmp_path / "march.csv").write_text("No.,Sex,Nationality\n1,F,Moldova\n2,M,Ukraine\n")
    (tmp_path / "april.csv").write_text("No.,Gender,Nationality,Shoe size\n1,woman,Moldova,38\n2,man,Ukraine,44\n")
    assert palermo("map", tmp_path / "march.csv", "--out", mapping).code == 0
    answer = mapped(tmp_path / "april.csv", "--mapping", mapping)
    assert answer["changes"] == {"missing": ["Sex"], "new": ["Gender", "Shoe size"], "renamed": []}
    assert palermo("map", tmp_path / "march.csv", "--mapping", mapping).code == 0


def test_a_draft_never_takes_the_place_of_a_file(palermo, tmp_path):
    (tmp_path / "a.csv").write_text("Sex\nF\n")
    said = palermo("map", tmp_path / "a.csv", "--out", tmp_path / "a.csv")
    assert (said.code, (tmp_path / "a.csv").read_text()) == (2, "Sex\nF\n")
