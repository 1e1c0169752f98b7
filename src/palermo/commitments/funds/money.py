"""Money: whole minor units of one currency. It is never a float, and two currencies never add up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

__all__ = ["Money", "NotMoney", "digits_of", "read_money", "zero"]


class NotMoney(ValueError):
    """The currency does not exist, or does not have so many digits."""


@cache
def digits_of(currency: str) -> int:
    """Say how many digits a currency has after its point, as CLDR does: 2 for USD, 0 for JPY, 3 for KWD.

    Raises
    ------
    NotMoney
        There is no such currency.
    """
    from babel import Locale  # large, and of no use to most commands
    from babel.numbers import get_currency_precision

    if currency not in Locale("en").currencies:
        raise NotMoney("no such currency")
    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole minor units, such as cents."""

    currency: str
    minor: int

    def __add__(self, other: Money) -> Money:
        self._must_share(other)
        return Money(self.currency, self.minor + other.minor)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __neg__(self) -> Money:
        return Money(self.currency, -self.minor)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,f}"

    @property
    def amount(self) -> Decimal:
        """The amount with its point."""
        return Decimal(self.minor).scaleb(-digits_of(self.currency))

    def into(self, currency: str, rate: Decimal) -> Money:
        """Exchange it at so many units of the other currency for one of this; halves go to the even neighbour."""
        exact = self.amount * rate
        minor = exact.scaleb(digits_of(currency)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
        return Money(currency, int(minor))

    def _must_share(self, other: Money) -> None:
        if self.currency != other.currency:
            raise NotMoney("two currencies do not add up: exchange one at a dated rate first")


def zero(currency: str) -> Money:
    """Give nothing, in a currency."""
    return Money(currency, 0)


def read_money(amount: str, currency: str) -> Money:
    """Read an amount written with a point.

    Raises
    ------
    NotMoney
        The currency does not exist, or has fewer digits after its point.
    """
    minor = Decimal(amount).scaleb(digits_of(currency))
    if minor != minor.to_integral_value():
        raise NotMoney("the currency has fewer digits after its point")
    return Money(currency, int(minor))
