"""Choosing pairs of lists over all strata at once, in compiled loops.

Strata are bits of a history as lists are, and lie below those of the lists: the cells of people on no list, one for
each stratum, are then the first of the table. People of unknown stratum have cells of their own, the last of all.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from palermo.prevalence.compiled import compiled
from palermo.prevalence.newton import SETTLED, Floats, Ints, add_up, fit, take_apart
from palermo.prevalence.unplaced import Unplaced, fit_with_unplaced, is_told, share_out

__all__ = ["walk_over_strata"]

_HARDLY = 0.5
"""So many people are supposed to be in an empty cell until the first fit says how many."""


@compiled
def walk_over_strata(
    tables: Floats,
    seen: Floats,
    unplaced: Unplaced,
    base: Ints,
    pairs: Ints,
    shape: tuple[int, int],
    beyond: Floats,
    chosen: npt.NDArray[np.bool_],
) -> None:
    """Add the pair that lowers Schwarz's criterion most, as long as one does.

    Where people are shared out to strata, a pair is judged by the table as the model so far fills it, which can only
    understate it (Friedman 1997, the structural EM algorithm); and it must be told by those whose stratum is known.

    Parameters
    ----------
    tables : shape (tables, cells)
    seen : shape (cells,)
        The table itself.
    base, pairs
        The terms that are always there, and those that may be added.
    shape
        How many cells are of people on no list, and how many of people whose stratum is known.
    beyond : shape (tables, people on no list), out
        How many people are in each stratum besides those seen that are known to be: its dark figure, and its share of
        those seen that are unplaced. Infinite where not even the base fits.
    chosen : shape (tables, pairs), out
    """
    first, inside = shape
    sums, spare = np.empty(inside), np.empty(inside)
    found = np.empty(base.size + pairs.size)
    terms = np.empty(base.size + pairs.size, np.int64)
    terms[: base.size] = base
    for row in range(tables.shape[0]):
        cells = tables[row]
        filled = cells[:inside].copy()
        share_out(cells, unplaced, filled + _HARDLY, filled)
        price = math.log(cells.sum())
        n_terms = base.size
        code, height = fit_with_unplaced(cells, unplaced, base, first, filled, sums, found[:n_terms])
        if code != SETTLED or (unplaced.cells.size and not is_told(cells, unplaced, base, filled, sums)):
            beyond[row] = np.inf
            continue
        open_to = np.ones(pairs.size, np.bool_)
        while True:
            best = _best(filled, terms[: n_terms + 1], pairs, open_to, first, n_terms * price - 2.0 * height, price)
            if best < 0:
                break
            open_to[best] = False
            terms[n_terms] = pairs[best]
            tried = terms[: n_terms + 1]
            spare[:] = filled
            code, higher = fit_with_unplaced(cells, unplaced, tried, first, spare, sums, found[: n_terms + 1])
            if code == SETTLED and (not unplaced.cells.size or is_told(cells, unplaced, tried, spare, sums)):
                filled[:] = spare
                height = higher
                chosen[row, best] = True
                n_terms += 1
        fit_with_unplaced(cells, unplaced, terms[:n_terms], first, filled, sums, found[:n_terms])
        _add_beyond(seen, unplaced, terms[:n_terms], found, sums, beyond[row])


@compiled
def _best(
    filled: Floats, terms: Ints, pairs: Ints, open_to: npt.NDArray[np.bool_], first: int, least: float, price: float
) -> int:
    """Find the pair that lowers the criterion most, if one does; it is tried in the last place of ``terms``."""
    best = -1
    totals, sums, found = filled.copy(), np.empty(filled.size), np.empty(terms.size)
    add_up(totals)
    for place in range(pairs.size):
        if open_to[place]:
            terms[-1] = pairs[place]
            code, _, _, _, height = fit(filled, totals, terms, first, sums, found)
            criterion = terms.size * price - 2.0 * height
            if code == SETTLED and criterion < least - 1e-9:
                least = criterion
                best = place
    return best


@compiled
def _add_beyond(cells: Floats, unplaced: Unplaced, terms: Ints, found: Floats, sums: Floats, beyond: Floats) -> None:
    """Give each stratum its dark figure, and its share of the people of this table whose stratum is not known."""
    for cell in range(beyond.size):
        log = 0.0
        for place in range(terms.size):
            if terms[place] < beyond.size and terms[place] & cell == terms[place]:
                log += found[place]
        beyond[cell] = math.exp(log)
    shared = np.zeros(sums.size)
    take_apart(sums)
    share_out(cells, unplaced, np.maximum(sums, 0.0), shared)
    for cell in range(sums.size):
        beyond[cell & (beyond.size - 1)] += shared[cell]
