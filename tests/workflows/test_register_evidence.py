"""The registers of measures in an appraisal and in the report section."""

from __future__ import annotations

from datetime import date

import pytest

from palermo.commitments.catalogue import CATALOGUE
from palermo.workflows.register_evidence import evidence_from_register, facts_from_register
from tests.support.registers import a_register, one_row

LATE = date(2014, 12, 31)


@pytest.fixture
def known(tmp_path):
    def load(**changed):
        return CATALOGUE.load(a_register(tmp_path, **changed), as_recorded=LATE)

    return load


def roles(evidence):
    return {(row["id"], row["provision"]): row["role"] for row in evidence.iter_rows(named=True)}


def test_a_promise_is_an_achievement_when_done_and_a_challenge_when_its_day_has_passed(known):
    """s-1 was due on 1 July 2014 and nothing was noted; s-2 was done in December 2013; s-3 is no promise."""
    register = known()
    early, late = (roles(evidence_from_register(register, day)) for day in (date(2013, 6, 1), LATE))
    assert early == {}
    assert late == {("s-1", "gpa-28"): "challenge", ("s-2", "gpa-38"): "achievement"}


def test_a_recommendation_is_a_challenge_until_all_that_was_agreed_upon_it_is_done(known):
    register = known(
        recommendations=one_row("recommendations", "r-3", provisions="gpa-28; tip_protocol-6"),
        progress=[
            {"id": "p-1", "about": "do-2", "noted_on": "2013-02-01", "stage": "under_way", "note": "One is open."},
            {
                "id": "p-2",
                "about": "do-2",
                "noted_on": "2013-09-01",
                "stage": "done",
                "note": "Two.",
                "evidence": "ev-1",
            },
        ],
    )
    assert roles(evidence_from_register(register, date(2013, 6, 1)))["r-3", "gpa-28"] == "challenge"
    late = evidence_from_register(register, LATE)
    assert roles(late)["r-3", "tip_protocol"] == "achievement"
    since = {row["id"]: row["since"] for row in late.iter_rows(named=True)}
    assert since["r-3"] == date(2013, 9, 1)


def test_a_practice_is_as_sure_as_its_evaluation(known):
    practices = [row | {"provisions": "gpa-18"} for row in one_row("practices", "pr-1")]
    evidence = evidence_from_register(known(practices=practices), LATE)
    sure = {row["id"]: row["confidence"] for row in evidence.iter_rows(named=True) if row["provision"] == "gpa-18"}
    assert sure == {"pr-1": "high", "pr-2": "low"}


def test_the_fund_is_told_in_exact_money_and_no_donor_is_named(known):
    """80,000.10 euros at 1.25, and 50 dollars."""
    facts = facts_from_register(known(), date(2012, 1, 1), date(2012, 12, 31))
    told = {row["topic"]: row["says"] for row in facts.iter_rows(named=True)}
    assert "received USD 100,050.12 from 2 donors, and awarded USD 60,000.00 in 1 grant" in told["trust_fund"]
    assert "Person" not in told["trust_fund"]
    assert "IOM, as agreed at ICAT on 2012-01-15: Draft the paper (due 2012-09-30; not started)" in told["icat"]
    assert "1 activity to raise awareness began in: Uganda" in told["world_day"]


def test_what_lies_outside_the_period_is_not_told(known):
    assert facts_from_register(known(), date(2014, 1, 1), LATE).is_empty()
