"""Another truth that fits: the cheapest way to move one cell by a given amount."""

from __future__ import annotations

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from palermo.protection.cells import Flags
from palermo.protection.components import Component
from palermo.protection.programme import Floats, programme, quiet_solver

__all__ = ["MoveFinder"]

_INTEGER, _CONTINUOUS = 1, 0
_NODES = 5_000
"""How far branch and bound goes before it gives up: counted in nodes, since seconds differ between machines."""
_CLOSE = 1e-6
_FINE = 1e-3
"""The price of moving at all, so that cells do not move in vain."""
_REPRICING = (0.01, 0.05, 0.2, 0.7)
"""How dear a withheld cell becomes, for its part of the mean price, when the cheapest move is not in whole numbers."""


class MoveFinder:
    """Find feasible moves in one layer of a component by linear programming.

    Each cell has a column for going up and one for going down, so that both have a price. The cost of a solution is
    a linear stand-in for the number of published cells that it moves.
    """

    def __init__(self, component: Component, layer: int) -> None:
        self._component = component
        self._layer = layer
        self._size = len(component.cells)
        self._columns = np.arange(2 * self._size, dtype=np.int32)
        self._room = component.room[layer].astype(np.float64)
        self._solver = quiet_solver()
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("mip_max_improving_sols", 1)
        self._solver.setOptionValue("mip_max_nodes", _NODES)
        self._solver.passModel(self._model())

    def cheapest(self, cell: int, amount: int, price: Floats) -> npt.NDArray[np.int64] | None:
        """Move ``cell`` by ``amount`` at the least price, in whole numbers; None if this way finds none.

        Where the vertex of the linear programme is not in whole numbers, the prices are changed and it is tried
        again: dearer withheld cells make shorter moves, and those are nearly always whole.
        """
        move, feasible = self._solve(cell, amount, price)
        wobble = 1 + (np.arange(self._size) * 7919 % 1009) / 5000
        for dear in _REPRICING:
            if move is not None or not feasible:
                break
            move, _ = self._solve(cell, amount, np.maximum(price, dear * price.mean()) * wobble)
        return move

    def any_whole(self, cell: int, amount: int, price: Floats) -> npt.NDArray[np.int64] | None:
        """Move ``cell`` by ``amount`` in whole numbers by branch and bound: slow, but nearly sure to find a way."""
        kinds = np.full(2 * self._size, _INTEGER, dtype=np.uint8)
        self._solver.changeColsIntegrality(2 * self._size, self._columns, kinds)
        self._solver.setOptionValue("presolve", "on")
        move, _ = self._solve(cell, amount, price)
        self._solver.setOptionValue("presolve", "off")
        self._solver.changeColsIntegrality(2 * self._size, self._columns, kinds * _CONTINUOUS)
        return move

    def together(self, goal: npt.NDArray[np.int64], free: Flags, most: int) -> npt.NDArray[np.int64] | None:
        """Move the free cells as far along ``goal`` as they go in all, each by up to ``most``, in whole numbers.

        The others stay. None if the best move is not in whole numbers.
        """
        solver, size = self._solver, self._size
        solver.changeColsCost(2 * size, self._columns, np.concatenate([_FINE - goal, _FINE + goal]))
        bound = np.where(free, float(most), 0.0)
        self._bound(bound, np.minimum(bound, self._room))
        solver.clearSolver()
        solver.run()
        values = np.array(solver.getSolution().col_value)
        self._bound(np.full(size, highspy.kHighsInf), self._room)
        return self._whole(values[:size] - values[size:])

    def _bound(self, up: Floats, down: Floats) -> None:
        """Say how far each cell may go."""
        bounds = np.concatenate([up, down])
        self._solver.changeColsBounds(len(bounds), self._columns, np.zeros(len(bounds)), bounds)

    def _solve(self, cell: int, amount: int, price: Floats) -> tuple[npt.NDArray[np.int64] | None, bool]:
        solver, size = self._solver, self._size
        costs = np.concatenate([price, price])
        costs[[cell, cell + size]] = 0
        up, down = float(max(amount, 0)), float(max(-amount, 0))
        solver.changeColsCost(2 * size, self._columns, costs)
        solver.changeColBounds(cell, up, up)
        solver.changeColBounds(cell + size, down, down)
        solver.clearSolver()
        solver.run()
        solution = solver.getSolution()
        solver.changeColBounds(cell, 0, highspy.kHighsInf)
        solver.changeColBounds(cell + size, 0, self._room[cell])
        if not solution.value_valid or solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None, False
        values = np.array(solution.col_value)
        return self._whole(values[:size] - values[size:]), True

    def _whole(self, values: Floats) -> npt.NDArray[np.int64] | None:
        move = np.rint(values).astype(np.int64)
        close = bool((np.abs(values - move) < _CLOSE).all())
        return move if close and self._component.reach(self._layer, move, 1) else None

    def _model(self) -> highspy.HighsLp:
        component, size = self._component, self._size
        return programme(
            sparse.hstack([component.matrix, -component.matrix]),
            1.0,
            (0.0, np.concatenate([np.full(size, highspy.kHighsInf), self._room])),
            (-component.slack[self._layer], np.where(component.equations, 0.0, highspy.kHighsInf)),
        )
