"""What records keep of the truth, and what they never hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from palermo.protection.private import (
    Budget,
    Request,
    load_domain,
    mixture,
    release,
    release_privately,
    repair,
    search,
    support,
)
from palermo.protection.private.blending import blend
from palermo.protection.private.counting import CodedRows, count_all
from palermo.protection.private.domain import Domain
from palermo.protection.private.encoding import encode
from palermo.protection.private.layout import lay_out
from palermo.protection.private.measurement import MeasureSettings, measure
from palermo.protection.private.mixture import FitSettings, Mixture, expected_three, expected_two, fit
from palermo.protection.private.noise import SAMPLERS
from palermo.protection.private.synthesis import Settings, frozen_settings, records
from tests.protection.private.conftest import invented, seeded

BUDGET = Budget(8, 1e-6)


@pytest.fixture(scope="module")
def domain(domain_file) -> Domain:
    return load_domain(domain_file)


@pytest.fixture(scope="module", params=["accurate", "guarded"])
def released(request, domain, table):
    return release_privately(table, domain, Request(BUDGET, request.param), "t")


def test_records_are_near_the_truth_in_every_large_cell(released, table):
    errors = []
    for left, right in combinations(table.columns, 2):
        true, made = (
            {(a, b): n for a, b, n in frame.group_by(left, right).len().iter_rows() if a and b}
            for frame in (table, released.records)
        )
        errors += [abs(made.get(key, 0) - n) / n for key, n in true.items() if n >= 100]
    assert np.mean(errors) < 0.03  # some 0.009, and 0.0017 from one noise to the next: 12 standard deviations


def test_no_record_holds_what_cannot_be(released):
    assert released.records.filter((pl.col("gender") == "Male") & (pl.col("form") == "other")).is_empty()
    triple = (pl.col("country") == "H") & (pl.col("form") == "labour") & (pl.col("debt") == "yes")
    assert released.records.filter(triple).is_empty()


def test_a_release_says_what_it_cost_and_that_nothing_was_measured_on_the_file(released):
    about = released.about
    assert about["guarantee"]["epsilon"] == 8
    assert "a row is taken for a person" in about["guarantee"]["neighbours"]
    assert about["guarantee"]["delta_added_by_sampler_at_most"] < 1e-20
    assert "None was measured against the real file" in about["notes"][0]
    assert set(about["errors_from_noise"]) == {"1", "2", "3"}


def test_guarded_records_hold_no_country_that_nobody_is_from(domain, table, monkeypatch):
    monkeypatch.setitem(SAMPLERS, "table", lambda _, size: np.zeros(size, dtype=np.int64))
    released = release_privately(table, domain, Request(BUDGET, "guarded"), "t")
    assert not {"G", "H"} & set(released.records["country"])


_CAPPED = 0.05
"""Rows that lose values to the limits; one in a hundred is aimed at."""


def test_noisy_tables_list_every_cell_with_the_interval_that_its_noise_gives_it(domain, table):
    released = release_privately(table, domain, Request(BUDGET, "tables"), "t")
    tables = released.tables.filter(n_summed=0)
    assert released.records is None
    assert tables.height == 1 + domain.layout.n_values + domain.layout.n_pairs
    ones = tables.filter(pl.col("field_2").is_null() & pl.col("field_1").is_not_null())
    for field, value, noisy, low, high, sigma in ones.drop("field_2", "value_2", "count", "n_summed").iter_rows():
        # 16 numbers, each wrong once in 10**11 by its noise alone
        assert noisy == pytest.approx((table[field] == value).sum(), abs=7 * sigma + _CAPPED * 4000)
        assert (low, high) == pytest.approx((max(0, noisy - 1.96 * sigma), max(0, noisy + 1.96 * sigma)), abs=1.01)
    assert tables["count"].min() >= 0


def test_without_noise_and_limits_the_tables_are_the_truth(domain, table, monkeypatch):
    monkeypatch.setitem(SAMPLERS, "table", lambda _, size: np.zeros(size, dtype=np.int64))
    monkeypatch.setattr(release, "frozen_settings", lambda _: Settings(replace(MeasureSettings(), within=1.0)))
    tables = release_privately(table, domain, Request(BUDGET, "tables"), "t").tables
    measured = tables.filter(n_summed=0).drop_nulls()
    for one, own, other, their, count in measured.select(pl.nth(range(4)), "count").iter_rows():
        assert count == ((table[one] == own) & (table[other] == their)).sum()
    north = table.filter(pl.col("country").is_in(["A", "B"]))
    summed = tables.filter(pl.col("n_summed") > 0)
    assert set(summed["value_1"]) == {"north"}
    assert summed.filter(pl.col("field_2").is_null())["count"].to_list() == [north.height]
    for other, their, count in summed.drop_nulls().select("field_2", "value_2", "count").iter_rows():
        assert count == (north[other] == their).sum()


def test_a_sum_has_the_noise_of_all_its_parts(domain, table):
    tables = release_privately(table, domain, Request(BUDGET, "tables"), "t").tables
    ones = tables.filter(pl.col("field_2").is_null(), pl.col("value_1").is_in(["A", "B", "north"]))
    a, b, north = ones.sort("value_1").select("noisy_count", "sigma", "n_summed").iter_rows(named=True)
    assert north["n_summed"] == 2
    assert north["noisy_count"] == a["noisy_count"] + b["noisy_count"]
    assert north["sigma"] == pytest.approx(np.hypot(a["sigma"], b["sigma"]))


def test_a_person_with_several_rows_is_said_to_be_one(domain, table):
    several = pl.concat([table, table.head(500)]).with_row_index("person")
    several = several.with_columns(pl.col("person") % 4000)
    released = release_privately(several, domain, Request(Budget(8, 1e-6, 2), "tables", "person"), "t")
    assert "linked person" in released.about["guarantee"]["neighbours"]
    assert any("At most 2 rows" in note for note in released.about["notes"])


def test_the_same_noisy_counts_and_seed_give_the_same_records(domain, table):
    layout = domain.layout
    measured = measure(CodedRows(encode(table, domain, "t"), layout), BUDGET, seeded(1))
    quick = Settings(fit=FitSettings(classes=10, first_steps=20, second_steps=10), rounds=1, sweeps=1)
    for mode in ("accurate", "guarded"):
        one, two = (records(measured, mode, domain.possible(layout), quick, 3) for _ in range(2))
        assert (one == two).all()
        assert (records(measured, mode, domain.possible(layout), quick, 4) != one).any()


def test_plain_python_and_the_compiled_loops_agree(monkeypatch, domain):
    layout = domain.layout
    measured = measure(CodedRows(encode(invented(200), domain, "t"), layout), Budget(40, 1e-4), seeded(2))
    quick = Settings(fit=FitSettings(classes=4, first_steps=6, second_steps=4, values=3, cheap=2), rounds=1, sweeps=1)
    quick = replace(quick, support=replace(quick.support, value=0.5, large=20))
    compiled = mixture.fit(measured, (measured.one, measured.two, measured.three), 1.0, quick.fit, 1)
    three = expected_three(compiled, measured.rows, layout)
    for module in (mixture, search, repair, support):
        for name, thing in list(vars(module).items()):
            if hasattr(thing, "py_func"):
                monkeypatch.setattr(module, name, thing.py_func)
    plain = mixture.fit(measured, (measured.one, measured.two, measured.three), 1.0, quick.fit, 1)
    assert plain.chances == pytest.approx(compiled.chances, abs=1e-3)
    assert expected_three(compiled, measured.rows, layout) == pytest.approx(three, abs=1e-2)
    pairs, triples = domain.possible(layout)
    for mode in ("accurate", "guarded"):
        codes = records(measured, mode, (pairs, triples), quick, 2)
        _, two, counted = count_all(codes, layout)
        assert not two[~pairs].any()
        assert not counted[~triples].any()


def test_the_mixture_expects_what_its_definition_says():
    layout = lay_out([3, 2, 2, 1])
    random = np.random.default_rng(2)
    model = Mixture(random.dirichlet([1, 1, 1]).astype(np.float32), (random.random((3, 8)) * 0.3).astype(np.float32))
    two, three = expected_two(model, 500, layout), expected_three(model, 500, layout)
    w, p = model.weights, model.chances
    assert two[layout.two[1] + 4] == pytest.approx(500 * (w * p[:, 1] * p[:, 4]).sum(), rel=1e-5)
    place = layout.three[2] + layout.two[4] + 7
    assert three[place] == pytest.approx(500 * (w * p[:, 2] * p[:, 4] * p[:, 7]).sum(), rel=1e-5)


def test_a_blend_stays_with_the_model_where_noise_explains_the_gap_and_leaves_it_where_not():
    random = np.random.default_rng(3)
    expected = np.full(4000, 20, dtype=np.float32)
    noisy = expected + random.normal(0, 10, 4000).astype(np.float32)
    noisy[0] = 520
    target = blend(noisy, expected, 10.0)
    assert np.abs(target[1:] - 20).mean() < 3
    assert target[0] > 450


def test_a_class_can_begin_as_those_who_have_one_value_and_be_as_large(domain, table):
    layout = domain.layout
    measured = measure(CodedRows(encode(table, domain, "t"), layout), BUDGET, seeded(3))
    begun = FitSettings(classes=40, first_steps=0, second_steps=0, profiles=True, spread=0.0)
    model = fit(measured, (measured.one, measured.two, measured.three), 1.0, begun, 1)
    countries = model.chances[:, : layout.firsts[1]]
    own = countries.argmax(axis=1)
    assert (countries.max(axis=1) > 0.8).all()
    assert (np.add.reduceat(model.chances, layout.firsts[:-1], axis=1) <= 1 + 1e-5).all()
    found = np.bincount(own, weights=model.weights, minlength=layout.firsts[1])
    people = np.where(found > 0, np.maximum(measured.one[: layout.firsts[1]], 1), 0)
    assert found == pytest.approx(people / people.sum(), abs=1e-5)


def test_thinned_copies_are_independent_and_have_the_promised_variance(domain, table):
    layout = domain.layout
    measured = measure(CodedRows(encode(table, domain, "t"), layout), BUDGET, seeded(3))
    blown = replace(measured, two=np.zeros(200_000, dtype=np.float32))
    noise = np.random.default_rng(4).standard_normal(200_000).astype(np.float32)
    thinned = support.thin(replace(blown, two=noise), np.ones(200_000, dtype=np.float32), 5)
    fitted, judged = thinned.fitted[1], thinned.judged_two
    assert fitted.var() == pytest.approx(1.25, rel=0.02)
    assert judged.var() == pytest.approx(5, rel=0.02)
    assert np.corrcoef(fitted, judged)[0, 1] == pytest.approx(0, abs=0.01)


def test_a_table_over_whose_empty_cells_the_model_smears_is_found_rough():
    layout = lay_out([30, 30, 2])
    pairs = layout.n_pairs
    expected, judged = np.full(pairs, 5, dtype=np.float32), np.full(pairs, 5, dtype=np.float32)
    judged[layout.pair_table(0, 1)] = 0
    measured = type("Seen", (), {"layout": layout, "sigma_two": np.ones((3, 3))})()
    thinned = support.Thinned((expected,) * 3, judged)
    rough = support._rough_tables(measured, thinned, expected, support.SupportSettings())
    assert rough[0, 1]
    assert rough[1, 0]
    assert not rough[0, 2]


def test_tables_that_are_only_together_rough_are_found_too():
    layout = lay_out([6, 2, 2, 2])
    expected = np.full(layout.n_pairs, 5, dtype=np.float32)
    judged = np.full(layout.n_pairs, 3.0, dtype=np.float32)
    measured = type("Seen", (), {"layout": layout, "sigma_two": np.full((4, 4), 1.5)})()
    thinned = support.Thinned((expected,) * 3, judged)
    rough = support._rough_tables(measured, thinned, expected, support.SupportSettings())
    assert rough[0, 1:].all()
    assert not rough[1:, 1:].any()


def test_settings_follow_from_the_domain_alone():
    assert frozen_settings(lay_out([2] * 20)).fit.classes == 200
    assert frozen_settings(lay_out([2] * 37)).fit.classes == 300


def test_two_columns_have_no_triples_and_are_released_all_the_same(tmp_path):
    path = tmp_path / "D.toml"
    path.write_text('[columns.a]\nvalues = ["x", "y"]\n[columns.b]\nvalues = ["z"]\n', "utf-8")
    table = pl.DataFrame({"a": ["x", "x", "y"] * 300, "b": ["z", "", None] * 300})
    for mode in ("accurate", "guarded"):  # 60 is more than 20 standard deviations of the noise
        records = release_privately(table, load_domain(path), Request(BUDGET, mode), "t").records
        assert (records["a"] == "x").sum() == pytest.approx(600, abs=60)
        assert records.filter((pl.col("a") == "x") & (pl.col("b") == "z")).height == pytest.approx(300, abs=60)
