"""Stepwise selection: pairs of lists enter the model as long as their overlap is too surprising without them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from palermo.errors import UsageError
from palermo.prevalence.bootstrap import resample
from palermo.prevalence.estimate import EstimateSettings, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.models import all_pairs, close, main_effects
from palermo.prevalence.newton import Floats, Ints
from palermo.prevalence.selected import estimate_selected
from palermo.prevalence.steps import walk_by_surprise
from palermo.prevalence.watching import in_parts

__all__ = ["Walk", "estimate_by_steps", "stepwise"]

Walk = Callable[[Floats, Ints, Ints, float, Floats, npt.NDArray[np.bool_]], None]

_THRESHOLD = 0.02
"""Least mean squared error of the logarithm over the 28 simulated settings of Chan, Silverman and Vincent (2021)."""


def stepwise(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Add the pair whose overlap has the smallest Poisson p-value, as long as it is below the threshold.

    References
    ----------
    Chan, Silverman and Vincent (2021), JASA 116(535), 1297-1306.
    """
    return estimate_by_steps(histories, settings, walk_by_surprise, "stepwise", _THRESHOLD)


def estimate_by_steps(
    histories: CaptureHistories, settings: EstimateSettings, walk: Walk, method: str, default: float
) -> PopulationEstimate:
    """Walk on the table and on all resampled ones."""
    threshold = default if settings.threshold is None else settings.threshold
    if not 0 < threshold < 1:
        raise UsageError(f"{threshold:g} is no p-value.", todo="Give a threshold between 0 and 1.")
    n_lists = histories.n_lists
    singles = np.array(main_effects(n_lists))
    pairs = np.array([term for term in all_pairs(n_lists) if term.bit_count() > 1 and n_lists > 2], dtype=np.int64)
    resampled = resample(histories, settings)
    unseen = np.empty(len(resampled.tables))
    chosen = np.zeros((unseen.size, pairs.size), dtype=np.bool_)
    for part in in_parts(unseen.size, settings.watch):
        walk(resampled.tables[part], singles, pairs, threshold, unseen[part], chosen[part])
    return estimate_selected(
        histories,
        close(n_lists, pairs[chosen[0]].tolist()),
        resampled,
        unseen,
        method=method,
        settings=settings,
        told=(("threshold", f"{threshold:g}"),),
    )
