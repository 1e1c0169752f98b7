"""What a budget allows, checked against another accountant."""

from __future__ import annotations

from fractions import Fraction

import pytest
from dp_accounting import GaussianDpEvent
from dp_accounting.pld import PLDAccountant
from dp_accounting.rdp import RdpAccountant

from palermo.errors import UsageError
from palermo.protection.private.budget import Budget, delta_of, public_delta, rho_of


@pytest.mark.parametrize(
    ("epsilon", "delta", "rho"), [(4, 1.848e-6, 0.326), (12, 1.848e-6, 2.165), (4, 4.256e-7, 0.293)]
)
def test_the_zcdp_of_a_budget_is_that_of_the_table_in_the_notes(epsilon, delta, rho):
    assert rho_of(epsilon, delta) == pytest.approx(rho, abs=6e-4)


@pytest.mark.parametrize("epsilon", [0.5, 1, 4, 12])
def test_googles_accountants_agree_that_the_guarantee_holds(epsilon):
    rho = rho_of(epsilon, 1e-6)
    event = GaussianDpEvent((1 / (2 * rho)) ** 0.5)
    exact = PLDAccountant().compose(event).get_epsilon(1e-6)
    renyi = RdpAccountant(orders=[1 + x / 50 for x in range(1, 2000)]).compose(event).get_epsilon(1e-6)
    assert exact < epsilon
    assert epsilon == pytest.approx(renyi, rel=2e-3)


def test_a_larger_rho_gives_a_larger_delta():
    assert delta_of(0.1, 4) < delta_of(0.3, 4) < delta_of(3, 4) <= 1


def test_delta_comes_from_the_declared_population_or_is_one_in_a_million():
    assert public_delta(None) == 1e-6
    assert public_delta(50_000) == pytest.approx(1.8484e-6, rel=1e-4)


@pytest.mark.parametrize("words", [(0, 1e-6, 1), (-1, 1e-6, 1), (51, 1e-6, 1), (4, 0, 1), (4, 0.1, 1), (4, 1e-6, 0)])
def test_a_budget_that_is_none_is_refused(words):
    with pytest.raises(UsageError):
        Budget(*words)


def test_a_person_with_three_rows_needs_three_times_the_noise():
    one, three = (Budget(4, 1e-6, rows).variance(Fraction(5), Fraction(1, 2)) for rows in (1, 3))
    assert three == 9 * one
