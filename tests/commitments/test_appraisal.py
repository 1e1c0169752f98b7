"""Appraisals: cells with sources and confidence, without rank or score."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.commitments.appraisal import (
    EVIDENCE,
    FIGURES,
    STATEMENTS,
    Period,
    appraise,
    evidence_from_checks,
    figure_rules,
    read_scope,
    statement_rules,
)
from palermo.commitments.instruments import Basis, find_instrument, load_actions, load_coverage, status
from palermo.commitments.law import CHECKS
from palermo.commitments.provisions import load_provisions
from palermo.commitments.records import RecordsRefused, load_records
from palermo.errors import UsageError

PERIOD = Period(date(2010, 1, 1), date(2012, 12, 31))
KENYA = read_scope("KEN", PERIOD.last)
STATUSES = {
    "untoc": status(
        load_actions(), find_instrument("untoc"), PERIOD.last, basis=Basis.DEPOSIT, coverage=load_coverage()
    )
}


def evidence(*rows: tuple[str, str, str, date | None, str]) -> pl.DataFrame:
    """Rows of state, provision, role, since and confidence."""
    return pl.DataFrame(
        [
            {"id": f"e{n}", "state": state or None, "provision": provision, "role": role, "says": f"fact {n}",
             "since": since, "confidence": confidence, "source": f"source {n}"}
            for n, (state, provision, role, since, confidence) in enumerate(rows)
        ],
        schema=EVIDENCE,
    )  # fmt: skip


def of_kenya(*rows):
    provisions = load_provisions().values()
    return appraise(
        KENYA,
        PERIOD,
        provisions=provisions,
        instruments={"untoc": "UNTOC"},
        statuses=STATUSES,
        evidence=[evidence(*rows)],
    )


def test_a_cell_has_its_sources_and_is_as_sure_as_the_least_sure_of_them():
    found = of_kenya(
        ("KEN", "gpa-43", "achievement", date(2010, 5, 1), "high"),
        ("KEN", "gpa-43", "achievement", date(2011, 5, 1), "low"),
    )
    (cell,) = found.of("gpa-43")
    assert (cell.role, cell.confidence, cell.sources) == ("achievement", "low", ("source 0", "source 1"))


def test_an_achievement_falls_in_the_period_and_a_gap_is_there_at_its_end():
    early, late = date(2009, 12, 31), date(2013, 1, 1)
    found = of_kenya(
        ("KEN", "gpa-1", "achievement", early, "high"),
        ("KEN", "gpa-2", "gap", early, "high"),
        ("KEN", "gpa-3", "challenge", late, "high"),
        ("KEN", "gpa-4", "gap", None, "high"),
        ("TGO", "gpa-5", "gap", None, "high"),
        ("", "gpa-6", "achievement", PERIOD.last, "high"),
    )
    assert [cell.subject for cell in found.cells] == ["gpa-2", "gpa-4", "gpa-6"]


def test_what_nobody_has_looked_at_is_no_gap():
    found = of_kenya(("KEN", "gpa-43", "gap", None, "high"))
    assert len(found.without_records) == len(load_provisions()) - 1
    assert "gpa-43" not in found.without_records


def test_a_reconstructed_provision_says_so():
    (provision,) = of_kenya(("KEN", "gpa-43", "gap", None, "high")).as_json()["provisions"]
    assert provision["certainty"] == "reconstructed"
    assert provision["mark"]


STATES = st.sampled_from(["KEN", "TGO", "JPN", "FRA", ""])
ROWS = st.lists(
    st.tuples(
        STATES,
        st.sampled_from(["gpa-1", "gpa-43", "untoc"]),
        st.sampled_from(["achievement", "gap", "challenge"]),
        st.none() | st.dates(date(2008, 1, 1), date(2014, 1, 1)),
        st.sampled_from(["high", "medium", "low"]),
    ),
    max_size=12,
)


def keys(value) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys(each)}
    return {key for each in value for key in keys(each)} if isinstance(value, list) else set()


@given(ROWS)
def test_there_is_no_rank_and_no_score_and_states_stand_in_the_order_of_their_codes(rows):
    found = appraise(
        read_scope("world", PERIOD.last),
        PERIOD,
        provisions=load_provisions().values(),
        instruments={"untoc": "UNTOC"},
        statuses=STATUSES,
        evidence=[evidence(*rows)],
    )
    assert not {
        key for key in keys(found.as_json()) if any(word in key for word in ("rank", "score", "index", "total"))
    }
    for cell in found.cells:
        states = [entry["state"] for entry in cell.entries if entry["state"]]
        assert states == sorted(states)
        assert cell.sources
        assert all(entry["confidence"] in ("high", "medium", "low") for entry in cell.entries)
    assert sum(len(cell.entries) for cell in found.cells) <= len(rows)


@pytest.mark.parametrize(
    ("text", "n", "holds"),
    [("KEN", 1, "KEN"), ("Kenya", 1, "KEN"), ("world", 193, "KEN"), ("202", 48, "KEN"), ("150", 43, "FRA"),
     ("sub-saharan africa", 48, "KEN"), ("Europe", 43, "FRA"), ("Micronesia", 1, "FSM"), ("57", 5, "FSM")],
)  # fmt: skip
def test_a_scope_is_a_state_a_region_or_the_world(text, n, holds):
    """48 members in M49's sub-Saharan Africa, 43 in Europe: the United Nations' own regions, at the end of 2012."""
    scope = read_scope(text, PERIOD.last)
    assert (len(scope.states), holds in scope.states) == (n, True)


def test_the_five_regions_hold_every_member_once():
    regions = [read_scope(name, PERIOD.last).states for name in ("Africa", "Americas", "Asia", "Europe", "Oceania")]
    assert sorted(state for states in regions for state in states) == list(read_scope("world", PERIOD.last).states)


@pytest.mark.parametrize("text", ["999", "Atlantis", ""])
def test_a_scope_that_is_none_is_refused(text):
    with pytest.raises(UsageError):
        read_scope(text, PERIOD.last)


def test_the_law_as_it_is_now_makes_the_evidence():
    rows = [("yes", date(2011, 1, 1)), ("no", date(2009, 1, 1))]
    checks = pl.DataFrame(
        [
            {"id": f"c{n}", "source": "gazette", "state": "KEN", "element": "legal-persons", "answer": answer,
             "since_latest": since, "confidence": "high", "row": n}
            for n, (answer, since) in enumerate(rows)
        ],
        schema=CHECKS.schema(),
    )  # fmt: skip
    (row,) = evidence_from_checks(checks).to_dicts()
    assert (row["role"], row["provision"], row["since"]) == ("achievement", "gpa-44", date(2011, 1, 1))


FIGURE = "id,recorded_on,source,state,indicator,year,value,unit,corrects,withdrawn\n"
STATEMENT = "id,recorded_on,source,state,provision,role,says,since,confidence,evidence\n"


def test_a_statement_that_rests_on_a_withdrawn_figure_is_found(tmp_path):
    figures, statements = tmp_path / "figures.csv", tmp_path / "appraisal.csv"
    figures.write_text(
        FIGURE
        + "f1,2012-01-05,court statistics,KEN,prosecutions,2011,7,case,,\n"
        + "f2,2012-02-05,letter,,,,,,f1,yes\n"
        + "f3,2012-02-05,court statistics,KEN,prosecutions,2010,5,case,,\n"
    )
    statements.write_text(
        STATEMENT
        + "s1,2012-03-01,ministry,KEN,gpa-43,achievement,More were tried,2011,medium,f1\n"
        + "s2,2012-03-01,ministry,KEN,gpa-43,achievement,Five were tried,2010,medium,f3\n"
        + "s3,2012-03-01,ministry,KEN,gpa-43,achievement,Many were tried,2010,medium,f9\n"
        + "s4,2012-03-01,ministry,KEN,gpa-99,achievement,Many were tried,2010,medium,f3\n"
    )
    known = load_records(figures, FIGURES, figure_rules)

    def rule(frame, file):
        return statement_rules(
            frame, file, provisions=load_provisions(), standing={"f3"}, gone=set(known["id"]) - {"f3"}
        )

    with pytest.raises(RecordsRefused) as refused:
        load_records(statements, STATEMENTS, rule)
    assert [(finding.row, finding.what) for finding in refused.value.findings] == [
        (2, "it rests on a figure or record that was withdrawn."),
        (4, "it rests on a record that is not there."),
        (5, "there is no such provision."),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("f2,2012-01-05,x,KEN,prosecutions,2011,-1,case,,", "below nought"),
        ("f2,2012-01-05,x,KEN,prosecutions,2011,8,case,,", "already"),
    ],
)
def test_a_figure_that_cannot_be_is_found(tmp_path, row, words):
    path = tmp_path / "figures.csv"
    path.write_text(FIGURE + "f1,2012-01-05,court statistics,KEN,prosecutions,2011,7,case,,\n" + row + "\n")
    with pytest.raises(RecordsRefused, match=words):
        load_records(path, FIGURES, figure_rules)
