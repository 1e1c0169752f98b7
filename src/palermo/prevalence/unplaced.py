"""People whose stratum is not known, as where a list does not record sex: shared out by expectation and maximisation.

References
----------
Dempster, Laird and Rubin (1977), JRSS-B 39(1), 1-38; Louis (1982), JRSS-B 44(2), 226-233, for what the unknown leave
open; van der Heijden, Whittaker, Cruyff, Bakker and van der Vliet (2012), Annals of Applied Statistics 6(3), 831-852,
for covariates that a list does not record.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from palermo.prevalence.compiled import compiled
from palermo.prevalence.newton import OPEN, SETTLED, Floats, Ints, add_up, fit, take_apart

__all__ = ["Unplaced", "fit_with_unplaced", "is_told", "share_out"]

_ROUNDS = 5_000
_CLOSE = 1e-7
"""In people: if nobody moves any more, the shares are those of the maximum."""
_FLAT = 1e-6
"""Less of a term's information is left than this if the unknown could be shared out in several ways."""


class Unplaced(NamedTuple):
    """Cells of people whose stratum is not known, and for each the cells in which they may be."""

    cells: Ints
    starts: Ints
    """Where the cells of each begin among ``members``, and where the last end."""
    members: Ints


@compiled
def share_out(cells: Floats, unplaced: Unplaced, means: Floats, into: Floats) -> None:
    """Add the people of unknown stratum to the cells in which they may be, in proportion to the means."""
    for number in range(unplaced.cells.size):
        own = unplaced.members[unplaced.starts[number] : unplaced.starts[number + 1]]
        total = 0.0
        for member in own:
            total += means[member]
        for member in own:
            into[member] += cells[unplaced.cells[number]] * means[member] / total


@compiled
def fit_with_unplaced(
    cells: Floats, unplaced: Unplaced, terms: Ints, first: int, filled: Floats, sums: Floats, found: Floats
) -> tuple[int, float]:
    """Fit a model to those whose stratum is known, and to the others wherever they may be.

    Parameters
    ----------
    cells
        The table: those whose stratum is known, then those of whom it is not.
    filled : in and out
        The table with the others shared out, as it is supposed to be and as it is then found.
    first, sums, found
        As `fit` has them.

    Returns
    -------
    code, log-likelihood of ``filled``
    """
    means = np.empty(filled.size)
    for _ in range(_ROUNDS):
        totals = filled.copy()
        add_up(totals)
        code, _, _, _, height = fit(filled, totals, terms, first, sums, found)
        if code != SETTLED or unplaced.cells.size == 0:
            return code, height
        means[:] = sums
        take_apart(means)
        np.maximum(means, 0.0, means)  # what is left of a difference of sums may lie below zero by rounding
        before = filled.copy()
        filled[:] = cells[: filled.size]
        share_out(cells, unplaced, means, filled)
        if np.abs(filled - before).max() < _CLOSE:
            return SETTLED, height
    return OPEN, np.nan


@compiled
def is_told(cells: Floats, unplaced: Unplaced, terms: Ints, filled: Floats, sums: Floats) -> bool:
    """Say whether the known tell every term, or the unknown could be shared out in several ways.

    It is so if the information that the table would hold if it were complete, less what the unknown take from it
    (Louis 1982), has no direction in which it is flat.
    """
    totals, means = filled.copy(), sums.copy()
    add_up(totals)
    take_apart(means)
    live = terms[np.array([totals[term] > 0.0 for term in terms])]
    left = np.empty((live.size, live.size))
    for row in range(live.size):
        for column in range(live.size):
            left[row, column] = sums[live[row] | live[column]]
    for number in range(unplaced.cells.size):
        own = unplaced.members[unplaced.starts[number] : unplaced.starts[number + 1]]
        _take_away(left, cells[unplaced.cells[number]], live, own, means)
    return _is_steep(left)


@compiled
def _take_away(left: Floats, people: float, live: Ints, own: Ints, means: Floats) -> None:
    """Take away how much the terms of people vary over the cells in which they may be."""
    total = 0.0
    for member in own:
        total += means[member]
    within = np.zeros(live.size)
    for row in range(live.size):
        for member in own:
            if member & live[row] == live[row]:
                within[row] += means[member] / total
    for row in range(live.size):
        for column in range(live.size):
            both, share = live[row] | live[column], 0.0
            for member in own:
                if member & both == both:
                    share += means[member] / total
            left[row, column] -= people * (share - within[row] * within[column])


@compiled
def _is_steep(matrix: Floats) -> bool:
    """Say whether a matrix is positive definite; it is overwritten by its factor."""
    for row in range(matrix.shape[0]):
        size = matrix[row, row]
        for column in range(row + 1):
            value = matrix[row, column]
            for inner in range(column):
                value -= matrix[row, inner] * matrix[column, inner]
            if row > column:
                matrix[row, column] = value / matrix[column, column]
            elif value > _FLAT * size:
                matrix[row, row] = math.sqrt(value)
            else:
                return False
    return True
