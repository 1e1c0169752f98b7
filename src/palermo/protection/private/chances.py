"""How sure the audit must be before it says that a release leaks: rarely wrong, over all of its attacks together."""

from __future__ import annotations

from scipy import stats

__all__ = ["FALSE_ALARM", "least_rate", "most_rate"]

FALSE_ALARM = 0.01
"""How often at most an audit may fail though nothing leaks."""
_BOUNDS = 10
"""Five attacks, each judged by one bound on those in the file and one on others."""


def least_rate(hits: float, of: float) -> float:
    """Give the rate that is exceeded, but for a tenth of the false alarms (Clopper & Pearson 1934)."""
    return float(stats.beta.ppf(FALSE_ALARM / _BOUNDS, hits, of - hits + 1)) if hits > 0 else 0.0


def most_rate(hits: float, of: float) -> float:
    """Give the rate that is not reached, but for a tenth of the false alarms."""
    return float(stats.beta.ppf(1 - FALSE_ALARM / _BOUNDS, hits + 1, of - hits)) if hits < of else 1.0
