"""Forbidden combinations go, rare values come back."""

from __future__ import annotations

import numpy as np
import pytest

from palermo.protection.private import repair
from palermo.protection.private.drawing import draw
from palermo.protection.private.layout import lay_out
from palermo.protection.private.mixture import Mixture
from palermo.protection.private.repair import blank_forbidden, bring_back
from palermo.protection.private.support import Support

LAYOUT = lay_out([3, 2, 1, 1])
"""Values 0, 1, 2 of the first column, 3 and 4 of the second, 5 of the third, 6 of the fourth."""


@pytest.fixture(autouse=True, params=["compiled", "plain"])
def _loops(request, monkeypatch):
    for name, thing in list(vars(repair).items()):
        if request.param == "plain" and hasattr(thing, "py_func"):
            monkeypatch.setattr(repair, name, thing.py_func)


def _support(pairs=(), triples=(), values=()):
    support = Support(*(np.ones(n, dtype=np.bool_) for n in (7, LAYOUT.n_pairs, LAYOUT.n_triples)))
    support.one[list(values)] = False
    for a, b in pairs:
        support.two[LAYOUT.two[a] + b] = False
    for a, b, c in triples:
        support.three[LAYOUT.three[a] + LAYOUT.two[b] + c] = False
    return support


def test_of_a_forbidden_pair_the_rarer_value_stays():
    codes = np.array([[0, 3, -1, -1]] + [[1, 3, -1, -1]] * 5, dtype=np.int32)
    blank_forbidden(codes, _support([(0, 3)]), LAYOUT)
    assert codes[0].tolist() == [0, -1, -1, -1]
    assert (codes[1:] == [1, 3, -1, -1]).all()


def test_a_forbidden_triple_loses_one_value_and_a_forbidden_value_goes():
    codes = np.array([[0, 3, 5, 6], [2, 3, -1, -1]], dtype=np.int32)
    blank_forbidden(codes, _support(triples=[(0, 3, 5)], values=[2]), LAYOUT)
    assert (codes[0] >= 0).sum() == 3
    assert codes[1].tolist() == [-1, 3, -1, -1]


@pytest.mark.parametrize("forbidden", [{"pairs": [(2, 3)]}, {"triples": [(2, 3, 5)]}, {"triples": [(2, 3, 6)]}])
def test_a_rare_value_comes_back_and_what_conflicts_with_it_goes(forbidden):
    codes = np.array([[0, 3, 5, 6]] * 60, dtype=np.int32)
    target = np.array([57, 0, 3, 60, 0, 60, 60], dtype=np.float32)
    bring_back(codes, _support(**forbidden), target, LAYOUT, 1)
    assert (codes[:, 0] == 2).sum() == 3
    support = _support(**forbidden)
    for row in codes[codes[:, 0] == 2]:
        assert (row >= 0).sum() == 3
    before = codes.copy()
    blank_forbidden(codes, support, LAYOUT)
    assert (codes == before).all()


def test_a_value_in_the_middle_or_at_the_end_meets_its_triples_too():
    target = np.array([60, 0, 0, 0, 3, 60, 3], dtype=np.float32)
    codes = np.array([[0, 3, 5, -1]] * 60, dtype=np.int32)
    bring_back(codes, _support(triples=[(0, 4, 5), (0, 5, 6)]), target, LAYOUT, 1)
    assert (codes[:, 1] == 4).sum() == 3
    assert (codes[:, 3] == 6).sum() == 3


def test_a_value_that_costs_more_than_it_is_worth_stays_away():
    layout = lay_out([2] + [1] * 14)
    support = Support(*(np.ones(n, dtype=np.bool_) for n in (16, layout.n_pairs, layout.n_triples)))
    support.two[layout.pairs_of(1)] = False
    codes = np.tile(np.array([0, *range(2, 16)], dtype=np.int32), (50, 1))
    bring_back(codes, support, np.array([50, 4.9] + [50] * 14, dtype=np.float32), layout, 1)
    assert (codes[:, 0] == 1).sum() == 0


def test_a_row_that_has_the_value_already_is_passed_over():
    codes = np.array([[2, -1, -1, -1]] * 2 + [[-1, -1, -1, 6]] * 60, dtype=np.int32)
    target = np.array([0, 0, 4, 0, 0, 0, 60], dtype=np.float32)
    bring_back(codes, _support(), target, LAYOUT, 1)
    assert (codes[:, 0] == 2).sum() == 4


def test_a_class_without_rows_is_drawn_from_as_well():
    model = Mixture(np.array([1.0, 0.0], dtype=np.float32), np.full((2, 7), 0.2, dtype=np.float32))
    codes, starts = draw(model, 50, LAYOUT, 1)
    assert codes.shape == (50, 4)
    assert starts.tolist() == [0, 50, 50]
    assert (codes[:, 3] == 6).sum() == 10
