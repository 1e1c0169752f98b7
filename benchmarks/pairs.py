"""Pairs of records that belong together."""

from __future__ import annotations

import numpy as np
import polars as pl

__all__ = ["pairs_within"]


def pairs_within(*labels: np.ndarray | pl.Series) -> int:
    """Count the pairs of records that share all labels, given in the order of the records."""
    sizes = pl.DataFrame({str(nth): each for nth, each in enumerate(labels)}).group_by(pl.all()).len()["len"]
    return int((sizes.cast(pl.Int64) * (sizes.cast(pl.Int64) - 1) // 2).sum())
