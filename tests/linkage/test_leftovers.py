"""What one-to-one says of those who are left without a partner."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.linkage.leftovers import among_singles, between_lists

SURE, DOUBTFUL = 40.0, -3.0


def lists(n: int, certain: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make two lists of ``n``, of which some are surely one person's, and a doubtful pair of two others."""
    pairs = np.array([[row, n + row] for row in range(certain)] + [[n - 1, 2 * n - 1]], np.int32)
    return pairs, np.r_[np.full(certain, SURE), DOUBTFUL], np.repeat([0, 1], n).astype(np.int32)


def test_who_is_left_over_has_fewer_to_choose_from() -> None:
    """90 of 100 are found. Of the other ten in each list a pair is 100² / 11² as likely as before, at the least."""
    pairs, log_odds, sources = lists(100, 90)
    raised = between_lists(pairs, log_odds, sources)[-1]
    both = 90 + 1 / (1 + np.exp(-raised))
    assert raised == pytest.approx(DOUBTFUL + 2 * np.log(100 / (101 - both)), abs=1e-4)
    assert raised > DOUBTFUL + 2 * np.log(100 / 11)


def test_where_few_are_on_both_lists_it_says_next_to_nothing() -> None:
    pairs, log_odds, sources = lists(1000, 10)
    assert between_lists(pairs, log_odds, sources)[-1] == pytest.approx(DOUBTFUL, abs=0.02)


def test_a_pair_of_somebody_who_is_found_is_not_raised() -> None:
    pairs, log_odds, sources = lists(100, 90)
    pairs[-1] = [0, 199]
    assert between_lists(pairs, log_odds, sources)[-1] == DOUBTFUL


def test_each_two_lists_are_by_themselves() -> None:
    """The third list has nobody of the others: what the first two share says nothing of it."""
    pairs, log_odds, sources = lists(100, 90)
    pairs = np.vstack([pairs, [[99, 200]]]).astype(np.int32)
    log_odds, sources = np.r_[log_odds, DOUBTFUL], np.r_[sources, np.full(100, 2, np.int32)]
    assert between_lists(pairs, log_odds, sources)[-1] == pytest.approx(DOUBTFUL, abs=0.02)


@st.composite
def scored(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    sources = np.array(draw(st.lists(st.integers(0, 2), min_size=2, max_size=12)), np.int32)
    across = [(a, b) for a in range(len(sources)) for b in range(a + 1, len(sources)) if sources[a] != sources[b]]
    chosen = draw(st.lists(st.sampled_from(across), unique=True)) if across else []
    odds = draw(st.lists(st.floats(-30, 30), min_size=len(chosen), max_size=len(chosen)))
    return np.array(chosen, np.int32).reshape(-1, 2), np.array(odds), sources


@given(scored())
def test_odds_are_never_lowered_and_raised_only_one_to_one(case) -> None:
    pairs, log_odds, sources = case
    raised = between_lists(pairs, log_odds, sources)
    assert (raised >= log_odds).all()
    for one, other in ((0, 1), (0, 2), (1, 2)):
        here = (np.sort(sources[pairs], axis=1) == (one, other)).all(axis=1) & (raised > log_odds)
        records = pairs[here].ravel()
        assert len(records) == len(set(records.tolist()))
        assert len(np.unique((raised - log_odds)[here].round(6))) <= 1


def one_file(persons_twice: int, single: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make a file of people with two records and with one, and a doubtful pair of two who have one."""
    n = 2 * persons_twice + single
    pairs = np.array([[row, row + 1] for row in range(0, 2 * persons_twice, 2)] + [[n - 2, n - 1]], np.int32)
    persons = np.arange(n)
    persons[1 : 2 * persons_twice : 2] -= 1
    return pairs, np.r_[np.full(persons_twice, SURE), DOUBTFUL], persons


def test_where_most_have_two_records_two_that_are_left_over_are_likelier_one_person() -> None:
    pairs, log_odds, persons = one_file(450, 100)
    raised = among_singles(pairs, log_odds, persons)
    both = 1 / (1 + np.exp(-raised[-1]))
    share = (450 + 1 / (1 + np.exp(-DOUBTFUL))) / (1000 * 999 / 2)
    odds = 2 * (450 + both) / (101 - 2 * both) ** 2
    assert raised[-1] == pytest.approx(DOUBTFUL + np.log(odds / share), abs=1e-4)
    assert (raised[:-1] == log_odds[:-1]).all()


def test_where_most_have_one_record_it_says_next_to_nothing() -> None:
    pairs, log_odds, persons = one_file(10, 2000)
    assert among_singles(pairs, log_odds, persons)[-1] == pytest.approx(DOUBTFUL, abs=0.02)
