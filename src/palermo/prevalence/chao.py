"""Chao's lower bound: the least number of people that fits those on one and on two lists."""

from __future__ import annotations

import math

import numpy as np

from palermo.prevalence.estimate import EstimateSettings, NoEstimate, PopulationEstimate, roughly
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.normal import log_normal

__all__ = ["chao"]

_TWICE = 2


def chao(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Estimate the least number of people there can be, however differently they are likely to be listed.

    Raises
    ------
    NoEstimate
        Nobody is on exactly two lists.

    References
    ----------
    Chao (1987), Biometrics 43(4), 783-791: ``S + f1**2 / (2 * f2)``, with the variance
    ``f2 * (r**4 / 4 + r**3 + r**2 / 2)`` for ``r = f1 / f2``. Interval: Chao (1989), Biometrics 45, 427-438.
    """
    times = np.bitwise_count(histories.histories)
    once, twice = (int(histories.counts[times == many].sum()) for many in (1, _TWICE))
    if not twice:
        raise NoEstimate("nobody is on exactly two lists, so that there is no lower bound.", todo="Merge no lists.")
    unseen = once**2 / (2 * twice)
    ratio = once / twice
    variance = twice * (ratio**4 / 4 + ratio**3 + ratio**2 / 2)
    error = math.sqrt(math.log1p(variance / unseen**2)) if once else 0.0
    return PopulationEstimate(
        seen=histories.seen,
        point=histories.seen + unseen,
        intervals=(log_normal(histories.seen, unseen, error, settings.level),),
        method="chao",
        model="People differ in how likely they are to be listed; lists are independent for each person.",
        settings=(("level", f"{settings.level:g}"),),
        warnings=("This is a lower bound, and not an estimate of all.", *_few_lists(histories, twice)),
    )


def _few_lists(histories: CaptureHistories, twice: int) -> tuple[str, ...]:
    """Say what the bound is for few lists of unequal size; the formula is for many short ones.

    Where people are alike, each pair of lists gives the dark figure as the product of those on one only by those on
    both only. Summed over pairs this is ``(f1**2 - sum of squares) / (2 * f2)``.
    """
    alone = histories.cells[1 << np.arange(histories.n_lists)]
    fewer = (int(alone.sum()) ** 2 - int((alone**2).sum())) / (2 * twice)
    return (f"The formula is for many lists; for {histories.n_lists} the bound is {roughly(histories.seen + fewer)}.",)
