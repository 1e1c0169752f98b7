"""What it says of a pair that nobody is on a list twice: who is left without a partner has few to choose from."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.candidates import Pairs

__all__ = ["between_lists"]

_ROUNDS = 200
_CLOSE = 1e-6

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def between_lists(pairs: Pairs, log_odds: Numbers, sources: npt.NDArray[np.int32]) -> Numbers:
    """Raise the odds of those pairs that a one-to-one choice between two lists takes.

    Before anything is known, two records of lists of n and n' people are one person's with the chance N / (n n'), where
    N are on both. If N have found each other, the chance of two of the others is larger by n n' / ((n - N) (n' - N)).
    N follows from the raised odds, and is sought from below, so that it is the least that fits.

    Parameters
    ----------
    sources : shape (records,)
        The list of each record; nobody is on one list twice.

    References
    ----------
    Sadinle (2017), Journal of the American Statistical Association 112(518), 600-612: the prior of a matching.
    """
    raised = log_odds.copy()
    lists = np.sort(sources[pairs], axis=1)
    sizes = np.bincount(sources)
    for one, other in itertools.combinations(np.flatnonzero(sizes), 2):
        rows = np.flatnonzero((lists == (one, other)).all(axis=1))
        rows = rows[np.argsort(-log_odds[rows], kind="stable")]
        rows = rows[_chosen(len(sources), pairs[rows])]
        raised[rows] += _raise(log_odds[rows], float(sizes[one]), float(sizes[other]))
    return raised


def _raise(log_odds: Numbers, one: float, other: float) -> float:
    """Find by how much, in log odds; one more is left over in each list than is counted, so that it stays finite."""
    more = 0.0
    for _ in range(_ROUNDS):
        both = float((1.0 / (1.0 + np.exp(-log_odds - more))).sum())
        next_ = max(0.0, float(np.log(one / (one - both + 1.0)) + np.log(other / (other - both + 1.0))))
        if abs(next_ - more) < _CLOSE:
            break
        more = next_
    return more


@njit(cache=True, boundscheck=False)
def _chosen(n: int, pairs: Pairs) -> Flags:
    """Take each pair, the likeliest first, of which neither record is taken."""
    free, chosen = np.ones(n, np.bool_), np.zeros(len(pairs), np.bool_)
    for row in range(len(pairs)):
        if free[pairs[row, 0]] and free[pairs[row, 1]]:
            chosen[row] = True
            free[pairs[row, 0]] = free[pairs[row, 1]] = False
    return chosen
