"""`palermo register` as a user meets it: words first wrong, then right."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from palermo.cli.register import register
from palermo.errors import InputError, UsageError
from tests.support.registers import a_register, one_row

RUN = CliRunner()
DAYS = ["--as-of", "2015-01-01", "--as-recorded", "2015-01-01"]


def ask(*words):
    return RUN.invoke(register, [str(word) for word in words])


def test_a_register_is_begun_checked_and_shown(tmp_path):
    assert ask("begin", tmp_path).exit_code == 0
    assert "No rule is broken" in ask("check", tmp_path, "--as-recorded", "2030-01-01").stderr
    shown = ask("show", "members", tmp_path, "--as-recorded", "2030-01-01")
    assert "UNODC" in shown.stdout or "United Nations Office on Drugs and Crime" in " ".join(shown.stdout.split())


def test_findings_end_with_three_and_are_told_by_file_and_row(tmp_path):
    a_register(tmp_path, answer_steps=one_row("answer_steps", "a-1-1", by=""))
    told = ask("check", tmp_path, "--json")
    assert told.exit_code == 3
    (found,) = json.loads(told.stdout)["findings"]
    assert (found["rule"], found["file"], found["row"]) == ("answer.cleared", "answer_steps.csv", 3)
    assert "answer_steps.csv, row 3: the answer is cleared by nobody." in ask("check", tmp_path).stderr


def test_a_narrow_table_is_a_table_and_a_wide_one_is_shown_record_by_record(tmp_path):
    a_register(tmp_path)
    assert "overlap" in ask("show", "grid", tmp_path, "--as-of", "2012-06-01").stdout
    told = ask("show", "handover", tmp_path, "--state", "KEN", "--json", *DAYS).stdout
    assert json.loads(told)["focal_point"] == "Ministry of Justice"
    shown = ask("show", "reminders", tmp_path, *DAYS)
    assert all(len(line) <= 80 for line in shown.stdout.splitlines())
    assert "Private" in shown.stderr


def test_what_has_several_parts_is_shown_to_people_part_by_part(tmp_path):
    a_register(tmp_path)
    days = ("--as-of", "2014-06-15", "--as-recorded", "2015-01-01")
    handover = ask("show", "handover", tmp_path, "--state", "KEN", *days).stdout
    assert "focal point: Ministry of Justice" in handover
    assert "rounds: 2\nid       questionnaire" in handover
    differences = ask("show", "differences", tmp_path, *days).stdout
    assert "“2010.” is now “2010, for legal persons too.”" in differences
    summary = ask("show", "summary", tmp_path, *days).stdout
    assert "3. The record holds statements of 3 participants. [draft]\n   Cites: s-1, s-2, s-3\n" in summary
    for shown in (handover, differences, summary):
        assert all(len(line) <= 80 for line in shown.splitlines())


def test_an_iati_file_is_written(tmp_path):
    a_register(tmp_path)
    told = ask("iati", tmp_path, "--out", tmp_path / "a.xml", "--json", *DAYS)
    assert json.loads(told.stdout)["activities"] == 2
    assert "2 activities" in ask("iati", tmp_path, "--out", tmp_path / "a.xml", *DAYS).stderr


def test_recommendations_are_imported(tmp_path):
    a_register(tmp_path)
    file = tmp_path / "uhri.csv"
    file.write_text("Text,Reccomending Body,Document Publication Date,Themes\nTrain judges,- CEDAW,2012-01-31,\n")
    assert "Added 1 to recommendations" in ask("import", file, tmp_path, "--layout", "uhri", "--state", "KEN").stderr
    told = ask("import", file, tmp_path, "--layout", "uhri", "--state", "KEN", "--json")
    assert json.loads(told.stdout)["n_there"] == 1


def test_an_import_that_is_refused_tells_each_row_for_programs(tmp_path):
    a_register(tmp_path)
    file = tmp_path / "uhri.csv"
    file.write_text(
        "Text,Reccomending Body,Document Publication Date,Themes\n"
        "Train judges,- CEDAW,soon,\nTrain judges,- CEDAW,2012-01-31,\n,- CEDAW,2012-01-31,\n"
    )
    told = ask("import", file, tmp_path, "--layout", "uhri", "--state", "KEN", "--json")
    assert isinstance(told.exception, InputError)
    found = [(each["rule"], each["file"], each["row"]) for each in json.loads(told.stdout)["findings"]]
    assert found == [("uhri.day", "uhri.csv", 2), ("uhri.text", "uhri.csv", 4)]


def test_a_state_can_be_asked_for_by_its_name(tmp_path):
    a_register(tmp_path)
    by_name = ask("show", "recommendations", tmp_path, "--state", "Kenya", "--json", *DAYS)
    by_code = ask("show", "recommendations", tmp_path, "--state", "ken", "--json", *DAYS)
    assert json.loads(by_name.stdout)["rows"] == json.loads(by_code.stdout)["rows"] != []
    assert isinstance(ask("show", "recommendations", tmp_path, "--state", "Atlantis").exception, UsageError)


@pytest.mark.parametrize(
    "words",
    [
        ("show", "members", "--as-of", "yesterday"),
        ("import", "file.csv", "--layout", "xml"),
        ("import", "file.csv", "--layout", "uhri"),
    ],
)
def test_wrong_words_are_said_to_be_wrong(words):
    assert isinstance(ask(*words).exception, UsageError)
