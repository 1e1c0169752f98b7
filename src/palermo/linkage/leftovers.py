"""Who is left without a partner has few to choose from, so that a pair of them is likelier than a pair of all.

A model of fields gives every pair the same chance to begin with. Once most have found each other that is too little for
the rest: their records differ much, and yet there are few others whose they could be.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.candidates import Pairs
from palermo.linkage.resolution import Numbers, probability_of

__all__ = ["among_singles", "between_lists"]

_ROUNDS = 200
_CLOSE = 1e-6

Flags = npt.NDArray[np.bool_]


def between_lists(pairs: Pairs, log_odds: Numbers, sources: npt.NDArray[np.int32]) -> Numbers:
    """Raise the odds of those pairs that a one-to-one choice between two lists takes.

    Before anything is known, two records of lists of n and n' people are one person's with the chance N / (n n'), where
    N are on both. If N have found each other, the chance of two of the others is larger by n n' / ((n - N) (n' - N)).

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
        rows = _chosen(len(sources), pairs, log_odds, (lists == (one, other)).all(axis=1))
        raised[rows] = _raised(log_odds[rows], partial(_of_lists, float(sizes[one]), float(sizes[other])))
    return raised


def _of_lists(one: float, other: float, both: float) -> float:
    return _log(one, one - both) + _log(other, other - both)


def among_singles(pairs: Pairs, log_odds: Numbers, persons: npt.NDArray[np.int64]) -> Numbers:
    """Raise the odds of those pairs that a one-to-one choice takes among people with one record.

    If N people have two records and S have one, two records of those S are one person's with the odds 2 N / S².

    Parameters
    ----------
    persons : shape (records,)
        The first record of each record's person, as found without this.

    References
    ----------
    Zanella, Betancourt and others (2016), Flexible models for microclustering, NeurIPS: priors on how many records a
    person has.
    """
    n = len(persons)
    sizes = np.bincount(persons, minlength=n)[persons]
    twice, single = float((sizes == 2).sum()) / 2, sizes == 1
    rows = _chosen(n, pairs, log_odds, single[pairs].all(axis=1))
    share = float(probability_of(log_odds).sum()) / max(n * (n - 1) / 2, 1)
    raised = log_odds.copy()
    raised[rows] = _raised(log_odds[rows], partial(_of_singles, twice, float(single.sum()), share))
    return raised


def _of_singles(twice: float, single: float, share: float, both: float) -> float:
    left = single - 2 * both
    return _log(2 * (twice + both), left) + _log(1 / share, left)


def _log(some: float, left: float) -> float:
    """Give the logarithm of a ratio; one more is left over than is counted, so that it stays finite."""
    return float(np.log(some / (left + 1)))


def _raised(log_odds: Numbers, prior: Callable[[float], float]) -> Numbers:
    """Raise odds by what follows from the number of pairs by the raised odds: by the least that fits."""
    more = 0.0
    for _ in range(_ROUNDS):
        before, more = more, max(0.0, prior(float(probability_of(log_odds + more).sum())))
        if abs(more - before) < _CLOSE:
            break
    return log_odds + more


def _chosen(n: int, pairs: Pairs, log_odds: Numbers, among: Flags) -> npt.NDArray[np.int64]:
    """Choose pairs one to one, the likeliest first."""
    rows = np.flatnonzero(among)
    rows = rows[np.argsort(-log_odds[rows], kind="stable")]
    return rows[_free(n, pairs[rows])]


@njit(cache=True, boundscheck=False)
def _free(n: int, pairs: Pairs) -> Flags:
    """Take each pair of which neither record is taken."""
    free, taken = np.ones(n, np.bool_), np.zeros(len(pairs), np.bool_)
    for row in range(len(pairs)):
        if free[pairs[row, 0]] and free[pairs[row, 1]]:
            taken[row] = True
            free[pairs[row, 0]] = free[pairs[row, 1]] = False
    return taken
