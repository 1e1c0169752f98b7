"""Latent classes: people differ in kind, and within a kind lists are independent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from palermo.prevalence.estimate import EstimateSettings, Interval, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.mixing import mixing_of
from palermo.prevalence.watching import Watch, unwatched

__all__ = ["ChainSettings", "latent_class", "latent_class_draws"]

_NEAR = 0.95
_MUCH = 0.001
_LOOK = 0.5
"""So many seconds pass until it is told again how many draws there are."""


@dataclass(frozen=True, slots=True)
class ChainSettings:
    """How the posterior is searched, and what is believed before."""

    n_chains: int = 4
    burn_in: int = 20_000
    n_draws: int = 2_500
    """Draws that are kept of each chain."""
    thin: int = 40
    """Sweeps for each draw."""
    n_classes: int = 10
    shape: float = 0.25
    """Shape and rate of the gamma prior of the concentration: the smaller, the fewer classes."""
    furthest: int = 20
    """The dark figure is at most this many times the people seen. The bound is part of the prior."""


def latent_class(
    histories: CaptureHistories,
    settings: EstimateSettings,
    chains: ChainSettings = ChainSettings(),
) -> PopulationEstimate:
    """Estimate under a Dirichlet process of latent classes; no interval where the chains do not agree.

    Returns
    -------
    PopulationEstimate
        ``point`` is the posterior median. ``intervals`` is empty if split R-hat is above 1.05 or the bulk effective
        sample size below 400.

    References
    ----------
    Manrique-Vallier (2016), Biometrics 72(4), 1246-1254. The prior of the number is 1/N up to a bound that is said.
    """
    draws = latent_class_draws(histories, seed=settings.seed, chains=chains, watch=settings.watch)
    mixing = mixing_of(draws)
    seen, most = histories.seen, chains.furthest * histories.seen
    tail = (1 - settings.level) / 2
    low, middle, high = (float(limit) for limit in np.quantile(seen + draws, (tail, 0.5, 1 - tail)))
    warnings = [] if mixing.is_settled else [mixing.words]
    if (draws > _NEAR * most).mean() > _MUCH:
        warnings.append(
            f"The prior's bound (no more than {chains.furthest} unseen for each seen) cuts the upper tail off."
        )
    return PopulationEstimate(
        seen=seen,
        point=middle,
        intervals=(Interval(settings.level, low, high, "posterior"),) if mixing.is_settled else (),
        method="latent-class",
        model=f"Up to {chains.n_classes} kinds of people; within a kind, lists are independent.",
        settings=(
            ("level", f"{settings.level:g}"),
            ("chains", str(chains.n_chains)),
            ("burn-in", str(chains.burn_in)),
            ("draws", f"{chains.n_draws} a chain, thinned by {chains.thin}"),
            ("classes", str(chains.n_classes)),
            ("prior of concentration", f"gamma({chains.shape:g}, {chains.shape:g})"),
            ("prior of N", f"1/N, dark figure at most {chains.furthest} times the seen"),
            ("R-hat", f"{mixing.rhat:.3f}"),
            ("ESS", f"{mixing.ess:.0f}"),
        ),
        seed=settings.seed,
        warnings=tuple(warnings),
    )


def latent_class_draws(
    histories: CaptureHistories,
    *,
    seed: int,
    chains: ChainSettings = ChainSettings(),
    watch: Watch = unwatched,
) -> npt.NDArray[np.float64]:
    """Draw dark figures from the posterior: shape (chains, draws).

    Each chain has a generator of its own and begins somewhere else, so the answer is the same on however many cores.
    """
    from palermo.prevalence.gibbs import run_chain

    bits = (histories.histories[:, None] >> np.arange(histories.n_lists) & 1).astype(np.int64)
    draws = np.full((chains.n_chains, chains.n_draws), np.nan)

    def run(generator: np.random.Generator, into: npt.NDArray[np.float64]) -> None:
        run_chain(
            generator,
            bits,
            histories.counts,
            chains.n_classes,
            chains.shape,
            chains.furthest * histories.seen,
            chains.burn_in,
            chains.thin,
            into,
        )

    with ThreadPoolExecutor() as pool:
        left = {
            pool.submit(run, *each) for each in zip(np.random.default_rng(seed).spawn(len(draws)), draws, strict=True)
        }
        while left:
            ended, left = wait(left, timeout=_LOOK)
            for chain in ended:
                chain.result()
            watch(int(np.isfinite(draws).sum()), draws.size)
    return draws
