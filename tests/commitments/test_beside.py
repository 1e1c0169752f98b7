"""The files beside the registers: every one is checked, every finding has its file and row, and nothing half-loads."""

from __future__ import annotations

from datetime import date

import pytest

from palermo.commitments.beside import BESIDE, read_beside
from palermo.commitments.provisions import load_provisions
from palermo.errors import InputError
from palermo.workflows.register import check, show
from palermo.workflows.register_views import Question

TODAY = date(2030, 1, 1)
ASKED = Question(TODAY, TODAY)
SOUND = {
    "treaty_actions": "id,recorded_on,source,instrument,state,action,made_on",
    "treaty_reservations": "id,recorded_on,source,instrument,state,kind,made_on,concerns",
    "treaty_coverage": "id,recorded_on,source,instrument,complete_until",
    "measures": "id,recorded_on,source,state,kind,title,articles,provisions,adopted_on,ended_on,confidence\n"
    "m1,2012-01-05,gazette,KEN,law,Act,tip_protocol:5(1),gpa-43,2010-07-02,,high",
    "law_checks": "id,recorded_on,source,state,element,answer,law,since,confidence\n"
    "c1,2012-02-01,gazette,KEN,form-labour,yes,m1,2010-07-02,high",
    "figures": "id,recorded_on,source,corrects,withdrawn,state,indicator,year,value,unit\n"
    "f1,2012-02-01,report,,,KEN,prosecutions,2011,12,cases\n"
    "f2,2012-03-01,report,f1,yes,,,,,",
    "appraisal": "id,recorded_on,source,state,provision,role,says,since,confidence,evidence\n"
    "s1,2012-02-01,note,KEN,gpa-43,achievement,It is a crime,2010,high,m1; c1",
    "events": "id,recorded_on,source,topic,happened_on,says,certainty",
    "clearances": "id,recorded_on,source,sentence,wording,cleared_by,cleared_on",
}
WRONG = {
    "ratified before adoption": ("treaty_actions", "x,2012-01-05,note,untoc,FJI,ratification,1999-01-01", "adopted"),
    "ratified twice": ("treaty_actions", "x,2026-11-26,note,untoc,KEN,accession,2013-01-01", "party already"),
    "no such State": ("treaty_actions", "x,2012-01-05,note,untoc,QQQ,accession,2005-01-01", "no such State"),
    "day with a footnote": (
        "treaty_actions",
        "x,2012-01-05,note,untoc,FJI,accession,2005-01-01 [2]",
        "made_on: no day",
    ),
    "impossible day": ("treaty_actions", "x,2012-01-05,note,untoc,FJI,accession,2005-02-30", "made_on: no day"),
    "objection to nothing": ("treaty_reservations", "x,2012-01-05,note,untoc,KEN,objection,2005,", "concerns"),
    "statement of nobody": ("treaty_reservations", "x,2012-01-05,note,untoc,QQQ,reservation,2005,", "no such State"),
    "complete tomorrow": ("treaty_coverage", "x,2012-01-05,note,untoc,2013-01-01", "lies after"),
    "unknown treaty": ("treaty_coverage", "x,2012-01-05,note,palermo,2011-01-01", "no such treaty"),
    "unknown provision": ("measures", "x,2012-01-05,gazette,KEN,law,Act,,gpa-99,2010,,high", "no such provision"),
    "ends too early": ("measures", "x,2012-01-05,gazette,KEN,law,Act,,,2010,2009,high", "ends before"),
    "law of nobody": ("law_checks", "x,2012-02-01,note,KEN,form-labour,yes,m9,2010,high", "not among the measures"),
    "below nought": ("figures", "x,2012-02-01,report,,,KEN,convictions,2011,-3,cases", "below nought"),
    "withdrawn figure": (
        "appraisal",
        "x,2012-04-01,note,KEN,gpa-43,challenge,Few,2011,low,f1",
        "withdrawn",
    ),
    "rests on nothing": ("appraisal", "x,2012-04-01,note,KEN,gpa-43,challenge,Few,2011,low,f9", "not there"),
    "unknown topic": ("events", "x,2012-02-01,note,rumour,2011,It was said,read", "no such code"),
    "cleared by nobody": ("clearances", "x,2012-02-01,mail,s,abc,,2012-01-01", "cleared_by is empty"),
}


@pytest.fixture
def project(tmp_path):
    (tmp_path / "register").mkdir()
    for name, text in SOUND.items():
        (tmp_path / f"register/{name}.csv").write_text(f"{text}\n")
    return tmp_path


def test_sound_files_have_no_finding_and_are_counted(project):
    answer = check(project, as_recorded=TODAY)
    assert answer.findings == ()
    assert {name: answer.n_records[name] for name in BESIDE} == {name: text.count("\n") for name, text in SOUND.items()}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_found_in_its_row_and_nothing_is_shown(project, wrong):
    name, row, words = WRONG[wrong]
    path = project / f"register/{name}.csv"
    path.write_text(f"{path.read_text()}{row}\n")
    (finding,) = check(project, as_recorded=TODAY).findings
    assert (finding.file, finding.row) == (path.name, SOUND[name].count("\n") + 2)
    assert words in finding.what
    with pytest.raises(InputError):
        show(project, path.name, ASKED)


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize(
    ("data", "rule"),
    [("côté".encode("latin-1"), "file.readable"), (b"id,source\n", "file.readable"), (b'id,"rec', "file.readable")],
)
def test_a_file_that_cannot_be_read_is_a_finding(project, name, data, rule):
    (project / f"register/{name}.csv").write_bytes(data)
    assert (rule, f"{name}.csv") in {(each.rule, each.file) for each in check(project, as_recorded=TODAY).findings}


def test_a_column_that_nobody_reads_is_found(project):
    path = project / "register/measures.csv"
    path.write_text(path.read_text().replace("ended_on", "ended"))
    assert [found.rule for found in check(project, as_recorded=TODAY).findings] == ["file.headings"]


def test_without_a_folder_there_is_nothing_and_nothing_is_wrong():
    beside = read_beside(None, load_provisions())
    assert beside.findings == ()
    assert all(each.frame.is_empty() for each in beside.loaded.values())


def test_records_are_shown_as_of_a_day_and_as_known_on_a_day(project):
    assert len(show(project, "measures.csv", ASKED).as_json()["rows"]) == 1
    before = Question(date(2009, 1, 1), TODAY)
    assert show(project, "measures.csv", before).as_json()["rows"] == []
    assert show(project, "figures.csv", ASKED).as_json()["rows"] == []
    assert len(show(project, "figures.csv", Question(TODAY, date(2012, 2, 15))).as_json()["rows"]) == 1
    assert show(project, "measures.csv", Question(TODAY, TODAY, ("ITA",))).as_json()["rows"] == []


def test_measures_are_shown_under_each_article_and_provision(project):
    rows = show(project, "measures-by-provision", ASKED).as_json()["rows"]
    assert [(row["under"], row["state"], row["title"]) for row in rows] == [
        ("gpa-43", "KEN", "Act"),
        ("tip_protocol:5(1)", "KEN", "Act"),
    ]
    assert show(project, "measures-by-provision", Question(date(2009, 1, 1), TODAY)).as_json()["rows"] == []
    assert show(project, "measures-by-provision", Question(TODAY, TODAY, ("ITA",))).as_json()["rows"] == []


def test_the_checklist_answers_every_element_and_unknown_is_not_no(project):
    rows = show(project, "checklist", ASKED).as_json()["rows"]
    assert {row["element"]: row["answer"] for row in rows}["form-labour"] == "yes"
    assert {row["answer"] for row in rows} == {"yes", "unknown"}
    assert show(project, "checklist", Question(TODAY, TODAY, ("ITA",))).as_json()["rows"][0]["state"] == "ITA"


def test_others_go_on_naming_the_first_record_of_what_was_corrected(project):
    measures, figures, findings = (project / f"register/{name}.csv" for name in ("measures", "figures", "appraisal"))
    head, first = SOUND["measures"].split("\n")
    row = first.replace("m1,", "m2,").replace("high", "medium,m1").replace("2012-01-05", "2012-06-01")
    measures.write_text(f"{head},corrects\n{first},\n{row}\n")
    figures.write_text(
        SOUND["figures"].replace(
            "f2,2012-03-01,report,f1,yes,,,,,", "f2,2012-03-01,report,f1,,KEN,prosecutions,2011,13,cases"
        )
        + "\n"
    )
    findings.write_text(f"{SOUND['appraisal']}\ns2,2012-04-01,note,KEN,gpa-43,challenge,Few,2011,low,f1\n")
    assert check(project, as_recorded=TODAY).findings == ()
