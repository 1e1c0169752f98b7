"""The best of all hierarchical models by Schwarz's criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.prevalence.bootstrap import Bca, Resampled, resample
from palermo.prevalence.estimate import EstimateSettings, PopulationEstimate, roughly
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.models import Model, as_arrays
from palermo.prevalence.newton import SETTLED, Floats, Ints, fit_grid
from palermo.prevalence.ranking import Ranking, rank_models
from palermo.prevalence.selected import NOTHING_FITS, estimate_selected
from palermo.prevalence.watching import Watch, in_parts, unwatched

__all__ = ["Settled", "bic", "fit_tables", "n_top", "settledness"]

_TOP = {2: 2, 3: 8, 4: 20}
_TOP_OF_MANY = 100
_CLOSE = 2.0
"""Models whose criteria differ by less are as good as each other (Raftery 1995)."""
_APART = 1.5


@dataclass(frozen=True, slots=True)
class Settled:
    """The interval when each resampled table chooses among so many models."""

    top: int
    bca: Bca


def bic(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Take the model with the least BIC; each resampled table chooses anew among the best ``top`` of this table.

    References
    ----------
    Silverman, Chan and Vincent (2024), Statistics and Computing 34, doi 10.1007/s11222-023-10346-9; the
    criterion ``terms * log(people seen) - 2 * log-likelihood`` is Schwarz's (1978), Annals of Statistics 6(2), 461-464.
    """
    ranking = rank_models(histories, settings)
    if not ranking.models:
        raise NOTHING_FITS
    top = n_top(histories, ranking, settings)
    resampled = resample(histories, settings)
    unseen = _chosen(*fit_tables(resampled.tables, ranking.models[:top], settings.watch))[:, -1]
    return estimate_selected(
        histories,
        ranking.models[0],
        resampled,
        unseen,
        method="bic",
        settings=settings,
        told=(("order", str(ranking.order)), ("top", str(top)), ("models", _models(ranking))),
        warnings=_rivals(histories, ranking),
    )


def settledness(
    histories: CaptureHistories, settings: EstimateSettings, tops: Sequence[int] = (1, 2, 5, 10, 20, 50, 100, 200)
) -> tuple[Settled, ...]:
    """Show how the interval moves with the number of models that resampled tables choose among, until it settles.

    All intervals are made from the same resampled tables.
    """
    ranking = rank_models(histories, settings)
    if not ranking.models:
        raise NOTHING_FITS
    most = n_top(histories, ranking, settings)
    resampled = resample(histories, settings)
    unseen = _chosen(*fit_tables(resampled.tables, ranking.models[:most], settings.watch))
    asked = sorted({min(top, most) for top in (*tops, most)})
    return tuple(Settled(top, _interval(histories, resampled, unseen[:, top - 1], settings)) for top in asked)


def n_top(histories: CaptureHistories, ranking: Ranking, settings: EstimateSettings) -> int:
    """Say among how many models each resampled table chooses."""
    wanted = settings.top if settings.top is not None else _TOP.get(histories.n_lists, _TOP_OF_MANY)
    return max(1, min(wanted, len(ranking.models)))


def fit_tables(tables: Floats, models: Sequence[Model], watch: Watch = unwatched) -> tuple[Floats, Floats]:
    """Fit models to tables.

    Returns
    -------
    criteria, unseen : shape (tables, models)
        BIC without the constant of the table, and dark figures; both infinite where a model has no estimate.
    """
    rows, lengths = as_arrays(models)
    parts = [_fit_some(tables[part], rows, lengths) for part in in_parts(len(tables), watch)]
    return np.concatenate([criteria for criteria, _ in parts]), np.concatenate([unseen for _, unseen in parts])


def _fit_some(tables: Floats, rows: Ints, lengths: Ints) -> tuple[Floats, Floats]:
    results = np.empty((tables.shape[0], rows.shape[0], 4))
    fit_grid(tables, rows, lengths, results)
    code, intercept, _, height = np.moveaxis(results, 2, 0)
    criteria = lengths * np.log(tables.sum(axis=1, keepdims=True)) - 2 * height
    fine = code == SETTLED
    return np.where(fine, criteria, np.inf), np.where(fine, np.exp(intercept), np.inf)


def _chosen(criteria: Floats, unseen: Floats) -> Floats:
    """Give the dark figure that each table chooses among its first one, two, three … models."""
    best = np.minimum.accumulate(criteria, axis=1)
    better = np.concatenate([np.ones((len(best), 1), dtype=np.bool_), best[:, 1:] < best[:, :-1]], axis=1)
    places = np.maximum.accumulate(np.where(better, np.arange(best.shape[1]), 0), axis=1)
    chosen: Floats = np.take_along_axis(unseen, places, axis=1)
    return chosen


def _interval(histories: CaptureHistories, resampled: Resampled, unseen: Floats, settings: EstimateSettings) -> Bca:
    return resampled.bca(histories, unseen + histories.seen, settings.level)


def _models(ranking: Ranking) -> str:
    n_models = len(ranking.models) + len(ranking.failed)
    return f"{n_models:,} fitted, {'all of them' if ranking.exhaustive else 'met by a search'}"


def _rivals(histories: CaptureHistories, ranking: Ranking) -> tuple[str, ...]:
    """Say it where models that fit as well give quite another number."""
    numbers = ranking.unseen[ranking.bic < ranking.bic[0] + _CLOSE] + histories.seen
    if numbers.max() < _APART * numbers.min():
        return ()
    return (
        f"{numbers.size} models fit as well as each other, and their numbers go from {roughly(numbers.min())} to "
        f"{roughly(numbers.max())}: one model's number hides this.",
    )
