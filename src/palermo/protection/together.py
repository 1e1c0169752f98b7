"""What an attacker works out from several releases of a growing file: each bounds the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from palermo.protection.cells import Key, key_of, keys_of
from palermo.protection.programme import CLOSE, Extremes, Floats, programme, quiet_solver
from palermo.tables import NOTHING, TOTAL, Dimension, ReleasedTable

__all__ = ["exposed_together", "possible", "told"]

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


def exposed_together(releases: Sequence[Sequence[ReleasedTable]], thresholds: Sequence[int]) -> Iterator[Place]:
    """Attack every withheld cell of all releases with all of them together, by linear programming.

    The attacker takes it that the file has only grown; if the releases say otherwise, that they are unrelated.

    Parameters
    ----------
    releases
        The tables of one universe, oldest release first.
    thresholds
        How wide the interval of a withheld cell must be, for each release.

    Yields
    ------
    Place
        A cell whose interval is narrower, as soon as it is found.
    """
    for part in _Attacker(releases).parts():
        yield from part.exposed(thresholds)


def possible(releases: Sequence[Sequence[ReleasedTable]]) -> list[dict[Key, int | None]]:
    """Give for each release numbers that its cells may have had, for all that the releases tell together."""
    attacker = _Attacker(releases)
    found = [dict(values) for values in attacker.values]
    for part in attacker.parts():
        for (nth, key), value in zip(part.places, part.known, strict=True):
            found[nth][key] = math.ceil(value - CLOSE)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Withheld cells that no relation joins with any others, and what is known of them."""

    places: Sequence[Place]
    known: Floats
    """One solution."""
    extremes: Extremes

    def exposed(self, thresholds: Sequence[int]) -> Iterator[Place]:
        """Give the cells that are too narrow; what was seen in answers about other cells may spare one an attack."""
        for index, place in enumerate(self.places):
            needed = thresholds[place[0]]
            if self.extremes.seen(index) < needed and self.extremes.width(index) < needed:
                yield place


class _Attacker:
    """The withheld cells of all releases, and what binds them."""

    def __init__(self, releases: Sequence[Sequence[ReleasedTable]]) -> None:
        self.values = [told(tables) for tables in releases]
        self.unknown = [
            (nth, key) for nth, values in enumerate(self.values) for key, value in values.items() if value is None
        ]
        self._column = {place: index for index, place in enumerate(self.unknown)}
        sums = [found for nth, tables in enumerate(releases) for table in tables for found in _sums(nth, table)]
        self._furthest = 2.0 * max((value or 0 for values in self.values for value in values.values()), default=0) + 1
        self._sums, self._grown = sums, [*sums, *self._growth()]

    def parts(self) -> list[_Part]:
        """Take the cells apart as far as nothing binds them, and find one solution for each part."""
        parts = self._solved(self._grown)
        if parts is None:
            parts = self._solved(self._sums)
        if parts is None:
            raise AssertionError("the numbers of one release contradict each other")
        return parts

    def _solved(self, sums: Sequence[Sum]) -> list[_Part] | None:
        """Solve each part once; nothing if one has no solution."""
        matrix, least, most = self._bounds(sums)
        n_parts, part_of = connected_components(abs(matrix.T) @ abs(matrix), directed=False)
        parts = []
        for number in range(n_parts):
            columns = np.flatnonzero(part_of == number)
            rows = np.unique(matrix[:, columns].nonzero()[0])
            own = programme(matrix[:, columns][rows], 0.0, (1.0, self._furthest), (least[rows], most[rows]))
            solver = quiet_solver()
            solver.passModel(own)
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            known = np.array(solver.getSolution().col_value)
            parts.append(_Part([self.unknown[column] for column in columns], known, Extremes(own, known)))
        return parts

    def _growth(self) -> Iterator[Sum]:
        """No cell has become less, unless two published numbers of it say so."""
        for nth, (before, after) in enumerate(zip(self.values[:-1], self.values[1:], strict=True)):
            for key in before.keys() & after.keys():
                if before[key] is None or after[key] is None:
                    yield [(nth + 1, key)], [(nth, key)], False

    def _bounds(self, sums: Sequence[Sum]) -> tuple[sparse.csc_array, Floats, Floats]:
        """Write sums as rows of a matrix, with the least and the most that each row may come to."""
        rows, columns, signs, constants = [], [], [], np.zeros(len(sums))
        for row, (plus, minus, _) in enumerate(sums):
            for place, sign in [*((place, 1) for place in plus), *((place, -1) for place in minus)]:
                value = self.values[place[0]].get(place[1], 0)
                if value is not None:
                    constants[row] += sign * value
                    continue
                rows.append(row)
                columns.append(self._column[place])
                signs.append(float(sign))
        matrix = sparse.coo_array((signs, (rows, columns)), shape=(len(sums), len(self.unknown)))
        equations = np.array([equation for _, _, equation in sums], dtype=bool)
        return matrix.tocsc(), -constants, np.where(equations, -constants, highspy.kHighsInf)


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
