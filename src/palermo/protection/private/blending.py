"""Targets for the records: between what the model expects and what was measured, by how far each can be trusted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from palermo.protection.private.layout import Floats

__all__ = ["blend"]

_BANDS = np.array([0, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, np.inf])
_FAR = 3.7
_ROUNDS = 6


def blend(noisy: Floats, expected: Floats, sigma: Floats | float) -> Floats:
    """Move each expected count towards the noisy one, by what the model is off in its band of counts.

    In each band the model's own variance is estimated from the spread that the noise does not explain. A count that is
    off by more than 3.7 standard deviations is something the model does not know, and is believed more.
    """
    target = np.empty_like(expected)
    variance = np.broadcast_to(np.square(sigma, dtype=np.float32), expected.shape)
    band = np.digitize(expected, _BANDS)
    for number in np.unique(band):
        own = band == number
        gap, noise = noisy[own] - expected[own], variance[own]
        off = _own_variance(gap, noise)
        part = off / (off + noise)
        far = np.abs(gap) >= _FAR * np.sqrt(off + noise)
        part = np.where(far, np.maximum(part, 1 - noise / np.maximum(noise, gap * gap)), part)
        target[own] = expected[own] + part * gap
    return np.maximum(target, 0)


def _own_variance(gap: Floats, noise: npt.NDArray[np.float32]) -> float:
    off = 0.0
    for _ in range(_ROUNDS):
        near = np.abs(gap) < _FAR * np.sqrt(off + noise)
        off = max(0.0, float(np.mean(gap[near] ** 2 - noise[near]))) if near.any() else 0.0
    return off
