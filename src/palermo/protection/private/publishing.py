"""The noisy tables in a form that others can read: one line a cell, with the interval that the noise gives it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.protection.private.domain import Domain
from palermo.protection.private.layout import Layout
from palermo.protection.private.measurement import Measured
from palermo.protection.private.utility import NINETY_FIVE

__all__ = ["noisy_tables"]

Integers = npt.NDArray[np.int64]


def noisy_tables(measured: Measured, domain: Domain) -> pl.DataFrame:
    """List every cell of all 1- and 2-way tables, empty ones too, and of the total.

    Returns
    -------
    pl.DataFrame
        ``field_1``, ``value_1``, ``field_2``, ``value_2`` (null where there is none), ``noisy_count`` as measured,
        ``count`` with what is below zero put to zero, and ``low`` and ``high``: nine in ten and half of the rest, that
        is 95 in 100 such intervals, hold the count of the capped rows.
    """
    layout = measured.layout
    names = [(column.name, value) for column in domain.ordered for value in column.values]
    fields, values = (
        pl.Series(kind, texts, dtype=pl.Categorical) for kind, texts in zip("fv", zip(*names, strict=True), strict=True)
    )
    left, right = _pairs(layout)
    ones = np.arange(layout.n_values)
    first = np.concatenate([[-1], ones, left])
    second = np.concatenate([np.full(layout.n_values + 1, -1), right])
    noisy = np.concatenate([[measured.rows], measured.one, measured.two])
    sigma = np.concatenate([[measured.sigma_rows], measured.sigma_one, layout.expand(measured.sigma_two)])
    cells = {
        "field_1": _named(fields, first),
        "value_1": _named(values, first),
        "field_2": _named(fields, second),
        "value_2": _named(values, second),
    }
    half = NINETY_FIVE * sigma.astype(np.float64)
    numbers = {
        "noisy_count": np.rint(noisy).astype(np.int64),
        "count": np.maximum(0, np.rint(noisy)).astype(np.int64),
        "low": np.maximum(0, np.floor(noisy - half)).astype(np.int64),
        "high": np.maximum(0, np.ceil(noisy + half)).astype(np.int64),
        "sigma": sigma.astype(np.float64),
    }
    return pl.DataFrame(cells | numbers)


def _pairs(layout: Layout) -> tuple[Integers, Integers]:
    left = np.repeat(np.arange(layout.n_values), layout.n_values - layout.firsts[layout.column + 1])
    right = np.concatenate([np.arange(layout.after(value), layout.n_values) for value in range(layout.n_values)])
    return left, right


def _named(texts: pl.Series, places: Integers) -> pl.Series:
    return texts.gather(pl.Series(np.where(places < 0, 0, places))).zip_with(
        pl.Series(places >= 0), pl.Series([None], dtype=pl.Categorical).extend_constant(None, len(places) - 1)
    )
