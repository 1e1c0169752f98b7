"""One log-linear model on one table: its fit, and the intervals that take the model for true."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from palermo.prevalence.estimate import Interval, NoEstimate
from palermo.prevalence.existence import REASONS, existence_code
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.models import Model, name_model
from palermo.prevalence.newton import NO_MAXIMUM, SETTLED, Floats, add_up, fit, take_apart
from palermo.prevalence.normal import log_normal
from palermo.prevalence.profile import profile

__all__ = ["LogLinearFit", "conditional_intervals", "constant", "fit_model", "fitted_means"]


@dataclass(frozen=True, slots=True)
class LogLinearFit:
    """A fitted model."""

    model: Model
    seen: int
    unseen: float
    error: float
    """The standard error of the logarithm of ``unseen``."""
    log_likelihood: float

    @property
    def point(self) -> float:
        """How many people there are, seen or unseen."""
        return self.seen + self.unseen

    @property
    def aic(self) -> float:
        """Akaike's criterion; terms with coefficient minus infinity count."""
        return 2 * len(self.model) - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion, with the people seen as the size of the sample."""
        return len(self.model) * math.log(self.seen) - 2 * self.log_likelihood


def fit_model(histories: CaptureHistories, model: Model) -> LogLinearFit:
    """Fit a model by extended maximum likelihood.

    ``y ~ Poisson(mu)``, ``log mu = sum of the coefficients of the terms within the history``; the dark figure is the
    exponential of the intercept.

    Raises
    ------
    NoEstimate
        There is no maximum, or not only one; the message says which.
    """
    cells = histories.cells.astype(np.float64)
    totals = cells.copy()
    add_up(totals)
    sums, found = np.empty(cells.size), np.empty(len(model))
    code, intercept, variance, _, height = fit(cells, totals, np.array(model), 1, sums, found)
    if code != SETTLED:
        code = existence_code(histories.cells, model) or NO_MAXIMUM
        raise NoEstimate(
            f"model {name_model(model, histories.lists)} fits no number: {REASONS[code]}.",
            todo="Take a model with fewer terms, or merge lists.",
        )
    return LogLinearFit(model, histories.seen, math.exp(intercept), math.sqrt(variance), height + constant(cells))


def fitted_means(histories: CaptureHistories, model: Model) -> Floats:
    """Give how many people a model expects to have each history, the dark figure first.

    Raises
    ------
    NoEstimate
        As `fit_model`.
    """
    unseen = fit_model(histories, model).unseen
    cells = histories.cells.astype(np.float64)
    totals = cells.copy()
    add_up(totals)
    means = np.empty(cells.size)
    fit(cells, totals, np.array(model), 1, means, np.empty(len(model)))
    take_apart(means)
    means[0] = unseen
    return means


def constant(cells: Floats) -> float:
    """Give the part of the log-likelihood that is the same for all models of a table."""
    return -float(gammaln(cells + 1).sum())


def conditional_intervals(histories: CaptureHistories, fitted: LogLinearFit, level: float) -> tuple[Interval, Interval]:
    """Give the log-normal and the profile interval, both of which take the model for true."""
    return (
        log_normal(fitted.seen, fitted.unseen, fitted.error, level),
        profile(histories, fitted.model, fitted.unseen, level),
    )
