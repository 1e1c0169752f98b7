"""All models that were considered, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.errors import UsageError
from palermo.prevalence.estimate import EstimateSettings
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.loglinear import constant
from palermo.prevalence.models import Model, all_models, as_arrays
from palermo.prevalence.newton import SETTLED, Floats, fit_grid
from palermo.prevalence.search import search

__all__ = ["Ranking", "rank_models", "weights_of"]

_ALL_TERMS = 5
"""Up to so many lists, models of any order can all be fitted; with one more, those of pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The models that have an estimate, by Schwarz's criterion."""

    models: tuple[Model, ...]
    unseen: Floats
    """The dark figure of each."""
    errors: Floats
    """The standard errors of their logarithms."""
    bic: Floats
    weights: Floats
    """Proportional to ``exp(-bic / 2)``; they add up to 1."""
    failed: tuple[tuple[Model, int], ...]
    """The models without an estimate, and why: the codes of `existence_code`, 4 where Newton's steps do not tell."""
    order: int
    exhaustive: bool
    """Whether these are all models of this order, and not only those that a search met."""


def rank_models(histories: CaptureHistories, settings: EstimateSettings) -> Ranking:
    """Fit every hierarchical model of the order, or those that a search meets where there are too many.

    Raises
    ------
    UsageError
        The order is not between 1 and one less than the number of lists.
    """
    n_lists = histories.n_lists
    order = _order(n_lists, settings.order)
    exhaustive = n_lists <= _ALL_TERMS or (n_lists == _ALL_TERMS + 1 and order <= 2)
    models = all_models(n_lists, order) if exhaustive else search(histories, order, settings.seed)
    results = _fit_all(histories, models)
    code, intercept, variance, height = results.T
    sizes = np.array([len(model) for model in models])
    bic = sizes * np.log(histories.seen) - 2 * (height + constant(histories.cells.astype(np.float64)))
    fine = np.flatnonzero(code == SETTLED)
    best = fine[np.lexsort((fine, bic[fine]))]
    return Ranking(
        models=tuple(models[place] for place in best),
        unseen=np.exp(intercept[best]),
        errors=np.sqrt(variance[best]),
        bic=bic[best],
        weights=weights_of(bic[best]),
        failed=tuple((models[place], int(code[place])) for place in np.flatnonzero(code != SETTLED)),
        order=order,
        exhaustive=exhaustive,
    )


def weights_of(bic: Floats) -> Floats:
    """Share out one over models by how well they fit; the last axis is that of models."""
    least = bic.min(axis=-1, keepdims=True, initial=np.inf)
    raw = np.exp((np.where(np.isfinite(least), least, 0.0) - bic) / 2)
    total = raw.sum(axis=-1, keepdims=True)
    shares: Floats = np.divide(raw, total, out=np.zeros_like(raw), where=total > 0)
    return shares


def _order(n_lists: int, wanted: int | None) -> int:
    most = n_lists - 1
    if wanted is None:
        return most if n_lists <= _ALL_TERMS else 2
    if not 1 <= wanted <= most:
        raise UsageError(
            f"order {wanted} makes no sense for {n_lists} lists.",
            todo=f"Take one from 1 to {most}: a term of all lists would leave the dark figure open.",
        )
    return wanted


def _fit_all(histories: CaptureHistories, models: Sequence[Model]) -> Floats:
    rows, lengths = as_arrays(models)
    results: Floats = np.empty((len(models), 4))
    fit_grid(histories.cells[None].astype(np.float64), rows, lengths, results[None])
    return results
