"""A first guess at what to withhold: no family may have a lone unknown, nor too little behind its unknowns."""

from __future__ import annotations

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from palermo.protection.cells import Flags
from palermo.protection.components import Component
from palermo.protection.programme import Floats, programme, quiet_solver

__all__ = ["sketch"]

_NODES = 200
_LARGEST = 20_000
_FEWEST = 20
"""With more cells, or fewer small ones, a sketch takes longer than the moves it saves."""


def sketch(component: Component, small: Flags, weights: Floats, threshold: int) -> Floats:
    """Say for each cell whether the cheapest cover withholds it: 1 or 0.

    In each equation ``parent = sum of children`` an unknown cell needs another unknown one, and an unknown child needs
    unknown cells of at least ``threshold`` in all, unless the parent is unknown too. This is necessary and not
    sufficient, so it only makes cells cheap for `suppress`.
    """
    size = len(component.cells)
    rows = None if size > _LARGEST or small.sum() < _FEWEST else _rows(component, threshold)
    if rows is None:
        return np.zeros(size)
    model = programme(rows, weights, (small, 1.0), (0.0, highspy.kHighsInf))
    model.integrality_ = [highspy.HighsVarType.kInteger] * size
    solver = quiet_solver()
    solver.setOptionValue("mip_max_nodes", _NODES)
    solver.setOptionValue("mip_rel_gap", 0.02)
    solver.passModel(model)
    solver.run()
    solution = solver.getSolution()
    return np.rint(np.array(solution.col_value)) if solution.value_valid else np.zeros(size)


def _rows(component: Component, threshold: int) -> sparse.csr_array | None:
    """Write the two conditions for each cell of each equation as rows that must not be negative."""
    rooms = np.minimum(component.room.sum(axis=0), threshold)
    blocks: list[tuple[npt.NDArray[np.int64], Floats]] = []
    for row in np.flatnonzero(component.equations):
        own = slice(component.matrix.indptr[row], component.matrix.indptr[row + 1])
        cells, parents = component.matrix.indices[own], component.matrix.data[own] > 0
        behind = np.where(parents, threshold, rooms[cells]) / threshold
        for here in range(len(cells)):
            blocks.append((cells, np.where(np.arange(len(cells)) == here, -1.0, 1.0)))
            if not parents[here]:
                blocks.append((cells, behind - (np.arange(len(cells)) == here)))
    if not blocks:
        return None
    starts = np.cumsum([0, *(len(cells) for cells, _ in blocks)])
    columns, values = (np.concatenate(column) for column in zip(*blocks, strict=True))
    return sparse.csr_array((values, columns, starts), shape=(len(blocks), len(rooms)))
