"""Strata: against estimates of each stratum alone, a closed form, another maximiser, and a known truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from palermo.errors import InputError, UsageError
from palermo.prevalence import (
    METHODS,
    CaptureHistories,
    EstimateSettings,
    NoEstimate,
    StratifiedHistories,
    estimate_strata,
    load_example,
)

QUICK = EstimateSettings(bootstrap=0)
SPINA = load_example("spina-bifida").table
SCOTLAND = load_example("scotland").table


def _drawn(seed):
    """Draw 3,000 people: two groups, of which each list knows another one well."""
    generator = np.random.default_rng(seed)
    chances = {"north": (0.45, 0.1, 0.4), "south": (0.1, 0.5, 0.15)}
    tables = []
    for chance in chances.values():
        histories, counts = np.unique((generator.random((1500, 3)) < chance) @ [1, 2, 4], return_counts=True)
        tables.append(
            CaptureHistories.of("ABC", {h: c for h, c in zip(histories.tolist(), counts.tolist(), strict=True) if h})
        )
    return StratifiedHistories(("region",), tuple((name,) for name in chances), tuple(tables))


def test_two_very_different_strata_are_as_each_alone():
    """Lists that reach each stratum in its own measure, and no pairs: the fits fall apart."""
    table = _drawn(5)
    alone = [METHODS["main-effects"](part, QUICK).point for part in table.tables]
    found = estimate_strata(table, QUICK, "main-effects")
    assert [group.point for group in found.strata] == pytest.approx(alone, rel=1e-6)
    assert found.estimate.point == pytest.approx(sum(alone), rel=1e-6)


def test_spina_bifida_in_its_closed_form():
    """S1 is independent of the others, which depend on each other: Lincoln and Petersen, S1 against the rest."""
    found = estimate_strata(SPINA, QUICK, "bic")
    assert found.estimate.model.startswith("[S1,S2:S3]")
    cells = SPINA.pooled().cells
    only_first, both, only_others = cells[1], cells[[3, 5, 7]].sum(), cells[[2, 4, 6]].sum()
    assert found.estimate.point == pytest.approx(cells.sum() + only_first * only_others / both, rel=1e-6)


def test_a_stratum_with_hardly_any_overlap_has_no_number_of_its_own_and_counts_in_the_sum():
    found = estimate_strata(SPINA, QUICK, "bic")
    small = found.strata[2]
    assert (small.name, small.seen, small.point, small.interval) == ("other", 2, None, None)
    assert small.why.startswith("Fewer than 10")
    told = sum(group.point for group in found.strata if group.point)
    assert found.estimate.point > told + small.seen


def test_scotland_by_another_maximiser():
    """The same likelihood in a dense matrix, by scipy's quasi-Newton: sum over eight strata."""
    found = estimate_strata(SCOTLAND, QUICK, "all-pairs")
    own = found.estimate.model.split("; ")[1].split(", ")
    strata = list(SCOTLAND.strata)
    firsts = strata[0]
    rows, counts, dark = [], [], []
    for stratum, table in zip(strata, SCOTLAND.tables, strict=True):
        for history in range(16):
            on = [history >> place & 1 for place in range(4)]
            names = {f"S{place + 1}" for place in range(4) if on[place]}
            values = {
                f"{factor} {value}"
                for factor, value, first in zip(SCOTLAND.factors, stratum, firsts, strict=True)
                if value != first
            }
            with_values = [term.split(" with ")[0] in names and term.split(" with ")[1] in values for term in own]
            pairs = [on[a] * on[b] for a, b in ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))]
            row = [stratum == other for other in strata] + on + pairs + with_values
            (dark if not history else rows).append(np.array(row, dtype=float))
            if history:
                counts.append(table.cells[history])
    design, seen = np.array(rows), np.array(counts)

    def height(at):
        rates = design @ at
        return np.exp(rates).sum() - seen @ rates

    start = np.linalg.lstsq(design, np.log(seen + 0.5), rcond=None)[0]
    best = minimize(height, start, jac=lambda at: design.T @ (np.exp(design @ at) - seen), method="BFGS",
                    options={"gtol": 1e-3, "maxiter": 5000})  # fmt: skip
    assert found.estimate.point == pytest.approx(seen.sum() + np.exp(np.array(dark) @ best.x).sum(), rel=1e-4)


def test_sums_over_a_factor_add_up_and_ratios_are_theirs():
    found = estimate_strata(SCOTLAND, QUICK, "bic")
    by = {group.name: group.point for group in found.groups}
    assert by["region GGC"] + by["region Rest"] == pytest.approx(found.estimate.point)
    assert by["gender Male"] + by["gender Female"] == pytest.approx(found.estimate.point)
    ratio = next(group for group in found.ratios if group.name == "gender Female to Male")
    assert ratio.point == pytest.approx(by["gender Female"] / by["gender Male"])


def test_strata_cover_a_known_truth_that_the_pooled_table_misses():
    """Nominal 95 % on 20 draws: fewer than 16 hits would be 1 in 4,000 if the interval held."""
    settings = EstimateSettings(bootstrap=200)
    hits = pooled = 0
    for seed in range(20):
        table = _drawn(seed)
        interval = estimate_strata(table, settings, "main-effects").estimate.interval
        hits += interval.low <= 3000 <= interval.high
        alike = METHODS["main-effects"](table.pooled(), settings).interval
        pooled += alike.low <= 3000 <= alike.high
    assert hits >= 16
    assert pooled <= 2


def test_the_order_of_strata_does_not_matter():
    turned = StratifiedHistories(SPINA.factors, SPINA.strata[::-1], SPINA.tables[::-1])
    assert estimate_strata(turned, QUICK).estimate.point == pytest.approx(estimate_strata(SPINA, QUICK).estimate.point)


def test_words_that_make_no_sense_for_strata_are_refused():
    with pytest.raises(UsageError, match="is not for strata"):
        estimate_strata(SPINA, QUICK, "chao")
    with pytest.raises(UsageError, match="fixed needs a model"):
        estimate_strata(SPINA, QUICK, "fixed")
    with pytest.raises(UsageError, match="no column tells strata apart"):
        estimate_strata(StratifiedHistories((), ((),), (SPINA.pooled(),)), QUICK)
    many = StratifiedHistories(("place",), tuple((f"p{number}",) for number in range(15)), (SPINA.tables[0],) * 15)
    with pytest.raises(InputError, match="too many strata"):
        estimate_strata(many, QUICK)


def test_strata_of_which_no_list_overlaps_enough_give_no_number():
    little = CaptureHistories.of("ABC", {1: 40, 2: 30, 4: 20, 3: 6})
    table = StratifiedHistories(("place",), (("a",), ("b",)), (little, little))
    with pytest.raises(NoEstimate):
        estimate_strata(table, EstimateSettings(bootstrap=0, model="[AB,AC,BC]"), "fixed")
