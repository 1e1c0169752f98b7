"""A fund's ledger: each event is an entry of two sides that cancel out, so that the accounts always add up to zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from palermo.commitments.funds.exchange import Rates
from palermo.commitments.funds.money import Money, read_money, zero
from palermo.commitments.registers import Known, Record

__all__ = ["Account", "Balance", "Entry", "balance", "entries", "money_of"]


class Account(StrEnum):
    """Where money is, or whose it is."""

    CASH = "cash"
    RECEIVED = "received"
    """From donors."""
    AWARDED = "awarded"
    """To grantees, whether paid or not."""
    OWED = "owed"
    """Awarded to grantees, and not yet paid."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in the fund's currency: it moves money from one account to another."""

    on: date
    register: str
    record: str
    """The id of the record that it is of."""
    from_: Account
    to: Account
    money: Money

    @property
    def sides(self) -> tuple[tuple[Account, int], tuple[Account, int]]:
        """Give what it adds to each account, in minor units."""
        return (self.from_, -self.money.minor), (self.to, self.money.minor)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a fund was promised, got, awarded and paid by a day, in its currency."""

    fund: str
    as_of: date
    pledged: Money
    received: Money
    awarded: Money
    paid: Money
    """To grantees, less what came back."""
    cash: Money
    owed: Money
    free: Money
    """Received and not awarded."""


def money_of(record: Record) -> Money:
    """Give the money of a record."""
    return read_money(record["amount"], record["currency"])


def entries(known: Known, fund: str, until: date) -> list[Entry]:
    """List the entries of a fund until a day, in the order in which they count: what comes in before what goes out.

    Raises
    ------
    NoRate
        Money came or went in another currency, and no rate had been set by its day.
    """
    currency = known.by_id("funds")[fund]["currency"]
    rates = Rates.of(known.rows("rates"))
    found = [
        Entry(on, register, record["id"], from_, to, rates.exchange(money_of(record), currency, on))
        for on, register, record, from_, to in _events(known, fund)
        if on <= until
    ]
    order = {"contributions": 0, "grants": 1, "payments": 2}
    return sorted(found, key=lambda entry: (entry.on, order[entry.register], entry.record))


def _events(known: Known, fund: str) -> Iterator[tuple[date, str, Record, Account, Account]]:
    for record in _of(known.rows("contributions"), fund):
        yield record["paid_on"], "contributions", record, Account.RECEIVED, Account.CASH
    for record in _of(known.rows("grants"), fund):
        yield record["awarded_on"], "grants", record, Account.OWED, Account.AWARDED
    grants = {record["id"] for record in _of(known.rows("grants"), fund)}
    for record in known.rows("payments"):
        if record["grant"] in grants:
            ways = (Account.CASH, Account.OWED)
            from_, to = ways if record["kind"] == "disbursement" else ways[::-1]
            yield record["paid_on"], "payments", record, from_, to


def _of(records: Iterable[Record], fund: str) -> list[Record]:
    return [record for record in records if record["fund"] == fund]


def balance(known: Known, fund: str, as_of: date) -> Balance:
    """Say where a fund stood at the end of a day."""
    currency = known.by_id("funds")[fund]["currency"]
    sums = dict.fromkeys(Account, 0)
    for entry in entries(known, fund, as_of):
        for account, minor in entry.sides:
            sums[account] += minor
    received, awarded = -sums[Account.RECEIVED], sums[Account.AWARDED]
    owed = -sums[Account.OWED]
    return Balance(
        fund=fund,
        as_of=as_of,
        pledged=_pledged(known, fund, currency, as_of),
        received=Money(currency, received),
        awarded=Money(currency, awarded),
        paid=Money(currency, awarded - owed),
        cash=Money(currency, sums[Account.CASH]),
        owed=Money(currency, owed),
        free=Money(currency, received - awarded),
    )


def _pledged(known: Known, fund: str, currency: str, as_of: date) -> Money:
    rates = Rates.of(known.rows("rates"))
    total = zero(currency)
    for record in known.rows("pledges"):
        latest = record["pledged_on_latest"]
        if record["fund"] == fund and latest <= as_of:
            total += rates.exchange(money_of(record), currency, latest)
    return total
