"""What may be shown of an estimate: two digits, and nothing where it stands on too few people."""

from __future__ import annotations

import math

from palermo.tables import Estimation, ReleasedEstimate

__all__ = ["shown_estimate", "two_digits"]

_DIGITS = 2
_WITHHELD = ("It stands on too few people who are on several lists to be published.",)


def shown_estimate(estimate: Estimation, threshold: int) -> ReleasedEstimate:
    """Round an estimate, or withhold it.

    Chao's bound and Chapman's estimate have the number of people on two lists as their divisor, and so give it away if
    it is small: two digits of a quotient are two digits of its divisor. Hence whoever carries an estimate is counted as
    the contributors of a cell are.
    """
    is_small = estimate.contributors < threshold
    is_none = estimate.point is None
    return ReleasedEstimate(
        name=estimate.name,
        group=estimate.group,
        model="" if is_small else estimate.model,
        point=None if is_small else two_digits(estimate.point),
        low=None if is_small else two_digits(estimate.low),
        high=None if is_small else two_digits(estimate.high),
        level=estimate.level,
        kind=estimate.kind,
        status="withheld" if is_small else "none" if is_none else "published",
        words=_WITHHELD if is_small else estimate.words,
        distance=0 if is_small else round(estimate.distance),
        percent=0 if is_small else round(100 * estimate.weight),
    )


def two_digits(people: float | None) -> int | None:
    """Round a number of people to two digits, halves upwards."""
    if people is None or not math.isfinite(people):
        return None
    whole = math.floor(people + 0.5)
    base: int = 10 ** max(0, len(str(abs(whole))) - _DIGITS)
    return (whole + base // 2) // base * base
