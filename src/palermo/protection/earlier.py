"""What earlier releases have told of the cells of a universe, and what must not follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from palermo.protection.cells import Cells, Integers, Key
from palermo.protection.together import exposed_together, told
from palermo.tables import Policy, Release, ReleasedTable

__all__ = ["Earlier", "earlier_of"]

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The exact tables of one universe in earlier releases, the oldest first."""

    releases: tuple[tuple[ReleasedTable, ...], ...]
    thresholds: tuple[int, ...]

    def changed(self, cells: Cells, threshold: int) -> Flags:
        """Say which cells differ by fewer than the threshold from what was published: these few are somebody."""
        changes = np.zeros(len(cells.keys), dtype=bool)
        for values in self._values(cells):
            apart = abs(cells.low - values)
            changes |= (values >= 0) & (cells.low == cells.high) & (apart > 0) & (apart < threshold)
        return changes

    def floor(self, cells: Cells) -> Integers:
        """Say what each cell is at least for whoever takes it that the file has only grown; 0 for nothing."""
        floor = np.zeros(len(cells.keys), dtype=np.int64)
        for values in self._values(cells):
            np.maximum(floor, np.where(values <= cells.low, values, 0), out=floor)
        return floor

    def exposed(self, shown: Sequence[ReleasedTable], threshold: int) -> tuple[bool, frozenset[Key]]:
        """Attack all releases together: is anything exposed, and of which cells of earlier ones is it?"""
        found = exposed_together([*self.releases, shown], [*self.thresholds, threshold])
        return bool(found), frozenset(key for nth, key in found if nth < len(self.releases))

    def _values(self, cells: Cells) -> list[Integers]:
        """Give for each release the published number of each cell, or -1."""
        views = [told(tables) for tables in self.releases]
        return [np.array([_number(view.get(key)) for key in cells.keys], dtype=np.int64) for view in views]


def earlier_of(universe: str, before: Sequence[Release], policy: Policy) -> Earlier:
    """Take the tables of a universe from earlier releases; rounding or noise in either hides what differs."""
    if not _is_exact(policy):
        return Earlier((), ())
    own = [
        (tuple(table for table in made.tables if table.universe == universe and not table.noisy), made.policy)
        for made in before
    ]
    exact = [(tables, made.threshold) for tables, made in own if tables and _is_exact(made)]
    return Earlier(tuple(tables for tables, _ in exact), tuple(min(policy.threshold, least) for _, least in exact))


def _is_exact(policy: Policy) -> bool:
    return not policy.rounding and not policy.perturbation


def _number(value: int | None) -> int:
    return -1 if value is None else value
