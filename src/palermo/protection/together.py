"""What an attacker works out from several releases of a growing file: each bounds the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import highspy
import numpy as np
from scipy import sparse

from palermo.protection.cells import Key, key_of, keys_of
from palermo.protection.programme import Extremes, programme, quiet_solver
from palermo.tables import NOTHING, TOTAL, Dimension, ReleasedTable

__all__ = ["exposed_together", "told"]

Place = tuple[int, Key]
"""A cell of one of the releases."""
Sum = tuple[list[Place], list[Place], bool]
"""Cells that count for and against, and whether the sum is zero rather than at least zero."""


def told(tables: Sequence[ReleasedTable]) -> dict[Key, int | None]:
    """Give the number of each cell that some tables show; None where it is withheld, or known only as an interval."""
    found: dict[Key, int | None] = {}
    for table in tables:
        for key, low, high in zip(keys_of(table), table.cells["low"], table.cells["high"], strict=True):
            found[key] = low if low == high else None
    return found


def exposed_together(releases: Sequence[Sequence[ReleasedTable]], thresholds: Sequence[int]) -> set[Place]:
    """Attack every withheld cell of all releases with all of them together, by linear programming.

    The attacker takes it that the file has only grown; if the releases say otherwise, that they are unrelated.

    Parameters
    ----------
    releases
        The tables of one universe, oldest release first.
    thresholds
        How wide the interval of a withheld cell must be, for each release.

    Returns
    -------
    set
        The cells whose interval is narrower.
    """
    attacker = _Attacker(releases)
    return {place for place in attacker.unknown if not attacker.leaves_open(place, thresholds[place[0]])}


class _Attacker:
    """One linear programme over the withheld cells of all releases."""

    def __init__(self, releases: Sequence[Sequence[ReleasedTable]]) -> None:
        self._values = [told(tables) for tables in releases]
        self.unknown = [
            (nth, key) for nth, values in enumerate(self._values) for key, value in values.items() if value is None
        ]
        self._column = {place: index for index, place in enumerate(self.unknown)}
        sums = [found for nth, tables in enumerate(releases) for table in tables for found in _sums(nth, table)]
        growth = list(self._growth())
        self._furthest = 2.0 * max((value or 0 for values in self._values for value in values.values()), default=0) + 1
        for known in ([*sums, *growth], sums):
            model = self._model(known)
            solver = quiet_solver()
            solver.passModel(model)
            solver.run()
            if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                break
        self._extremes = Extremes(model, np.array(solver.getSolution().col_value))

    def leaves_open(self, place: Place, wide: int) -> bool:
        """Say whether values so far apart fit a cell; what was seen in answers about other cells may be enough."""
        index = self._column[place]
        return self._extremes.seen(index) >= wide or self._extremes.width(index) >= wide

    def _growth(self) -> Iterator[Sum]:
        """No cell has become less, unless two published numbers of it say so."""
        for nth, (before, after) in enumerate(zip(self._values[:-1], self._values[1:], strict=True)):
            for key in before.keys() & after.keys():
                if before[key] is None or after[key] is None:
                    yield [(nth + 1, key)], [(nth, key)], False

    def _model(self, sums: Sequence[Sum]) -> highspy.HighsLp:
        rows, columns, signs, constants = [], [], [], np.zeros(len(sums))
        for row, (plus, minus, _) in enumerate(sums):
            for place, sign in [*((place, 1) for place in plus), *((place, -1) for place in minus)]:
                value = self._values[place[0]].get(place[1], 0)
                if value is not None:
                    constants[row] += sign * value
                    continue
                rows.append(row)
                columns.append(self._column[place])
                signs.append(float(sign))
        matrix = sparse.coo_array((signs, (rows, columns)), shape=(len(sums), len(self.unknown)))
        equations = np.array([equation for _, _, equation in sums], dtype=bool)
        most = np.where(equations, -constants, highspy.kHighsInf)
        return programme(matrix, 0.0, (1.0, self._furthest), (-constants, most))


def _sums(nth: int, table: ReleasedTable) -> Iterator[Sum]:
    """Say what everybody knows of a table; totals that a source has stated need not agree with their parts."""
    order = sorted(table.fields)
    for dimension in table.dimensions:
        if dimension.codes == "reported":
            continue
        families: dict[Key, dict[str, Place]] = {}
        for codes in table.cells.select(order).iter_rows():
            pairs = key_of(zip(order, codes, strict=True), table)
            rest = tuple(pair for pair in pairs if pair[0] != dimension.field)
            code = next((code for field, code in pairs if field == dimension.field), TOTAL)
            families.setdefault(rest, {})[code] = (nth, pairs)
        for rest, family in families.items():
            yield from _family((nth, rest), family, dimension)


def _family(parent: Place, family: Mapping[str, Place], dimension: Dimension) -> Iterator[Sum]:
    children = [place for code, place in family.items() if code != TOTAL]
    if dimension.codes == "exclusive":
        yield [parent], children, True
        return
    nothing = [place for code, place in family.items() if code in NOTHING]
    real = [place for code, place in family.items() if code not in (TOTAL, *NOTHING)]
    if not real:
        yield [parent], nothing, True
        return
    for child in real:
        yield [parent], [*nothing, child], False
    yield [*real, *nothing], [parent], False
