"""Estimates over several linkages: what is read, how it is combined, and what the interval then covers."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from palermo.errors import InputError, UsageError
from palermo.prevalence import (
    METHODS,
    CaptureHistories,
    EstimateSettings,
    Interval,
    Linkages,
    NoEstimate,
    PopulationEstimate,
    draw_linkages,
    estimate_over_linkages,
    linkages_of_histories,
    linkages_of_persons,
)

TABLE = CaptureHistories.of("AB", {1: 100, 2: 80, 3: 20})
QUICK = EstimateSettings(bootstrap=0)
PERSONS = pl.DataFrame(
    {
        "source": ["A", "A", "B", "B", "C"],
        "record_id": ["1", "2", "1", "2", "1"],
        "person_id": ["p", "q", "p", "r", "p"],
        "person_id_0.3": ["p", "p", "p", "p", "p"],
        "person_id_0.5": ["p", "q", "p", "r", "p"],
        "person_id_0.9": ["p", "q", "s", "r", "t"],
    }
)
LINKS = pl.DataFrame(
    {
        "source_a": ["A", "A", "A"],
        "record_a": ["1", "1", "2"],
        "source_b": ["B", "C", "B"],
        "record_b": ["1", "1", "2"],
        "probability": [1.0, 1.0, 0.5],
    }
)


def _numbers(*answers):
    """Make a method that gives these numbers one after the other: seen, point, low, high."""
    left = iter(answers)

    def method(_, settings):
        seen, point, low, high = next(left)
        if point is None:
            raise NoEstimate("nothing")
        limits = () if low is None else (Interval(settings.level, low, high, "bca"),)
        return PopulationEstimate(seen, point, limits, "invented", "", (), None)

    return method


def _linkages(kind, n, chosen=0):
    return Linkages(kind, tuple(str(place) for place in range(n)), (TABLE,) * n, chosen)


def test_persons_are_counted_at_each_threshold_and_the_linkages_own_is_known():
    read = linkages_of_persons(PERSONS)
    assert read.names == ("0.3", "0.5", "0.9")
    assert read.names[read.chosen] == "0.5"
    assert [dict(zip(t.histories.tolist(), t.counts.tolist(), strict=True)) for t in read.tables] == [
        {7: 1},
        {7: 1, 1: 1, 2: 1},
        {1: 2, 2: 2, 4: 1},
    ]


def test_histories_that_are_counted_already_are_the_same(tmp_path):
    rows = [(0.5, True, True, True, 1), (0.5, True, False, False, 1), (0.5, False, True, False, 1)]
    counted = pl.DataFrame(rows, schema=["threshold", "A", "B", "C", "persons"], orient="row")
    assert linkages_of_histories(counted).tables == (linkages_of_persons(PERSONS).tables[1],)


def test_a_drawn_link_holds_as_often_as_its_probability_says():
    drawn = draw_linkages(PERSONS, LINKS, n_draws=2000, seed=3)
    held = np.mean([table.together("A", "B") == 2 for table in drawn.tables])
    assert held == pytest.approx(0.5, abs=0.05)  # 4.5 standard errors
    assert {table.seen for table in drawn.tables} == {2, 3}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"probability": [1.0, 1.0, 2.0]}, "numbers between 0 and 1"),
        ({"record_b": ["1", "1", "nobody"]}, "not among the persons"),
    ],
)
def test_links_that_make_no_sense_are_refused_and_no_cell_is_quoted(change, what):
    with pytest.raises(InputError, match=what) as refused:
        draw_linkages(PERSONS, LINKS.with_columns(**{k: pl.Series(v) for k, v in change.items()}), n_draws=5, seed=1)
    assert "nobody" not in str(refused.value)


def test_one_draw_is_none():
    with pytest.raises(UsageError, match="fewer than 2 draws"):
        draw_linkages(PERSONS, LINKS, n_draws=1, seed=1)


def test_draws_that_agree_change_nothing():
    alone = METHODS["main-effects"](TABLE, QUICK)
    both = estimate_over_linkages(_linkages("draws", 5), METHODS["main-effects"], QUICK).estimate
    assert both.point == pytest.approx(alone.point)
    assert (both.interval.low, both.interval.high) == pytest.approx(
        (alone.interval.low, alone.interval.high), rel=0.002
    )


def test_draws_are_combined_as_by_rubin():
    # by hand, Rubin (1987), 3.1: logs 1 and 3 of the people beyond 99, each with variance 1 within
    within = 1.959963984540054
    numbers = [(100, 99 + math.exp(x), 99 + math.exp(x - within), 99 + math.exp(x + within)) for x in (1.0, 3.0)]
    found = estimate_over_linkages(_linkages("draws", 2), _numbers(*numbers), QUICK).estimate
    between = 2.0 * 1.5
    total, freedom = 1 + between, (1 + 1 / between) ** 2
    from scipy.stats import t

    reach = t.ppf(0.975, freedom) * math.sqrt(total)
    assert found.point == pytest.approx(99 + math.exp(2))
    assert found.interval.high == pytest.approx(99 + math.exp(2 + reach))
    assert found.interval.low == 100  # nobody who was seen is lost


def test_thresholds_reach_over_all_intervals_and_keep_their_own_number():
    numbers = [(10, 20, 15, 30), (11, 25, 18, 40), (12, 60, 50, 90)]
    found = estimate_over_linkages(_linkages("thresholds", 3, chosen=1), _numbers(*numbers), QUICK).estimate
    assert (found.seen, found.point, found.interval.low, found.interval.high) == (11, 25, 15, 90)
    assert "3 thresholds" in found.warnings[0]


def test_a_linkage_without_interval_leaves_the_whole_without():
    for kind in ("draws", "thresholds"):
        numbers = [(10, 20, 15, 30), (11, 25, None, None)]
        assert estimate_over_linkages(_linkages(kind, 2), _numbers(*numbers), QUICK).estimate.interval is None


def test_draws_without_number_leave_the_interval_without_upper_limit():
    numbers = [(10, 20, 15, 30), (10, None, None, None)]
    found = estimate_over_linkages(_linkages("draws", 2), _numbers(*numbers), QUICK).estimate
    assert found.interval.high == math.inf
    assert "1 of 2 linkages gave no number." in found.warnings


def test_an_own_threshold_without_number_is_no_estimate():
    with pytest.raises(NoEstimate, match="linkage 0 gives no number"):
        estimate_over_linkages(_linkages("thresholds", 1), _numbers((1, None, None, None)), QUICK)


def _agencies(seed, *, share, false_for_each_true):
    """Invent 2,000 people on three independent lists, and links whose probabilities are right on average."""
    generator = np.random.default_rng(seed)
    on = {name: generator.random(2000) < chance for name, chance in {"A": 0.3, "B": 0.25, "C": 0.2}.items()}
    pairs = [(a, b, who) for a, b in combinations(on, 2) for who in np.flatnonzero(on[a] & on[b])]
    unsure = generator.random(len(pairs)) < share
    chances = np.where(unsure, generator.beta(2, false_for_each_true, len(pairs)), 1.0)
    links = [(a, str(who), b, str(who), p) for (a, b, who), p in zip(pairs, chances, strict=True)]
    for p in generator.beta(1, false_for_each_true + 1, generator.poisson(unsure.sum() * false_for_each_true)):
        a, b, _ = pairs[generator.integers(len(pairs))]
        one, other = (str(generator.choice(np.flatnonzero(on[name]))) for name in (a, b))
        links.append((a, one, b, other, float(p)))
    persons = pl.DataFrame(
        [(name, str(who)) for name, there in on.items() for who in np.flatnonzero(there)],
        schema=["source", "record_id"],
        orient="row",
    )
    columns = ["source_a", "record_a", "source_b", "record_b", "probability"]
    return persons, pl.DataFrame(links, schema=columns, orient="row")


def test_the_interval_covers_a_known_truth_where_links_are_uncertain_and_the_naive_one_does_not():
    """Nominal 95 % on 40 populations: fewer than 33 hits would be 1 in 3,000 if the interval held."""
    hits = {"naive": 0, "draws": 0}
    for seed in range(40):
        persons, links = _agencies(seed, share=0.5, false_for_each_true=2)
        certain = links.with_columns(probability=(pl.col("probability") >= 0.5).cast(pl.Float64))
        naive = draw_linkages(persons, certain, n_draws=2, seed=0)
        ways = {
            "naive": replace(naive, kind="thresholds", names=naive.names[:1], tables=naive.tables[:1]),
            "draws": draw_linkages(persons, links, n_draws=12, seed=seed),
        }
        for way, linkages in ways.items():
            interval = estimate_over_linkages(linkages, METHODS["main-effects"], QUICK).estimate.interval
            hits[way] += interval.low <= 2000 <= interval.high
    assert hits["draws"] >= 33
    assert hits["naive"] <= 12


def test_nobody_is_twice_on_a_list_and_the_likelier_link_comes_first():
    rows = [("A", "1"), ("A", "2"), ("B", "1")]
    persons = pl.DataFrame(rows, schema=["source", "record_id"], orient="row")
    links = pl.DataFrame(
        {"source_a": ["A", "A"], "record_a": ["1", "2"], "source_b": ["B", "B"], "record_b": ["1", "1"],
         "probability": [0.999, 0.5]}
    )  # fmt: skip
    drawn = draw_linkages(persons, links, n_draws=200, seed=1)
    assert {table.seen for table in drawn.tables} <= {2, 3}  # never all three records as one person
    assert np.mean([table.together("A", "B") for table in drawn.tables]) > 0.95


def test_a_person_may_be_twice_on_a_list_within_which_links_are_told():
    persons = pl.DataFrame({"source": ["A", "A", "B"], "record_id": ["1", "2", "1"]})
    links = pl.DataFrame(
        {"source_a": ["A", "A"], "record_a": ["1", "1"], "source_b": ["A", "B"], "record_b": ["2", "1"],
         "probability": [1.0, 1.0]}
    )  # fmt: skip
    assert {table.seen for table in draw_linkages(persons, links, n_draws=5, seed=1).tables} == {1}


def test_as_many_pairs_are_together_as_the_probabilities_add_up_to():
    """Drawn one by one, links of a person that follow from each other would hold too often."""
    three = [(name, str(who)) for who in range(400) for name in "ABC"]
    persons = pl.DataFrame(three, schema=["source", "record_id"], orient="row")
    pairs = [(a, str(who), b, str(who), 0.4) for who in range(400) for a, b in combinations("ABC", 2)]
    columns = ["source_a", "record_a", "source_b", "record_b", "probability"]
    drawn = draw_linkages(persons, pl.DataFrame(pairs, schema=columns, orient="row"), n_draws=20, seed=1)
    together = [sum(table.together(a, b) for a, b in combinations("ABC", 2)) for table in drawn.tables]
    assert np.mean(together) == pytest.approx(0.4 * 1200, rel=0.02)
