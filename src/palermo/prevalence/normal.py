"""Log-normal intervals: symmetric for the logarithm of the dark figure, and never below what was seen."""

from __future__ import annotations

import math

from scipy.special import ndtri

from palermo.prevalence.estimate import Interval

__all__ = ["log_normal"]


def log_normal(seen: int, unseen: float, error: float, level: float) -> Interval:
    """Put an interval around a dark figure whose logarithm has the standard error ``error``."""
    spread = math.exp(float(ndtri(0.5 + level / 2)) * error)
    return Interval(level, seen + unseen / spread, seen + unseen * spread, "log-normal")
