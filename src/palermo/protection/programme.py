"""Linear programmes as HiGHS solves them, and what an attacker learns from one."""

from __future__ import annotations

import math

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs
from scipy import sparse

__all__ = ["CLOSE", "Extremes", "Floats", "Span", "programme", "quiet_solver"]

Floats = npt.NDArray[np.float64]
Span = tuple[npt.ArrayLike, npt.ArrayLike]
"""The least and the greatest of each, or one number for all."""

CLOSE = 1e-5
"""How far a number of the solver may be from the whole number it stands for."""


class Extremes:
    """The least and the greatest value that each unknown takes, among all solutions of a linear programme.

    Parameters
    ----------
    known
        One solution. Each answer is kept, since what it says of other unknowns may spare them an attack.
    """

    def __init__(self, model: highspy.HighsLp, known: Floats) -> None:
        self._low, self._high = known.copy(), known.copy()
        self._solver = quiet_solver()
        self._solver.passModel(model)

    def seen(self, index: int) -> int:
        """How far apart the whole numbers of an unknown were in the answers so far."""
        low, high = float(self._low[index]), float(self._high[index])
        return math.floor(high + CLOSE) - math.ceil(low - CLOSE)

    def width(self, index: int) -> int:
        """How far apart they can be: attack one unknown."""
        self._solver.changeColCost(index, 1.0)
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self._solver.changeObjectiveSense(sense)
            self._solver.run()
            values = np.array(self._solver.getSolution().col_value)
            np.minimum(self._low, values, out=self._low)
            np.maximum(self._high, values, out=self._high)
        self._solver.changeColCost(index, 0.0)
        return self.seen(index)


def programme(matrix: sparse.sparray, costs: npt.ArrayLike, unknowns: Span, rows: Span) -> highspy.HighsLp:
    """Write down a linear programme: ``rows[0] <= matrix @ x <= rows[1]``, where x lies in the span of its unknowns."""
    columns = sparse.csc_array(matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = height, width = columns.shape
    model.col_cost_ = _each(costs, width)
    model.col_lower_, model.col_upper_ = (_each(bound, width) for bound in unknowns)
    model.row_lower_, model.row_upper_ = (_each(bound, height) for bound in rows)
    model.a_matrix_.start_ = columns.indptr.astype(np.int32)
    model.a_matrix_.index_ = columns.indices.astype(np.int32)
    model.a_matrix_.value_ = columns.data.astype(np.float64)
    return model


def _each(values: npt.ArrayLike, size: int) -> Floats:
    return np.array(np.broadcast_to(np.asarray(values, dtype=np.float64), size))


def quiet_solver() -> _Highs:
    """Start a solver that says nothing and gives the same answer each time.

    `highspy.Highs`, the class around this one, greets on standard output before it can be told not to.
    """
    solver = _Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("parallel", "off")
    solver.setOptionValue("random_seed", 0)
    return solver
