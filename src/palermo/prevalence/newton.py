"""Maximum likelihood of hierarchical log-linear models on a table of capture histories, in compiled loops.

A table is an array of ``2**t`` cells, the index of a cell being its history. Cell 0 is the dark figure.
A model is an array of terms, each the set of lists it names as a history; the first is 0, the intercept.
All sums over "everybody who is on these lists at least" come from one transform of the cells, so that no matrix of
cells by terms is ever built: the entry of terms ``a`` and ``b`` in the matrix of second derivatives is the sum of the
means over all histories that contain ``a | b``.

References
----------
Fienberg and Rinaldo (2012), Annals of Statistics 40(2), 996-1023, for what happens when overlaps are empty.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from palermo.prevalence.compiled import compiled

__all__ = [
    "NOT_IDENTIFIABLE",
    "NO_MAXIMUM",
    "OPEN",
    "SETTLED",
    "Floats",
    "Ints",
    "add_up",
    "fit",
    "fit_grid",
    "take_apart",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SETTLED = 0
NO_MAXIMUM = 1
NOT_IDENTIFIABLE = 2
OPEN = 4
"""Newton's steps prove neither that there is a maximum nor that there is none."""

_STEPS = 60
_SMALL = 1e-7
"""A step as small as this is the proof of a maximum: the means fit the margins, and all are above zero."""
_FLAT = 1e-12
"""A pivot this small beside its diagonal means that the term follows from the others."""
_SURE = 8
"""From this step on, a direction in which the likelihood never falls is looked for."""


@compiled
def add_up(cells: Floats) -> None:
    """Give each history, in place, the sum over all histories that contain it."""
    step = 1
    while step < cells.size:
        for start in range(0, cells.size, 2 * step):
            for cell in range(start, start + step):
                cells[cell] += cells[cell + step]
        step *= 2


@compiled
def take_apart(sums: Floats) -> None:
    """Undo `add_up`, in place."""
    step = 1
    while step < sums.size:
        for start in range(0, sums.size, 2 * step):
            for cell in range(start, start + step):
                sums[cell] -= sums[cell + step]
        step *= 2


@compiled
def _add_down(cells: Floats) -> None:
    """Give each history, in place, the sum over all histories that it contains."""
    step = 1
    while step < cells.size:
        for start in range(0, cells.size, 2 * step):
            for cell in range(start, start + step):
                cells[cell + step] += cells[cell]
        step *= 2


@compiled
def _factor(sums: Floats, live: Ints, lower: Floats) -> bool:
    """Factor the matrix of second derivatives; false if a term follows from those before it."""
    for row in range(live.size):
        for column in range(row + 1):
            value = sums[live[row] | live[column]]
            for inner in range(column):
                value -= lower[row, inner] * lower[column, inner]
            if row > column:
                lower[row, column] = value / lower[column, column]
            elif value > _FLAT * sums[live[row]]:
                lower[row, row] = math.sqrt(value)
            else:
                return False
    return True


@compiled
def _solve(lower: Floats, right: Floats) -> None:
    """Solve for the step, in place."""
    for row in range(right.size):
        for inner in range(row):
            right[row] -= lower[row, inner] * right[inner]
        right[row] /= lower[row, row]
    for row in range(right.size - 1, -1, -1):
        for inner in range(row + 1, right.size):
            right[row] -= lower[inner, row] * right[inner]
        right[row] /= lower[row, row]


@compiled
def _spread(live: Ints, values: Floats, cells: Floats) -> None:
    """Give each cell the sum of the values of the terms in it."""
    cells[:] = 0.0
    for place in range(live.size):
        cells[live[place]] = values[place]
    _add_down(cells)


@compiled
def _recedes(cells: Floats, alive: Floats, direction: Floats) -> bool:
    """Say whether some means vanish for ever in this direction while those of all observed histories stay."""
    least = 0.0
    for cell in range(cells.size):
        if alive[cell] > 0.0:
            if direction[cell] > _SMALL or (cells[cell] > 0.0 and direction[cell] < -_SMALL):
                return False
            least = min(least, direction[cell])
    return least < -0.5


@compiled
def _live_terms(totals: Floats, terms: Ints, alive: Floats) -> Ints:
    """Find the terms whose coefficient is finite, and strike the cells whose mean is zero because of the others."""
    live = np.empty(terms.size, np.int64)
    n_live = 0
    for term in terms:
        if totals[term] > 0.0:
            live[n_live] = term
            n_live += 1
        else:
            for cell in range(alive.size):
                if cell & term == term:
                    alive[cell] = 0.0
    return live[:n_live]


@compiled
def _begin(cells: Floats, alive: Floats, live: Ints, lower: Floats, coefficients: Floats) -> bool:
    """Take the first step, from means a little above the counts; false if the model is not identifiable."""
    sums = np.empty(cells.size)
    right = np.empty(cells.size)
    for cell in range(cells.size):
        mean = (cells[cell] + 0.1) * alive[cell]
        sums[cell] = mean
        right[cell] = mean * math.log(mean) + (cells[cell] - mean) * alive[cell] if mean > 0.0 else 0.0
    add_up(sums)
    add_up(right)
    if not _factor(sums, live, lower):
        return False
    for place in range(live.size):
        coefficients[place] = right[live[place]]
    _solve(lower, coefficients)
    return True


@compiled
def fit(
    cells: Floats, totals: Floats, terms: Ints, first: int, sums: Floats, found: Floats
) -> tuple[int, float, float, float, float]:
    """Fit a model to a table by extended maximum likelihood.

    Parameters
    ----------
    cells, totals
        The table, and its sums by `add_up`.
    terms
        The model. A term on which nobody is has coefficient minus infinity; histories that contain it have mean zero.
    first
        1 leaves the dark figure open; 0 takes what stands in cell 0 for observed.
    sums : out
        The means, added up as ``totals`` are.
    found : out
        The coefficients, in the order of ``terms``.

    Returns
    -------
    code, intercept, variance of the intercept, variance of the last finite coefficient, log-likelihood
        The log-likelihood is without the constant of the table.
    """
    alive = np.ones(cells.size)
    alive[:first] = 0.0
    live = _live_terms(totals, terms, alive)
    lower = np.empty((live.size, live.size))
    coefficients = np.empty(live.size)
    if not _begin(cells, alive, live, lower, coefficients):
        return NOT_IDENTIFIABLE, np.nan, np.nan, np.nan, np.nan
    step = np.zeros(live.size)
    direction = np.empty(cells.size)
    best = -np.inf
    for number in range(_STEPS):
        _spread(live, coefficients, sums)
        for cell in range(cells.size):
            sums[cell] = math.exp(min(sums[cell], 500.0)) if alive[cell] > 0.0 else 0.0
        add_up(sums)
        height = -sums[0]
        for place in range(live.size):
            height += coefficients[place] * totals[live[place]]
        if height < best - 1e-9 * abs(best):
            step *= 0.5
            coefficients -= step
            continue
        best = height
        if not _factor(sums, live, lower):
            return OPEN, np.nan, np.nan, np.nan, np.nan
        for place in range(live.size):
            step[place] = totals[live[place]] - sums[live[place]]
        _solve(lower, step)
        coefficients += step
        if np.abs(step).max() < _SMALL:
            _hand_over(totals, terms, coefficients, found)
            step[:] = 0.0
            step[0] = 1.0
            _solve(lower, step)
            return SETTLED, coefficients[0], step[0], lower[-1, -1] ** -2.0, best
        if number >= _SURE:
            _spread(live, step, direction)
            if _recedes(cells, alive, direction):
                return NO_MAXIMUM, np.nan, np.nan, np.nan, np.nan
    return OPEN, np.nan, np.nan, np.nan, np.nan


@compiled
def _hand_over(totals: Floats, terms: Ints, coefficients: Floats, found: Floats) -> None:
    place = 0
    for number in range(terms.size):
        if totals[terms[number]] > 0.0:
            found[number] = coefficients[place]
            place += 1
        else:
            found[number] = -np.inf


@compiled
def fit_grid(tables: Floats, models: Ints, lengths: Ints, results: Floats) -> None:
    """Fit every model to every table.

    Parameters
    ----------
    tables : shape (tables, cells)
    models : shape (models, most terms)
        Each row has its terms first; ``lengths`` says how many they are.
    results : shape (tables, models, 4), out
        Code, intercept, its variance, log-likelihood.
    """
    sums = np.empty(tables.shape[1])
    found = np.empty(models.shape[1])
    for row in range(tables.shape[0]):
        totals = tables[row].copy()
        add_up(totals)
        for column in range(models.shape[0]):
            terms = models[column, : lengths[column]]
            code, intercept, variance, _, height = fit(tables[row], totals, terms, 1, sums, found)
            results[row, column, 0] = code
            results[row, column, 1] = intercept
            results[row, column, 2] = variance
            results[row, column, 3] = height
