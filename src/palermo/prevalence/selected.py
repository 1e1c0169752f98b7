"""An estimate whose model was selected: its bootstrap interval repeats the selection."""

from __future__ import annotations

import math

from palermo.prevalence.bootstrap import Resampled
from palermo.prevalence.estimate import EstimateSettings, Interval, NoEstimate, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.loglinear import conditional_intervals, fit_model
from palermo.prevalence.models import Model, name_model
from palermo.prevalence.newton import Floats

__all__ = ["NOTHING_FITS", "estimate_selected"]

NOTHING_FITS = NoEstimate(
    "no model that was tried gives a number: too many overlaps are empty.",
    todo="Merge lists, or add a list that overlaps with others.",
)


def estimate_selected(
    histories: CaptureHistories,
    model: Model,
    resampled: Resampled,
    unseen: Floats,
    *,
    method: str,
    settings: EstimateSettings,
    told: tuple[tuple[str, str], ...],
    warnings: tuple[str, ...] = (),
) -> PopulationEstimate:
    """Put together the selected model, the interval over all resampled tables, and those that take the model for true.

    Parameters
    ----------
    unseen : shape (tables,)
        The dark figures that the whole method finds on the tables of ``resampled``; not finite where it finds none.
    told
        What decided the selection, by name.

    Raises
    ------
    NoEstimate
        No model gives a number on the table itself.
    """
    if not math.isfinite(unseen[0]):
        raise NOTHING_FITS
    intervals: tuple[Interval, ...] = conditional_intervals(histories, fit_model(histories, model), settings.level)
    if resampled.n_fewer:
        corrected = resampled.bca(histories, unseen + histories.seen, settings.level)
        intervals, doubts = (corrected.interval, *intervals), (*warnings, *corrected.warnings)
    else:
        doubts = (*warnings, "Without a bootstrap the interval takes the selected model for true, and is too narrow.")
    return PopulationEstimate(
        seen=histories.seen,
        point=histories.seen + float(unseen[0]),
        intervals=intervals,
        method=method,
        model=name_model(model, histories.lists),
        settings=(*told, ("bootstrap", str(settings.bootstrap)), ("level", f"{settings.level:g}")),
        seed=settings.seed if resampled.n_fewer else None,
        warnings=doubts,
    )
