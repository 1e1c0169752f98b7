"""Rounding of published counts, in whole numbers."""

from __future__ import annotations

import polars as pl

__all__ = ["rounded"]


def rounded(numbers: pl.Expr, base: int) -> pl.Expr:
    """Round counts to the nearest multiple of ``base``, halves up; 0 leaves them as they are.

    >>> pl.select(rounded(pl.Series([12, 13, 17, 18]), 5)).to_series().to_list()
    [10, 15, 15, 20]
    """
    return (numbers + base // 2) // base * base if base else numbers
