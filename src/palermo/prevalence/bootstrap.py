"""BCa intervals: the whole method is repeated on resampled tables, and the answer corrected for its bias.

References
----------
Efron (1987), JASA 82(397), 171-185; DiCiccio and Efron (1996), Statistical Science 11(3), 189-228.
Chan, Silverman and Vincent (2021), JASA 116(535), 1297-1306, for selection within the resampling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from palermo.errors import UsageError
from palermo.prevalence.estimate import EstimateSettings, Interval
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.newton import Floats

__all__ = ["Bca", "Resampled", "bca", "resample"]

_ENDS = 10
"""How many replicates must lie beyond a limit that is to be trusted."""
_FEWEST = 50
_MOST_CELLS = 50_000_000
"""Resampled tables of so many counts fill 400 megabytes."""
_ENDLESS = 1e300


@dataclass(frozen=True, slots=True)
class Resampled:
    """The table, those with one person fewer, and those drawn from it, each a row of cells."""

    tables: Floats
    n_fewer: int
    """How many tables have one person fewer: one for each history, after the table itself."""

    def bca(self, histories: CaptureHistories, points: Floats, level: float) -> Bca:
        """Make the interval from the estimates on all tables."""
        fewer = points[1 : 1 + self.n_fewer]
        return bca(float(points[0]), points[1 + self.n_fewer :], fewer, histories.counts, level)


@dataclass(frozen=True, slots=True)
class Bca:
    """A bias-corrected and accelerated interval, and what it was made from."""

    interval: Interval
    acceleration: float
    bias: float
    """How many standard deviations the middle of the replicates lies below the estimate, counted in replicates."""
    levels: tuple[float, float]
    """The shares of replicates below the lower and the upper limit."""
    warnings: tuple[str, ...]


def resample(histories: CaptureHistories, settings: EstimateSettings) -> Resampled:
    """Draw tables of as many people from the people of this table, and take one person of each history away.

    Raises
    ------
    UsageError
        There are too few replicates to say anything, or too many to be held.
    """
    n_drawn = settings.bootstrap
    if 0 < n_drawn < _FEWEST:
        raise UsageError(
            f"an interval needs at least {_FEWEST} bootstrap replicates.", todo="1000 is usual; 0 makes none."
        )
    if n_drawn > (most := _MOST_CELLS // histories.cells.size):
        raise UsageError(f"{n_drawn:,} bootstrap replicates are too many.", todo=f"Take no more than {most:,}.")
    if n_drawn <= 0:
        return Resampled(histories.cells[None].astype(np.float64), 0)
    n_fewer = histories.histories.size
    tables = np.zeros((1 + n_fewer + n_drawn, histories.cells.size))
    tables[: 1 + n_fewer] = histories.cells
    tables[np.arange(n_fewer) + 1, histories.histories] -= 1
    drawn = np.random.default_rng(settings.seed).multinomial(
        histories.seen, histories.counts / histories.seen, size=n_drawn
    )
    tables[1 + n_fewer :, histories.histories] = drawn
    return Resampled(tables, n_fewer)


def bca(point: float, replicates: Floats, fewer: Floats, weights: Floats | np.ndarray, level: float) -> Bca:
    """Make an interval from the estimates on resampled tables and on those with one person fewer.

    Parameters
    ----------
    replicates : shape (replicates,)
        Infinite where a resampled table gave no number.
    fewer : shape (histories,)
        The estimate with one person of each history taken away.
    weights : shape (histories,)
        How many people have the history.
    """
    acceleration = _acceleration(fewer, weights)
    below = float(np.mean(replicates < point))
    ends = 0.5 / replicates.size
    bias = float(ndtri(min(max(below, ends), 1 - ends)))
    levels = tuple(_adjusted(bias, acceleration or 0.0, tail) for tail in (0.5 - level / 2, 0.5 + level / 2))
    values = np.minimum(replicates, _ENDLESS)
    low, high = np.quantile(values, levels, method="median_unbiased")
    low, high = (float(limit) if limit < _ENDLESS / 2 else math.inf for limit in (low, high))
    warnings = _warnings(replicates, levels, acceleration, high)
    return Bca(Interval(level, low, high, "bca"), acceleration or 0.0, bias, (levels[0], levels[1]), warnings)


def _acceleration(fewer: Floats, weights: Floats | np.ndarray) -> float | None:
    """Measure how fast the spread changes with the number; nothing if some person decides whether there is one."""
    if not np.isfinite(fewer).all():
        return None
    away = np.average(fewer, weights=weights) - fewer
    spread = float(weights @ away**2)
    return float(weights @ away**3) / (6 * spread**1.5) if spread > 0 else 0.0


def _adjusted(bias: float, acceleration: float, tail: float) -> float:
    moved = bias + float(ndtri(tail))
    return float(ndtr(bias + moved / (1 - acceleration * moved)))


def _warnings(
    replicates: Floats, levels: tuple[float, ...], acceleration: float | None, high: float
) -> tuple[str, ...]:
    found = []
    nearest = _ENDS / replicates.size
    for name, level in zip(("lower", "upper"), levels, strict=True):
        if not nearest <= level <= 1 - nearest:
            found.append(
                f"The {name} limit rests on the outermost of {replicates.size} replicates and moves with the seed: "
                "take more replicates, or a model-averaged interval."
            )
    if lost := int(np.isinf(replicates).sum()):
        found.append(f"{lost} of {replicates.size} resampled tables gave no number and count as endlessly many.")
    if acceleration is None:
        found.append("Whether there is a number hangs on a single person; the interval is not corrected for skewness.")
    if math.isinf(high):
        found.append("There is no upper limit.")
    return tuple(found)
