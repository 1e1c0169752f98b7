"""Which cells to withhold, so that none of them can be worked out from the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from palermo.protection.cells import Flags, Integers
from palermo.protection.components import Component
from palermo.protection.moves import MoveFinder
from palermo.protection.programme import Floats
from palermo.protection.sketch import sketch

__all__ = ["Suppression", "Unprotectable", "suppress"]

_FREE = 1e-3
"""The price of moving a withheld cell; not nothing, so that short moves win."""
_STEP = 2.0
"""How much dearer a margin is than the cells one dimension below it."""
_FINE = 1024
"""Prices are rounded to this part of one, so that they are the same on every machine."""
_SKETCHED = 0.2
"""The price of a cell that the sketch withholds, for its part of the full price."""
_EVERY, _FEW, _WORTH = 20, 20, 0.97
"""How many cells are widened one by one between sweeps; and when to stop sweeping: when so few narrow cells are left,
or when a sweep left more than this part of them."""
_AGAIN = 2
"""How often a move is sought again at prices that favour few published cells over small amounts."""

Step = tuple[int, int]
"""A layer, and by how much the cell is to move in it."""

Move = tuple[int, Integers]
"""A layer, and a move of the whole component in it."""


class Unprotectable(Exception):
    """A withheld cell has no second value that fits, whatever else is withheld."""


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """What is withheld in a component, and how wide each cell is proven to be by truths that fit as well."""

    withheld: Flags
    proven: Integers


def suppress(component: Component, small: Flags, threshold: int, hidden: Flags) -> Suppression:
    """Withhold the small cells and as few others as this finds, until each can be ``threshold`` wide.

    Parameters
    ----------
    small : shape (cells,)
        What must be withheld in any case.
    threshold : int
        In units of the count: how far apart the least and the greatest value of each withheld cell must lie.
    hidden : shape (cells,)
        Which of them need not be proven, since what other releases withhold hides them.

    Returns
    -------
    Suppression
        Each width is proven by two sets of whole numbers that satisfy every relation and differ in the withheld cells
        only, checked in whole-number arithmetic.

    Raises
    ------
    Unprotectable
        There is no such set for some cell, even with all cells but the grand total withheld.

    References
    ----------
    Kelly, Golden & Assad (1992), Networks 22(4), 397-417: complements from least-cost flows, cell by cell.
    Fischetti & Salazar-González (2001), Management Science 47(7), 1008-1027: protection as the attacker's programme.
    """
    search = _Search(component, small, threshold, hidden)
    search.sweep()
    while (cell := search.next_narrow()) is not None:
        search.widen(cell)
    return Suppression(search.withheld, search.width())


class _Search:
    """The state of `suppress`: what is withheld so far, and how far each cell has been seen to go up and down."""

    def __init__(self, component: Component, small: Flags, threshold: int, hidden: Flags) -> None:
        self.component = component
        self.threshold = threshold
        self.hidden = hidden
        self.withheld = small.copy()
        self.widened = 0
        self.numbers = component.parts.sum(axis=0)
        levels = component.depth.max() - component.depth
        weights = np.rint(_FINE * (1 + np.sqrt(self.numbers))) / _FINE * _STEP**levels
        self.prices: Floats = weights * (1 - (1 - _SKETCHED) * sketch(component, small, weights, threshold))
        self.up = np.zeros_like(component.parts)
        self.down = np.zeros_like(component.parts)
        self.finders = [MoveFinder(component, layer) for layer in range(len(component.parts))]

    def width(self) -> Integers:
        """How wide each cell is proven to be; what is found in one layer adds to what is found in another."""
        width: Integers = (self.up + self.down).sum(axis=0)
        return width

    def narrow(self) -> Flags:
        """Say which withheld cells are not proven wide enough."""
        narrow: Flags = self.withheld & ~self.hidden & (self.width() < self.threshold)
        return narrow

    def next_narrow(self) -> int | None:
        """Take the smallest withheld cell that is not proven wide enough, if any is left."""
        narrow = np.flatnonzero(self.narrow())
        return int(narrow[np.argmin(self.numbers[narrow])]) if len(narrow) else None

    def sweep(self) -> None:
        """Prove many cells at once, by moving all that are narrow at the same time, some up and some down."""
        for layer, finder in enumerate(self.finders):
            before, narrow = self.component.parts.size, self.narrow()
            while _FEW <= narrow.sum() <= _WORTH * before:
                before = int(narrow.sum())
                goal = np.where(narrow, _signs(len(narrow), before), 0)
                move = finder.together(goal, self.withheld, self.threshold)
                if move is not None:
                    self._remember(layer, move)
                    self._remember(layer, -move)
                narrow = self.narrow()

    def widen(self, cell: int) -> None:
        """Prove one cell wide enough, withholding what this takes."""
        simple, joint, split = list(self._plans(cell)), list(self._joint_plans(cell)), list(self._splits(cell))
        best = self._best(cell, simple) or self._best(cell, joint) or self._best(cell, split)
        for plan in (*simple, *joint, *split):
            best = best or self._carry_out(cell, plan, thorough=True)
        if not best:
            raise Unprotectable
        for layer, move in best:
            self.withheld |= move != 0
            self._remember(layer, move)
            self._remember(layer, -move)
        self.widened += 1
        if self.widened % _EVERY == 0:
            self.sweep()

    def _best(self, cell: int, plans: list[list[Step]]) -> list[Move] | None:
        """Carry out the plan that withholds least; one that withholds nothing new ends the search."""
        best: list[Move] | None = None
        for plan in plans:
            moves = self._carry_out(cell, plan)
            if moves is not None and (best is None or self._price(moves) < self._price(best)):
                best = moves
            if best is not None and not self._price(best):
                break
        return best

    def _plans(self, cell: int) -> Iterator[list[Step]]:
        """List ways to the width in one layer: up all the way, or down as far as it goes and up the rest."""
        width = int(self.width()[cell])
        for layer, room in enumerate(self.component.room[:, cell]):
            need = self.threshold - width + int(self.up[layer, cell] + self.down[layer, cell])
            down = min(int(room), need)
            yield [(layer, need)]
            yield [(layer, amount) for amount in (-down, need - down) if amount]

    def _splits(self, cell: int) -> Iterator[list[Step]]:
        """List all ways to the width in one layer: where a file is small, a cell may have little way up and down."""
        for layer, room in enumerate(self.component.room[:, cell]):
            need = self.threshold - int(self.width()[cell] - self.up[layer, cell] - self.down[layer, cell])
            yield from ([(layer, -down), (layer, need - down)] for down in range(1, min(int(room) + 1, need)))

    def _joint_plans(self, cell: int) -> Iterator[list[Step]]:
        """Where no layer has enough to be wide by itself, let each give a part."""
        rooms = [int(room) for room in self.component.room[:, cell]]
        rest = max(0, self.threshold - sum(rooms))
        for first in range(rest + 1 if len(rooms) > 1 else 0):
            steps = [(0, -rooms[0]), (0, first), (1, -rooms[1]), (1, rest - first)]
            yield [(layer, amount) for layer, amount in steps if amount]

    def _carry_out(self, cell: int, plan: list[Step], *, thorough: bool = False) -> list[Move] | None:
        moves: list[Move] = []
        withheld = self.withheld
        for layer, amount in plan:
            if (amount > 0 and self.up[layer, cell] >= amount) or self.down[layer, cell] >= -amount > 0:
                continue
            move = self._find(layer, cell, amount, withheld, thorough=thorough)
            if move is None:
                return None
            moves.append((layer, move))
            withheld = withheld | (move != 0)
        return moves

    def _find(self, layer: int, cell: int, amount: int, withheld: Flags, *, thorough: bool) -> Integers | None:
        finder = self.finders[layer]
        prices = np.where(withheld, _FREE, self.prices)
        if thorough:
            return finder.any_whole(cell, amount, prices)
        best = finder.cheapest(cell, amount, prices)
        for _ in range(_AGAIN):
            new = np.zeros_like(withheld) if best is None else (best != 0) & ~withheld
            if best is None or new.sum() <= 1:
                break
            fewer = np.where(new, self.prices / np.maximum(1, abs(best)), 3 * self.prices)
            other = finder.cheapest(cell, amount, np.where(withheld, _FREE, fewer))
            if other is None or self.prices[(other != 0) & ~withheld].sum() >= self.prices[new].sum():
                break
            best = other
        return best

    def _price(self, moves: list[Move]) -> float:
        moved = np.logical_or.reduce([move != 0 for _, move in moves])
        return float(self.prices[moved & ~self.withheld].sum())

    def _remember(self, layer: int, move: Integers) -> None:
        furthest = move * self.component.reach(layer, move, self.threshold)
        np.maximum(self.up[layer], furthest, out=self.up[layer])
        np.maximum(self.down[layer], -furthest, out=self.down[layer])


def _signs(size: int, salt: int) -> Integers:
    """Deal out ups and downs that look like chance and are the same each time: bits of a multiplicative hash."""
    bits: Integers = (np.arange(size, dtype=np.int64) + 1) * 2_654_435_761 * (2 * salt + 1) >> 13 & 1
    return 2 * bits - 1
