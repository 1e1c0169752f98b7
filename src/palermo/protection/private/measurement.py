"""The one look at the data: all 1-, 2- and 3-way counts of filled values, once, with noise in every cell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from palermo.protection.private.budget import Budget
from palermo.protection.private.counting import Counts, Rows
from palermo.protection.private.layout import Floats, Layout
from palermo.protection.private.noise import SLACK, Sampler

__all__ = ["MeasureSettings", "Measured", "measure"]

Integers = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float64]

_UNIT = 1 << 20
"""Weights are whole numbers of this part of one, so that whether a row is within its limit is exact."""
_STEPS, _FEWEST_STEPS = 64, 4
_DOUBT = 0.03
"""Steps are so few that noise moves a limit past at most this part of the rows."""


@dataclass(frozen=True, slots=True)
class MeasureSettings:
    """How the budget is divided; fixed before any real file is seen."""

    rows: Fraction = Fraction(5, 1000)
    histogram: Fraction = Fraction(5, 2000)
    """Of each of two: how much rows weigh, in pairs and in triples."""
    ones: Fraction = Fraction(14, 100)
    pairs: Fraction = Fraction(35, 100)
    triples: Fraction = Fraction(50, 100)
    tick: Fraction = Fraction(35, 100)
    """The weight of a column with one value."""
    within: float = 0.99
    """The part of the rows that the limits should leave whole."""

    def __post_init__(self) -> None:
        if self.rows + 2 * self.histogram + self.ones + self.pairs + self.triples != 1:
            raise AssertionError("the shares of the budget do not add up to one")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Noisy counts and the standard deviations of their noise: all that was seen of the data."""

    layout: Layout
    rows: int
    one: Floats
    two: Floats
    three: Floats
    sigma_rows: float
    sigma_one: Floats
    """Of each value."""
    sigma_two: Matrix
    """Shape (columns, columns)."""
    sigma_three: float
    most_pairs: float
    most_triples: int
    weights: Matrix
    """Of the 2-way tables; those of a row add up to at most ``most_pairs``."""
    slack: float
    """How much the sampler's finite table adds to δ, at most."""


def measure(
    rows: Rows,
    budget: Budget,
    sampler: Sampler,
    settings: MeasureSettings = MeasureSettings(),
) -> Measured:
    """Measure every table of a file, within the budget.

    Parameters
    ----------
    rows
        At most ``budget.max_rows`` of one person.
    """
    desk, layout = _Desk(budget, sampler), rows.layout
    (number,), sigma_rows = desk.count(np.array([rows.number()]), Fraction(1), settings.rows)
    n_rows = max(1, int(number))
    one, sigma_one = _ones(desk, rows.values(), layout, settings)
    weights = _pair_weights(one, n_rows, layout)
    weighed, steps = rows.weigh(weights), _steps(weights, desk.most_steps(n_rows, settings))
    most_pairs, most_triples = (
        desk.limit(found, own, n_rows, settings) for found, own in zip(weighed.loads(steps), steps, strict=True)
    )
    two, three = weighed.combinations((most_pairs, most_triples))
    noisy_two = np.empty(layout.n_pairs, dtype=np.float32)
    sigma_two = np.zeros(weights.shape)
    for left, right in layout.column_pairs():
        places = layout.pair_table(left, right)
        moves = Fraction(most_pairs, int(weights[left, right]))
        noisy_two[places], sigma_two[left, right] = desk.count(two[places], moves, settings.pairs)
    noisy_three, sigma_three = desk.count(three, Fraction(most_triples), settings.triples)
    return Measured(
        layout=layout,
        rows=n_rows,
        one=one,
        two=noisy_two,
        three=noisy_three.astype(np.float32),
        sigma_rows=sigma_rows,
        sigma_one=sigma_one,
        sigma_two=sigma_two + sigma_two.T,
        sigma_three=sigma_three,
        most_pairs=most_pairs / _UNIT,
        most_triples=most_triples,
        weights=weights / _UNIT,
        slack=desk.drawn * SLACK * (1 + math.exp(budget.epsilon)),
    )


class _Desk:
    """Where counts are exchanged for noisy ones."""

    def __init__(self, budget: Budget, sampler: Sampler) -> None:
        self.budget = budget
        self.sampler = sampler
        self.drawn = 0

    def count(self, counts: npt.NDArray[Any], moves: Fraction, share: Fraction) -> tuple[Integers, float]:
        """Add noise to whole numbers, for a share of the budget.

        ``moves`` is the square of how far one row can move the counts, together with all else that is paid from the
        same share and on the scale of these.
        """
        variance = self.budget.variance(moves, share)
        self.drawn += counts.size
        noise = self.sampler(variance, counts.size).reshape(counts.shape)
        return counts.astype(np.int64) + noise, math.sqrt(variance)

    def most_steps(self, n_rows: int, settings: MeasureSettings) -> int:
        """Say in how many steps loads may be counted: the fewer the rows, the fewer."""
        scale = math.sqrt(self.budget.variance(Fraction(1), settings.histogram))
        return min(_STEPS, int((_DOUBT * n_rows / (2 * scale)) ** 2))

    def limit(self, found: Integers, steps: Integers, n_rows: int, settings: MeasureSettings) -> int:
        """Find a limit that leaves about the wished part of the rows whole, from a noisy histogram.

        It is sought from above, as the highest step at which are more rows than wished, and more than noise puts there.
        """
        noisy, scale = self.count(found, Fraction(1), settings.histogram)
        beyond = np.cumsum(noisy[::-1])[::-1]
        doubt = 2 * scale * np.sqrt(np.arange(len(steps), 0, -1))
        filled = np.flatnonzero(beyond > np.maximum((1 - settings.within) * n_rows, doubt))
        return int(steps[filled[-1] if len(filled) else -1])


def _steps(weights: Integers, most: int) -> tuple[Integers, Integers]:
    """Give the loads that can be limits, in pairs and in triples; where rows are few only the largest.

    They lie closer where loads are small: so few steps lie in the tail, where noise would be taken for rows. A number
    of triples is that of some number of filled values, so no other limit says more.
    """
    full = max(1, int(weights.sum()) // 2)
    pairs = [-(-full * step**2 // _STEPS**2) for step in range(1, _STEPS + 1)]
    triples = [math.comb(filled, 3) for filled in range(3, len(weights) + 1)] or [1]
    apart = [-(-len(loads) // most) if most >= _FEWEST_STEPS else len(loads) for loads in (pairs, triples)]
    thinned = (loads[::-1][::every][::-1] for loads, every in zip((pairs, triples), apart, strict=True))
    of_pairs, of_triples = (np.array(loads, dtype=np.int64) for loads in thinned)
    return of_pairs, of_triples


def _ones(desk: _Desk, counts: Counts, layout: Layout, settings: MeasureSettings) -> tuple[Floats, Floats]:
    """Count the values of each column; nothing is capped, since a row has at most one value a column."""
    weights = [settings.tick if size == 1 else Fraction(1) for size in layout.sizes]
    total = sum((weight**2 for weight in weights), Fraction(0))
    one = np.empty(layout.n_values, dtype=np.float32)
    sigma = np.empty(layout.n_values, dtype=np.float32)
    for column, weight in enumerate(weights):
        own = slice(layout.firsts[column], layout.firsts[column + 1])
        one[own], sigma[own] = desk.count(counts[own], total / weight**2, settings.ones)
    return one, sigma


def _pair_weights(one: Floats, n_rows: int, layout: Layout) -> Integers:
    """Say how much each 2-way table deserves: more where many cells are large, less where it weighs on many rows.

    The weights make the total relative error least for a given average load, if columns were independent.
    """
    shares = np.clip(one / n_rows, 1 / n_rows, 1.0).astype(np.float64)
    filled = np.minimum(1.0, np.add.reduceat(shares, layout.firsts[:-1]))
    wanted = np.zeros((layout.n_columns, layout.n_columns))
    for left, right in layout.column_pairs():
        cells = n_rows * np.outer(_own(shares, layout, left), _own(shares, layout, right))
        worth = (1 / cells[cells >= 100]).sum() + 0.02 * (cells > 10).sum() / 100 + 2e-4
        wanted[left, right] = wanted[right, left] = (worth / (filled[left] * filled[right])) ** (2 / 3)
    relative = np.maximum(0.02, wanted / wanted.max(initial=1e-12))
    np.fill_diagonal(relative, 0)
    weights: Integers = np.rint(relative * _UNIT).astype(np.int64)
    return weights


def _own(values: Matrix, layout: Layout, column: int) -> Matrix:
    return values[layout.firsts[column] : layout.firsts[column + 1]]
