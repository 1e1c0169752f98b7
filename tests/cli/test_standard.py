"""The commands on the standard answer in words and for programs, and say what to do with a wrong word."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from palermo.cli.main import app
from palermo.errors import ProjectError, UsageError


@pytest.fixture
def ask():
    def asked(*words):
        result = CliRunner().invoke(app, ["standard", *words], env={"COLUMNS": "200"})
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return asked


def test_the_standard_is_shown_as_a_whole_and_in_its_parts(ask):
    assert "perpetrator_id" in ask("show") and "event_victim" in ask("show")
    assert "relation_to_perpetrator" in ask("show", "victim_perpetrator")
    assert "never filled from gender" in ask("show", "sex")
    assert json.loads(ask("show", "--json"))["version"]


def test_a_record_type_with_the_name_of_a_field_is_shown_as_the_field(ask):
    assert "read: read in the source itself" in ask("show", "reporting_entity")


def test_a_field_says_where_it_stands_elsewhere(ask):
    said = json.loads(ask("show", "citizenship", "--json"))
    assert {"standard": "ctdc-2020", "field": "citizenship", "match": "exact"} in said["elsewhere"]


def test_fields_are_listed(ask):
    assert "form_of_exploitation" in ask("fields")
    assert {"field": "sex", "unit": "victim", "type": "code", "list": "sex", "of": "", "label": "Sex"} in json.loads(
        ask("fields", "--json")
    )


def test_lists_of_other_standards_are_listed_with_how_certain_they_are(ask):
    (row,) = [line for line in ask("codes").splitlines() if line.startswith("iccs_tip")]
    assert row.split()[-1] == "recalled"
    assert "iccs_tip" in json.loads(ask("codes", "--json"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("codes", "sex"), "Recorded as female"),
        (("codes", "form_of_exploitation", "--language", "fr"), "Servitude"),
        (("codes", "status", "--language", "fr"), "[en] Appealed"),
        (("codes", "country", "--language", "es"), "Alemania"),
        (("codes", "primary_language", "--language", "fr"), "allemand"),
        (("codes", "htcds_gender"), "TransgenderFeminine"),
        (("codes", "iccs_tip"), "recalled"),
        (("form", "minimum"), "The second element."),
        (("crosswalk",), "sdg-16-2-2"),
        (("crosswalk", "htcds-2.0", "--field", "status"), "PossibleVictimOfTrafficking"),
        (("crosswalk", "ctdc-2024", "--to", "htcds-2.0", "--field", "gender"), "Feminine"),
        (("crosswalk", "ctdc-2020", "--to", "glotip", "--field", "gender"), "never filled from gender"),
        (("crosswalk", "glotip", "--to", "glotip"), "glotip again"),
        (("schema", "sql"), 'CREATE TABLE "victim"'),
    ],
)  # fmt: skip
def test_an_answer_holds_what_was_asked_for(ask, words, said):
    assert said in ask(*words)


def test_how_certain_a_label_in_another_language_is_stands_beside_it(ask):
    (first, *_) = json.loads(ask("codes", "act", "--language", "ru", "--json"))
    assert first["label"] == "Вербовка" and first["label is"] == "recalled"


def test_a_crosswalk_is_there_for_programs(ask):
    rows = json.loads(ask("crosswalk", "iccs", "--json"))
    assert {row["match"] for row in rows} == {"exact", "broader", "none"}
    assert all(row["certainty"] for row in rows)


def test_a_form_and_schemas_are_written_and_their_paths_said(ask, tmp_path):
    said = ask("form", "minimum", "--out", str(tmp_path), "--language", "en, fr").split()
    assert [(tmp_path / name).is_file() for name in ("palermo-minimum.xlsx", "form-minimum.toml")] == [True, True]
    assert len(said) == 2
    assert len(ask("schema", "--out", str(tmp_path / "all")).split()) > 40
    assert ask("schema", "table-schema", "--out", str(tmp_path)).strip() == str(tmp_path / "datapackage.json")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("show", "favourite_colour"), "no field 'favourite_colour'"),
        (("codes", "colours"), "no code list 'colours'"),
        (("codes", "record_id"), "record_id holds no codes"),
        (("codes", "sex", "--language", "klingon"), "no language 'klingon'"),
        (("form", "short"), "no form 'short'"),
        (("schema",), "these are [0-9]+ files"),
        (("schema", "xsd"), "no schema 'xsd'"),
        (("crosswalk", "iso"), "no crosswalk to 'iso'"),
        (("crosswalk", "iccs", "--to", "iso"), "no crosswalk to 'iso'"),
        (("crosswalk", "iccs", "--field", "colour"), "no field 'colour'"),
        (("show", "victm"), "no record type or link.*Did you mean victim[?]"),
        (("show", "form of exploitation"), "Did you mean form_of_exploitation[?]"),
        (("codes", "Sex"), "Did you mean sex[?]"),
        (("codes", "htcds_genders"), "Did you mean htcds_gender[?]"),
        (("codes", ""), "no code list ''"),
        (("crosswalk", "HTCDS"), "Did you mean htcds-2.0[?]"),
        (("crosswalk", "htcds-2.0", "--to", "ctdc"), "Did you mean ctdc-"),
        (("crosswalk", "--field", "sex"), "begins with a standard"),
        (("crosswalk", "--to", "iccs"), "begins with a standard"),
    ],
)
def test_a_wrong_word_is_told_with_what_to_do(ask, words, what):
    with pytest.raises(UsageError, match=what) as caught:
        ask(*words)
    assert caught.value.exit_code == 2 and caught.value.todo.endswith(
        (".", "codes", "fields", "record_id", "htcds-2.0", "sex")
    )


@pytest.mark.parametrize("words", [("form", "minimum"), ("schema",)])
def test_a_file_is_no_folder_to_write_to(ask, tmp_path, words):
    (tmp_path / "mine.csv").write_text("a")
    assert "is a file" in ask(*words, "--out", str(tmp_path / "mine.csv"))
    with pytest.raises(ProjectError, match="a file stands where a folder is wanted"):
        ask(*words, "--out", str(tmp_path / "mine.csv" / "below"))
    assert (tmp_path / "mine.csv").read_text() == "a"
