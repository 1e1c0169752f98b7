"""Whether several chains agree: split R-hat and bulk effective sample size of the number of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Mixing", "mixing_of"]

MOST_RHAT = 1.05
LEAST_ESS = 400


@dataclass(frozen=True, slots=True)
class Mixing:
    """How well chains have mixed."""

    rhat: float
    ess: float

    @property
    def is_settled(self) -> bool:
        """Whether an interval may be read from the draws."""
        return self.rhat <= MOST_RHAT and self.ess >= LEAST_ESS

    @property
    def words(self) -> str:
        """Say why no interval is given."""
        return (
            f"No interval: the chains have not settled (split R-hat {self.rhat:.3f}, at most {MOST_RHAT} wanted;"
            f" bulk effective sample size {self.ess:.0f}, at least {LEAST_ESS} wanted)."
        )


def mixing_of(draws: npt.NDArray[np.float64]) -> Mixing:
    """Measure mixing; draws have the shape (chains, draws).

    References
    ----------
    Vehtari, Gelman, Simpson, Carpenter, Bürkner (2021), Bayesian Analysis 16(2), 667-718.
    """
    from arviz_stats.base.array import array_stats

    if np.ptp(draws) == 0:
        return Mixing(1.0, float(draws.size))
    measures: Any = array_stats  # it tells no types
    return Mixing(float(measures.rhat(draws)), float(measures.ess(draws)))
