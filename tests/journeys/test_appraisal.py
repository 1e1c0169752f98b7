"""palermo appraise and palermo sg-section, on the treaties we know and a register that somebody keeps."""

from __future__ import annotations

import pytest

from palermo.commitments.section import load_events
from tests.support.registers import a_register

MEASURES = """id,recorded_on,source,state,kind,title,articles,provisions,adopted_on,confidence
m1,2012-01-05,Official Gazette,KEN,law,Counter-Trafficking Act,tip_protocol:5(1),gpa-43; res-5,2010-07-02,high
"""
CHECKS = """id,recorded_on,source,state,element,answer,law,cited,since,confidence
c1,2012-02-01,Official Gazette,KEN,form-labour,yes,m1,s. 1,2010-07-02,high
c2,2012-02-01,reading of the Act,KEN,non-punishment,partly,m1,s. 14,2010-07-02,medium
c3,2012-02-01,reading of the Act,KEN,child-sex-tourism,no,,,2010-07-02,low
"""


@pytest.fixture
def register(tmp_path):
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "measures.csv").write_text(MEASURES)
    (folder / "law_checks.csv").write_text(CHECKS)
    return folder


def cells(answer, kind, id_):
    found = [each for each in answer[f"{kind}s"] if each[kind] == id_]
    return {cell["role"]: cell for each in found for cell in each["cells"]}


def test_a_state_is_appraised_from_its_records(palermo, register):
    words = ("--scope", "KEN", "--from", "2010", "--to", "2012", "--project", register)
    answer = palermo("appraise", *words, "--json").json
    assert set(cells(answer, "provision", "gpa-43")) == {"achievement"}
    challenge = cells(answer, "provision", "gpa-30")["challenge"]
    assert (challenge["confidence"], challenge["sources"]) == ("medium", ["reading of the Act"])
    assert cells(answer, "provision", "res-5")["gap"]["entries"][0]["id"] == "c3"
    assert set(cells(answer, "instrument", "op_crc_sc")) == {"gap", "challenge"}
    assert "gpa-12" in answer["without_records"]
    people = palermo("appraise", *words)
    assert "Counter-Trafficking" in people.out
    assert "reconstructed" in people.err


def test_figures_stand_beside_the_cells_that_rest_on_them(palermo, register):
    (register / "figures.csv").write_text(
        "id,recorded_on,source,state,indicator,year,value,unit\n"
        "f1,2012-02-01,Judiciary,KEN,convictions,2011,4,persons convicted\n"
        "f2,2012-02-01,Judiciary,KEN,convictions,2001,0,persons convicted\n"
    )
    (register / "appraisal.csv").write_text(
        "id,recorded_on,source,state,provision,role,says,since,confidence,evidence\n"
        "s1,2012-04-01,Rapporteur,KEN,gpa-43,challenge,Few are convicted,2011,medium,f1\n"
    )
    words = ("appraise", "--scope", "KEN", "--from", "2010", "--to", "2012", "--project", register, "--json")
    answer = palermo(*words).json
    assert [(row["id"], row["value"]) for row in answer["figures"]] == [("f1", 4)]
    assert cells(answer, "provision", "gpa-43")["challenge"]["sources"] == ["Rapporteur; rests on f1"]
    untoc = next(each for each in answer["instruments"] if each["instrument"] == "untoc")
    assert (untoc["basis"], untoc["snapshot"], untoc["at_least"], untoc["unknown"]) == (
        "deposit", "2014-01-27", False, [],
    )  # fmt: skip
    ilo = next(each for each in answer["instruments"] if each["instrument"] == "ilo_c029")
    assert (ilo["snapshot"], ilo["unknown"]) == (None, ["KEN"])


def test_the_world_of_2012_has_the_gaps_that_the_resolution_urges_to_close(palermo):
    answer = palermo("appraise", "--scope", "world", "--from", "2010", "--to", "2012-11-13", "--json").json
    untoc, protocol = (cells(answer, "instrument", id_) for id_ in ("untoc", "tip_protocol"))
    assert (len(untoc["gap"]["entries"]), len(protocol["gap"]["entries"])) == (24, 40)
    joined = [entry["state"] for entry in protocol["achievement"]["entries"]]
    assert joined == sorted(joined)
    assert "CIV" in joined
    outside_the_ilo = [entry["state"] for entry in cells(answer, "instrument", "ilo_c182")["gap"]["entries"]]
    assert outside_the_ilo == ["AND", "BTN", "FSM", "LIE", "MCO", "NRU", "PRK"]
    assert cells(answer, "instrument", "ilo_c029") == {}


def test_outside_schemes_stand_beside_with_their_owners_name(palermo, shared):
    files = {
        "3p": shared / "data/commitments/three_p_index_2000_2013.csv",
        "tiers": shared / "data/tip_report/tip_tiers_1999_2015.csv",
    }
    schemes = [word for name, file in files.items() for word in ("--scheme", f"{name}={file}")]
    words = ("appraise", "--scope", "KEN", "--from", "2010", "--to", "2012", *schemes)
    three_p, tiers = palermo(*words, "--json").json["outside_schemes"]
    assert (three_p["owner"], tiers["owner"]) == ("Cho, Dreher and Neumayer", "United States Department of State")
    assert {row["year"] for row in tiers["series"]} == {2010, 2011, 2012}
    assert {row["state"] for row in three_p["series"]} == {"KEN"}
    assert "no part of it" in " ".join(palermo(*words).err.split())


def test_the_section_has_the_parts_of_the_report_in_their_order(palermo):
    answer = palermo("sg-section", "--as-of", "2012-11-13", "--json").json
    assert [part["id"] for part in answer["sections"]] == [
        "ratification", "general", "prevention", "protection", "prosecution", "partnership",
        "trust_fund", "global_report", "icat", "world_day", "conclusions",
    ]  # fmt: skip
    sentences = [sentence for part in answer["sections"] for sentence in part["sentences"]]
    assert all(sentence["sources"] and sentence["status"] == "draft" for sentence in sentences)
    texts = " ".join(sentence["text"] for sentence in sentences)
    assert "the United Nations Convention against Transnational Organized Crime had 173 parties" in texts
    assert "40 Members of the United Nations could still join the Protocol" in texts
    assert [len(annex["rows"]) for annex in answer["annexes"]][2] == 76


def test_the_section_tells_every_event_of_its_time_once(palermo):
    words = ("sg-section", "--as-of", "2026-01-01", "--since", "2007-01-01", "--as-recorded", "2100-01-01", "--json")
    answer = palermo(*words).json
    told = [sentence["id"] for part in answer["sections"] for sentence in part["sentences"]]
    events = [id_ for id_ in told if "-event-" in id_]
    assert sorted(id_.partition("-")[2] for id_ in events) == sorted(load_events()["id"])
    assert answer["as_recorded"] == "2100-01-01"


def test_in_force_the_section_says_what_the_resolution_says(palermo):
    answer = palermo("sg-section", "--as-of", "2012-11-13", "--count", "in-force", "--json").json
    texts = [sentence["text"] for sentence in answer["sections"][0]["sentences"]]
    assert any("had 172 parties bound by it, the European Union among them" in text for text in texts)
    assert any("had 153 parties bound by it" in text for text in texts)


def test_a_sentence_is_cleared_until_a_record_changes_its_words(palermo, register):
    words = ("sg-section", "--as-of", "2012-11-13", "--project", register)

    def law_of_labour():
        part = palermo(*words, "--json").json["sections"][0]
        return next(sentence for sentence in part["sentences"] if sentence["id"] == "law-form-labour")

    draft = law_of_labour()
    assert (draft["status"], draft["certainty"], draft["sources"]) == ("draft", "recalled", ["Official Gazette"])
    (register / "clearances.csv").write_text(
        "id,recorded_on,source,sentence,wording,cleared_by,cleared_on\n"
        f"k1,2012-03-01,mail,{draft['id']},{draft['wording']},focal point,2012-03-01\n"
    )
    assert (law_of_labour()["status"], law_of_labour()["cleared_by"]) == ("cleared", "focal point")
    assert "[cleared by focal point, recalled]" in " ".join(palermo(*words).out.split())
    with (register / "law_checks.csv").open("a") as checks:
        checks.write("c4,2012-04-01,reading,TGO,form-labour,no,,,2010,high\n")
    assert law_of_labour()["status"] == "draft"
    assert "[draft, reconstructed]" in palermo(*words, "--since", "2010-01-01").out


def test_the_official_text_of_the_plan_takes_away_the_mark(palermo, register):
    (register / "provisions.csv").write_text(
        "id,text,number,pillar,gist,addressee,certainty,source\n"
        'gpa-43,"A/RES/64/293, annex",43,prosecution,Official words,States,official,A/RES/64/293\n'
        'gpa-30,"A/RES/64/293, annex",30,protection,Official words,States,official,A/RES/64/293\n'
        'gpa-22,"A/RES/64/293, annex",22,prevention,Official words,States,official,A/RES/64/293\n'
    )
    words = ("sg-section", "--as-of", "2012-11-13", "--since", "2010-01-01", "--project", register)
    answer = palermo(*words, "--json").json
    (sentence, *_) = next(part for part in answer["sections"] if part["id"] == "prosecution")["sentences"]
    assert sentence["certainty"] == "read"
    assert "(reconstructed)" not in sentence["text"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("appraise", "--scope", "Atlantis", "--from", "2010", "--to", "2012"), "no State"),
        (("appraise", "--scope", "KEN", "--from", "2012", "--to", "2010"), "before"),
        (("appraise", "--scope", "KEN", "--from", "then", "--to", "2010"), "no year"),
        (("appraise", "--scope", "KEN", "--from", "2010", "--to", "2012", "--scheme", "3p"), "NAME=FILE"),
        (("appraise", "--scope", "KEN", "--from", "2010", "--to", "2012", "--scheme", "rank=x.csv"), "no scheme"),
        (("sg-section", "--as-of", "2012-11-13", "--since", "2013-01-01"), "before"),
    ],
)
def test_wrong_words_are_said_to_be_wrong(palermo, words, said):
    answer = palermo(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_record_under_a_paragraph_that_the_official_text_has_not_is_not_lost_in_silence(palermo, register):
    (register / "measures.csv").write_text(MEASURES.replace("gpa-43; res-5", "res-5"))
    (register / "provisions.csv").write_text(
        "id,text,number,pillar,gist,addressee,certainty,source\n"
        'gpa-1,"A/RES/64/293, annex",1,general,Official words,States,official,A/RES/64/293\n'
    )
    words = ("appraise", "--scope", "KEN", "--from", "2010", "--to", "2012", "--project", register, "--json")
    assert any(note.startswith("3 records are under provisions") for note in palermo(*words).json["notes"])


def test_a_register_with_a_wrong_row_is_refused_with_its_place(palermo, register):
    with (register / "law_checks.csv").open("a") as checks:
        checks.write("c9,2012-04-01,reading,KEN,form-farm,no,,,2010,high\n")
    answer = palermo("appraise", "--scope", "KEN", "--from", "2010", "--to", "2012", "--project", register)
    assert answer.code == 3
    assert "law_checks.csv, row 5" in answer.err


def test_an_appraisal_and_a_report_take_a_whole_register(palermo, tmp_path):
    a_register(tmp_path)
    words = ("appraise", "--scope", "KEN", "--from", "2012", "--to", "2014", "--project", tmp_path, "--json")
    provisions = {each["provision"]: each["cells"] for each in palermo(*words).json["provisions"]}
    assert [cell["role"] for cell in provisions["gpa-28"]] == ["challenge"]
    section = palermo(
        "sg-section", "--as-of", "2013-12-31", "--since", "2012-01-01", "--project", tmp_path, "--json"
    ).json
    told = {part["id"]: [sentence["text"] for sentence in part["sentences"]] for part in section["sections"]}
    assert any("USD 100,050.12" in text for text in told["trust_fund"])
    assert told["icat"]
    assert any("Italy has done what it promised" in text for text in told["protection"])


def test_the_files_of_both_halves_lie_in_one_folder(palermo, tmp_path):
    a_register(tmp_path)
    (tmp_path / "register/measures.csv").write_text(
        "id,recorded_on,source,state,kind,title,provisions,adopted_on,confidence\n"
        "m1,2012-01-05,gazette,KEN,law,Act,gpa-43,2012,high\n"
    )
    assert palermo("register", "check", tmp_path).code == 0
    words = ("appraise", "--scope", "KEN", "--from", "2012", "--to", "2014", "--project", tmp_path, "--json")
    assert "gpa-43" in {each["provision"] for each in palermo(*words).json["provisions"]}
