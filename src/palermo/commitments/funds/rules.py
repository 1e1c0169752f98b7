"""What must hold of money: it is in a currency, no grant exceeds its fund, and the books agree with the bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from palermo.commitments.funds.exchange import NoRate, Rates
from palermo.commitments.funds.ledger import Entry, balance, entries, money_of
from palermo.commitments.funds.money import NotMoney, digits_of, read_money
from palermo.commitments.records import Finding
from palermo.commitments.registers import Known, Record

__all__ = ["RULES"]

_WITH_MONEY = ("pledges", "contributions", "proposals", "grants", "payments", "balances")
_DAYS = {"pledges": "pledged_on_latest", "contributions": "paid_on", "grants": "awarded_on", "payments": "paid_on"}


def money_can_be_counted(known: Known) -> Iterator[Finding]:
    """Every amount is one of its currency, and can be exchanged into the fund's on its day."""
    rates = Rates.of(known.rows("rates"))
    for name in _WITH_MONEY:
        for record in known.rows(name):
            try:
                money = money_of(record)
                if name in _DAYS:
                    rates.exchange(money, _fund_of(known, name, record)["currency"], record[_DAYS[name]])
            except NotMoney as error:
                todo = "Give an ISO 4217 code, and no more digits than the currency has."
                yield known.finding(name, record, "money.exact", f"this is no amount of money: {error}.", todo)
            except NoRate as error:
                todo = "Add the rate into the fund's currency to rates.csv, with its first day."
                yield known.finding(name, record, "money.rate", f"this cannot be exchanged: {error}.", todo)
    yield from _currencies(known)


def _currencies(known: Known) -> Iterator[Finding]:
    for name, fields in (("funds", ("currency",)), ("rates", ("currency", "into"))):
        for record in known.rows(name):
            try:
                for field in fields:
                    digits_of(record[field])
            except NotMoney:
                yield known.finding(
                    name, record, "money.currency", "there is no such currency.", "Give an ISO 4217 code."
                )


def _fund_of(known: Known, name: str, record: Record) -> Record:
    fund = known.by_id("grants")[record["grant"]]["fund"] if name == "payments" else record["fund"]
    return known.by_id("funds")[fund]


def _ledgers(known: Known) -> Iterator[tuple[str, list[Entry]]]:
    """Give each fund's entries, if its money can be counted; if not, `money_can_be_counted` says so."""
    for fund in known.by_id("funds"):
        try:
            yield fund, entries(known, fund, date.max)
        except (NoRate, NotMoney):
            continue


def no_grant_exceeds_its_fund(known: Known) -> Iterator[Finding]:
    """On the day of a grant, no more has been awarded than received."""
    grants = known.by_id("grants")
    for _, ledger in _ledgers(known):
        free = 0
        for entry in ledger:
            free += {"contributions": entry.money.minor, "grants": -entry.money.minor}.get(entry.register, 0)
            if entry.register == "grants" and free < 0:
                what = "the grant is larger than what its fund had received and not yet awarded on that day."
                todo = "Mend the amount or the day, or add the contributions that are missing."
                yield known.finding("grants", grants[entry.record], "grant.within-fund", what, todo)


def no_grant_is_paid_twice(known: Known) -> Iterator[Finding]:
    """No more is paid on a grant than was awarded, no more comes back than was paid, and nothing before the award."""
    payments, grants = known.by_id("payments"), known.by_id("grants")
    for _, ledger in _ledgers(known):
        owed: dict[str, int] = {}
        paid: dict[str, int] = defaultdict(int)
        for entry in ledger:
            if entry.register == "grants":
                owed[entry.record] = entry.money.minor
            elif entry.register == "payments":
                record = payments[entry.record]
                grant = record["grant"]
                paid[grant] += entry.money.minor if record["kind"] == "disbursement" else -entry.money.minor
                same = record["currency"] == grants[grant]["currency"]
                if grant not in owed:
                    yield known.finding(
                        "payments",
                        record,
                        "payment.after-grant",
                        "this was paid before the grant was awarded.",
                        "Mend the day.",
                    )
                elif same and not 0 <= paid[grant] <= owed[grant]:
                    what = "more was paid than was awarded, or more came back than was paid."
                    yield known.finding("payments", record, "payment.within-grant", what, "Mend the amount.")


def the_books_agree_with_the_bank(known: Known) -> Iterator[Finding]:
    """What a statement of account says is what the ledger says."""
    countable = {fund for fund, _ in _ledgers(known)}
    for record in known.rows("balances"):
        if record["fund"] not in countable:
            continue
        try:
            stated = money_of(record)
        except NotMoney:
            continue
        if balance(known, record["fund"], record["stated_on"]).cash != stated:
            what = "the statement holds another amount than the contributions less the payments until that day."
            todo = "Look for a contribution or payment that is missing, or mend the statement."
            yield known.finding("balances", record, "balance.reconciles", what, todo)


def a_contribution_is_of_its_pledge(known: Known) -> Iterator[Finding]:
    """What pays a pledge goes to the same fund and is from the same donor."""
    pledges = known.by_id("pledges")
    for record in known.rows("contributions"):
        pledge = pledges.get(record["pledge"] or "")
        if pledge and (pledge["fund"], pledge["donor"]) != (record["fund"], record["donor"]):
            what = "the pledge is of another donor, or to another fund."
            yield known.finding(
                "contributions", record, "contribution.pledge", what, "Name the pledge that it pays, or none."
            )


def a_grant_follows_its_proposal(known: Known) -> Iterator[Finding]:
    """What is granted was chosen by the board, and keeps to the call's ceiling."""
    proposals, calls, funds = known.by_id("proposals"), known.by_id("calls"), known.by_id("funds")
    for record in known.rows("grants"):
        proposal = proposals.get(record["proposal"] or "")
        if not proposal:
            continue
        if proposal["decision"] != "chosen":
            what, todo = "its proposal was not chosen.", "Enter the board's decision, or mend the proposal."
            yield known.finding("grants", record, "grant.chosen", what, todo)
        call = calls[proposal["call"]]
        if call["fund"] != record["fund"]:
            yield known.finding(
                "grants", record, "grant.fund", "its call is of another fund.", "Mend the fund or the proposal."
            )
        currency = funds[record["fund"]]["currency"]
        if call["ceiling"] and record["currency"] == currency and _exceeds(record, call["ceiling"], currency):
            yield known.finding(
                "grants", record, "grant.ceiling", "it is above the ceiling of its call.", "Mend the amount."
            )


def _exceeds(record: Record, ceiling: str, currency: str) -> bool:
    try:
        return money_of(record) > read_money(ceiling, currency)
    except NotMoney:
        return False


def days_are_in_order(known: Known) -> Iterator[Finding]:
    """Nothing ends before it begins."""
    for record in known.rows("projects"):
        if record["to_on"] < record["from_on"]:
            yield known.finding(
                "projects", record, "project.days", "the project ends before it begins.", "Mend the days."
            )
    for record in known.rows("calls"):
        opened, closed = record["opened_on_earliest"], record["closed_on_latest"]
        if closed and opened and closed < opened:
            yield known.finding("calls", record, "call.days", "the call closed before it opened.", "Mend the days.")


RULES = (
    money_can_be_counted,
    no_grant_exceeds_its_fund,
    no_grant_is_paid_twice,
    the_books_agree_with_the_bank,
    a_contribution_is_of_its_pledge,
    a_grant_follows_its_proposal,
    days_are_in_order,
)
