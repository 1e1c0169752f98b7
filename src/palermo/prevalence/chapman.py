"""Two lists: Lincoln and Petersen's estimate, with Chapman's correction for small overlaps."""

from __future__ import annotations

import math

from palermo.errors import UsageError
from palermo.prevalence.estimate import EstimateSettings, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.normal import log_normal

__all__ = ["chapman"]

_LITTLE = 7
"""Robson and Regier (1964): below seven people on both lists the estimate is biased by more than a few per cent."""


def chapman(histories: CaptureHistories, settings: EstimateSettings) -> PopulationEstimate:
    """Estimate the people on neither of two lists from those on both.

    Raises
    ------
    UsageError
        There are more or fewer than two lists.

    References
    ----------
    Chapman (1951), Univ. California Publ. Stat. 1, 131-160; variance: Seber (1970), Biometrics 26, 313-318:
    ``(n1 + 1)(n2 + 1) / (m + 1) - 1``.
    """
    if histories.n_lists != 2:
        raise UsageError("chapman is for two lists only.", todo="Merge lists, leave some out, or take another method.")
    one, other = (int(size) for size in histories.sizes)
    both = histories.together(*histories.lists)
    point = (one + 1) * (other + 1) / (both + 1) - 1
    variance = (one + 1) * (other + 1) * (one - both) * (other - both) / ((both + 1) ** 2 * (both + 2))
    unseen = point - histories.seen
    error = math.sqrt(math.log1p(variance / unseen**2)) if unseen > 0 else 0.0
    few = f"Only {both} are on both lists: the estimate is biased." if both < _LITTLE else ""
    return PopulationEstimate(
        seen=histories.seen,
        point=point,
        intervals=(log_normal(histories.seen, unseen, error, settings.level),),
        method="chapman",
        model="The two lists are independent of each other.",
        settings=(("level", f"{settings.level:g}"),),
        warnings=(few,) if few else (),
    )
