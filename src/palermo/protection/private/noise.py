"""Discrete Gaussian noise from secure randomness: OpenDP's sampler, and a faster one that is proven against it."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["SAMPLERS", "SLACK", "Integers", "Sampler", "secure_words", "table_noise"]

Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

Sampler = Callable[[Fraction, int], Integers]
"""Draws so many whole numbers from the discrete Gaussian of this variance; takes no seed and keeps none."""

SLACK = 2.0**-100
"""How far, in total variation, a draw of `table_noise` may be from the exact distribution."""

_BITS = 128
_FINE = 320
"""Bits after the point in the sums behind the table."""
_REACH = 12.8
"""The table ends this many standard deviations out; what lies beyond is less than 2**-115."""
_DIGITS = Context(prec=120)


def secure_words(size: int) -> Words:
    """Take random 64-bit words from the operating system."""
    return np.frombuffer(os.urandom(8 * size), dtype=np.uint64)


def opendp_noise(variance: Fraction, size: int) -> Integers:
    """Draw with OpenDP's sampler (Canonne, Kamath & Steinke 2020), one at a time."""
    import opendp.prelude as dp

    dp.enable_features("contrib")
    scale = math.nextafter(math.sqrt(variance), math.inf)
    domain = dp.vector_domain(dp.atom_domain(T="i64"), size=size)
    draw = dp.m.make_gaussian(domain, dp.l2_distance(T="f64"), scale)
    return np.array(draw([0] * size), dtype=np.int64)


def table_noise(variance: Fraction, size: int, words: Callable[[int], Words] = secure_words) -> Integers:
    """Draw by comparing 128 random bits with exact cumulative probabilities.

    The first 64 bits decide nearly always. Where they fall on a step of the table, 64 more are drawn for that one.
    """
    table = _table(variance)
    first = words(size)
    place = np.searchsorted(table.high, first, side="right")
    for index in np.flatnonzero(table.high[np.maximum(place - 1, 0)] == first):
        place[index] = table.place((int(first[index]) << 64) + int(words(1)[0]))
    drawn: Integers = place.astype(np.int64) - table.reach
    return drawn


SAMPLERS: dict[str, Sampler] = {"table": table_noise, "opendp": opendp_noise}


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The chances of at most ``-reach``, ``-reach + 1`` and so on, as parts of 2**128; the last step is left out."""

    reach: int
    steps: tuple[int, ...]
    high: Words
    """The upper 64 bits of each step."""

    def place(self, number: int) -> int:
        """Say how many steps lie at or below a number of 128 bits."""
        return sum(step <= number for step in self.steps)


@lru_cache(maxsize=4096)
def _table(variance: Fraction) -> _Table:
    """Work the table out in whole numbers: weights by the recurrence ``w[k+1] = w[k] * q**(2k+1)``, then their sums."""
    reach = math.ceil(_REACH * math.sqrt(variance)) + 1
    weights = _weights(variance, reach)
    total = weights[0] + 2 * sum(weights[1:])
    steps, chance = [], 0
    for value in range(-reach, reach):
        chance += weights[abs(value)]
        steps.append(min((chance << _BITS) // total, (1 << _BITS) - 1))
    return _Table(reach, tuple(steps), np.array([step >> 64 for step in steps], dtype=np.uint64))


def _weights(variance: Fraction, reach: int) -> list[int]:
    """Give ``exp(-k*k / (2 * variance))`` for k from 0, as parts of 2**320, each too small by less than k parts."""
    power = _DIGITS.divide(Decimal(-variance.denominator), Decimal(2 * variance.numerator))
    q = int(_DIGITS.multiply(_DIGITS.exp(power), Decimal(2**_FINE)))
    square = q * q >> _FINE
    weights, ratio = [1 << _FINE], q
    for _ in range(reach):
        weights.append(weights[-1] * ratio >> _FINE)
        ratio = ratio * square >> _FINE
    return weights
