"""What States can and cannot do with a treaty, whatever the order of events."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.commitments.instruments import (
    ACTIONS,
    RESERVATIONS,
    Basis,
    Stands,
    action_rules,
    find_instrument,
    load_reservations,
    reservation_rules,
    reservations_on,
    status,
)
from palermo.commitments.instruments.delay import read_delay

UNTOC = find_instrument("untoc")
BEGIN = date(2005, 1, 1)


def actions(*events: tuple[str, str], state: str = "KEN", instrument: str = "untoc") -> pl.DataFrame:
    """Records of what one State did on which day."""
    rows = [
        {
            "id": f"a{number}",
            "recorded_on": date(2030, 1, 1),
            "source": "invented",
            "instrument": instrument,
            "state": state,
            "action": action,
            "made_on": day,
            "made_on_earliest": date.fromisoformat(day),
            "made_on_latest": date.fromisoformat(day),
            "row": number + 2,
        }
        for number, (action, day) in enumerate(events)
    ]
    return pl.DataFrame(rows, schema=ACTIONS.schema())


def stands(records: pl.DataFrame, day: date, basis: Basis = Basis.DEPOSIT) -> Stands:
    (standing,) = status(records, UNTOC, day, basis=basis, coverage={}).standings
    return standing.stands


@pytest.mark.parametrize(
    ("events", "row", "words"),
    [
        ([("ratification", "1999-01-01")], 2, "adopted"),
        ([("accession", "2005-01-01"), ("ratification", "2006-01-01")], 3, "party already"),
        ([("signature", "2001-01-01"), ("signature", "2002-01-01")], 3, "signed already"),
        ([("denunciation", "2006-01-01")], 2, "not party to"),
        ([("accession", "2031-01-01")], 2, "after the day on which"),
    ],
)
def test_what_cannot_have_happened_is_found(events, row, words):
    (finding,) = action_rules(actions(*events), "treaty_actions.csv")
    assert (finding.file, finding.row) == ("treaty_actions.csv", row)
    assert words in finding.what


def test_an_unknown_state_or_instrument_is_found_and_no_cell_is_quoted():
    assert "State" in action_rules(actions(("accession", "2005-01-01"), state="QQQ"), "f")[0].what
    assert (
        "treaty" in action_rules(actions(("accession", "2005-01-01"), instrument="eu_directive_2011_36"), "f")[0].what
    )
    assert "signature" in action_rules(actions(("signature", "2005-01-01"), instrument="ilo_c182"), "f")[0].what


def test_a_state_can_come_back():
    records = actions(("accession", "2005-01-01"), ("denunciation", "2006-01-01"), ("accession", "2008-01-01"))
    assert action_rules(records, "f") == []
    assert stands(records, date(2005, 6, 1)) is Stands.PARTY
    assert stands(records, date(2006, 6, 1)) is Stands.NOT_PARTY
    assert stands(records, date(2006, 6, 1), Basis.IN_FORCE) is Stands.PARTY
    assert stands(records, date(2007, 1, 1), Basis.IN_FORCE) is Stands.NOT_PARTY
    assert stands(records, date(2008, 1, 1)) is Stands.PARTY
    assert stands(records, date(2008, 1, 1), Basis.IN_FORCE) is Stands.NOT_PARTY


KINDS = st.sampled_from(["signature", "ratification", "accession", "denunciation"])
HISTORIES = st.lists(st.tuples(KINDS, st.integers(0, 4000)), max_size=8, unique_by=lambda event: event[1])


def history(events) -> pl.DataFrame:
    ordered = sorted(events, key=lambda event: event[1])
    return actions(*((kind, (BEGIN + timedelta(day)).isoformat()) for kind, day in ordered))


@given(HISTORIES)
def test_the_rules_find_exactly_the_steps_that_no_machine_of_states_could_take(events):
    """The machine by hand: outside → bound by a binding act, bound → outside by a denunciation, one signature."""
    bound, signed, wrong = False, False, []
    for row, (kind, _) in enumerate(sorted(events, key=lambda event: event[1]), start=2):
        if kind == "signature":
            wrong += [row] if signed else []
            signed = True
        elif (kind != "denunciation") == bound:
            wrong.append(row)
        else:
            bound = not bound
    assert sorted(finding.row for finding in action_rules(history(events), "f")) == wrong


@given(HISTORIES.filter(bool), st.integers(-10, 4500))
def test_of_a_possible_history_the_last_act_before_the_day_decides(events, after):
    records = history(events)
    day = BEGIN + timedelta(after)
    if action_rules(records, "f"):
        return
    last = [kind for kind, on in sorted(events, key=lambda event: event[1]) if kind != "signature" and on <= after]
    expected = bool(last) and last[-1] != "denunciation"
    assert (stands(records, day) is Stands.PARTY) == expected


@given(st.dates(date(2003, 1, 1), date(2020, 1, 1)), st.integers(0, 800))
def test_nobody_is_bound_before_the_deposit_or_before_the_treaty(deposited_on, later):
    records = actions(("accession", deposited_on.isoformat()))
    day = deposited_on + timedelta(later)
    bound = stands(records, day, Basis.IN_FORCE) is Stands.PARTY
    assert bound == (day >= max(UNTOC.in_force_on, deposited_on + timedelta(30)))


@pytest.mark.parametrize(
    ("text", "day", "later"),
    [
        ("30 days", "2012-10-25", "2012-11-24"),
        ("1 month", "2011-01-31", "2011-02-28"),
        ("12 months", "2012-02-29", "2013-02-28"),
        ("1 year", "2012-12-31", "2013-12-31"),
        ("first of month after 3 months", "2003-03-14", "2003-07-01"),
        ("first of month after 3 months", "2021-09-28", "2022-01-01"),
    ],
)
def test_a_delay_is_counted_as_final_clauses_count(text, day, later):
    assert read_delay(text).after(date.fromisoformat(day)) == date.fromisoformat(later)


@pytest.mark.parametrize("text", ["soon", "days", "30", "-1 days", "1 week"])
def test_what_is_no_delay_is_refused(text):
    with pytest.raises(ValueError, match="no delay"):
        read_delay(text)


def test_a_reservation_stands_until_it_is_withdrawn():
    rows = [
        ("r1", "reservation", "2005-01-01", None),
        ("r2", "objection", "2006-01-01", "r1"),
        ("r3", "withdrawal", "2007-01-01", "r1"),
    ]
    made = pl.DataFrame(
        [
            {"id": id_, "instrument": "untoc", "state": "KEN", "kind": kind, "made_on_latest": date.fromisoformat(day),
             "concerns": about, "row": 2}
            for id_, kind, day, about in rows
        ],
        schema=RESERVATIONS.schema(),
    )  # fmt: skip
    assert reservations_on(made, "untoc", date(2006, 6, 1))["id"].to_list() == ["r1", "r2"]
    assert reservations_on(made, "untoc", date(2007, 1, 1))["id"].to_list() == ["r2"]
    assert reservation_rules(made, "f") == []
    (finding,) = reservation_rules(made.filter(pl.col("id") != "r1").head(1), "f")
    assert "concerns" in finding.what


def test_a_successor_is_bound_without_waiting():
    """Montenegro succeeded to the Protocol, which had bound Serbia and Montenegro, on 23 October 2006."""
    made = actions(("succession", "2006-10-23"), state="MNE")
    on_the_day = {"basis": Basis.IN_FORCE, "coverage": {}}
    assert status(made, UNTOC, date(2006, 10, 23), **on_the_day).parties == ("MNE",)
    assert status(made, UNTOC, date(2006, 10, 22), **on_the_day).parties == ()


def test_what_names_a_corrected_reservation_speaks_of_the_one_that_stands(tmp_path):
    (tmp_path / "treaty_reservations.csv").write_text(
        "id,recorded_on,source,corrects,instrument,state,kind,topics,made_on,concerns\n"
        "r1,2012-01-01,page,,untoc,KEN,reservation,extradition,2005-01-01,\n"
        "r2,2012-02-01,page,r1,untoc,KEN,reservation,dispute_settlement,2005-01-01,\n"
        "r3,2012-03-01,page,,untoc,KEN,withdrawal,,2007-01-01,r1\n"
    )
    made = load_reservations(tmp_path)
    standing = [
        reservations_on(made, "untoc", date(year, 6, 1)).filter(pl.col("state") == "KEN") for year in (2006, 2008)
    ]
    assert [each["id"].to_list() for each in standing] == [["r2"], []]
