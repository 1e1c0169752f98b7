"""Money is exact, whatever is added or exchanged."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.commitments.funds import Money, NotMoney, read_money

MINOR = st.integers(-(10**15), 10**15)
CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KWD"])


@given(MINOR, MINOR)
def test_adding_and_taking_away_gives_back_the_same(one, other):
    assert Money("USD", one) + Money("USD", other) - Money("USD", other) == Money("USD", one)


@given(st.integers(0, 10**15), CURRENCIES)
def test_what_is_written_is_read_back_to_the_last_digit(minor, currency):
    money = Money(currency, minor)
    assert read_money(f"{money.amount:f}", currency) == money


@given(MINOR, CURRENCIES, CURRENCIES, st.decimals("0.0001", "100000", places=4))
def test_an_exchange_is_off_by_half_a_minor_unit_at_most(minor, currency, other, rate):
    money = Money(currency, minor)
    exact = Fraction(money.amount) * Fraction(rate)
    assert abs(Fraction(money.into(other, rate).amount) - exact) <= Fraction(Money(other, 1).amount) / 2


def test_the_digits_are_those_of_iso_4217():
    """ISO 4217: the yen has none, the dinar of Kuwait three."""
    assert [read_money("12", currency).minor for currency in ("JPY", "USD", "KWD")] == [12, 1200, 12000]


def test_a_tenth_and_two_tenths_are_three_tenths():
    assert read_money("0.1", "USD") + read_money("0.2", "USD") == read_money("0.3", "USD")


@pytest.mark.parametrize(("amount", "currency"), [("1.5", "JPY"), ("1.001", "USD"), ("1", "XXY")])
def test_what_is_no_money_is_refused(amount, currency):
    with pytest.raises(NotMoney):
        read_money(amount, currency)


def test_two_currencies_do_not_add_up():
    with pytest.raises(NotMoney):
        Money("USD", 1) + Money("EUR", 1)


def test_half_a_cent_goes_to_the_even_neighbour():
    assert [Money("USD", minor).into("USD", Decimal("0.5")).minor for minor in (1, 3, 5)] == [0, 2, 2]
