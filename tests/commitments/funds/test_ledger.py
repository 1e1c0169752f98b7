"""A fund's books: every entry has two sides, and what is left is what came in less what went out."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.funds import (
    balance,
    balance_table,
    beneficiary_table,
    donor_table,
    entries,
    grant_table,
    read_money,
)
from tests.support.registers import AN_ORDINARY_REGISTER, a_register, one_row, write_register

LATER = date(2015, 1, 1)


@pytest.fixture
def known(tmp_path):
    return CATALOGUE.load(a_register(tmp_path), as_recorded=LATER)


def test_a_fund_stands_where_its_receipts_grants_and_payments_leave_it(known):
    """By hand: 80000.10 EUR at 1.25 are 100000.125 USD, so 100000.12; with 50.00 they are 100050.12."""
    (row,) = balance_table(known, date(2012, 12, 31)).to_dicts()
    amounts = {name: row[name] for name in ("pledged", "received", "awarded", "paid", "cash", "owed", "free")}
    assert amounts == {
        "pledged": "125000.00",
        "received": "100050.12",
        "awarded": "60000.00",
        "paid": "40000.00",
        "cash": "60050.12",
        "owed": "20000.00",
        "free": "40050.12",
    }


def test_what_comes_back_is_in_the_cash_again(known):
    before, after = (balance(known, "fund", day) for day in (date(2013, 4, 29), date(2013, 4, 30)))
    assert after.cash - before.cash == read_money("123.45", "USD")


def test_a_fund_of_which_nothing_is_recorded_has_no_balance_and_not_zero(tmp_path):
    write_register(tmp_path, "funds", AN_ORDINARY_REGISTER["funds"])
    known = CATALOGUE.load(tmp_path, as_recorded=LATER)
    assert balance_table(known, LATER)["cash"].to_list() == [None]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("cgpr"), st.integers(0, 10**9), st.integers(0, 400)), max_size=12))
def test_the_accounts_add_up_to_zero_and_reconcile_with_plain_sums(events):
    """Whatever comes in whatever order, the ledger's cash is what the four plain sums say."""
    day = [(kind, cents, date(2012, 1, 1) + timedelta(days)) for kind, cents, days in events]
    files = {"funds": AN_ORDINARY_REGISTER["funds"], "projects": AN_ORDINARY_REGISTER["projects"]}
    money = [({"currency": "USD", "amount": f"{cents / 100:.2f}"}, on.isoformat()) for _, cents, on in day]
    told = [(f"e-{n}", kind, *each) for n, ((kind, _, _), each) in enumerate(zip(day, money, strict=True))]
    files["contributions"] = [
        {"id": name, "fund": "fund", "donor": "A", "donor_kind": "state", "paid_on": on, **cells}
        for name, kind, cells, on in told
        if kind == "c"
    ]
    one = {"id": "g", "fund": "fund", "project": "proj", "grantee": "S", "awarded_on": "2012-01-01"}
    files["grants"] = [one | {"currency": "USD", "amount": "1.00"}] + [
        one | {"id": name, "awarded_on": on, **cells} for name, kind, cells, on in told if kind == "g"
    ]
    files["payments"] = [
        {"id": name, "grant": "g", "kind": {"p": "disbursement", "r": "return"}[kind], "paid_on": on, **cells}
        for name, kind, cells, on in told
        if kind in "pr"
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in files.items():
            write_register(Path(folder), name, rows)
        known = CATALOGUE.read(Path(folder), as_recorded=LATER).known
    sums = {kind: sum(cents for each, cents, _ in events if each == kind) for kind in "cgpr"}
    stands = balance(known, "fund", LATER)
    assert stands.cash.minor == sums["c"] - sums["p"] + sums["r"]
    assert stands.awarded.minor == sums["g"] + 100
    assert stands.paid.minor == sums["p"] - sums["r"]
    assert stands.free.minor == stands.received.minor - stands.awarded.minor
    assert stands.owed + stands.paid == stands.awarded
    assert sum(minor for entry in entries(known, "fund", LATER) for _, minor in entry.sides) == 0


def test_a_rate_holds_from_its_day_until_the_next(tmp_path):
    rates = [
        *AN_ORDINARY_REGISTER["rates"],
        {"id": "eur-2", "currency": "EUR", "into": "USD", "rate": "1.5", "valid_on": "2012-02-02"},
    ]
    known = CATALOGUE.load(a_register(tmp_path, rates=rates), as_recorded=LATER)
    assert str(balance(known, "fund", date(2012, 2, 1)).received) == "USD 100,000.12"


def test_a_donor_has_what_it_pledged_for_a_year_beside_what_it_paid_in_it(known):
    rows = donor_table(known, LATER).select("donor", "year", "pledged", "paid").rows()
    assert rows == [("A. Person", 2012, "0.00", "50.00"), ("Austria", 2012, "125000.00", "100000.12")]


def test_a_grant_comes_with_its_project(known):
    assert grant_table(known, LATER).select("grantee", "country", "amount").rows() == [("Shelter", "KEN", "60000")]
    assert grant_table(known, date(2012, 3, 14)).is_empty()


def test_beneficiaries_are_counted_by_sex_and_age(known):
    assert beneficiary_table(known, date(2012, 12, 31)).rows() == [("female", "18+", 3)]
    assert beneficiary_table(known, LATER).rows() == [("female", "18+", 7)]


def test_a_grant_in_another_currency_is_held_against_the_fund_in_the_funds(tmp_path):
    grants = one_row("grants", "grant", currency="EUR", amount="80040.11", proposal="")
    reading = CATALOGUE.read(a_register(tmp_path, grants=grants), as_recorded=LATER)
    assert [found.rule for found in reading.findings] == ["grant.within-fund"]
