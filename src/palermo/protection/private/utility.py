"""How wrong the noisy tables are, as it follows from the scale of their noise and from nothing else."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from palermo.protection.private.measurement import Measured

__all__ = ["NINETY_FIVE", "noise_errors"]

NINETY_FIVE = 1.959964
_SIZES = (10, 100, 1000)


def noise_errors(measured: Measured) -> dict[str, Any]:
    """Give, by length of the combination, the scale of the noise and the error to expect of a count of some sizes."""
    upper = np.triu_indices(measured.layout.n_columns, 1)
    scales = {"1": measured.sigma_one, "2": measured.sigma_two[upper], "3": np.array([measured.sigma_three])}
    return {length: _errors(np.asarray(sigma, dtype=np.float64)) for length, sigma in scales.items()}


def _errors(sigma: npt.NDArray[np.float64]) -> dict[str, Any]:
    middle = float(np.median(sigma))
    return {
        "sigma_least": round(float(sigma.min()), 3),
        "sigma_median": round(middle, 3),
        "sigma_most": round(float(sigma.max()), 3),
        "half_width_95": round(NINETY_FIVE * middle, 1),
        "mean_relative_error_of": {str(size): round(middle * math.sqrt(2 / math.pi) / size, 4) for size in _SIZES},
    }
