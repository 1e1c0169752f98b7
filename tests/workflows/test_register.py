"""The registers of a project, from begin to export."""

from __future__ import annotations

import json
from datetime import date

import pytest
from okfn_iati import IatiValidator

from palermo.commitments.beside import BESIDE
from palermo.commitments.catalogue import CATALOGUE
from palermo.errors import InputError, PalermoError, ProjectError, UsageError
from palermo.workflows.register import begin, check, export_iati, import_file, show
from palermo.workflows.register_views import VIEWS, Question
from tests.support.registers import AN_ORDINARY_REGISTER, a_register, and_row, one_row, write_register

LATER = date(2015, 1, 1)
ASKED = Question(LATER, LATER, ("KEN",))


def test_a_register_that_was_begun_has_every_file_and_no_finding(tmp_path):
    begun = begin(tmp_path)
    files = {register.file for register in CATALOGUE.registers.values()} | {kind.file for kind in BESIDE.values()}
    assert set(begun.made) == files
    assert check(tmp_path, as_recorded=date(2030, 1, 1)).findings == ()


def test_to_begin_again_changes_no_file(tmp_path):
    a_register(tmp_path)
    assert set(begin(tmp_path).made) == {kind.file for kind in BESIDE.values()}
    before = {path.name: path.read_bytes() for path in (tmp_path / "register").iterdir()}
    assert begin(tmp_path).made == ()
    assert {path.name: path.read_bytes() for path in (tmp_path / "register").iterdir()} == before


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_answers_for_programs(tmp_path, name):
    a_register(tmp_path)
    told = show(tmp_path, name, ASKED).as_json()
    assert json.loads(json.dumps(told)) == told
    assert (told["view"], told["as_of"], told["private"]) == (name, "2015-01-01", VIEWS[name][1])


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_answers_from_an_empty_register(tmp_path, name):
    (tmp_path / "register").mkdir()
    show(tmp_path, name, ASKED).as_json()


def test_what_holds_counts_of_victims_or_drafts_says_that_it_is_private(tmp_path):
    a_register(tmp_path)
    for name in ("beneficiaries", "answers", "handover", "beneficiaries.csv"):
        assert show(tmp_path, name, ASKED).private


def test_a_view_is_of_the_states_that_are_asked_for(tmp_path):
    a_register(tmp_path)
    assert show(tmp_path, "recommendations", Question(LATER, LATER, ("ITA",))).as_json()["rows"] == []
    assert len(show(tmp_path, "recommendations", ASKED).as_json()["rows"]) == 3


def test_a_register_with_a_finding_shows_nothing(tmp_path):
    a_register(tmp_path, grants=one_row("grants", "grant", amount="60000.01"))
    assert [found.rule for found in check(tmp_path, as_recorded=LATER).findings] == ["grant.ceiling"]
    with pytest.raises(InputError):
        show(tmp_path, "members", ASKED)


def test_records_entered_later_are_counted(tmp_path):
    a_register(tmp_path)
    answer = check(tmp_path, as_recorded=date(2011, 12, 31))
    assert answer.n_later == sum(answer.n_records.values()) > 0


def test_what_names_a_record_that_was_entered_later_is_known_from_then_on(tmp_path):
    """The grant waits for its project, the payments for the grant, and so does a correction of it."""
    folder = a_register(tmp_path, projects=(), grants=(), payments=(), beneficiaries=(), balances=())
    for name, day in (("projects", "2012-01-05"), ("grants", "2012-01-03"), ("payments", "2012-01-04")):
        write_register(folder, name, AN_ORDINARY_REGISTER[name], recorded_on=day)
    write_register(
        folder,
        "grants",
        and_row(
            "grants", **AN_ORDINARY_REGISTER["grants"][0] | {"id": "mended", "corrects": "grant", "amount": "50000"}
        ),
        recorded_on="2012-01-03",
    )
    known = [show(tmp_path, "grants", Question(LATER, date(2012, 1, day))).as_json()["rows"] for day in (4, 5)]
    assert [[row["amount"] for row in rows] for rows in known] == [[], ["50000"]]


@pytest.mark.parametrize(("name", "error"), [("nonsense", UsageError), ("handover", UsageError)])
def test_what_cannot_be_asked_is_said(tmp_path, name, error):
    a_register(tmp_path)
    with pytest.raises(error):
        show(tmp_path, name, Question(LATER, LATER))


def test_a_project_without_a_register_is_told_how_to_begin(tmp_path):
    with pytest.raises(ProjectError, match="palermo register begin"):
        check(tmp_path, as_recorded=LATER)


def test_the_official_text_of_the_plan_replaces_ours_without_code(tmp_path):
    folder = a_register(tmp_path)
    headings = "id,text,number,pillar,gist,addressee,certainty,source\n"
    rows = [f'gpa-{n},"A/RES/64/293, annex",{n},protection,Official,States,official,A/RES/64/293\n' for n in (28, 38)]
    (folder / "provisions.csv").write_text(headings + "".join(rows))
    told = show(tmp_path, "summary", ASKED).as_json()
    texts = [sentence["text"] for sentence in told["summaries"][0]["sentences"]]
    assert "On gpa-28, “Official”, spoke Kenya and Network of shelters." in texts
    assert "reconstructed" not in str(texts)


def test_an_export_is_valid_and_comes_back_into_another_register(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for project in (ours, theirs):
        project.mkdir()
    a_register(ours)
    out = tmp_path / "iati.xml"
    export_iati(ours, out, as_of=LATER, as_recorded=LATER)
    assert IatiValidator().validate(out.read_text("utf-8"))[0]
    a_register(theirs, **dict.fromkeys(("grants", "payments", "projects", "balances", "beneficiaries"), ()))
    done = import_file(theirs, out, "iati", of="fund", recorded_on=LATER)
    assert (done.added, done.n_left_out) == ({"projects": 1, "grants": 1, "payments": 2}, 1)
    told = [show(project, "balances", ASKED).as_json()["rows"] for project in (ours, theirs)]
    assert told[0] == told[1]
    again = import_file(theirs, out, "iati", of="fund", recorded_on=LATER)
    assert (sum(again.added.values()), again.n_there) == (0, 4)


def test_an_import_that_breaks_a_rule_changes_no_file(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for project in (ours, theirs):
        project.mkdir()
    a_register(ours)
    out = tmp_path / "iati.xml"
    export_iati(ours, out, as_of=LATER, as_recorded=LATER)
    poor = ("grants", "payments", "projects", "balances", "beneficiaries", "contributions")
    folder = a_register(theirs, **dict.fromkeys(poor, ()))
    (folder / "payments.csv").unlink()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(PalermoError, match="larger than what its fund had received"):
        import_file(theirs, out, "iati", of="fund", recorded_on=LATER)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_recommendations_are_imported_once(tmp_path):
    a_register(tmp_path)
    file = tmp_path / "uhri.csv"
    file.write_text(
        'Text,Reccomending Body,Document Publication Date,Themes\nTrain judges,- CEDAW,2012-01-31,"- A - B"\n'
    )
    assert import_file(tmp_path, file, "uhri", of="KEN", recorded_on=LATER).added == {"recommendations": 1}
    assert import_file(tmp_path, file, "uhri", of="KEN", recorded_on=LATER).n_there == 1
    assert len(show(tmp_path, "recommendations.csv", ASKED).as_json()["rows"]) == 4


@pytest.mark.parametrize(("layout", "of"), [("uhri", "Atlantis"), ("iati", "nowhere")])
def test_an_import_for_nobody_is_refused(tmp_path, layout, of):
    a_register(tmp_path)
    file = tmp_path / "uhri.csv"
    file.write_text("Text,Reccomending Body,Document Publication Date,Themes\nTrain judges,- CEDAW,2012-01-31,\n")
    before = {path.name: path.read_bytes() for path in (tmp_path / "register").iterdir()}
    with pytest.raises(PalermoError):
        import_file(tmp_path, file, layout, of=of, recorded_on=LATER)
    assert {path.name: path.read_bytes() for path in (tmp_path / "register").iterdir()} == before
