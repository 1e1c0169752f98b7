"""A scale that grows by factors: equal steps for equal ratios."""

from __future__ import annotations

import math

__all__ = ["place", "ticks"]

_MANY = 5


def ticks(low: int, high: int) -> tuple[int, ...]:
    """Choose round numbers around the range: of the ones, twos and fives, or of the ones if these are too many."""
    powers = range(int(math.log10(max(low, 1))) - 1, int(math.log10(max(high, 1))) + 2)
    for steps in ((1, 2, 5), (1,)):
        numbers = [step * 10**power for power in powers if power >= 0 for step in steps]
        first = max((number for number in numbers if number <= low), default=1)
        last = min(number for number in numbers if number >= high)
        found = tuple(number for number in numbers if first <= number <= last)
        if len(found) <= _MANY + 1:
            break
    return found if len(found) > 1 else (found[0], found[0] * 10)


def place(value: float, scale: tuple[int, ...]) -> float:
    """Say where a value lies between the first tick, 0, and the last, 1."""
    return math.log(max(value, scale[0]) / scale[0]) / math.log(scale[-1] / scale[0])
