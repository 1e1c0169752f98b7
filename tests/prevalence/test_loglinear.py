"""The compiled fit against other ways to the same numbers."""

from __future__ import annotations

from itertools import combinations
from math import prod

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize
from scipy.stats import bootstrap, poisson

from palermo.errors import UsageError
from palermo.prevalence import (
    METHODS,
    CaptureHistories,
    EstimateSettings,
    NoEstimate,
    all_models,
    bca,
    existence_code,
    fit_model,
    fitted_means,
    in_words,
    load_example,
    name_model,
    rank_models,
    read_model,
)
from palermo.prevalence.bootstrap import resample
from palermo.prevalence.models import main_effects
from palermo.prevalence.newton import OPEN, SETTLED, add_up, fit
from palermo.prevalence.search import search
from palermo.prevalence.steps import surprise, walk_by_surprise

UK_6 = load_example("uk").histories
UK_5 = UK_6.merged("PF", "NCA")
KOREA = load_example("korea").histories

sparse_tables = st.integers(3, 4).flatmap(
    lambda t: st.tuples(
        st.just(t),
        st.lists(st.sampled_from([0, 0, 0, 1, 2, 5, 40]), min_size=2**t - 1, max_size=2**t - 1),
        st.sampled_from(all_models(t, t - 1)),
    )
)


@settings(max_examples=300, deadline=None)
@given(sparse_tables)
def test_newton_settles_just_where_the_linear_programme_says_that_it_can(drawn):
    t, counts, model = drawn
    cells = np.array([0, *counts], dtype=np.int64)
    assume(all(cells[(np.arange(2**t) >> place & 1) == 1].any() for place in range(t)))
    table = cells.astype(float)
    totals = table.copy()
    add_up(totals)
    sums = np.empty(2**t)
    code, *_ = fit(table, totals, np.array(model), 1, sums, np.empty(len(model)))
    assert code != OPEN
    assert (code == SETTLED) == (existence_code(cells, model) == 0)
    if code == SETTLED:
        assert sums[list(model)] == pytest.approx(totals[list(model)], rel=1e-6, abs=1e-6)


def _root(histories, cliques, separators):
    """Solve the polynomial of a decomposable model: the product over separators is the product over cliques."""

    def outside(names):
        mask = histories.mask(names)
        return int(histories.counts[(histories.histories & mask) == 0].sum())

    def difference(dark):
        left = np.log(dark) + sum(np.log(outside(names) + dark) for names in separators)
        return left - sum(np.log(outside(names) + dark) for names in cliques)

    return brentq(difference, 1e-6, 1e9, xtol=1e-9, rtol=1e-14)


@pytest.mark.parametrize(
    ("histories", "cliques", "separators"),
    [
        (KOREA, ["bc", "cd"], ["c"]),
        (load_example("australia").histories, ["AB", "BC", "BD"], ["B", "B"]),
        (UK_5.without("GP"), [["LA", "NG", "PFNCA"], ["NG", "PFNCA", "GO"]], [["NG", "PFNCA"]]),
        (load_example("hiv-rome").histories, [["L1", "L2"], ["L3"], ["L4"]], ["", ""]),
        (UK_5, [["LA", "NG", "PFNCA"], ["NG", "GP"], ["PFNCA", "GO"]], [["NG"], ["PFNCA"]]),
    ],
)
def test_a_decomposable_model_gives_the_root_of_its_polynomial(histories, cliques, separators):
    """The closed form of decomposable models; with two lists it is Lincoln and Petersen's."""
    model = read_model(",".join(":".join(names) for names in cliques), histories.lists)
    assert fit_model(histories, model).unseen == pytest.approx(_root(histories, cliques, separators), rel=1e-8)


def test_two_lists_give_the_estimate_of_lincoln_and_petersen():
    histories = CaptureHistories.of("AB", {1: 80, 2: 60, 3: 20})
    assert fit_model(histories, main_effects(2)).point == pytest.approx(100 * 80 / 20)


def _by_a_general_optimiser(cells, design):
    """Maximise the Poisson likelihood with scipy, knowing nothing of transforms."""

    def loss(alpha):
        mean = np.exp(design @ alpha)
        return mean.sum() - cells @ (design @ alpha), design.T @ (mean - cells)

    start = np.linalg.lstsq(design, np.log(cells + 0.5), rcond=None)[0]
    return np.exp(minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-8}).x[0])


def test_the_acceleration_is_that_of_a_jackknife_over_persons():
    """Efron (1987), equation 7.3: each person in turn is left out, and the model refitted by another optimiser."""
    histories = load_example("australia").histories
    rows = np.arange(1, 16)
    design = np.array([[(row & term) == term for term in main_effects(4)] for row in rows], dtype=float)
    fewer = []
    for history in histories.histories:
        cells = histories.cells[1:].astype(float)
        cells[history - 1] -= 1
        fewer.append(_by_a_general_optimiser(cells, design))
    persons = np.repeat(fewer, histories.counts)
    away = persons.mean() - persons
    expected = (away**3).sum() / (6 * (away**2).sum() ** 1.5)

    resampled = resample(histories, EstimateSettings(bootstrap=200))
    unseen = np.empty(len(resampled.tables))
    chosen = np.zeros((unseen.size, 0), dtype=bool)
    walk_by_surprise(resampled.tables, np.array(main_effects(4)), np.zeros(0, np.int64), 1e-12, unseen, chosen)
    assert round(resampled.bca(histories, unseen, 0.95).acceleration, 4) == round(expected, 4)


def _fewer(histories):
    """The estimate with one person of each history taken away."""
    without = [dict(zip(histories.histories.tolist(), histories.counts.tolist(), strict=True)) for _ in range(3)]
    for place, history in enumerate(histories.histories.tolist()):
        without[place][history] -= 1
    return np.array([fit_model(CaptureHistories.of("AB", each), main_effects(2)).point for each in without])


def test_the_acceleration_of_two_lists_is_that_of_a_calculation_by_hand():
    """80, 60 and 20 people: without one of each, 99·80/20, 100·79/20 and 99·79/19; in nineteenths, these lie 30 and 49
    below their mean and 267 above it. So a = (80·30³ + 60·49³ - 20·267³) / 6 (80·30² + 60·49² + 20·267²)^1.5."""
    histories = CaptureHistories.of("AB", {1: 80, 2: 60, 3: 20})
    found = bca(400.0, np.linspace(300, 500, 1000), _fewer(histories), histories.counts, 0.95)
    assert found.acceleration == pytest.approx(-371_464_320 / (6 * 1_641_840**1.5), abs=5e-5)
    assert round(found.acceleration, 4) == -0.0294


def test_the_limits_of_two_lists_are_those_of_scipys_bootstrap():
    """scipy.stats.bootstrap, an implementation of its own, on a row for each person; 20,000 replicates each."""
    histories = CaptureHistories.of("AB", {1: 80, 2: 60, 3: 20})

    def people(history, axis):
        a, b, both = ((history == each).sum(axis=axis) for each in (1, 2, 3))
        return (a + both) * (b + both) / both

    persons = np.repeat(histories.histories, histories.counts)
    theirs = bootstrap((persons,), people, n_resamples=20_000, batch=500, method="BCa", rng=np.random.default_rng(1))
    counts = np.random.default_rng(2).multinomial(160, histories.counts / 160, size=20_000)
    drawn = (counts[:, 0] + counts[:, 2]) * (counts[:, 1] + counts[:, 2]) / counts[:, 2]
    ours = bca(400.0, drawn, _fewer(histories), histories.counts, 0.95).interval
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs.confidence_interval), rel=0.015)


def test_bca_without_bias_and_acceleration_is_the_plain_percentile_interval():
    """DiCiccio and Efron (1996): the limits are then the quantiles themselves."""
    replicates = np.arange(1.0, 1001.0)
    found = bca(500.5, replicates, np.array([1.0, 2.0, 3.0]), np.array([1, 1, 1]), 0.9)
    assert found.levels == pytest.approx((0.05, 0.95))
    assert found.interval.low == pytest.approx(np.quantile(replicates, 0.05, method="median_unbiased"))
    assert not found.warnings


@given(st.integers(0, 300), st.floats(0.01, 300))
def test_surprise_is_the_smaller_tail_of_a_poisson_count(observed, expected):
    tails = poisson.cdf(observed, expected), poisson.sf(observed - 1, expected)
    assert surprise(float(observed), expected) == pytest.approx(min(tails), rel=1e-7, abs=1e-13)


def test_the_likelihood_and_both_criteria_are_those_of_their_definition():
    fitted = fit_model(UK_5, main_effects(5))
    rows = np.arange(1, 32)
    design = np.array([[(row & term) == term for term in main_effects(5)] for row in rows], dtype=float)
    cells = UK_5.cells[1:]
    margins = [UK_5.seen, *UK_5.sizes]
    alpha = _by_a_general_optimiser(cells.astype(float), design)
    assert fitted.unseen == pytest.approx(alpha, rel=1e-5)
    odds = [np.log(1 / (fitted.point / size - 1)) for size in margins[1:]]
    means = np.exp(design @ np.array([np.log(fitted.unseen), *odds]))
    assert fitted.log_likelihood == pytest.approx(poisson.logpmf(cells, means).sum(), rel=1e-9)
    assert fitted.bic - fitted.aic == pytest.approx(6 * np.log(2744) - 12)


def test_the_means_of_a_model_have_the_margins_of_the_table():
    means = fitted_means(KOREA, read_model("[bc,cd]", KOREA.lists))
    assert means.sum() == pytest.approx(157.17, abs=0.005)
    for names in ("b", "c", "d", "bc", "cd"):
        on_all = (np.arange(8) & KOREA.mask(names)) == KOREA.mask(names)
        assert means[on_all].sum() == pytest.approx(KOREA.together(*names))


def test_a_search_meets_the_best_of_all_models():
    """On six lists of pairs all models can be fitted, so that the search can be held against them."""
    ranking = rank_models(UK_6, EstimateSettings())
    assert ranking.exhaustive
    assert set(ranking.models[:20]) <= set(search(UK_6, 2, seed=1))


def test_weights_show_the_two_camps_of_the_united_kingdom():
    """The quantiles of the number over all models, as a prototype in numpy gave them: 11,175, 25,311 and 29,467."""
    ranking = rank_models(UK_5, EstimateSettings(order=3))
    order = np.argsort(ranking.unseen)
    below = np.cumsum(ranking.weights[order])
    numbers = [UK_5.seen + ranking.unseen[order][np.searchsorted(below, share)] for share in (0.025, 0.5, 0.975)]
    assert [round(number) for number in numbers] == [11175, 25311, 29467]


def test_eight_lists_are_searched_and_the_answer_says_so():
    found = METHODS["bic"](load_example("new-orleans-185").histories, EstimateSettings(bootstrap=0))
    assert found.model == "[A,B,C,DE,F,G,H]"
    assert "met by a search" in dict(found.settings)["models"]


@pytest.mark.parametrize("t", [2, 3, 4])
def test_a_model_is_read_as_it_is_written(t):
    for lists in ("ABCD"[:t], ("LA", "NG", "PF", "LANG")[:t], ("Police, north", "Unit [3]", "a:b", "Σ")[:t]):
        for model in all_models(t, t - 1):
            assert read_model(name_model(model, lists), lists) == model


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ("[A,B,C,D]", "All lists are independent of each other."),
        ("[AB,AC,AD,BC,BD,CD]", "Any two lists may depend on each other."),
        (
            "[ABC,D]",
            "Depend on each other: Police, north, NGO and shelter.",
        ),
        ("[AB,CD]", "Depend on each other: Police, north and NGO; shelter and D."),
        ("Up to 10 kinds of people.", "Up to 10 kinds of people."),
    ],
)
def test_a_model_is_told_in_words(terms, words):
    lists = ("Police, north", "NGO", "shelter", "D")
    text = name_model(read_model(terms, "ABCD"), lists) if terms.startswith("[") else terms
    assert in_words(text, lists) == words


def test_lists_that_are_written_alike_leave_a_model_as_it_is():
    lists = ("a b", "a,b", "c")
    text = name_model(read_model("[AC]", "ABC"), lists)
    assert in_words(text, lists) == text


@pytest.mark.parametrize("text", ["[AD]", "[AA,B]", "A:X", "[a]"])
def test_a_term_of_no_lists_is_refused(text):
    with pytest.raises(UsageError, match="The lists are: A, B, C"):
        read_model(text, "ABC")


def test_a_term_that_can_be_read_in_two_ways_is_refused():
    with pytest.raises(UsageError, match="several ways"):
        read_model("[ABC]", ("A", "BC", "AB", "C"))


@pytest.mark.parametrize(
    ("method", "wrong"),
    [
        ("fixed", {"model": ""}),
        ("fixed", {"model": "[bcd]"}),
        ("stepwise", {"threshold": 1.5}),
        ("stepwise", {"bootstrap": 10}),
        ("bic", {"order": 3}),
        ("bic", {"order": 0}),
        ("chapman", {}),
    ],
)
def test_wrong_words_are_answered_with_what_to_do(method, wrong):
    with pytest.raises(UsageError) as refused:
        METHODS[method](KOREA, EstimateSettings(**wrong))
    assert refused.value.todo


def test_nobody_on_just_two_lists_leaves_no_lower_bound():
    with pytest.raises(NoEstimate, match="exactly two lists"):
        METHODS["chao"](CaptureHistories.of("ABC", {1: 5, 2: 4, 4: 3, 7: 2}), EstimateSettings())


def test_chao_and_chapman_are_their_formulas():
    """Chao (1987) and Chapman (1951), worked by hand."""
    assert METHODS["chao"](KOREA, EstimateSettings()).point == pytest.approx(123 + 51**2 / (2 * 60))
    two = CaptureHistories.of("AB", {1: 80, 2: 60, 3: 20})
    assert METHODS["chapman"](two, EstimateSettings()).point == pytest.approx(101 * 81 / 21 - 1)


def test_a_hierarchical_model_holds_all_parts_of_its_terms():
    for model in all_models(4, 3):
        held = set(model)
        for term in model:
            bits = [1 << place for place in range(4) if term >> place & 1]
            assert all(sum(part) in held for size in range(len(bits)) for part in combinations(bits, size))
    assert prod(len(all_models(t, 1)) for t in (2, 3, 4)) == 1
