"""What earlier releases have told of the cells of a universe, and what must not follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.protection.cells import Cells, Flags, Integers, keys_of
from palermo.protection.together import exposed_together, possible, told
from palermo.tables import Policy, Release, ReleasedTable

__all__ = ["Demands", "Earlier", "earlier_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """What earlier releases demand of the next, for each cell."""

    withheld: Flags
    """Must be withheld, small or not."""
    published: Integers
    """What the cell is at least for whoever takes it that the file has only grown; 0 for nothing."""
    floor: Integers
    """Below what number the cell is not put: what was published, or more."""
    hidden: Flags
    """Needs no proof: what else it could have been before it could be now, where all that hid it is withheld again."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The exact tables of one universe in earlier releases, the oldest first."""

    releases: tuple[tuple[ReleasedTable, ...], ...]
    thresholds: tuple[int, ...]

    def demands(self, cells: Cells, threshold: int) -> Demands:
        """Hide what differs by few from what was published, and reckon with published numbers."""
        published = self._published(cells)
        return Demands(self._changed(cells, threshold), published, published, np.zeros(len(cells.keys), dtype=bool))

    def firmer(self, cells: Cells, threshold: int, truth: Sequence[ReleasedTable]) -> Demands:
        """Withhold all that was withheld last time too, and reckon with one past that is possible, whole.

        Parameters
        ----------
        truth
            The tables as they would be shown if nothing were withheld, with which that past must agree.
        """
        withheld = self._withheld(cells)
        past = possible([*self.releases, truth])[len(self.releases) - 1]
        values = np.array([_number(past.get(key)) for key in cells.keys], dtype=np.int64)
        published = self._published(cells)
        floor = np.maximum(published, np.where(values <= cells.low, values, 0))
        return Demands(self._changed(cells, threshold) | withheld, published, floor, withheld)

    def exposed(self, shown: Sequence[ReleasedTable], threshold: int) -> bool:
        """Attack all releases together: is any cell of any of them narrower than its threshold?"""
        found = exposed_together([*self.releases, shown], [*self.thresholds, threshold])
        return bool(self.releases) and any(True for _ in found)

    def _changed(self, cells: Cells, threshold: int) -> Flags:
        """Say which cells differ by fewer than the threshold from what was published: these few are somebody."""
        changes = np.zeros(len(cells.keys), dtype=bool)
        for values in self._values(cells):
            apart = abs(cells.low - values)
            changes |= (values >= 0) & (cells.low == cells.high) & (apart > 0) & (apart < threshold)
        return changes

    def _published(self, cells: Cells) -> Integers:
        floor = np.zeros(len(cells.keys), dtype=np.int64)
        for values in self._values(cells):
            np.maximum(floor, np.where(values <= cells.low, values, 0), out=floor)
        return floor

    def _withheld(self, cells: Cells) -> Flags:
        """Say which cells the last release that had them withheld; what is zero now is not withheld."""
        tables = [table for release in self.releases for table in release]
        last = {k: how for table in tables for k, how in zip(keys_of(table), table.cells["cell_status"], strict=True)}
        withheld = np.array([last.get(key) == "withheld" for key in cells.keys], dtype=bool)
        return withheld & np.array(cells.high > 0)

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
