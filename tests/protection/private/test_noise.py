"""The fast sampler draws what OpenDP's draws."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from palermo.protection.private import noise
from palermo.protection.private.noise import SAMPLERS, SLACK, secure_words, table_noise


def _exact(variance: Fraction, reach: int) -> list[Fraction]:
    """The distribution by its definition, with every exponential correct to 150 digits."""
    from decimal import Context, Decimal

    fine = Context(prec=150)
    weights = [
        Fraction(fine.exp(fine.divide(Decimal(-k * k * variance.denominator), Decimal(2 * variance.numerator))))
        for k in range(-reach, reach + 1)
    ]
    total = sum(weights)
    return [weight / total for weight in weights]


@settings(max_examples=15, deadline=None)
@given(st.fractions(min_value=Fraction(1, 1000), max_value=400, max_denominator=1000))
def test_the_table_is_the_definition_to_2_to_the_minus_100(variance):
    table = noise._table(variance)
    chances = _exact(variance, 3 * table.reach)
    middle = chances[2 * table.reach : 4 * table.reach + 1]
    ends = (0, *table.steps, 2**128)
    own = [Fraction(above - below, 2**128) for below, above in pairwise(ends)]
    beyond = 1 - sum(middle)
    assert (sum(abs(a - b) for a, b in zip(own, middle, strict=True)) + beyond) / 2 < SLACK


@pytest.mark.parametrize("variance", [Fraction(9, 10), Fraction(180)])
def test_a_hundred_thousand_draws_fit_the_definition_and_opendps_sampler(variance):
    size = 100_000
    fast, slow = table_noise(variance, size), SAMPLERS["opendp"](variance, 20_000)
    reach = math.ceil(2.2 * math.sqrt(variance))
    edges = np.unique(np.linspace(-reach, reach, 24).astype(int))
    whole = _exact(variance, 14 * math.ceil(math.sqrt(variance)))
    chances = np.add.reduceat([float(chance) for chance in whole], np.concatenate([[0], edges + len(whole) // 2]))
    for drawn in (fast, slow):
        seen = np.bincount(np.searchsorted(edges, drawn, side="right"), minlength=len(edges) + 1)
        assert (
            stats.chisquare(seen, chances / chances.sum() * len(drawn)).pvalue > 1e-8
        )  # four times: once in 25 million


def test_a_word_on_a_step_of_the_table_is_decided_by_the_next():
    table = noise._table(Fraction(50))
    step = table.steps[len(table.steps) // 2]
    place = len(table.steps) // 2 + 1 - table.reach
    for low, expected in ((step % 2**64, place), (step % 2**64 - 1, place - 1)):
        waiting = [np.array([step >> 64], dtype=np.uint64), np.array([low], dtype=np.uint64)]
        assert table_noise(Fraction(50), 1, lambda _, w=waiting: w.pop(0))[0] == expected


def test_words_are_fresh_each_time():
    assert len(set(secure_words(4).tolist()) | set(secure_words(4).tolist())) == 8
