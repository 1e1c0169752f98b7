"""What must be known of a table before a number from it is believed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from palermo.prevalence.estimate import EstimateSettings
from palermo.prevalence.existence import REASONS
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.models import name_model
from palermo.prevalence.ranking import Ranking, rank_models
from palermo.prevalence.trials import Outcome, grids, merged, spreads, taken_as_truth, thresholds, tops, without
from palermo.prevalence.watching import unwatched

__all__ = ["ASSUMPTION", "Diagnosis", "ModelNumber", "Pair", "diagnose", "doubts", "too_few"]

ASSUMPTION = (
    "People on no list are linked to the lists as those on some are: no term of all lists together, and none of those"
    " that the model leaves out. The data cannot test this."
)
_SHOWN = 60
_LEAST_SHARED = 10
_CLOSE = 2.0
_APART = 3.0
_MOST_RANKED = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """How many people two lists share."""

    one: str
    other: str
    count: int


@dataclass(frozen=True, slots=True)
class ModelNumber:
    """What one log-linear model says, and how well it fits."""

    model: str
    point: float
    bic: float
    weight: float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything about a table that a reader of an estimate must know."""

    lists: tuple[str, ...]
    seen: int
    sizes: tuple[int, ...]
    times: tuple[int, ...]
    """How many people are on one list, two, three …"""
    pairs: tuple[Pair, ...]
    method: str
    """By which the changes below are tried."""
    models: tuple[ModelNumber, ...]
    n_models: int
    failures: tuple[tuple[str, int], ...]
    """Why models have no estimate, and how many."""
    without: tuple[Outcome, ...]
    merged: tuple[Outcome, ...]
    consistency: tuple[Outcome, ...]
    thresholds: tuple[Outcome, ...]
    tops: tuple[Outcome, ...]
    priors: tuple[Outcome, ...]
    grids: tuple[Outcome, ...]
    doubts: tuple[str, ...]
    """Why no single number can be defended; empty where one can."""
    assumption: str = ASSUMPTION

    @property
    def share_on_several(self) -> float:
        """The share of people on more than one list."""
        return sum(self.times[1:]) / self.seen

    @property
    def empty_pairs(self) -> tuple[Pair, ...]:
        """The pairs of lists that share nobody."""
        return tuple(pair for pair in self.pairs if not pair.count)


def diagnose(histories: CaptureHistories, settings: EstimateSettings) -> Diagnosis:
    """Try a table in all the ways in which its number could fall.

    Changed tables are estimated by the best model of pairs, with more than six lists by steps, without a bootstrap.
    """
    method = "bic" if histories.n_lists <= _MOST_RANKED else "stepwise"
    quick = replace(settings, bootstrap=0, top=None, model="", threshold=None, watch=unwatched)
    ranking = rank_models(histories, quick) if method == "bic" else None
    models = _models(histories, ranking) if ranking else ()
    times = np.bincount(np.bitwise_count(histories.histories), histories.counts, histories.n_lists + 1)[1:].astype(int)
    pairs = tuple(Pair(a, b, histories.together(a, b)) for a, b in combinations(histories.lists, 2))
    several = histories.n_lists > 2
    return Diagnosis(
        lists=histories.lists,
        seen=histories.seen,
        sizes=tuple(histories.sizes.tolist()),
        times=tuple(times.tolist()),
        pairs=pairs,
        method=method,
        models=models,
        n_models=len(ranking.models) + len(ranking.failed) if ranking else 0,
        failures=_failures(ranking) if ranking else (),
        without=without(histories, method, quick) if several else (),
        merged=merged(histories, method, quick) if several else (),
        consistency=taken_as_truth(histories, method, quick) if several else (),
        thresholds=thresholds(histories, quick) if several else (),
        tops=tops(histories, settings) if method == "bic" else (),
        priors=spreads(histories, quick),
        grids=grids(histories, quick),
        doubts=_doubts(histories, models),
    )


def doubts(histories: CaptureHistories, settings: EstimateSettings) -> tuple[str, ...]:
    """Say why no single number can be defended from a table; nothing where one can."""
    ranked = histories.n_lists <= _MOST_RANKED
    return _doubts(histories, _models(histories, rank_models(histories, settings)) if ranked else ())


def too_few(histories: CaptureHistories) -> tuple[str, ...]:
    """Say so if a table has too few people on several lists for any number to be believed."""
    shared = int(histories.counts[np.bitwise_count(histories.histories) > 1].sum())
    return (f"Fewer than {_LEAST_SHARED} people are on more than one list.",) if shared < _LEAST_SHARED else ()


def _models(histories: CaptureHistories, ranking: Ranking) -> tuple[ModelNumber, ...]:
    return tuple(
        ModelNumber(name_model(model, histories.lists), histories.seen + float(unseen), float(bic), float(weight))
        for model, unseen, bic, weight in zip(
            ranking.models[:_SHOWN], ranking.unseen, ranking.bic, ranking.weights, strict=False
        )
    )


def _failures(ranking: Ranking) -> tuple[tuple[str, int], ...]:
    found = Counter(REASONS.get(code, "Newton's steps do not settle") for _, code in ranking.failed)
    return tuple(sorted(found.items()))


def _doubts(histories: CaptureHistories, models: tuple[ModelNumber, ...]) -> tuple[str, ...]:
    """Say why no single number can be defended, if so."""
    found = [*too_few(histories)]
    near = [model.point for model in models if model.bic <= models[0].bic + _CLOSE]
    if near and max(near) > _APART * min(near):
        found.append(
            f"{len(near)} models fit as well as each other, and the largest of their numbers is"
            f" {max(near) / min(near):.0f} times the smallest."
        )
    return tuple(found)
