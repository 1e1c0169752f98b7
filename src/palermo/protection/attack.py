"""What an attacker can work out: the least and the greatest value of a withheld cell that fit everything published."""

from __future__ import annotations

import math

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from palermo.protection.cells import Integers
from palermo.protection.components import Component
from palermo.protection.moves import Floats, quiet_solver

__all__ = ["narrowest_interval"]

_CLOSE = 1e-5


def narrowest_interval(component: Component, withheld: npt.NDArray[np.bool_], proven: Integers, furthest: int) -> int:
    """Find the narrowest interval that linear programming infers for a withheld cell; there must be one.

    Parameters
    ----------
    proven : shape (cells,)
        Widths that other truths have shown; a cell proven at least as wide as the narrowest one found needs no attack.
    furthest : int
        How far a cell that no relation bounds is taken to move.
    """
    unknown = np.flatnonzero(withheld)
    attackers = [_Attacker(component, layer, unknown, furthest) for layer in range(len(component.parts))]
    narrowest = 2 * furthest * len(attackers)
    for index in np.argsort(proven[unknown], kind="stable"):
        known = max(int(proven[unknown[index]]), sum(attacker.seen(index) for attacker in attackers))
        if known < narrowest:
            narrowest = min(narrowest, sum(attacker.width(index) for attacker in attackers))
    return narrowest


class _Attacker:
    """The attacker's linear programme on one layer: the withheld cells are unknown, all else is given.

    It is written in distances from the truth, which keeps its numbers small and its answers exact, and changes nothing.
    """

    def __init__(self, component: Component, layer: int, unknown: npt.NDArray[np.intp], furthest: int) -> None:
        self._low: Floats = np.zeros(len(unknown))
        self._high: Floats = np.zeros(len(unknown))
        self._solver = quiet_solver()
        self._solver.passModel(_model(component, layer, unknown, furthest))

    def seen(self, index: int) -> int:
        """How wide the cell was in the answers so far."""
        return _whole_width(self._low[index], self._high[index])

    def width(self, index: int) -> int:
        """Attack one cell."""
        self._solver.changeColCost(index, 1.0)
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self._solver.changeObjectiveSense(sense)
            self._solver.run()
            values = np.array(self._solver.getSolution().col_value)
            np.minimum(self._low, values, out=self._low)
            np.maximum(self._high, values, out=self._high)
        self._solver.changeColCost(index, 0.0)
        return self.seen(index)


def _whole_width(low: float, high: float) -> int:
    return math.floor(high + _CLOSE) - math.ceil(low - _CLOSE)


def _model(component: Component, layer: int, unknown: npt.NDArray[np.intp], furthest: int) -> highspy.HighsLp:
    matrix = sparse.csc_array(component.matrix[:, unknown])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = matrix.shape[1], matrix.shape[0]
    model.col_cost_, model.col_lower_ = np.zeros(len(unknown)), -component.room[layer, unknown].astype(np.float64)
    model.col_upper_ = np.full(len(unknown), float(furthest))
    model.row_lower_ = -component.slack[layer].astype(np.float64)
    model.row_upper_ = np.where(component.equations, 0.0, highspy.kHighsInf)
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(np.float64)
    return model
