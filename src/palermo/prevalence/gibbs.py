"""The Gibbs sampler of latent classes, compiled: one chain a call, and the interpreter is free meanwhile.

Apart from `latent_class`, so that numba is imported by those only who draw.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from palermo.prevalence.compiled import compiled

__all__ = ["run_chain"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_FEW = 12
"""Up to so many people are given their classes one by one, which is faster than one binomial for each class."""
_SMALLEST = 1e-12


@compiled
def _share_out(generator: np.random.Generator, people: int, weights: Floats, into: Ints) -> None:
    """Give people to classes at random, in proportion to weights; add the numbers to ``into``."""
    total = weights.sum()
    last = len(weights) - 1
    if people <= _FEW:
        for _ in range(people):
            left = generator.random() * total
            k = 0
            while k < last and left >= weights[k]:
                left -= weights[k]
                k += 1
            into[k] += 1
        return
    for k in range(last):
        share = weights[k] / total if total > 0 else 0.0
        if share >= 1:
            break
        got = generator.binomial(people, share) if share > 0 else 0
        into[k] += got
        people -= got
        total -= weights[k]
        if people == 0:
            return
    into[k if k < last and share >= 1 else last] += people


@compiled
def _log_gamma(generator: np.random.Generator, shape: float) -> float:
    """Draw the logarithm of a gamma variable; a small shape does not underflow."""
    if shape >= 1:
        return float(np.log(generator.standard_gamma(shape)))
    return float(np.log(generator.standard_gamma(shape + 1)) + np.log(1 - generator.random()) / shape)


@compiled
def _draw_sticks(generator: np.random.Generator, sizes: Ints, alpha: float, weights: Floats) -> float:
    """Break the stick anew, and give the logarithm of what is left for the last class."""
    after = sizes.sum()
    left = 0.0
    last = len(sizes) - 1
    for k in range(last):
        after -= sizes[k]
        mine = _log_gamma(generator, 1.0 + sizes[k])
        rest = _log_gamma(generator, alpha + after)
        both = max(mine, rest) + np.log1p(np.exp(-abs(mine - rest)))
        weights[k] = np.exp(left + mine - both)
        left += rest - both
    weights[last] = np.exp(left)
    return float(left)


@compiled
def _draw_chances(generator: np.random.Generator, captures: Ints, sizes: Ints, chances: Floats) -> None:
    for k in range(len(sizes)):
        for j in range(captures.shape[1]):
            on = generator.standard_gamma(1.0 + captures[k, j])
            off = generator.standard_gamma(1.0 + sizes[k] - captures[k, j])
            chances[k, j] = min(max(on / (on + off), _SMALLEST), 1 - _SMALLEST)


@compiled
def _missed_by_all(weights: Floats, chances: Floats, odds: Floats, missed: Floats) -> None:
    """Say how likely somebody is in each class and on no list, and what each list makes of it."""
    for k in range(len(weights)):
        missed[k] = weights[k]
        for j in range(chances.shape[1]):
            missed[k] *= 1 - chances[k, j]
            odds[k, j] = chances[k, j] / (1 - chances[k, j])


@compiled
def _place_seen(
    generator: np.random.Generator,
    bits: Ints,
    counts: Ints,
    missed: Floats,
    odds: Floats,
    sizes: Ints,
    captures: Ints,
) -> None:
    """Give the people seen their classes."""
    sizes[:] = 0
    captures[:] = 0
    n_classes, n_lists = odds.shape
    share = np.empty(n_classes)
    own = np.empty(n_classes, dtype=np.int64)
    for h in range(len(counts)):
        own[:] = 0
        share[:] = missed
        for j in range(n_lists):
            if bits[h, j]:
                share *= odds[:, j]
        _share_out(generator, counts[h], share, own)
        sizes += own
        for j in range(n_lists):
            if bits[h, j]:
                captures[:, j] += own


@compiled
def _draw_unseen(generator: np.random.Generator, seen: int, missed: Floats, before: int, most: int) -> int:
    """Draw the dark figure; beyond the bound it stays as it was.

    The proposal is from the whole law and does not look at what was before, so this is Metropolis for the bounded law.
    """
    dark = min(max(missed.sum(), _SMALLEST), 1 - _SMALLEST)
    rate = generator.standard_gamma(float(seen)) * dark / (1 - dark)
    if rate > 2.0 * most:
        return before
    proposed = int(generator.poisson(rate))
    return proposed if proposed <= most else before


@compiled
def run_chain(
    generator: np.random.Generator,
    bits: Ints,
    counts: Ints,
    n_classes: int,
    shape: float,
    most: int,
    burn_in: int,
    thin: int,
    kept: Floats,
) -> None:
    """Run one chain, and keep every ``thin``-th dark figure after the burn-in until there are enough."""
    n_lists, seen = bits.shape[1], counts.sum()
    chances = generator.random((n_classes, n_lists))
    weights = generator.random(n_classes)
    weights /= weights.sum()
    sizes, captures = np.zeros(n_classes, dtype=np.int64), np.zeros((n_classes, n_lists), dtype=np.int64)
    missed, odds = np.zeros(n_classes), np.zeros((n_classes, n_lists))
    unseen = int(generator.random() * seen)
    alpha = 1.0
    for sweep in range(burn_in + kept.size * thin):
        _missed_by_all(weights, chances, odds, missed)
        _place_seen(generator, bits, counts, missed, odds, sizes, captures)
        unseen = _draw_unseen(generator, seen, missed, unseen, most)
        _share_out(generator, unseen, missed, sizes)
        _draw_chances(generator, captures, sizes, chances)
        left = _draw_sticks(generator, sizes, alpha, weights)
        alpha = max(generator.standard_gamma(shape + n_classes - 1) / (shape - left), _SMALLEST)
        if sweep >= burn_in and (sweep - burn_in) % thin == thin - 1:
            kept[(sweep - burn_in) // thin] = unseen
