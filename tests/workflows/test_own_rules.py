"""A project's own rules go with its results: into check, into the private store, and coarsely into the release."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import palermo as door
from palermo.workflows.check import check, known_rules
from palermo.workflows.init import NewProject, init
from palermo.workflows.run import run
from palermo.workflows.surroundings import standard_around

GUIDE = Path(__file__).parents[2] / "docs/guide/rules.md"
RULES = """
[[rules]]
name = "office.women"
sentence = "Everybody is a man."
holds = "gender = 'male'"
level = "note"
"""
HEADINGS = (
    "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,isForcedLabour,isSexualExploit,isOtherExploit"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Make a project of 120 invented records, 47 of them of women, with one rule of its own."""
    from datetime import date

    folder = tmp_path_factory.mktemp("office")
    rows = [f"2019,{'Female' if at < 47 else 'Male'},30--38,UKR,POL,1,," for at in range(120)]
    (folder / "invented.csv").write_text("\n".join([HEADINGS, *rows]) + "\n", "utf-8")
    made = init(NewProject(folder / "p", folder / "invented.csv", "ctdc-2021", "", "Nobody", date(2021, 1, 31)))
    (made / "rules.toml").write_text(RULES, "utf-8")
    return made


@pytest.fixture(scope="module")
def made(project):
    return run(project)


def _table(release, name):
    with (release / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_check_finds_the_rules_of_the_project_around_a_file(project):
    answer = check(project / "sources/invented.csv", "ctdc-2021")
    (own,) = [found for found in answer.findings if found.rule == "office.women"]
    assert (own.rows, own.field, own.level, own.sentence) == (47, "gender", "note", "Everybody is a man.")
    assert own.first_row == 2


def test_rules_that_are_named_stand_in_for_those_around(project, tmp_path):
    (tmp_path / "mine.toml").write_text(RULES.replace("office.women", "mine"), "utf-8")
    found = check(project / "sources/invented.csv", "ctdc-2021", rules_file=tmp_path / "mine.toml").findings
    assert {each.rule for each in found} & {"office.women", "mine"} == {"mine"}


def test_the_findings_are_kept_with_their_rows(project, made):
    kept = pl.read_parquet(project / "store/invented/findings.parquet").filter(rule="office.women")
    assert kept["source_row"].sort().to_list() == list(range(2, 49))


def test_the_sentence_is_published_and_the_number_only_in_tens(made):
    (own,) = [row for row in _table(made.folder, "quality-findings") if row["rule"] == "office.women"]
    assert (own["count"], own["low"], own["high"]) == ("40", "40", "40")
    notes = json.loads((made.folder / "manifest.json").read_text("utf-8"))["tables"]
    assert any("rounded down to multiples of 10" in note for table in notes for note in table["notes"])
    assert "Everybody is a man." in (made.folder / "dictionary.csv").read_text("utf-8")
    assert "Everybody is a man." in made.report.read_text("utf-8")


def test_a_changed_rule_makes_another_release(project, made):
    (project / "rules.toml").write_text(RULES.replace("male'", "female'"), "utf-8")
    try:
        assert run(project).id != made.id
    finally:
        (project / "rules.toml").write_text(RULES, "utf-8")


def test_a_rule_that_cannot_be_read_stops_a_run_before_it_reads_a_file(project):
    (project / "rules.toml").write_text(RULES.replace("'male'", "'men'"), "utf-8")
    try:
        said = subprocess.run(
            [sys.executable, "-m", "palermo", "run", str(project)], capture_output=True, text=True, check=False
        )
    finally:
        (project / "rules.toml").write_text(RULES, "utf-8")
    assert said.returncode == 3 and said.stdout == "" and "Traceback" not in said.stderr
    assert "rules.toml: [[rules]] 'office.women' holds: code list gender has no code 'men'." in said.stderr


def test_the_door_takes_rules_too(project, tmp_path):
    (tmp_path / "mine.toml").write_text(RULES, "utf-8")
    read = door.read(pl.read_csv(project / "sources/invented.csv"), "ctdc-2021", rules=tmp_path / "mine.toml")
    assert read.findings.filter(rule="office.women").height == 47


def test_the_rules_of_the_guide_can_be_read(tmp_path):
    text = re.findall(r'^```toml title="rules.toml"\n(.*?)^```', GUIDE.read_text("utf-8"), re.S | re.M)[0]
    (tmp_path / "rules.toml").write_text(text, "utf-8")
    assert {"shelter.within-a-month", "police.article"} <= set(known_rules(tmp_path / "rules.toml"))


def test_every_function_and_sign_of_the_guide_is_a_condition():
    from palermo.intake.conditions import read_condition

    standard = standard_around(GUIDE)
    for sign in ("=", "<>", "<", "<=", ">", ">="):
        assert read_condition(f"year(detected_on) {sign} year(as_of) - 1", standard).fields == ("detected_on",)
