"""Published estimates, as worked examples: each test names the paper whose number it repeats.

The numbers were read in the papers' vignettes and abstracts, or by running the authors' scripts, as
../shared/knowledge/prevalence.md says for each.
"""

from __future__ import annotations

import pytest

from palermo.prevalence import (
    METHODS,
    EstimateSettings,
    NoEstimate,
    all_models,
    all_pairs,
    existence_code,
    load_example,
    rank_models,
    read_model,
    settledness,
)

UK_6 = load_example("uk").histories
UK_5 = UK_6.merged("PF", "NCA")
UK_4 = UK_5.without("GP")
KOREA = load_example("korea").histories
NEW_ORLEANS = load_example("new-orleans-185").histories
ARTIFICIAL = load_example("artificial").histories

SEEDS = range(8)


def _thousands(*numbers):
    return tuple(round(number / 1000, 1) for number in numbers)


def _spread(numbers):
    """The middle of several runs, and how far a further run may lie from it."""
    return (min(numbers) + max(numbers)) / 2, max(numbers) - min(numbers) + 1


@pytest.mark.parametrize(
    ("histories", "threshold", "published"),
    [
        pytest.param(UK_6, 0.001, (14.2, 12.6, 16.1), id="six-lists-0.1%"),
        pytest.param(UK_5, 0.001, (14.2, 12.6, 16.1), id="five-lists-0.1%"),
        pytest.param(UK_4, 0.001, (12.0, 10.5, 13.8), id="four-lists-0.1%"),
        pytest.param(UK_6, 0.05, (11.4, 10.0, 13.2), id="six-lists-5%"),
        pytest.param(UK_5, 0.05, (11.3, 9.9, 13.1), id="five-lists-5%"),
        pytest.param(UK_4, 0.05, (11.0, 9.6, 12.8), id="four-lists-5%"),
    ],
)
def test_the_united_kingdom_by_aic(histories, threshold, published):
    """Silverman (2020), JRSS-A 183(3), table 5, in thousands; five per cent on six lists is the estimate of 2014."""
    found = METHODS["stepwise-aic"](histories, EstimateSettings(threshold=threshold, bootstrap=0))
    profile = next(interval for interval in found.intervals if interval.kind == "profile")
    assert _thousands(found.point, profile.low, profile.high) == published


@pytest.mark.parametrize(
    ("histories", "published"), [(UK_6, (12.2, 11.0, 13.6)), (UK_5, (13.4, 12.0, 15.2)), (UK_4, (10.7, 9.5, 12.1))]
)
def test_the_united_kingdom_by_independent_lists(histories, published):
    """Silverman (2020), JRSS-A 183(3), table 5, in thousands."""
    found = METHODS["main-effects"](histories, EstimateSettings())
    profile = next(interval for interval in found.intervals if interval.kind == "profile")
    assert _thousands(found.point, profile.low, profile.high) == published


def test_new_orleans_by_stepwise_selection():
    """Chan, Silverman and Vincent (2021), section 4.1: 1184, 717-1657, with the term DE, on the table of 185."""
    runs = [METHODS["stepwise"](NEW_ORLEANS, EstimateSettings(seed=seed)) for seed in SEEDS]
    assert {round(run.point) for run in runs} == {1184}
    assert runs[0].model == "[A,B,C,DE,F,G,H]"
    middle, reach = _spread([run.interval.high for run in runs])
    assert abs(1657 - middle) <= reach


def test_the_lower_limit_for_new_orleans_hangs_on_the_seed_and_says_so():
    """The 717 of Chan, Silverman and Vincent (2021) is the least of 1000 replicates; other draws give 484 to 814."""
    runs = [METHODS["stepwise"](NEW_ORLEANS, EstimateSettings(seed=seed)) for seed in SEEDS]
    lows = [run.interval.low for run in runs]
    assert max(lows) > 1.1 * min(lows)
    assert all(
        any(warning.startswith("The lower limit rests on the outermost") for warning in run.warnings) for run in runs
    )


@pytest.mark.parametrize(("n_lists", "published"), [(8, 997), (5, 1034)])
def test_new_orleans_by_independent_lists(n_lists, published):
    """Chan, Silverman and Vincent (2021), section 4.1: eight lists; five, with B, E, F and G merged."""
    histories = NEW_ORLEANS if n_lists == 8 else NEW_ORLEANS.merged("B", "E", "F", "G")
    assert round(METHODS["main-effects"](histories, EstimateSettings()).point) == published


@pytest.mark.parametrize(("order", "published", "low", "high"), [(4, 25311, 11168, 56052), (2, 22991, 11456, 43894)])
def test_the_united_kingdom_by_bic_over_all_models(order, published, low, high):
    """Silverman, Chan and Vincent (2024), table 6."""
    runs = [METHODS["bic"](UK_5, EstimateSettings(order=order, seed=seed)).interval for seed in SEEDS[:4]]
    assert round(METHODS["bic"](UK_5, EstimateSettings(order=order, bootstrap=0)).point) == published
    for limit, ours in ((low, [run.low for run in runs]), (high, [run.high for run in runs])):
        middle, reach = _spread(ours)
        assert abs(limit - middle) <= max(reach, 0.05 * middle)


def test_the_interval_for_korea_settles_as_more_models_may_be_chosen():
    """Silverman, Chan and Vincent (2024), table 3: 157, with 131-248, 130-348 and 128-349 for 1, 2 and 6 models."""
    published = {1: (131, 248), 2: (130, 348), 6: (128, 349)}
    rows = {top: [] for top in published}
    for seed in SEEDS:
        for settled in settledness(KOREA, EstimateSettings(seed=seed), tops=tuple(published)):
            rows[settled.top].append(settled.bca)
    for top, limits in published.items():
        for side, limit in enumerate(limits):
            if all(0.01 <= run.levels[side] <= 0.99 for run in rows[top]):
                middle, reach = _spread([(run.interval.low, run.interval.high)[side] for run in rows[top]])
                assert abs(limit - middle) <= reach, (top, limit)
    assert round(METHODS["bic"](KOREA, EstimateSettings(bootstrap=0)).point) == 157


@pytest.mark.parametrize(("order", "low", "high"), [(4, 397, 1547), (2, 397, 1544)])
def test_new_orleans_by_bic_over_all_models(order, low, high):
    """Silverman, Chan and Vincent (2024), table 6 and its text: 981, on five lists and the table of 186."""
    histories = load_example("new-orleans-186").histories.merged("B", "E", "F", "G")
    runs = [METHODS["bic"](histories, EstimateSettings(order=order, seed=seed)) for seed in SEEDS[:4]]
    assert {round(run.point) for run in runs} == {981}
    middle, reach = _spread([run.interval.high for run in runs])
    assert abs(high - middle) <= max(reach, 0.05 * middle)
    assert min(run.interval.low for run in runs) == pytest.approx(low, rel=0.15)


@pytest.mark.parametrize(("model", "code"), [("[AB,C]", 1), ("[AC,BC]", 0), ("[AB,AC,BC]", 2)])
def test_the_artificial_table_has_a_model_of_each_kind(model, code):
    """Chan, Silverman and Vincent (2021), table 2: no maximum, a number, and not identifiable."""
    assert existence_code(ARTIFICIAL.cells, read_model(model, ARTIFICIAL.lists)) == code
    settings = EstimateSettings(model=model)
    if code:
        with pytest.raises(NoEstimate, match="no maximum" if code == 1 else "equally well"):
            METHODS["fixed"](ARTIFICIAL, settings)
    else:
        assert METHODS["fixed"](ARTIFICIAL, settings).point == pytest.approx(96 + 30 * 40 / 6, rel=1e-9)


def test_all_pairs_have_no_maximum_for_korea():
    """SparseMSE: code 1."""
    assert existence_code(KOREA.cells, all_pairs(3)) == 1


@pytest.mark.parametrize(
    ("n_lists", "order", "n_models"), [(3, 2, 8), (4, 3, 113), (5, 3, 6212), (5, 4, 6893), (6, 2, 32768)]
)
def test_there_are_so_many_hierarchical_models(n_lists, order, n_models):
    """MultipleSystemsEstimation 1.2.0 and Rcapture 1.4-4; four and five lists also by the Dedekind numbers."""
    models = all_models(n_lists, order)
    assert len(set(models)) == len(models) == n_models


def test_so_many_of_the_models_for_five_lists_have_an_estimate():
    """MultipleSystemsEstimation 1.2.0: 6,084 of 6,212 pass its linear programme."""
    ranking = rank_models(UK_5, EstimateSettings(order=3))
    assert len(ranking.models) == 6084
    assert len(ranking.failed) == 128


def test_two_camps_of_models_for_the_united_kingdom_are_named():
    """Silverman (2020) on five lists: a few models give double."""
    found = METHODS["bic"](UK_5, EstimateSettings(bootstrap=0))
    assert "go from about 12,000 to about 29,000" in found.warnings[0]
