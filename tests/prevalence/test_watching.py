"""How far long work has come is told, and changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from palermo.prevalence import (
    METHODS,
    CaptureHistories,
    EstimateSettings,
    Linkages,
    estimate_over_linkages,
    estimate_strata,
    load_example,
)

KOREA = load_example("korea").histories
SETTINGS = EstimateSettings(bootstrap=100, seed=3)


def _watched():
    told = []
    return told, replace(SETTINGS, watch=lambda done, of: told.append((done, of)))


@pytest.mark.parametrize("method", ["stepwise", "stepwise-aic", "bic", "bic-average", "latent-class"])
def test_work_is_told_until_all_is_done_and_the_answer_is_the_same(method):
    told, watched = _watched()
    assert METHODS[method](KOREA, watched) == METHODS[method](KOREA, SETTINGS)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] >= 100


def test_strata_are_told_until_all_is_done():
    told, watched = _watched()
    estimate_strata(load_example("spina-bifida").table, watched, "main-effects")
    assert len(told) == 25
    assert told[-1][0] == told[-1][1] > 100


def test_each_linkage_is_told_and_not_what_is_done_on_it():
    table = CaptureHistories.of("AB", {1: 100, 2: 80, 3: 20})
    told, watched = _watched()
    estimate_over_linkages(Linkages("draws", tuple("abc"), (table,) * 3), METHODS["stepwise"], watched)
    assert told == [(1, 3), (2, 3), (3, 3)]
