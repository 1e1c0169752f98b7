"""Compare what we know by the day with a table that knows by the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from palermo.commitments.instruments.action import BINDING

__all__ = ["Disagreement", "disagreements"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A State of which two sources give different years."""

    state: str
    ours: int
    theirs: int


def disagreements(
    actions: pl.DataFrame, instrument: str, years: Mapping[str, int], *, until: date
) -> list[Disagreement]:
    """List the States that joined by a day of which another table gives another year.

    Parameters
    ----------
    years
        In which year each State became a party, by the other table.
    """
    own = actions.filter(
        (pl.col("instrument") == instrument)
        & pl.col("action").is_in(BINDING)
        & (pl.col("made_on_latest") <= until)
        & (pl.col("made_on_earliest") == pl.col("made_on_latest"))
    )
    ours = own.group_by("state").agg(pl.col("made_on_latest").min().dt.year()).sort("state").rows()
    return [Disagreement(state, year, years[state]) for state, year in ours if years.get(state, year) != year]
