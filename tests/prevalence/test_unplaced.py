"""People whose stratum is not known: against a closed form, another maximiser, and a known truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from palermo.errors import InputError
from palermo.prevalence import (
    CaptureHistories,
    EstimateSettings,
    StratifiedHistories,
    estimate_strata,
    load_example,
    read_stratified,
)

QUICK = EstimateSettings(bootstrap=0)


def _by_sex(female, male, unknown, lists="AB"):
    tables = (CaptureHistories.of(lists, counted) for counted in (female, male, unknown))
    return StratifiedHistories(("sex",), (("female",), ("male",), ("",)), tuple(tables))


def _forget(table, place, *, unless_on):
    """Forget the value of a factor of all who are not on a list."""
    kept, forgotten = {}, {}
    for stratum, part in zip(table.strata, table.tables, strict=True):
        unknown = (*stratum[:place], "", *stratum[place + 1 :])
        for history, count in zip(part.histories.tolist(), part.counts.tolist(), strict=True):
            into = kept.setdefault(stratum, {}) if history & unless_on else forgotten.setdefault(unknown, {})
            into[history] = into.get(history, 0) + count
    whole = kept | forgotten
    tables = tuple(CaptureHistories.of(table.lists, counted) for counted in whole.values())
    return StratifiedHistories(table.factors, tuple(whole), tables)


def _drawn(seed):
    """Draw 2,000 women and 1,000 men: B knows men far better, and only A and C write down who is which."""
    generator = np.random.default_rng(seed)
    chances = {"female": (2000, (0.2, 0.07, 0.2)), "male": (1000, (0.2, 0.3, 0.2))}
    tables = []
    for size, chance in chances.values():
        cells = np.bincount((generator.random((size, 3)) < chance) @ [1, 2, 4], minlength=8)
        tables.append(CaptureHistories.of("ABC", dict(enumerate(cells.tolist())) | {0: 0}))
    return _forget(StratifiedHistories(("sex",), (("female",), ("male",)), tuple(tables)), 0, unless_on=5)


def test_two_lists_of_which_one_tells_the_sex_in_their_closed_form():
    """A finds both sexes alike: Lincoln and Petersen's number of all, parted as the people on A are."""
    table = _by_sex({1: 100, 3: 30}, {1: 60, 3: 25}, {2: 90})
    found = estimate_strata(table, QUICK, "main-effects")
    assert found.estimate.point == pytest.approx(215 * 145 / 55, rel=1e-6)
    assert [group.point for group in found.groups] == pytest.approx([130 * 145 / 55, 85 * 145 / 55], rel=1e-6)
    assert [group.seen for group in found.groups] == [130, 85]
    assert "30% of the people seen is not known" in found.estimate.warnings[0]


def test_a_term_that_the_known_do_not_tell_is_not_chosen():
    """Whether A finds women better cannot be seen where only A tells who is one; that B does, can."""
    found = estimate_strata(_by_sex({1: 2000, 3: 100}, {1: 200, 3: 100}, {2: 900}), QUICK, "main-effects")
    assert found.estimate.model == "[A,B]; B with sex male"


def test_the_maximum_is_that_of_another_maximiser():
    """The likelihood of the table as it was seen, in a dense matrix, by scipy's quasi-Newton."""
    table = _drawn(3)
    found = estimate_strata(table, QUICK, "main-effects")
    assert found.estimate.model == "[A,B,C]; B with sex male"
    cells = [(male, history) for male in (0, 1) for history in range(8)]
    design = np.array([[1, male, h & 1, h >> 1 & 1, h >> 2 & 1, male * (h >> 1 & 1)] for male, h in cells], float)
    women, men, unknown = (part.cells for part in table.tables)

    def height(at):
        means = np.exp(design @ at).reshape(2, 8)
        observed = [*zip(women, means[0], strict=True), *zip(men, means[1], strict=True)]
        observed += zip(unknown, means.sum(axis=0), strict=True)
        return means[:, 1:].sum() - sum(count * np.log(mean) for count, mean in observed)

    best = minimize(height, np.array([5.0, 0, -1, -1, -1, 0]), method="BFGS", options={"gtol": 1e-4})
    dark = np.exp(design @ best.x).reshape(2, 8)[:, 0].sum()
    assert found.estimate.point == pytest.approx(table.pooled().seen + dark, rel=1e-5)


def test_a_known_truth_is_covered_where_leaving_the_unknown_out_misses_it():
    """Nominal 95 % on 20 draws: fewer than 16 hits would be 1 in 4,000 if the interval held."""
    settings, hits, without = EstimateSettings(bootstrap=200), {"all": 0, "male": 0}, 0
    for seed in range(20):
        table = _drawn(seed)
        found = estimate_strata(table, settings, "main-effects")
        men = next(group for group in found.groups if group.name == "sex male")
        hits["all"] += found.estimate.interval.low <= 3000 <= found.estimate.interval.high
        hits["male"] += men.interval.low <= 1000 <= men.interval.high
        alone = estimate_strata(table.known, settings, "main-effects").estimate.interval
        without += alone.low <= 3000 <= alone.high
    assert min(hits.values()) >= 16
    assert without <= 4


def test_scotland_without_the_gender_of_those_on_the_last_list_only_is_nearly_as_before():
    """S4 alone tells gender of nobody; those on it and another list say what it is like."""
    whole = load_example("scotland").table
    found = estimate_strata(_forget(whole, 1, unless_on=7), QUICK, "main-effects")
    before = estimate_strata(whole, QUICK, "main-effects")
    assert found.estimate.seen == before.estimate.seen
    assert found.estimate.point == pytest.approx(before.estimate.point, rel=0.02)
    genders = [group.point for group in found.groups if group.name.startswith("gender")]
    assert sum(genders) == pytest.approx(found.estimate.point)


def test_an_empty_cell_of_a_file_is_a_value_that_is_not_known(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("sex,A,B,count\nfemale,1,0,9\nfemale,1,1,4\nmale,1,0,5\nmale,1,1,3\n,0,1,20\n", "utf-8")
    read = read_stratified(path, ["sex"])
    assert read.unknown == (("",),)
    assert read.known.strata == (("female",), ("male",))


def test_strata_of_which_nothing_is_known_are_refused():
    some = CaptureHistories.of("AB", {1: 30, 2: 20, 3: 10})
    nobody = StratifiedHistories(("sex", "age"), (("female", ""), ("", "old")), (some, some))
    with pytest.raises(InputError, match="nobody is known in all"):
        estimate_strata(nobody, QUICK, "main-effects")
    elsewhere = StratifiedHistories(("sex", "age"), (("female", "old"), ("", "young")), (some, some))
    with pytest.raises(InputError, match="of no stratum in which"):
        estimate_strata(elsewhere, QUICK, "main-effects")
