"""Stepwise selection on many tables, in compiled loops."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from palermo.prevalence.compiled import compiled
from palermo.prevalence.newton import SETTLED, Floats, Ints, add_up, fit

__all__ = ["surprise", "walk_by_aic", "walk_by_surprise"]

_TINY = 1e-17


@compiled
def surprise(observed: float, expected: float) -> float:
    """Give the smaller tail of a Poisson count, the count itself included."""
    if expected <= 0.0:
        return 1.0 if observed == 0.0 else 0.0
    mass = math.exp(observed * math.log(expected) - expected - math.lgamma(observed + 1.0))
    term, tail, count = mass, mass, observed
    if observed <= expected:
        while count > 0.0 and term > _TINY * tail:
            term *= count / expected
            tail += term
            count -= 1.0
    else:
        while term > _TINY * tail:
            count += 1.0
            term *= expected / count
            tail += term
    return min(tail, 1.0 - tail + mass)


@compiled
def walk_by_surprise(
    tables: Floats, singles: Ints, pairs: Ints, threshold: float, points: Floats, chosen: npt.NDArray[np.bool_]
) -> None:
    """Add the pair whose overlap surprises most, as long as its p-value is below the threshold and the model fits.

    Parameters
    ----------
    tables : shape (tables, cells)
    singles, pairs
        The terms of the main effects, and those that may be added.
    points : shape (tables,), out
        The dark figures; infinite where not even the main effects fit.
    chosen : shape (tables, pairs), out
    """
    sums = np.empty(tables.shape[1])
    tried = np.empty(tables.shape[1])
    found = np.empty(singles.size + pairs.size)
    terms = np.empty(singles.size + pairs.size, np.int64)
    terms[: singles.size] = singles
    p_values = np.empty(pairs.size)
    for row in range(tables.shape[0]):
        cells = tables[row]
        totals = cells.copy()
        add_up(totals)
        n_terms = singles.size
        code, intercept, _, _, _ = fit(cells, totals, terms[:n_terms], 1, sums, found)
        points[row] = math.exp(intercept) if code == SETTLED else np.inf
        walking = code == SETTLED and pairs.size > 0
        while walking:
            for place in range(pairs.size):
                pair = pairs[place]
                p_values[place] = 2.0 if chosen[row, place] else surprise(totals[pair], sums[pair])
            walking = False
            while not walking:
                best = np.argmin(p_values)
                if p_values[best] >= threshold:
                    break
                terms[n_terms] = pairs[best]
                code, intercept, _, _, _ = fit(cells, totals, terms[: n_terms + 1], 1, tried, found)
                if code == SETTLED:
                    walking = True
                    chosen[row, best] = True
                    points[row] = math.exp(intercept)
                    sums[:] = tried
                    n_terms += 1
                p_values[best] = 2.0


@compiled
def walk_by_aic(
    tables: Floats, singles: Ints, pairs: Ints, threshold: float, points: Floats, chosen: npt.NDArray[np.bool_]
) -> None:
    """Add the pair that lowers Akaike's criterion most, as long as its coefficient is significant by Wald's test.

    The coefficient of an empty overlap is minus infinity, which no Wald test finds significant. The arguments are those
    of `walk_by_surprise`.
    """
    sums = np.empty(tables.shape[1])
    found = np.empty(singles.size + pairs.size)
    terms = np.empty(singles.size + pairs.size, np.int64)
    terms[: singles.size] = singles
    for row in range(tables.shape[0]):
        cells = tables[row]
        totals = cells.copy()
        add_up(totals)
        n_terms = singles.size
        code, intercept, _, _, height = fit(cells, totals, terms[:n_terms], 1, sums, found)
        points[row] = math.exp(intercept) if code == SETTLED else np.inf
        walking = code == SETTLED
        while walking and n_terms < terms.size:
            best, best_point, best_height, best_p = -1, 0.0, height + 1.0, 1.0
            for place in range(pairs.size):
                if chosen[row, place]:
                    continue
                terms[n_terms] = pairs[place]
                code, intercept, _, variance, higher = fit(cells, totals, terms[: n_terms + 1], 1, sums, found)
                if code == SETTLED and higher > best_height:
                    best, best_point, best_height = place, math.exp(intercept), higher
                    size = abs(found[n_terms]) / math.sqrt(2.0 * variance)
                    best_p = math.erfc(size) if totals[pairs[place]] > 0.0 else 1.0
            walking = best >= 0 and best_p < threshold
            if walking:
                terms[n_terms] = pairs[best]
                chosen[row, best] = True
                points[row], height = best_point, best_height
                n_terms += 1
