"""Hamiltonian steps for a Poisson log-linear posterior, compiled.

Apart from `bayes_threshold`, so that numba is imported by those only who draw.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from palermo.prevalence.compiled import compiled

__all__ = ["run_chain"]

Floats = npt.NDArray[np.float64]

_LEAPS = 7
_LEAST, _MOST = 0.15, 0.35
_HIGHEST = 700.0


@compiled
def _height(at: Floats, design: Floats, counts: Floats, prior: Floats, offset: Floats, pull: Floats) -> float:
    rate = offset + design @ at
    if rate.max() > _HIGHEST:
        return -np.inf
    return float((counts * rate).sum() - np.exp(rate).sum() - (at * (prior @ at)).sum() / 2 - (pull * at).sum())


@compiled
def _slope(at: Floats, design: Floats, counts: Floats, prior: Floats, offset: Floats, pull: Floats) -> Floats:
    fitted = np.exp(np.minimum(offset + design @ at, _HIGHEST))
    found: Floats = design.T @ (counts - fitted) - prior @ at - pull
    return found


@compiled
def run_chain(
    generator: np.random.Generator,
    design: Floats,
    counts: Floats,
    prior: Floats,
    offset: Floats,
    pull: Floats,
    burn_in: int,
    n_draws: int,
) -> Floats:
    """Run one chain in coordinates in which the posterior is near a standard normal around zero."""
    size = design.shape[1]
    design, prior = np.ascontiguousarray(design), np.ascontiguousarray(prior)
    at = np.zeros(size)
    for k in range(size):
        at[k] = generator.normal()
    here = _height(at, design, counts, prior, offset, pull)
    kept = np.zeros((n_draws, size))
    for draw in range(burn_in + n_draws):
        pace = _LEAST + (_MOST - _LEAST) * generator.random()
        speed = np.zeros(size)
        for k in range(size):
            speed[k] = generator.normal()
        energy = here - (speed * speed).sum() / 2
        new = at.copy()
        speed = speed + pace / 2 * _slope(new, design, counts, prior, offset, pull)
        for leap in range(_LEAPS):
            new = new + pace * speed
            last = pace / 2 if leap == _LEAPS - 1 else pace
            speed = speed + last * _slope(new, design, counts, prior, offset, pull)
        there = _height(new, design, counts, prior, offset, pull)
        if np.log(1 - generator.random()) < there - (speed * speed).sum() / 2 - energy:
            at, here = new, there
        if draw >= burn_in:
            kept[draw - burn_in] = at
    return kept
