"""What is measured, and that it costs no more than the budget."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.protection.private import counting
from palermo.protection.private.budget import Budget
from palermo.protection.private.counting import CodedRows, clip, count_all, row_loads
from palermo.protection.private.domain import load_domain
from palermo.protection.private.encoding import encode
from palermo.protection.private.layout import lay_out
from palermo.protection.private.measurement import MeasureSettings, measure
from palermo.protection.private.noise import table_noise
from tests.protection.private.conftest import seeded


def _silent(_, size):
    return np.zeros(size, dtype=np.int64)


def _rows(sizes, rows, seed):
    layout = lay_out(sizes)
    random = np.random.default_rng(seed)
    codes = np.stack([random.integers(-1, size, rows) for size in sizes], axis=1).astype(np.int32)
    return layout, np.where(codes >= 0, codes + layout.firsts[:-1], -1).astype(np.int32)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=5), st.integers(0, 99))
def test_every_combination_has_its_own_place_and_its_count(sizes, seed):
    layout, codes = _rows(sizes, 30, seed)
    one, two, three = count_all(codes, layout)
    column = layout.column
    for value in range(layout.n_values):
        assert one[value] == (codes == value).sum()
    places = set()
    for a, b in combinations(range(layout.n_values), 2):
        if column[a] < column[b]:
            place = layout.two[a] + b
            places.add(place)
            assert two[place] == ((codes == a).any(axis=1) & (codes == b).any(axis=1)).sum()
    assert places == set(range(layout.n_pairs))
    triples = [t for t in combinations(range(layout.n_values), 3) if column[t[0]] < column[t[1]] < column[t[2]]]
    found = {layout.three[a] + layout.two[b] + c for a, b, c in triples}
    assert found == set(range(layout.n_triples))
    for a, b, c in triples[:40]:
        together = (codes == a).any(axis=1) & (codes == b).any(axis=1) & (codes == c).any(axis=1)
        assert three[layout.three[a] + layout.two[b] + c] == together.sum()


@pytest.fixture
def plain(monkeypatch):
    """The loops as Python runs them."""
    for name, thing in list(vars(counting).items()):
        if hasattr(thing, "py_func"):
            monkeypatch.setattr(counting, name, thing.py_func)


def test_triples_are_left_out_where_nobody_asks_for_them(plain):
    layout, codes = _rows([4, 3, 2, 1], 50, 3)
    one, two, three = count_all(codes, layout, deep=False)
    assert (one == count_all(codes, layout)[0]).all() and (two == count_all(codes, layout)[1]).all()
    assert not len(three)


def test_python_counts_what_the_compiled_loop_counts(plain):
    layout, codes = _rows([4, 3, 2, 1], 50, 3)
    one, two, three = count_all(codes, layout)
    assert one.sum() == (codes >= 0).sum()
    filled = (codes >= 0).sum(axis=1)
    assert two.sum() == (filled * (filled - 1) // 2).sum()
    assert three.sum() == (filled * (filled - 1) * (filled - 2) // 6).sum()


def test_a_capped_row_keeps_both_limits_and_other_rows_are_as_they_were(plain):
    _, codes = _rows([4, 3, 2, 2, 2, 1], 60, 4)
    weights = np.random.default_rng(5).integers(1, 9, (6, 6)) * (1 - np.eye(6, dtype=np.int64))
    weights = np.triu(weights) + np.triu(weights).T
    priorities = np.random.default_rng(6).integers(0, 2**60, codes.shape).astype(np.uint64)
    capped = clip(codes, weights, 20, 4, priorities)
    pairs, triples = row_loads(capped, weights)
    assert pairs.max() <= 20
    assert triples.max() <= 4
    before = row_loads(codes, weights)
    within = (before[0] <= 20) & (before[1] <= 4)
    assert within.any()
    assert (~within).any()
    assert (capped[within] == codes[within]).all()
    assert ((capped == codes) | (capped == -1)).all()


def test_no_row_can_move_the_counts_further_than_the_budget_pays_for(domain_file, table):
    domain, budget = load_domain(domain_file), Budget(4, 1e-6, 2)
    layout = domain.layout
    codes = encode(table, domain, "t")
    measured = measure(CodedRows(codes, layout), budget, seeded(1))
    shares = MeasureSettings()
    fixed = 1 / (2 * measured.sigma_rows**2) + budget.rho * 2 * float(shares.histogram) / 4
    ones = sum(1 / (2 * measured.sigma_one[first] ** 2) for first in layout.firsts[:-1])
    capped = clip(
        codes,
        np.rint(measured.weights * 2**20).astype(np.int64),
        round(measured.most_pairs * 2**20),
        measured.most_triples,
        np.zeros(codes.shape, dtype=np.uint64),
    )
    filled = (capped >= 0).astype(float)
    with np.errstate(divide="ignore"):
        price = np.where(measured.sigma_two > 0, 1 / (2 * measured.sigma_two**2), 0)
    pairs = ((filled @ price) * filled).sum(axis=1) / 2
    m = filled.sum(axis=1)
    triples = m * (m - 1) * (m - 2) / 6 / (2 * measured.sigma_three**2)
    spent = 4 * (fixed + ones + (pairs + triples).max())
    assert 0.3 * budget.rho < spent <= budget.rho * (1 + 1e-6)  # the right side whatever the noise


def test_without_noise_the_counts_are_those_of_the_capped_rows(domain_file, table):
    domain = load_domain(domain_file)
    codes = encode(table, domain, "t")
    measured = measure(CodedRows(codes, domain.layout), Budget(4, 1e-6), _silent)
    one, two, three = count_all(codes, domain.layout)
    assert measured.rows == 4000
    assert (measured.one == one).all()
    assert (measured.two <= two).all()
    assert measured.two.sum() > 0.9 * two.sum()
    assert measured.three.sum() > 0.9 * three.sum()


def test_the_few_rows_with_most_values_do_not_set_the_limit(domain_file, table):
    domain = load_domain(domain_file)
    codes = encode(table, domain, "t")
    full = (codes >= 0).all(axis=1)
    codes = np.concatenate([codes[~full], codes[full][:20]])
    measured = measure(CodedRows(codes, domain.layout), Budget(4, 1e-6), _silent)
    assert measured.most_triples == 4


def test_of_few_rows_none_is_capped(domain_file, table):
    domain = load_domain(domain_file)
    measured = measure(CodedRows(encode(table.head(500), domain, "t"), domain.layout), Budget(4, 1e-6), _silent)
    assert measured.most_triples == 10
    assert measured.most_pairs == pytest.approx(measured.weights.sum() / 2)


def test_an_empty_file_has_noise_all_over(domain_file):
    domain = load_domain(domain_file)
    measured = measure(CodedRows(np.empty((0, 5), dtype=np.int32), domain.layout), Budget(1, 1e-6), table_noise)
    assert measured.rows >= 1
    assert (measured.two != 0).mean() > 0.4  # noise of 24 is zero once in 60, and there are 73 cells


def test_shares_that_are_not_the_whole_are_our_mistake():
    with pytest.raises(AssertionError):
        MeasureSettings(ones=MeasureSettings().pairs)
