"""Pairs of records that belong together."""

from __future__ import annotations

import numpy as np

__all__ = ["pairs_within"]


def pairs_within(*labels: np.ndarray) -> int:
    """Count the pairs of records that share all labels, given in the order of the records."""
    counts = np.unique(np.column_stack(labels), axis=0, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())
