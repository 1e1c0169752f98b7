"""Stepwise selection by Akaike's criterion, as in the estimate for the United Kingdom of 2014."""

from __future__ import annotations

from palermo.prevalence.estimate import EstimateSettings, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.steps import walk_by_aic
from palermo.prevalence.stepwise import estimate_by_steps

__all__ = ["stepwise_aic"]

_THRESHOLD = 0.05


def stepwise_aic(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Add the pair that lowers AIC most, until its coefficient is not significant at the threshold.

    References
    ----------
    Bales, Hesketh and Silverman (2015), Significance 12(3), 16-21; Silverman (2020), JRSS-A 183(3), 691-736.
    """
    return estimate_by_steps(histories, settings, walk_by_aic, "stepwise-aic", _THRESHOLD)
