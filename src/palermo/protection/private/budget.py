"""What a release may cost: zero-concentrated differential privacy, and the (ε, δ) that follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from palermo.errors import UsageError

__all__ = ["Budget", "delta_of", "epsilon_of", "public_delta", "rho_of"]

_DELTA = 1e-6
_STEPS = 100
_LARGEST = 50.0
"""Above this an ε promises nothing that a person could be told."""


def delta_of(rho: float, epsilon: float) -> float:
    """Give a δ for which ρ-zCDP implies (ε, δ); every order α proves one, and this takes the best it finds.

    References
    ----------
    Canonne, Kamath & Steinke (2020), "The discrete Gaussian for differential privacy", Proposition 12.
    """

    def log_delta(beyond: float) -> float:
        alpha = 1 + beyond
        return beyond * (alpha * rho - epsilon) + alpha * math.log1p(-1 / alpha) - math.log(beyond)

    low, high = 1e-6, 1e6
    for _ in range(_STEPS):
        third = (high / low) ** (1 / 3)
        left, right = low * third, high / third
        low, high = (low, right) if log_delta(left) < log_delta(right) else (left, high)
    return min(1.0, math.exp(min(0.0, log_delta(high))))


@lru_cache(maxsize=64)
def rho_of(epsilon: float, delta: float) -> float:
    """Give the largest ρ, from below, for which ρ-zCDP implies (ε, δ)."""
    low, high = 0.0, epsilon
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if delta_of(middle, epsilon) <= delta else (low, middle)
    return low


def epsilon_of(rho: float, delta: float) -> float:
    """Give the least ε, from above, for which ρ-zCDP implies (ε, δ)."""
    low, high = 0.0, rho + 2 * math.sqrt(rho * math.log(1 / delta)) + 1e-9
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if delta_of(rho, middle) <= delta else (middle, high)
    return high


def public_delta(population: int | None) -> float:
    """Give the δ of a release whose policy names none: from the declared population, never from the file."""
    return _DELTA if population is None else 1 / (population * math.log(population))


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one release may tell of one person.

    ``max_rows`` rows of one person may be in the file; a person's rows together are what ε bounds.
    """

    epsilon: float
    delta: float
    max_rows: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.epsilon <= _LARGEST:
            raise UsageError(
                f"an ε of {self.epsilon:g} is no budget: it must be above 0 and at most {_LARGEST:g}.",
                where="--epsilon",
                todo="Give the ε that the policy allows; 4 is already generous.",
            )
        if not 0 < self.delta < 1e-3:
            raise UsageError(
                f"a δ of {self.delta:g} is no budget: it must be above 0 and below one in a thousand.",
                where="--delta",
                todo="Leave it out: then it follows from the population of the domain, or is one in a million.",
            )
        if self.max_rows < 1:
            raise UsageError(
                "a person must be allowed one row at least.", where="--max-rows", todo="Give 1, or leave it out."
            )

    @property
    def rho(self) -> float:
        """The whole of it in zCDP."""
        return rho_of(self.epsilon, self.delta)

    def variance(self, sensitivity_squared: Fraction, share: Fraction) -> Fraction:
        """Give the variance of noise that spends this share on counts of this squared L2 sensitivity for one row.

        ρ = Δ² / (2 σ²), where a person with m rows moves m times as far.
        """
        return sensitivity_squared * self.max_rows**2 / (2 * Fraction(self.rho) * share)
