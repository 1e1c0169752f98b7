"""Capture histories as a table that the gate can protect."""

from __future__ import annotations

import numpy as np
import polars as pl

from palermo.prevalence.histories import CaptureHistories
from palermo.tables import MEASURES, TOTAL, Dimension, Tabulation

__all__ = ["carriers", "tabulate_histories"]

_SHARED = 2


def tabulate_histories(histories: CaptureHistories) -> Tabulation:
    """Count people by their whole history; private until the gate has seen it.

    The code of a history has a 1 or a 0 for each list, in the order of the lists. No other sum than the total is told:
    with the sizes of lists and of overlaps, far more histories would have to be withheld.
    """
    rows: list[tuple[str | int, ...]] = [(TOTAL, *_numbers(histories.seen))]
    for history, count in zip(histories.histories.tolist(), histories.counts.tolist(), strict=True):
        code = "".join(str(history >> place & 1) for place in range(histories.n_lists))
        rows.append((code, *_numbers(count)))
    return Tabulation(
        name="capture-histories",
        title="People by the lists they are on",
        dimensions=(Dimension("capture_history"),),
        unit="person",
        population="People on at least one list",
        cells=pl.DataFrame(rows, schema=["capture_history", *MEASURES], orient="row"),
        notes=("Each digit is a list, in order: 1 where somebody is on it, 0 where not.",),
        universe="capture-histories",
    )


def carriers(histories: CaptureHistories) -> int:
    """Count those who carry an estimate: people on exactly two lists."""
    return int(histories.counts[np.bitwise_count(histories.histories) == _SHARED].sum())


def _numbers(count: int) -> tuple[int, ...]:
    return count, count, count, 0, count
