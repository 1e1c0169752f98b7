"""What every estimator must do, whatever its method."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from palermo.errors import UsageError
from palermo.prevalence import METHODS, CaptureHistories, EstimateSettings, NoEstimate, load_example

SETTINGS = EstimateSettings(bootstrap=200, seed=7, model="[AB]")
TWO_LISTS_ONLY = {"chapman"}
LOWER_BOUNDS = {"chao"}
PROPORTIONAL = {"chao", "main-effects", "all-pairs", "fixed"}
"""Methods that choose nothing: twice the people in each history are twice the people in all."""

INDEPENDENT = CaptureHistories.of(
    "ABCD",
    {1: 173, 2: 264, 3: 44, 4: 215, 5: 37, 6: 55, 7: 9, 8: 128, 9: 20, 10: 33, 11: 6, 12: 27, 13: 4, 14: 8, 15: 1},
)
"""About what independent lists give that hold 20, 28, 24 and 16 per cent of 1,500 people."""

SAMPLED = {"latent-class"}
"""Methods that take minutes for twenty tables."""

for_every_method = pytest.mark.parametrize("method", METHODS)
for_every_method_in_its_time = pytest.mark.parametrize(
    "method", [pytest.param(name, marks=[pytest.mark.slow] * (name in SAMPLED)) for name in METHODS]
)


def _fit_for(method, histories):
    return histories.without(*histories.lists[2:]) if method in TWO_LISTS_ONLY else histories


def _estimate(method, histories, settings=SETTINGS):
    return METHODS[method](_fit_for(method, histories), settings)


def _drawn(method, seed):
    """Draw 1,500 people who are on independent lists, and forget those on none.

    For a lower bound, there are many lists, each is short, and some people are harder to find than others.
    """
    chances = np.tile([0.2, 0.28, 0.24, 0.16], (1500, 1))
    if method in LOWER_BOUNDS:
        chances = np.tile(np.repeat([[0.02], [0.06]], 750, axis=0), 12)
    on = np.random.default_rng(seed).random(chances.shape) < chances
    histories, counts = np.unique(on @ (1 << np.arange(on.shape[1])), return_counts=True)
    there = {h: c for h, c in zip(histories.tolist(), counts.tolist(), strict=True) if h}
    return CaptureHistories.of("ABCDEFGHIJKL"[: on.shape[1]], there)


def _chance(method, histories):
    """Measure how much the number moves with the seed; not at all where nothing is drawn for it."""
    points = [_estimate(method, histories, replace(SETTINGS, seed=seed)).point for seed in (7, 8, 9)]
    return 1e-6 + 4 * (max(points) - min(points)) / min(points)


@for_every_method
def test_an_estimate_is_a_finite_number_of_at_least_the_people_seen(method):
    found = _estimate(method, INDEPENDENT)
    assert found.seen <= found.point < math.inf
    assert found.method == method
    for interval in found.intervals:
        assert found.seen <= interval.low <= interval.high
        assert interval.level == SETTINGS.level


@for_every_method
def test_the_names_and_the_order_of_lists_do_not_matter(method):
    histories = _fit_for(method, INDEPENDENT)
    there = METHODS[method](histories, replace(SETTINGS, model="[A,B]"))
    back = METHODS[method](histories.reordered(*reversed(histories.lists)), replace(SETTINGS, model="[B,A]"))
    assert back.point == pytest.approx(there.point, rel=_chance(method, INDEPENDENT))


@for_every_method
def test_the_order_of_rows_does_not_matter(method):
    counted = dict(zip(INDEPENDENT.histories.tolist(), INDEPENDENT.counts.tolist(), strict=True))
    backwards = CaptureHistories.of("ABCD", dict(reversed(counted.items())))
    assert _estimate(method, backwards) == _estimate(method, INDEPENDENT)


@for_every_method
def test_the_same_seed_gives_the_same_answer(method):
    assert _estimate(method, INDEPENDENT) == _estimate(method, INDEPENDENT)


@for_every_method
def test_twice_the_people_in_each_history_are_about_twice_the_people(method):
    doubled = CaptureHistories(INDEPENDENT.lists, INDEPENDENT.histories, 2 * INDEPENDENT.counts)
    ratio = _estimate(method, doubled).point / _estimate(method, INDEPENDENT).point
    assert ratio == pytest.approx(2, rel=1e-9 if method in PROPORTIONAL else 0.1)


@for_every_method
def test_two_lists_give_a_number_near_that_of_lincoln_and_petersen_or_a_refusal(method):
    two = INDEPENDENT.without("C", "D")
    try:
        found = METHODS[method](two, replace(SETTINGS, model="[]"))
    except (NoEstimate, UsageError) as refused:
        assert refused.todo
    else:
        assert found.point == pytest.approx(
            two.sizes.prod() / two.together("A", "B"), rel=1.0 if method in LOWER_BOUNDS else 0.1
        )


@for_every_method_in_its_time
def test_a_known_truth_lies_in_nearly_all_intervals(method):
    """Nominal 95 % on 20 tables of independent lists: fewer than 16 hits would be 1 in 4,000 if the interval held."""
    hits = 0
    for seed in range(20):
        try:
            interval = _estimate(method, _drawn(method, seed)).interval
        except NoEstimate:
            hits += 1
            continue
        assert interval is not None
        hits += interval.low <= 1500 and (interval.high >= 1500 or method in LOWER_BOUNDS)
    assert hits >= 16


@for_every_method
def test_a_table_from_which_little_follows_gives_a_number_or_an_honest_refusal(method):
    for name in ("artificial", "korea"):
        histories = load_example(name).histories
        independent = f"[{','.join(histories.lists)}]"
        try:
            found = _estimate(method, histories, replace(SETTINGS, model=independent))
        except NoEstimate as refused:
            assert refused.todo
        else:
            assert found.seen <= found.point < math.inf
