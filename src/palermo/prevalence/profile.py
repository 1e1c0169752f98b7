"""Profile intervals: the dark figures that fit the table nearly as well as the best does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtri, gammaln

from palermo.prevalence.estimate import Interval
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.models import Model
from palermo.prevalence.newton import SETTLED, add_up, fit

__all__ = ["profile"]

_FAR = 1e6
"""Beyond so many times the people seen, there is no upper limit."""


def profile(histories: CaptureHistories, model: Model, unseen: float, level: float) -> Interval:
    """Keep the dark figures whose likelihood, after the best fit of the rest, is not significantly below the best.

    The upper limit is infinite if the likelihood stays close to its best for dark figures without end.

    References
    ----------
    Cormack (1992), Biometrics 48(2), 567-576.
    """
    height = _profile_of(histories, model)
    top = _summit(height, unseen)
    fall = float(chdtri(1, 1 - level)) / 2

    def above(dark: float) -> float:
        return height(dark) - height(top) + fall

    far = _FAR * histories.seen
    edge = top + 1
    while edge < far and above(edge) > 0:
        edge = top + 2 * (edge - top)
    low = 0.0 if above(0.0) >= 0 else float(brentq(above, 0.0, top))
    high = float(brentq(above, top, edge)) if above(edge) < 0 else np.inf
    return Interval(level, histories.seen + low, histories.seen + high, "profile")


def _profile_of(histories: CaptureHistories, model: Model) -> Callable[[float], float]:
    """Give the multinomial log-likelihood of a dark figure, at the best fit of everything else."""
    terms = np.array(model)
    seen = histories.seen

    def height(dark: float) -> float:
        cells = histories.cells.astype(np.float64)
        cells[0] = dark
        totals = cells.copy()
        add_up(totals)
        code, _, _, _, best = fit(cells, totals, terms, 0, np.empty(cells.size), np.empty(terms.size))
        if code != SETTLED:
            return -np.inf
        total = seen + dark
        return float(best + total - total * np.log(total) + gammaln(total + 1) - gammaln(dark + 1))

    return height


def _summit(height: Callable[[float], float], near: float) -> float:
    """Climb to the best dark figure, which lies close to the estimate but not on it."""
    low, high = near / 4, near * 4 + 10
    golden = (np.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = height(left), height(right)
    while high - low > 1e-6 * (1 + near):
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = height(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = height(right)
    return (low + high) / 2
