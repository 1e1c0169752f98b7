"""Choosing pairs of lists over all strata at once, in compiled loops.

Strata are bits of a history as lists are, and lie below those of the lists: the cells of people on no list, one for
each stratum, are then the first of the table.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from palermo.prevalence.compiled import compiled
from palermo.prevalence.newton import SETTLED, Floats, Ints, add_up, fit

__all__ = ["walk_over_strata"]


@compiled
def walk_over_strata(
    tables: Floats, base: Ints, pairs: Ints, first: int, dark: Floats, chosen: npt.NDArray[np.bool_]
) -> None:
    """Add the pair that lowers Schwarz's criterion most, as long as one does.

    Parameters
    ----------
    tables : shape (tables, cells)
    base, pairs
        The terms that are always there, and those that may be added.
    first
        How many cells are of people on no list.
    dark : shape (tables, first), out
        The dark figure of each of these cells; infinite where not even the base fits.
    chosen : shape (tables, pairs), out
    """
    sums = np.empty(tables.shape[1])
    most = base.size + pairs.size
    found = np.empty(most)
    terms = np.empty(most, np.int64)
    for row in range(tables.shape[0]):
        cells = tables[row]
        totals = cells.copy()
        add_up(totals)
        price = math.log(totals[0])
        terms[: base.size] = base
        n_terms = base.size
        code, _, _, _, height = fit(cells, totals, terms[:n_terms], first, sums, found[:n_terms])
        if code != SETTLED:
            dark[row] = np.inf
            continue
        least = n_terms * price - 2.0 * height
        while True:
            best = -1
            for place in range(pairs.size):
                if not chosen[row, place]:
                    terms[n_terms] = pairs[place]
                    tried = terms[: n_terms + 1]
                    code, _, _, _, height = fit(cells, totals, tried, first, sums, found[: n_terms + 1])
                    criterion = (n_terms + 1) * price - 2.0 * height
                    if code == SETTLED and criterion < least - 1e-9:
                        least = criterion
                        best = place
            if best < 0:
                break
            terms[n_terms] = pairs[best]
            chosen[row, best] = True
            n_terms += 1
        fit(cells, totals, terms[:n_terms], first, sums, found[:n_terms])
        for cell in range(first):
            log = 0.0
            for place in range(n_terms):
                if terms[place] < first and terms[place] & cell == terms[place]:
                    log += found[place]
            dark[row, cell] = math.exp(log)
