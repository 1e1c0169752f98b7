"""Dated rates of exchange: the last that was set on or before the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palermo.commitments.funds.money import Money
from palermo.commitments.registers import Record

__all__ = ["NoRate", "Rates"]


class NoRate(ValueError):
    """No rate between two currencies had been set by a day."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates that were set, by pair of currencies, the earliest first."""

    set: dict[tuple[str, str], list[tuple[date, Decimal]]]

    @classmethod
    def of(cls, records: Iterable[Record]) -> Rates:
        """Gather the records of the register of rates."""
        found: dict[tuple[str, str], list[tuple[date, Decimal]]] = {}
        for record in records:
            pair = (record["currency"], record["into"])
            found.setdefault(pair, []).append((record["valid_on"], Decimal(record["rate"])))
        return cls({pair: sorted(rates) for pair, rates in found.items()})

    def exchange(self, money: Money, currency: str, day: date) -> Money:
        """Give the worth of money in another currency on a day.

        Raises
        ------
        NoRate
            No rate in this direction had been set by then: a rate is never turned round.
        """
        if money.currency == currency:
            return money
        before = [rate for valid_on, rate in self.set.get((money.currency, currency), []) if valid_on <= day]
        if not before:
            raise NoRate("no rate had been set by that day")
        return money.into(currency, before[-1])
