"""Bayesian threshold: all pairs of lists depend a little, and those that clearly do are kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from palermo.prevalence.estimate import EstimateSettings, Interval, NoEstimate, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.mixing import mixing_of
from palermo.prevalence.models import close, name_model

__all__ = ["ThresholdSettings", "bayes_threshold"]

Floats = npt.NDArray[np.float64]

MOST_LISTS = 10
_CLOSE = 1e-9
_STEPS = 200


@dataclass(frozen=True, slots=True)
class ThresholdSettings:
    """The prior, the threshold and the length of the chains."""

    n_chains: int = 4
    burn_in: int = 1_000
    n_draws: int = 2_500
    spread: float = 1.0
    """The standard deviation of the normal prior of a pair's term."""
    threshold: float = 2.0
    """A pair is kept whose posterior mean is this many posterior standard deviations from zero."""


def bayes_threshold(
    histories: CaptureHistories,
    settings: EstimateSettings,
    more: ThresholdSettings = ThresholdSettings(),
) -> PopulationEstimate:
    """Estimate from the pairs of lists that a first posterior with all pairs does not hold to be independent.

    Raises
    ------
    NoEstimate
        There are fewer than three lists, or more than ten; or the posterior has no mode.

    References
    ----------
    Silverman (2020), JRSS-A 183(3), 691-736, section 4. Flat priors on the main effects and the dark cell, normal ones
    on pairs. His sampler was MCMCpack's; ours is Hamiltonian with the curvature at the mode.
    """
    if not 3 <= histories.n_lists <= MOST_LISTS:
        raise NoEstimate(f"bayes-threshold is for 3 to {MOST_LISTS} lists.", todo="Take another method.")
    pairs = [1 << a | 1 << b for a, b in combinations(range(histories.n_lists), 2)]
    first, second = np.random.default_rng(settings.seed).spawn(2)
    wide = _sample(histories, pairs, first, more)
    terms = wide.reshape(-1, wide.shape[-1])[:, 1 + histories.n_lists :]
    clear = np.abs(terms.mean(axis=0)) >= more.threshold * terms.std(axis=0)
    kept = [pair for pair, is_clear in zip(pairs, clear, strict=True) if is_clear]
    unseen = np.exp(_sample(histories, kept, second, more)[:, :, 0])
    mixing = mixing_of(unseen)
    tail = (1 - settings.level) / 2
    low, middle, high = (float(limit) for limit in np.quantile(histories.seen + unseen, (tail, 0.5, 1 - tail)))
    return PopulationEstimate(
        seen=histories.seen,
        point=middle,
        intervals=(Interval(settings.level, low, high, "posterior"),) if mixing.is_settled else (),
        method="bayes-threshold",
        model=name_model(close(histories.n_lists, kept), histories.lists),
        settings=(
            ("level", f"{settings.level:g}"),
            ("prior of a pair", f"normal(0, {more.spread:g})"),
            ("threshold", f"{more.threshold:g} standard deviations"),
            ("chains", str(more.n_chains)),
            ("draws", f"{more.n_draws} a chain after {more.burn_in}"),
            ("R-hat", f"{mixing.rhat:.3f}"),
            ("ESS", f"{mixing.ess:.0f}"),
        ),
        seed=settings.seed,
        warnings=() if mixing.is_settled else (mixing.words,),
    )


def _sample(
    histories: CaptureHistories, pairs: list[int], generator: np.random.Generator, more: ThresholdSettings
) -> Floats:
    """Draw coefficients: shape (chains, draws, terms), the logarithm of the dark cell first."""
    from palermo.prevalence.hamilton import run_chain

    cells = np.arange(1, 2**histories.n_lists)
    held = np.array([0, *(1 << bit for bit in range(histories.n_lists)), *pairs])
    design = ((cells[:, None] & held) == held).astype(np.float64)
    counts = histories.cells[1:].astype(np.float64)
    precision = np.where(np.bitwise_count(held) > 1, more.spread**-2, 0.0)
    mode, curvature = _mode(design, counts, precision)
    root = np.linalg.cholesky(curvature)
    away = np.linalg.inv(root).T
    chains = [
        run_chain(each, design @ away, counts, away.T * precision @ away, design @ mode, away.T @ (precision * mode),
                  more.burn_in, more.n_draws)
        for each in generator.spawn(more.n_chains)
    ]  # fmt: skip
    drawn: Floats = mode + np.array(chains) @ away.T
    return drawn


def _mode(design: Floats, counts: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Find the mode by Newton's method with halved steps, and the curvature there."""

    def height(at: Floats) -> float:
        rate = design @ at
        return float(counts @ rate - np.exp(np.minimum(rate, 700)).sum() - precision @ at**2 / 2)

    at: Floats = np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0].astype(np.float64)
    for _ in range(_STEPS):
        fitted = np.exp(design @ at)
        slope = design.T @ (counts - fitted) - precision * at
        curvature: Floats = (design.T * fitted) @ design + np.diag(precision)
        step = np.linalg.solve(curvature, slope)
        if np.abs(step).max() < _CLOSE:
            return at, curvature
        while height(at + step) < height(at) and np.abs(step).max() > _CLOSE:
            step /= 2
        at = at + step
    raise NoEstimate("the posterior has no mode.", todo="Merge lists, or leave one out.")
