"""An average over models, each weighted by how well it fits."""

from __future__ import annotations

import numpy as np

from palermo.prevalence.bic import fit_tables, n_top
from palermo.prevalence.bootstrap import resample
from palermo.prevalence.estimate import EstimateSettings, Interval, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.newton import Floats
from palermo.prevalence.normal import log_normal
from palermo.prevalence.ranking import Ranking, rank_models, weights_of
from palermo.prevalence.selected import NOTHING_FITS

__all__ = ["bic_average"]

_MUCH = 0.9


def bic_average(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Average the logarithm of the dark figure over the best ``top`` models, with weights ``exp(-BIC / 2)``.

    The log-normal interval adds, model by model, the variance within and the distance from the average. The bootstrap
    interval weights the same models anew on each resampled table.

    References
    ----------
    Buckland, Burnham and Augustin (1997), Biometrics 53(2), 603-618.
    """
    ranking = rank_models(histories, settings)
    if not ranking.models:
        raise NOTHING_FITS
    top = n_top(histories, ranking, settings)
    resampled = resample(histories, settings)
    unseen = _averages(*fit_tables(resampled.tables, ranking.models[:top], settings.watch))
    error = _error(ranking, top)
    intervals: tuple[Interval, ...] = (log_normal(histories.seen, float(unseen[0]), error, settings.level),)
    doubts = _doubts(ranking, top)
    if resampled.n_fewer:
        corrected = resampled.bca(histories, unseen + histories.seen, settings.level)
        intervals, doubts = (corrected.interval, *intervals), (*doubts, *corrected.warnings)
    return PopulationEstimate(
        seen=histories.seen,
        point=histories.seen + float(unseen[0]),
        intervals=intervals,
        method="bic-average",
        model=f"An average over {top} models, which hold {ranking.weights[:top].sum():.0%} of the weight of all.",
        settings=(
            ("order", str(ranking.order)),
            ("top", str(top)),
            ("bootstrap", str(settings.bootstrap)),
            ("level", f"{settings.level:g}"),
        ),
        seed=settings.seed if resampled.n_fewer else None,
        warnings=doubts,
    )


def _averages(criteria: Floats, unseen: Floats) -> Floats:
    """Average over the models that have an estimate; infinite where none has."""
    weights = weights_of(criteria)
    logs = np.log(unseen, out=np.zeros_like(unseen), where=np.isfinite(unseen) & (unseen > 0))
    averages: Floats = np.where(weights.any(axis=1), np.exp((weights * logs).sum(axis=1)), np.inf)
    return averages


def _error(ranking: Ranking, top: int) -> float:
    weights = ranking.weights[:top] / ranking.weights[:top].sum()
    logs = np.log(ranking.unseen[:top])
    return float(weights @ np.sqrt(ranking.errors[:top] ** 2 + (logs - weights @ logs) ** 2))


def _doubts(ranking: Ranking, top: int) -> tuple[str, ...]:
    share = float(ranking.weights[:top].sum())
    if share >= _MUCH:
        return ()
    return (f"The models averaged over hold {share:.0%} of the weight of all: take more of them.",)
