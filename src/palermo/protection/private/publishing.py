"""The noisy tables in a form that others can read: one line a cell, with the interval that the noise gives it."""

from __future__ import annotations

from collections.abc import Iterator

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
    """List every cell of all 1- and 2-way tables, empty ones too, and of the total, and of what values belong to.

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
    measured_cells = pl.DataFrame(cells | {"noisy": noisy.astype(np.float64), "sigma": sigma.astype(np.float64)})
    return _with_intervals(
        pl.concat([measured_cells.with_columns(n_summed=pl.lit(0, pl.Int32)), *_sums(measured_cells, domain)])
    )


def _with_intervals(cells: pl.DataFrame) -> pl.DataFrame:
    noisy, half = pl.col("noisy"), NINETY_FIVE * pl.col("sigma")
    numbers = {
        "noisy_count": noisy.round(mode="half_to_even"),
        "count": noisy.round(mode="half_to_even").clip(0),
        "low": (noisy - half).floor().clip(0),
        "high": (noisy + half).ceil().clip(0),
    }
    exact = {name: number.cast(pl.Int64) for name, number in numbers.items()}
    return cells.select("^(field|value)_.$", **exact, sigma="sigma", n_summed="n_summed")


def _sums(cells: pl.DataFrame, domain: Domain) -> Iterator[pl.DataFrame]:
    """Add up the cells of values that belong together, and the variances of their noise; it costs nothing."""
    belongs = [(column.name, *pair) for column in domain.columns for pair in column.parents.items()]
    parents = pl.DataFrame(belongs, schema=dict.fromkeys(("field", "value", "parent"), pl.String), orient="row")
    places = ["field_1", "value_1", "field_2", "value_2"]
    for raised in ((1,), (2,), (1, 2)):
        found = cells.with_columns(pl.col(places).cast(pl.String))
        for nth in raised:
            own = [f"field_{nth}", f"value_{nth}"]
            found = found.join(parents, left_on=own, right_on=["field", "value"])
            found = found.with_columns(pl.col("parent").alias(f"value_{nth}")).drop("parent")
        sums = found.group_by(places, maintain_order=True).agg(
            pl.col("noisy").sum(), (pl.col("sigma") ** 2).sum().sqrt(), n_summed=pl.len().cast(pl.Int32)
        )
        yield sums.cast({place: cells.schema[place] for place in places})


def _pairs(layout: Layout) -> tuple[Integers, Integers]:
    left = np.repeat(np.arange(layout.n_values), layout.n_values - layout.firsts[layout.column + 1])
    right = np.concatenate([np.arange(layout.after(value), layout.n_values) for value in range(layout.n_values)])
    return left, right


def _named(texts: pl.Series, places: Integers) -> pl.Series:
    return texts.gather(pl.Series(np.where(places < 0, 0, places))).zip_with(
        pl.Series(places >= 0), pl.Series([None], dtype=pl.Categorical).extend_constant(None, len(places) - 1)
    )
