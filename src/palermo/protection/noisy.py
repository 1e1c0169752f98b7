"""Noisy tables as a release shows them: by field, with all margins, and an interval for each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import polars as pl

from palermo.tables import TOTAL, Dimension, Guarantee, ReleasedTable

if TYPE_CHECKING:  # compiled code that official tables do without
    from palermo.protection.private import PrivateRelease

__all__ = ["TICK", "Noisy", "show_noisy"]

TICK = "."
"""Parts the name of a column that ticks one code of a field: ``form_of_exploitation.sexual``."""

_MOST_CELLS = 500
"""Larger crossings are in the file of all noisy tables only; a matter of the domain, not of the data."""


@dataclass(frozen=True, slots=True)
class Noisy:
    """What was measured under a budget, and the words in which it is shown."""

    made: PrivateRelease
    unit: str
    population: str
    label: Callable[[str], str]
    """The name of a field."""

    @property
    def guarantee(self) -> Guarantee:
        """What the noise promises."""
        said = self.made.about["guarantee"]
        return Guarantee(said["epsilon"], said["delta"], said["unit"])


def show_noisy(noisy: Noisy) -> tuple[ReleasedTable, ...]:
    """Show each field by itself, and two together where this makes no more than 500 cells."""
    cells = _named(noisy.made.tables.filter(pl.col("n_summed") == 0))
    singles = cells.filter(pl.col("second").is_null() & pl.col("first").is_not_null())
    sizes = {field: 1 + n for field, n in singles.group_by("first", maintain_order=True).len().iter_rows()}
    ticked = {column["column"].partition(TICK)[0] for column in noisy.made.about["dictionary"] if _ticks(column)}
    pairs = [pair for pair in combinations(sorted(sizes), 2) if sizes[pair[0]] * sizes[pair[1]] <= _MOST_CELLS]
    return tuple(_table(cells, by, ticked, noisy) for by in (*((field,) for field in sizes), *pairs))


def _ticks(column: dict[str, str]) -> bool:
    return TICK in column["column"]


def _named(tables: pl.DataFrame) -> pl.DataFrame:
    """Name each cell by fields and codes; a tick has its code in its column's name."""
    names = []
    for nth, place in ((1, "first"), (2, "second")):
        column, value = pl.col(f"field_{nth}").cast(pl.String), pl.col(f"value_{nth}").cast(pl.String)
        parts = column.str.splitn(TICK, 2)
        names += [
            parts.struct.field("field_0").alias(place),
            pl.coalesce(parts.struct.field("field_1"), value).alias(f"{place}_code"),
        ]
    return tables.select(*names, "count", "low", "high")


def _table(cells: pl.DataFrame, by: tuple[str, ...], ticked: set[str], noisy: Noisy) -> ReleasedTable:
    names = " and ".join(name[:1].lower() + name[1:] for name in map(noisy.label, by))
    frame = _cube(cells, by).with_columns(below_threshold_cells=pl.lit(0, pl.Int64), cell_status=pl.lit("published"))
    return ReleasedTable(
        name=f"noisy-{'-'.join(by).replace('_', '-')}",
        title=f"{noisy.unit.capitalize()}s by {names}, with noise",
        dimensions=tuple(Dimension(field, "overlapping" if field in ticked else "exclusive") for field in by),
        unit=noisy.unit,
        population=noisy.population,
        cells=frame.select(*by, "count", "low", "high", "below_threshold_cells", "cell_status").sort(by),
        notes=(
            "Noise was added to every number. The interval beside it holds the count 95 times in 100.",
            "Rows do not add up to the total: each has noise of its own, and what is not reported is in no row.",
        ),
        kind="statistics",
        unlisted="zero",
        n_withheld=0,
        universe="noisy",
        noisy=True,
    )


def _cube(cells: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Take the total, each field by itself, and both together, whichever of them was measured first."""
    parts = [cells.filter(pl.col("first").is_null()).with_columns(**dict.fromkeys(by, pl.lit(TOTAL)))]
    for field in by:
        alone = cells.filter((pl.col("first") == field) & pl.col("second").is_null())
        codes = {other: pl.col("first_code") if other == field else pl.lit(TOTAL) for other in by}
        parts.append(alone.with_columns(**codes))
    for first, second in (by, by[::-1]) if len(by) > 1 else ():
        both = cells.filter((pl.col("first") == first) & (pl.col("second") == second))
        parts.append(both.with_columns(**{first: pl.col("first_code"), second: pl.col("second_code")}))
    return pl.concat([part.select(*by, "count", "low", "high") for part in parts])
