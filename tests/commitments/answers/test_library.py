"""The answer library: who says what, what changed, what can be used again, and what the next focal point gets."""

from __future__ import annotations

import csv
from datetime import date

import polars as pl
import pytest

from palermo.commitments.answers import (
    QUESTIONNAIRES,
    SHIPPED,
    Change,
    answer_table,
    differences,
    hand_over,
    open_questions,
    public_answers,
    standings,
)
from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.provisions import load_provisions
from tests.support.registers import a_register, and_row, one_row

LATER = date(2015, 1, 1)


@pytest.fixture
def known(tmp_path):
    return CATALOGUE.load(a_register(tmp_path), as_recorded=LATER)


def test_an_answer_is_as_far_as_its_steps_until_that_day(known):
    days = (date(2012, 4, 30), date(2012, 5, 1), date(2012, 5, 10), date(2012, 6, 1))
    assert [standings(known, day)["a-1"].status for day in days] == ["draft", "submitted", "cleared", "published"]


def test_civil_society_answers_beside_the_state_and_the_reply_is_in_full(known):
    shown = public_answers(known, LATER).filter(question="q-assistance")
    assert shown["voice"].to_list() == ["state", "civil_society"]
    assert shown["government_reply"].to_list() == [None, "It will open again in March, and a second one with it."]


def test_what_is_confidential_or_not_yet_published_is_not_shown(known):
    assert "a-5" in answer_table(known, LATER)["id"]
    assert "legal persons" not in str(public_answers(known, LATER).to_dicts())
    assert public_answers(known, date(2012, 5, 31)).is_empty()


def test_the_difference_from_the_last_round_is_in_words(known):
    (found,) = differences(known)
    assert (found.question, found.before, found.after) == ("q-offence", "a-1", "a-5")
    assert found.changes == (Change("2010.", "2010, for legal persons too."),)


def test_a_cleared_answer_is_offered_where_it_shares_a_provision(known):
    table = open_questions(known, date(2013, 1, 1)).filter(question="g-assistance")
    assert table.select("usable_answer", "shared_provisions").rows() == [("a-2", "gpa-28")]


def test_no_answer_is_offered_before_it_is_cleared(known):
    assert (
        open_questions(known, date(2012, 5, 9))["usable_answer"].null_count()
        == open_questions(known, date(2012, 5, 9)).height
    )


def test_an_answer_serves_several_questions_once(tmp_path):
    both = one_row("answers", "a-2", questions="q-assistance; g-assistance")
    known = CATALOGUE.load(a_register(tmp_path, answers=both), as_recorded=LATER)
    assert public_answers(known, LATER).filter(voice="state")["question"].to_list() == [
        "g-assistance",
        "q-assistance",
        "q-offence",
    ]


def test_a_hand_over_pack_has_what_is_due_what_waits_and_what_stands(known):
    pack = hand_over(known, "KEN", date(2014, 1, 1), due=pl.DataFrame())
    assert pack.focal_point == "Ministry of Justice"
    assert pack.rounds["id"].to_list() == ["untoc-2", "greta-1"]
    assert pack.waiting["id"].to_list() == ["a-5"]
    assert set(pack.unanswered["question"]) == {"q-assistance", "g-assistance"}


def test_a_day_without_a_focal_point_is_said(known):
    assert hand_over(known, "KEN", date(2010, 1, 1), due=pl.DataFrame()).focal_point == ""


def test_an_answer_that_is_changed_and_cleared_again_stands(tmp_path):
    text = {
        "id": "a-2b",
        "corrects": "a-2",
        "recorded_on": "2012-08-01",
        "round": "untoc-1",
        "questions": "q-assistance",
    }
    text |= {"voice": "state", "author": "Ministry of Labour", "text": "Three shelters.", "visibility": "public"}
    again = [
        {"id": f"again-{n}", "answer": "a-2b", "step": step, "by": "Rapporteur", "done_on": "2012-08-02"}
        for n, step in enumerate(["reopen", "submit", "clear"])
    ]
    steps = [*and_row("answer_steps", **again[0]), *again[1:]]
    known = CATALOGUE.load(
        a_register(tmp_path, answers=and_row("answers", **text), answer_steps=steps), as_recorded=LATER
    )
    assert standings(known, LATER)["a-2"].cleared_on == date(2012, 8, 2)


def test_the_shipped_questions_cover_each_questionnaire_and_name_provisions_that_there_are():
    with SHIPPED["questions"].open(encoding="utf-8", newline="") as lines:
        questions = list(csv.DictReader(lines))
    assert {question["questionnaire"] for question in questions} == set(QUESTIONNAIRES) - {"other"}
    plan = {
        name for question in questions for name in question["provisions"].split("; ") if name[:4] in ("gpa-", "res-")
    }
    assert plan <= set(load_provisions())
    assert all(question["certainty"] in ("reconstructed", "recalled") for question in questions)


def test_the_first_cluster_has_the_articles_that_the_review_names(shared):
    """Its articles are confirmed in ../shared/standards/untoc_review_clusters.csv."""
    with (shared / "standards/untoc_review_clusters.csv").open(encoding="utf-8", newline="") as lines:
        named = next(row["definition"] for row in csv.DictReader(lines) if row["code"] == "I")
    assert "TIP Protocol arts. 3, 5" in named
    with SHIPPED["questions"].open(encoding="utf-8", newline="") as lines:
        first = [row for row in csv.DictReader(lines) if row["id"].startswith("untoc-1-")]
    articles = {name for row in first for name in row["provisions"].split("; ") if name[:4] in ("tip_", "unto")}
    assert articles == {"tip_protocol-3", "tip_protocol-5", *(f"untoc-{n}" for n in (5, 6, 8, 9, 10, 15, 23))}
