"""Whether a model has a maximum of the likelihood on a table, and whether only one."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from palermo.prevalence.models import Model
from palermo.prevalence.newton import NO_MAXIMUM, NOT_IDENTIFIABLE, SETTLED, Floats, Ints

__all__ = ["REASONS", "existence_code"]

REASONS = {
    NO_MAXIMUM: "the likelihood has no maximum: too many overlaps are empty for these terms",
    NOT_IDENTIFIABLE: "several numbers fit equally well, as there are more terms than the overlaps can tell",
    NO_MAXIMUM | NOT_IDENTIFIABLE: "the likelihood has no maximum, and there are more terms than the overlaps tell",
}

_POSITIVE = 1e-8


def existence_code(cells: Ints, model: Model) -> int:
    """Say whether the extended maximum likelihood estimate of a model exists and is identifiable.

    Returns
    -------
    int
        0 if so, 1 if there is no maximum, 2 if it is not identifiable, 3 if neither.

    References
    ----------
    Fienberg and Rinaldo (2012), Annals of Statistics 40(2), 996-1023; as a linear programme in Chan, Silverman and
    Vincent (2021), JASA 116(535), 1297-1306: there is a maximum if and only if some table with all cells above zero
    has the observed margins.
    """
    design = _design(cells, model)
    code = SETTLED if np.linalg.matrix_rank(design) == design.shape[1] else NOT_IDENTIFIABLE
    observed = cells[_kept(cells, model)].astype(np.float64)
    return code | (SETTLED if _least_cell(design, observed) > _POSITIVE else NO_MAXIMUM)


def _kept(cells: Ints, model: Model) -> Ints:
    """Leave out the dark figure and the histories whose mean is zero because nobody is on all lists of a term."""
    histories = np.arange(1, cells.size)
    for term in model:
        within = (np.arange(cells.size) & term) == term
        if not cells[within].any():
            histories = histories[(histories & term) != term]
    return histories


def _design(cells: Ints, model: Model) -> Floats:
    kept = _kept(cells, model)
    live = [term for term in model if cells[(np.arange(cells.size) & term) == term].any()]
    return np.array([(kept & term) == term for term in live], dtype=np.float64).T


def _least_cell(design: Floats, observed: Floats) -> float:
    """Find the table with the same margins whose least cell is greatest, and give that cell.

    Each cell is the least one and something that is not negative.
    """
    n_cells = observed.size
    matrix = np.column_stack([design.T, design.sum(axis=0)])
    goal = np.concatenate([np.zeros(n_cells), [-1.0]])
    solved = linprog(goal, A_eq=matrix, b_eq=design.T @ observed, bounds=(0, None), method="highs")
    return float(solved.x[-1]) if solved.success else 0.0
