"""What was promised is followed as of a day, and late promises come first."""

from __future__ import annotations

from datetime import date

import pytest

from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.recommendations import cluster, promises, recommendation_table, reminders
from tests.support.registers import a_register, and_row

LATER = date(2015, 1, 1)


@pytest.fixture
def known(tmp_path):
    return CATALOGUE.load(a_register(tmp_path), as_recorded=LATER)


def stages(known, day):
    return {promise.id: promise.stage for promise in promises(known, day)}


def test_a_promise_is_as_far_as_the_last_note_until_that_day(known):
    assert stages(known, date(2013, 1, 31))["do-2"] == "not_started"
    assert stages(known, date(2013, 2, 1))["do-2"] == "under_way"


def test_a_commitment_in_a_statement_is_followed_and_other_statements_are_not(known):
    assert stages(known, date(2013, 5, 12)).keys() == {"do-1", "do-2", "icat-1"}
    assert stages(known, date(2014, 1, 1)) == {
        "do-1": "not_started",
        "do-2": "under_way",
        "icat-1": "not_started",
        "s-1": "not_started",
        "s-2": "done",
    }
    (paid,) = [promise for promise in promises(known, LATER) if promise.id == "s-2"]
    assert (paid.owner, paid.state, paid.evidence) == ("Italy", "ITA", ("ev-1",))


def test_the_latest_is_first_and_what_is_done_needs_no_reminder(known):
    told = reminders(known, date(2014, 6, 15)).select("id", "why", "days").rows()
    assert told == [("icat-1", "late", -623), ("do-1", "late", -531), ("do-2", "late", -350), ("s-1", "due soon", 16)]


def test_what_is_due_later_is_a_reminder_only_if_nothing_was_noted(known):
    told = dict(reminders(known, date(2013, 3, 1)).select("id", "why").rows())
    assert told == {"icat-1": "late", "do-1": "late"}
    told = dict(reminders(known, date(2013, 1, 31), within=0).select("id", "why").rows())
    assert told["do-2"] == "nothing noted"


def test_on_the_day_itself_nothing_is_late(known):
    assert dict(reminders(known, date(2012, 12, 31)).select("id", "why").rows())["do-1"] == "due soon"


def test_what_was_stopped_needs_no_reminder(tmp_path):
    stopped = {"id": "p-3", "about": "do-1", "noted_on": "2012-06-01", "stage": "stopped", "note": "The bill fell."}
    known = CATALOGUE.load(a_register(tmp_path, progress=and_row("progress", **stopped)), as_recorded=LATER)
    assert "do-1" not in reminders(known, LATER)["id"]


def test_recommendations_come_with_cluster_lead_and_stage(known):
    table = recommendation_table(known, LATER, cluster(known.tables["recommendations"]))
    assert table.select("id", "cluster", "n_in_cluster", "leads", "stages").rows() == [
        ("r-1", "r-1", 2, "Ministry of Foreign Affairs", "not_started"),
        ("r-2", "r-1", 2, "Ministry of Foreign Affairs", "not_started"),
        ("r-3", "r-3", 1, "Ministry of Labour", "under_way"),
    ]


def test_a_recommendation_of_a_month_is_not_there_before_its_end(known):
    clusters = cluster(known.tables["recommendations"])
    assert "r-3" not in recommendation_table(known, date(2011, 4, 29), clusters)["id"]
    assert "r-3" in recommendation_table(known, date(2011, 4, 30), clusters)["id"]
