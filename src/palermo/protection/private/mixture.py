"""A mixture of independent columns, fitted to all noisy 1-, 2- and 3-way counts at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.protection.private.layout import Floats, Layout
from palermo.protection.private.measurement import Measured

__all__ = ["FitSettings", "Mixture", "expected_three", "expected_two", "fit"]


_MANY = 8
"""A column with so many values tells people apart."""
_OWN, _STRAY = 0.85, 0.1
"""How much of a class has the value it starts from, and how much may have any other of the column."""


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How large the model is and how long it learns; fixed before any real file is seen."""

    classes: int = 200
    first_steps: int = 300
    second_steps: int = 150
    columns: float = 0.35
    """The part of the leading columns whose triples a step looks at."""
    values: int = 24
    """The most values of one leading column that a step looks at."""
    cheap: int = 4
    """A column with at most so many values is always looked at."""
    profiles: bool = False
    """Whether a class starts as those who have some one value, and not as everybody."""
    spread: float = 0.5
    """How different the classes are at the start, in log-odds."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Classes of rows, within which columns are independent."""

    weights: Floats
    """Shape (classes,), adding up to one."""
    chances: Floats
    """Shape (classes, values): what is missing to one in a column is the chance of a blank."""


def fit(
    measured: Measured, noisy: tuple[Floats, Floats, Floats], inflation: float, settings: FitSettings, seed: int
) -> Mixture:
    """Fit the mixture to noisy counts whose variance is ``inflation`` times that of the measurement."""
    fitting = _Fitting(measured, noisy, inflation, settings, seed)
    for step in range(settings.first_steps):
        fitting.step(0.15 if step < 0.6 * settings.first_steps else 0.06, triples=False)
    if measured.layout.n_triples:
        for step in range(settings.second_steps):
            done = step / settings.second_steps
            fitting.step(0.075 * (1.0 if done < 0.5 else 0.35 if done < 0.8 else 0.12), triples=True)
    return fitting.model()


def expected_two(model: Mixture, rows: int, layout: Layout) -> Floats:
    """Give the expected count of every pair."""
    table = rows * (model.chances * model.weights[:, None]).T @ model.chances
    out = np.empty(layout.n_pairs, dtype=np.float32)
    for value in range(layout.n_values):
        out[layout.pairs_of(value)] = table[value, layout.after(value) :]
    return out


def expected_three(model: Mixture, rows: int, layout: Layout) -> Floats:
    """Give the expected count of every triple."""
    out = np.empty(layout.n_triples, dtype=np.float32)
    starts = layout.two + layout.firsts[layout.column + 1]
    for value in range(layout.n_values):
        own, after = layout.triples_of(value), layout.after(value)
        if own.start == own.stop:
            continue
        tail = np.ascontiguousarray(model.chances[:, after:])
        table = (tail * (rows * model.weights * model.chances[:, value])[:, None]).T @ tail
        _pack(table, out[own], layout.firsts[layout.column[after:] + 1] - after, starts[after:] - starts[after])
    return out


@njit(cache=True)
def _pack(table, out, nexts, starts):  # type: ignore[no-untyped-def]
    for b in range(table.shape[0]):
        for c in range(nexts[b], table.shape[0]):
            out[starts[b] + c - nexts[b]] = table[b, c]


@njit(cache=True, fastmath=True)
def _pull(table, noisy, variance, nexts, starts, scale, out):  # type: ignore[no-untyped-def]
    """Say how each expected count should change: the slope of the loss, with its denominator held constant."""
    for b in range(table.shape[0]):
        start = starts[b] - nexts[b]
        for c in range(nexts[b], table.shape[0]):
            slope = scale * (table[b, c] - noisy[start + c]) / (variance + table[b, c])
            out[b, c] = slope
            out[c, b] = slope


class _Fitting:
    """The state of `fit`: log-odds, and Adam's two averages of the slopes."""

    def __init__(
        self,
        measured: Measured,
        noisy: tuple[Floats, Floats, Floats],
        inflation: float,
        settings: FitSettings,
        seed: int,
    ) -> None:
        self.layout = layout = measured.layout
        self.settings = settings
        self.rows = np.float32(measured.rows)
        self.random = np.random.default_rng(seed)
        self.one, _, self.three = noisy
        self.two, self.variance_two = _square(noisy[1], layout), self._variances(measured, inflation)
        self.variance_one = (inflation * measured.sigma_one**2).astype(np.float32)
        self.variance_three = np.float32(inflation * measured.sigma_three**2)
        self.starts = layout.two + layout.firsts[layout.column + 1]
        self.odds, self.blank, self.shares = self._begin()
        self.moments = [np.zeros_like(part) for part in (*self._parts(), *self._parts())]
        self.n_steps = 0

    def model(self) -> Mixture:
        """Turn the log-odds into chances."""
        chances, shares = self._chances()
        return Mixture(shares, chances)

    def step(self, rate: float, *, triples: bool) -> None:
        """Move all log-odds a little against the slope of the loss."""
        chances, shares = self._chances()
        pull, pull_shares = self._slopes_two(chances, shares)
        if triples:
            self._add_slopes_three(chances, shares, pull, pull_shares)
        self._move(self._to_odds(chances, shares, pull, pull_shares), rate)

    def _parts(self) -> tuple[Floats, Floats, Floats]:
        return self.odds, self.blank, self.shares

    def _begin(self) -> tuple[Floats, Floats, Floats]:
        """Start from the noisy counts, with every class a little different."""
        classes, layout = self.settings.classes, self.layout
        shares = self._at_most_one((np.maximum(self.one, 0.5) / self.rows)[None])
        chances, sizes = self._profiles(shares) if self.settings.profiles else (shares, np.ones(1, dtype=np.float32))
        blank = np.maximum(1 - np.add.reduceat(chances, layout.firsts[:-1], axis=1), 1e-4)
        noise = self.random.standard_normal((classes, layout.n_values + layout.n_columns + 1), dtype=np.float32)
        noise *= np.float32(self.settings.spread)
        odds = (np.log(chances) + noise[:, : layout.n_values]).astype(np.float32)
        empty = (np.log(blank) + noise[:, layout.n_values : -1]).astype(np.float32)
        return odds, empty, (np.log(sizes) + noise[:, -1]).astype(np.float32)

    def _profiles(self, shares: Floats) -> tuple[Floats, Floats]:
        """Take each class from those who have one value of a column with many; give the size of each class too.

        The fewer they are beside the noise, the more they are taken to be like everybody.
        """
        layout, classes = self.layout, self.settings.classes
        large = np.flatnonzero(layout.sizes[layout.column] >= min(_MANY, layout.sizes.max()))
        worth = np.maximum(self.one[large], 0.5) ** 0.75
        chosen = large[np.searchsorted(np.cumsum(worth / worth.sum()), self.random.random(classes))]
        people, doubt = np.maximum(self.one[chosen], 1)[:, None], 2 * np.sqrt(self.variance_two[chosen])
        chances = (np.maximum(self.two[chosen], 0) + doubt * shares) / (people + doubt)
        chances = np.where(layout.column[chosen][:, None] == layout.column, _STRAY * shares, chances)
        chances[np.arange(classes), chosen] += _OWN
        alike = np.bincount(chosen, minlength=layout.n_values)[chosen]
        return self._at_most_one(np.maximum(chances, 1e-6)), (people[:, 0] / alike).astype(np.float32)

    def _at_most_one(self, chances: Floats | npt.NDArray[np.float64]) -> Floats:
        """Scale the chances of a column down where they add up to more than one."""
        filled = np.add.reduceat(chances, self.layout.firsts[:-1], axis=1)
        return (chances / np.maximum(1.0, filled * 1.001)[:, self.layout.column]).astype(np.float32)

    def _variances(self, measured: Measured, inflation: float) -> Floats:
        by_value = measured.sigma_two[self.layout.column][:, self.layout.column]
        return (inflation * by_value**2).astype(np.float32)

    def _chances(self) -> tuple[Floats, Floats]:
        firsts, column = self.layout.firsts[:-1], self.layout.column
        top = np.maximum(np.maximum.reduceat(self.odds, firsts, axis=1), self.blank)
        raised = np.exp(self.odds - top[:, column])
        sums = np.add.reduceat(raised, firsts, axis=1) + np.exp(self.blank - top)
        shares = np.exp(self.shares - self.shares.max())
        return raised / sums[:, column], shares / shares.sum()

    def _slopes_two(self, chances: Floats, shares: Floats) -> tuple[Floats, Floats]:
        weighed = chances * shares[:, None]
        table = self.rows * (weighed.T @ chances)
        slopes = (table - self.two) / (self.variance_two + table)
        slopes[self.layout.column[:, None] == self.layout.column] = 0
        ones = self.rows * weighed.sum(axis=0)
        slopes_one = (ones - self.one) / (self.variance_one + ones)
        through = chances @ slopes
        pull_shares = self.rows * ((0.5 * through + slopes_one) * chances).sum(axis=1)
        return self.rows * shares[:, None] * (through + slopes_one), pull_shares

    def _add_slopes_three(self, chances: Floats, shares: Floats, pull: Floats, pull_shares: Floats) -> None:
        layout, settings = self.layout, self.settings
        for column, size in enumerate(layout.sizes[:-2]):
            always = size <= settings.cheap
            if not always and self.random.random() >= settings.columns:
                continue
            first, after = int(layout.firsts[column]), int(layout.firsts[column + 1])
            looked = self.random.permutation(size)[: settings.values] + first
            scale = size / len(looked) / (1.0 if always else settings.columns)
            nexts = layout.firsts[layout.column[after:] + 1] - after
            starts = self.starts[after:] - self.starts[after]
            tail = np.ascontiguousarray(chances[:, after:])
            slopes = np.zeros((tail.shape[1],) * 2, dtype=np.float32)
            for value in looked:
                lead = self.rows * shares * chances[:, value]
                table = (tail * lead[:, None]).T @ tail
                noisy = self.three[layout.triples_of(int(value))]
                _pull(table, noisy, self.variance_three, nexts, starts, np.float32(scale), slopes)
                through = tail @ slopes
                pull[:, after:] += lead[:, None] * through
                half = 0.5 * self.rows * (through * tail).sum(axis=1)
                pull[:, value] += shares * half
                pull_shares += chances[:, value] * half

    def _to_odds(
        self, chances: Floats, shares: Floats, pull: Floats, pull_shares: Floats
    ) -> tuple[Floats, Floats, Floats]:
        layout = self.layout
        firsts = layout.firsts[:-1]
        average = np.add.reduceat(pull * chances, firsts, axis=1)
        blank = 1 - np.add.reduceat(chances, firsts, axis=1)
        odds = chances * (pull - average[:, layout.column])
        return odds, -blank * average, shares * (pull_shares - (shares * pull_shares).sum())

    def _move(self, slopes: tuple[Floats, Floats, Floats], rate: float) -> None:
        self.n_steps += 1
        size = np.float32(rate * np.sqrt(1 - 0.99**self.n_steps) / (1 - 0.9**self.n_steps))
        for part, slope, mean, square in zip(self._parts(), slopes, self.moments[:3], self.moments[3:], strict=True):
            mean += np.float32(0.1) * (slope - mean)
            square += np.float32(0.01) * (slope * slope - square)
            part -= size * mean / (np.sqrt(square) + np.float32(1e-8))


def _square(pairs: Floats, layout: Layout) -> Floats:
    """Write the pairs as a symmetric table of all values by all values."""
    table = np.zeros((layout.n_values, layout.n_values), dtype=np.float32)
    for value in range(layout.n_values):
        table[value, layout.after(value) :] = pairs[layout.pairs_of(value)]
    return table + table.T
