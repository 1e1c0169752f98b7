"""Meetings: who speaks when, what is missing, and a summary in which every sentence has its citation."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.meetings import (
    CATEGORIES,
    SHIPPED,
    Sentence,
    participant_table,
    preparation,
    speakers_list,
    speaking_order,
    summarise,
)
from palermo.commitments.provisions import PILLARS, load_provisions
from tests.support.registers import a_register, and_row, one_row

LATER = date(2015, 1, 1)
PROVISIONS = load_provisions()


@pytest.fixture
def known(tmp_path):
    return CATALOGUE.load(a_register(tmp_path), as_recorded=LATER)


def test_speakers_are_by_category_then_by_place_and_one_after_the_other(known):
    told = speakers_list(known).select("nth", "begins_at", "minutes", "speaker", "fits").rows()
    assert told == [
        (1, "10:00", 10, "UNODC", True),
        (2, "10:10", 5, "Kenya", True),
        (3, "10:15", 5, "Italy", True),
        (4, "10:20", 3, "Network of shelters", False),
    ]


def test_categories_of_which_the_modalities_say_nothing_come_last_in_the_order_of_the_resolution(known):
    order = speaking_order(known, "hlm")
    assert order[:2] == ["un_entity", "member_state"]
    assert order[2:] == [category for category in CATEGORIES if category not in order[:2]]


def test_a_session_over_midnight_is_not_needed_but_a_long_list_is_still_told(tmp_path):
    long = one_row("speakers", "sp-4", minutes="900")
    times = speakers_list(CATALOGUE.load(a_register(tmp_path, speakers=long), as_recorded=LATER))
    assert times.select("begins_at", "fits").rows()[1] == ("01:00", False)


def test_what_a_meeting_still_lacks_is_said(known):
    told = {what: (n, missing) for what, n, missing in preparation(known, LATER).select("what", "n", "missing").rows()}
    assert told == {
        "co-facilitators": (2, None),
        "modalities adopted": (4, None),
        "consultations held": (1, None),
        "participants": (5, "waiting for accreditation: 1"),
        "speakers": (4, None),
        "statements": (3, "speakers without a statement: 1"),
        "commitments": (2, None),
        "summary": (1, "sentences to be cleared: 1"),
    }
    before = preparation(known, date(2013, 4, 30)).filter(what="modalities adopted")
    assert before.select("n", "missing").rows() == [(0, "none recorded")]


def test_participants_are_counted_by_category_and_accreditation(known):
    assert ("hlm", "ngo", "requested", 1) in participant_table(known).rows()


def test_every_sentence_of_a_summary_has_a_citation_that_is_there(known):
    summary = summarise(known, "hlm", PROVISIONS, LATER)
    there = {name for register in ("meetings", "facilitators", "statements") for name in known.by_id(register)}
    assert len(summary.sentences) > 5
    assert all(sentence.cites and set(sentence.cites) <= there for sentence in summary.sentences)


def test_every_statement_is_cited(known):
    cited = {name for sentence in summarise(known, "hlm", PROVISIONS, LATER).sentences for name in sentence.cites}
    assert set(known.by_id("statements")) <= cited


def test_a_summary_goes_by_the_pillars_of_the_plan_and_shows_what_is_reconstructed(known):
    sentences = summarise(known, "hlm", PROVISIONS, LATER).sentences
    pillars = [sentence.section for sentence in sentences if sentence.section in PILLARS.values()]
    assert pillars == [PILLARS["protection"]] * 2
    first = next(sentence for sentence in sentences if sentence.section == PILLARS["protection"])
    assert first.text.startswith("On gpa-28 (reconstructed: number medium")
    assert first.text.endswith("spoke Kenya and Network of shelters.")
    assert first.cites == ("s-1", "s-3")


def test_a_commitment_is_quoted_with_its_day(known):
    texts = [
        each.text for each in summarise(known, "hlm", PROVISIONS, LATER).sentences if each.section == "Commitments"
    ]
    assert texts[0] == "Kenya committed itself by 1 July 2014: “We open shelters”."


def test_a_summary_of_a_day_knows_nothing_of_the_next(known):
    cited = {name for each in summarise(known, "hlm", PROVISIONS, date(2013, 5, 13)).sentences for name in each.cites}
    assert "s-3" not in cited and "s-1" in cited


@given(st.text(), st.text())
def test_a_sentence_without_a_citation_cannot_be(section, text):
    with pytest.raises(ValueError, match="citation"):
        Sentence(section, text, (), "draft")


def test_many_speakers_are_counted_after_the_twelfth(tmp_path):
    states = ["AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV"]
    people = [
        {"id": s, "meeting": "hlm", "name": s, "category": "member_state", "state": s, "accreditation": "not_needed"}
        for s in states
    ]
    said = [
        {
            "id": f"x-{s}",
            "meeting": "hlm",
            "participant": s,
            "made_on": "2013-05-13",
            "text": "Yes",
            "provisions": "gpa-12",
        }
        for s in states
    ]
    folder = a_register(
        tmp_path,
        participants=[*and_row("participants", **people[0]), *people[1:]],
        statements=[*and_row("statements", **said[0]), *said[1:]],
    )
    sentences = summarise(CATALOGUE.load(folder, as_recorded=LATER), "hlm", PROVISIONS, LATER).sentences
    (about,) = [each for each in sentences if each.text.startswith("On gpa-12")]
    assert about.text.endswith("GRC and 1 other.")
    assert len(about.cites) == len(states)


def test_the_meetings_that_we_ship_are_those_of_the_timeline(shared, tmp_path):
    for name, path in SHIPPED.items():
        (tmp_path / f"{name}.csv").write_bytes(path.read_bytes())
    known = CATALOGUE.load(tmp_path, as_recorded=date(2030, 1, 1))
    with (shared / "data/commitments/followup_timeline.csv").open(encoding="utf-8", newline="") as lines:
        told = {row["date"]: row["event"] for row in csv.DictReader(lines)}
    begun = {str(meeting["from_on"]) for meeting in known.rows("meetings")}
    assert begun == {
        day
        for day, event in told.items()
        if "appraisal meeting" in event.lower() or "first day" in event or "hearing" in event
    }
    assert "Austria and Cape Verde" in told["2013-05-13"]
    of_2013 = preparation(known, date(2013, 5, 2)).filter(meeting="appraisal-2013")
    assert of_2013.filter(what="co-facilitators")["n"].item() == 2
    assert of_2013.filter(what="modalities adopted")["n"].item() == 2
