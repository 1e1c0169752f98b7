"""A log-linear model that is chosen beforehand: no interaction, all pairs, or the one that is named."""

from __future__ import annotations

from palermo.errors import UsageError
from palermo.prevalence.estimate import EstimateSettings, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.loglinear import conditional_intervals, fit_model
from palermo.prevalence.models import Model, all_pairs, main_effects, name_model, read_model

__all__ = ["estimate_all_pairs", "estimate_fixed", "estimate_main_effects"]


def estimate_main_effects(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Estimate as if all lists were independent of each other."""
    return _estimate(histories, main_effects(histories.n_lists), "main-effects", settings)


def estimate_all_pairs(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Estimate as if any two lists could depend on each other, and no three."""
    return _estimate(histories, all_pairs(histories.n_lists), "all-pairs", settings)


def estimate_fixed(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Estimate by the model that the settings name.

    References
    ----------
    Fienberg (1972), Biometrika 59(3), 591-603; extended maximum likelihood: Fienberg and Rinaldo (2012), Annals of
    Statistics 40(2), 996-1023.
    """
    if not settings.model.strip():
        raise UsageError("fixed needs a model.", todo=f"Name it, as in --model '[{','.join(histories.lists)}]'.")
    return _estimate(histories, read_model(settings.model, histories.lists), "fixed", settings)


def _estimate(histories: CaptureHistories, model: Model, method: str, settings: EstimateSettings) -> PopulationEstimate:
    if (1 << histories.n_lists) - 1 in model:
        raise UsageError(
            "a term of all lists leaves the dark figure open.", todo="Name terms of fewer lists than there are."
        )
    fitted = fit_model(histories, model)
    return PopulationEstimate(
        seen=histories.seen,
        point=fitted.point,
        intervals=conditional_intervals(histories, fitted, settings.level),
        method=method,
        model=name_model(model, histories.lists),
        settings=(("level", f"{settings.level:g}"),),
        warnings=("The interval takes the model for true, and so is too narrow if that is not certain.",),
    )
