"""Provisions: our reconstruction is marked as one, and the official text replaces it without code."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from palermo.commitments.provisions import PILLARS, load_provisions
from palermo.commitments.records import RecordsRefused
from palermo.workflows.register import check

HEADINGS = "id,text,number,pillar,gist,addressee,certainty,source\n"


def test_every_paragraph_of_the_plan_is_marked_as_reconstructed(shared):
    with (shared / "data/commitments/gpa_provisions.csv").open(encoding="utf-8") as lines:
        theirs = list(csv.DictReader(lines))
    plan = [provision for provision in load_provisions().values() if provision.id.startswith("gpa-")]
    assert [(provision.number, provision.gist) for provision in plan] == [
        (row["number"], row["paraphrase"]) for row in theirs
    ]
    assert all(provision.mark.startswith("reconstructed") for provision in plan)
    assert list(dict.fromkeys(provision.pillar for provision in plan)) == list(PILLARS)


def test_the_resolution_was_read_and_sets_its_dates():
    provisions = load_provisions()
    assert [provisions[f"res-{number}"].mark for number in range(1, 16)] == [""] * 15
    assert provisions["res-10"].due_on == date(2013, 1, 31)


def test_the_official_text_takes_the_place_of_the_whole_reconstruction(tmp_path):
    path = tmp_path / "provisions.csv"
    path.write_text(HEADINGS + 'gpa-1,"A/RES/64/293, annex",1,general,Official words,States,official,A/RES/64/293\n')
    provisions = load_provisions(path)
    assert provisions["gpa-1"].gist == "Official words"
    assert "gpa-2" not in provisions
    assert "res-1" in provisions


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x,t,1,fifth,g,a,official,s,", "no such pillar"),
        ("x,t,1,general,g,a,certain,s,", "no such certainty"),
        (",t,1,,g,a,read,s,", "no id"),
        ("gpa-1,t,1,general,g,a,official,s,", "there already"),
        ("x,t,1,general,g,a,read,s,soon", "no day"),
    ],
)
def test_a_row_that_is_no_provision_is_a_finding(tmp_path, row, words):
    path = tmp_path / "register/provisions.csv"
    path.parent.mkdir()
    path.write_text(f"{HEADINGS.strip()},due_on\ngpa-1,t,1,general,g,a,official,s,\n{row}\n")
    with pytest.raises(RecordsRefused, match="nothing was taken"):
        load_provisions(path)
    (finding,) = check(tmp_path, as_recorded=date(2030, 1, 1)).findings
    assert (finding.file, finding.row, words in finding.what) == ("provisions.csv", 3, True)
