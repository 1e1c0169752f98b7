"""Point estimates and intervals of other programs on the published tables.

SparseMSE 2.0.1 and MultipleSystemsEstimation 1.2.0 (Chan, Silverman and Vincent) and Rcapture 1.4-4 (Baillargeon and
Rivest), run in R 4.2.2; the figures are those of ../shared/knowledge/prevalence.md, section 4.
"""

from __future__ import annotations

import pytest

from palermo.prevalence import METHODS, EstimateSettings, NoEstimate, all_pairs, existence_code, read_histories

NO_BOOTSTRAP = EstimateSettings(bootstrap=0)

SPARSE_MSE = {  # SparseMSE: main effects with Wald limits, all pairs with Wald limits, stepwise at 0.02
    "australia_4lists": ((827, 725, 963), (6277, 2094, 20868), 6496.01),
    "hiv_rome_4lists": ((11125, 9520, 13068), (23444, 10899, 53464), 11124.58),
    "uk_2013_4lists": ((10694, 9507, 12081), (11523, 6425, 23120), 11015.24),
    "uk_2013_5lists": ((13444, 11985, 15133), (11233, 6505, 21903), 11312.99),
    "uk_2013_6lists": ((12214, 10989, 13621), (10569, 6632, 18491), 11417.99),
    "netherlands_5lists": ((52924, 48595, 57718), (45135, 27853, 77641), 121521.61),
    "netherlands_6lists": ((52823, 48524, 57582), (47683, 30380, 78505), 111139.37),
    "new_orleans_5lists_185": ((1034, 658, 1709), (3376, 613, 23971), 1034.15),
    "new_orleans_5lists_186": ((981, 636, 1591), (2519, 537, 15697), 981.43),
    "new_orleans_8lists_185": ((997, 645, 1618), (2393, 421, 20866), 1183.69),
    "new_orleans_8lists_186": ((949, 625, 1514), (1908, 388, 14864), 1110.49),
    "korea_palembang_3lists": ((142, 135, 153), 1, 268.78),
    "artificial_3lists": ((539, 279, 1171), 2, 539.09),
}

BIC = {  # MultipleSystemsEstimation, order 3 at most
    "korea_palembang_3lists": (157.17, "[bc,cd]"),
    "australia_4lists": (6496.01, "[AB,BC,BD]"),
    "hiv_rome_4lists": (11124.58, "[L1,L2,L3,L4]"),
    "uk_2013_4lists": (11987.09, "[LA:NG,LA:PFNCA,GO]"),
    "uk_2013_5lists": (25311.29, "[LA:NG:PFNCA,NG:GP,PFNCA:GO]"),
    "new_orleans_5lists_186": (981.43, "[A,BEFG,C,D,H]"),
}

PROFILE = {  # Rcapture, profile limits of its best model, which it finds by bisection of whole numbers
    "korea_palembang_3lists": (129, 226),
    "australia_4lists": (3130, 17580),
    "hiv_rome_4lists": (9532, 13114),
    "uk_2013_4lists": (10507, 13781),
}


def _table(shared, name):
    return read_histories(shared / "data" / "mse" / f"{name}.csv")


def _rounded(estimate, kind):
    interval = next(interval for interval in estimate.intervals if interval.kind == kind)
    return tuple(round(number) for number in (estimate.point, interval.low, interval.high))


@pytest.mark.parametrize("name", SPARSE_MSE)
def test_the_fixed_models_give_the_numbers_of_sparse_mse(shared, name):
    main, pairs, _ = SPARSE_MSE[name]
    histories = _table(shared, name)
    assert _rounded(METHODS["main-effects"](histories, NO_BOOTSTRAP), "log-normal") == main
    if isinstance(pairs, tuple):
        assert _rounded(METHODS["all-pairs"](histories, NO_BOOTSTRAP), "log-normal") == pairs
    else:
        assert existence_code(histories.cells, all_pairs(histories.n_lists)) == pairs
        with pytest.raises(NoEstimate):
            METHODS["all-pairs"](histories, NO_BOOTSTRAP)


@pytest.mark.parametrize("name", SPARSE_MSE)
def test_stepwise_gives_the_number_of_sparse_mse(shared, name):
    found = METHODS["stepwise"](_table(shared, name), NO_BOOTSTRAP)
    assert round(found.point, 2) == SPARSE_MSE[name][2]


@pytest.mark.parametrize("name", BIC)
def test_bic_gives_the_number_and_the_model_of_its_peer(shared, name):
    histories = _table(shared, name)
    order = min(3, histories.n_lists - 1)
    found = METHODS["bic"](histories, EstimateSettings(bootstrap=0, order=order))
    assert (round(found.point, 2), found.model) == BIC[name]


@pytest.mark.parametrize("name", PROFILE)
def test_profile_limits_are_those_of_rcapture(shared, name):
    found = METHODS["bic"](_table(shared, name), NO_BOOTSTRAP)
    assert _rounded(found, "profile")[1:] == pytest.approx(PROFILE[name], abs=1)


BCA = {  # SparseMSE, 1000 replicates: each limit, and whether its level lies inside [10/B, 1 - 10/B]
    "artificial_3lists": ((281, True), (1484, True)),
    "korea_palembang_3lists": ((123, True), (432, False)),
    "australia_4lists": ((2977, False), (15927, True)),
    "hiv_rome_4lists": ((8631, False), (13639, True)),
    "uk_2013_4lists": ((8984, False), (13368, True)),
}


@pytest.mark.parametrize("name", BCA)
def test_bootstrap_limits_are_those_of_sparse_mse_but_for_chance(shared, name):
    """Monte Carlo error is measured: limits of ten seeds spread around the peer's, which is a draw like them."""
    histories = _table(shared, name)
    runs = [METHODS["stepwise"](histories, EstimateSettings(seed=seed)).interval for seed in range(10)]
    for (limit, comparable), ours in zip(
        BCA[name], ([run.low for run in runs], [run.high for run in runs]), strict=True
    ):
        middle, reach = (min(ours) + max(ours)) / 2, max(ours) - min(ours)
        if comparable:
            assert abs(limit - middle) <= reach + 0.5, (name, limit, ours)
