"""Rows drawn from the mixture as evenly as whole rows allow."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from palermo.protection.private.layout import BLANK, Codes, Layout
from palermo.protection.private.mixture import Mixture

__all__ = ["Drawn", "draw"]

Drawn = tuple[Codes, npt.NDArray[np.int64]]
"""Rows, class after class, and where each class begins."""


def draw(model: Mixture, rows: int, layout: Layout, seed: int) -> Drawn:
    """Draw so many rows; in each class every value comes as often as expected, rounded up or down by chance.

    Values are taken at evenly spaced points of their cumulative chances, and then shuffled (systematic sampling).
    """
    random = np.random.default_rng(seed)
    bounds = np.floor(np.cumsum(model.weights.astype(np.float64)) * rows + random.random()).astype(np.int64)
    starts = np.concatenate([[0], np.minimum(bounds, rows)])
    starts[-1] = rows
    codes = np.full((rows, layout.n_columns), BLANK, dtype=np.int32)
    for number, (start, stop) in enumerate(pairwise(starts)):
        if start == stop:
            continue
        points = np.arange(stop - start, dtype=np.float64)
        for column, (first, last) in enumerate(pairwise(layout.firsts)):
            sums = np.cumsum(model.chances[number, first:last].astype(np.float64))
            value = np.searchsorted(sums, (points + random.random()) / len(points), side="right")
            value = np.where(value < last - first, value + first, BLANK)
            codes[start:stop, column] = random.permutation(value)
    return codes, starts
