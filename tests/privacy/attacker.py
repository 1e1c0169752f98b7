"""An attacker who holds the released tables and nothing else, written apart from the gate.

He knows which rows are withheld, that a row that is not listed is zero, that zeros are never withheld, and how the
codes of each dimension make the total. For each withheld cell he asks linear programming for the least and the greatest
value that fit everything he sees. Tables given together are taken to count the same things.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy import optimize, sparse

from palermo.tables import NOTHING, TOTAL, ReleasedTable

__all__ = ["Attack", "narrowest"]

Cell = frozenset[tuple[str, str]]
CLOSE = 1e-6


class Attack:
    """What can be inferred from one measure of some released tables."""

    def __init__(self, tables: Sequence[ReleasedTable], measure: pl.Expr | None = None, least: int = 1) -> None:
        self.least = least
        self.values: dict[Cell, int | None] = {}
        self.equal: list[dict[Cell, int]] = []
        self.at_least: list[dict[Cell, int]] = []
        for table in tables:
            number = (pl.col("low") if measure is None else measure).alias("number")
            for row in table.cells.with_columns(number).iter_rows(named=True):
                cell = frozenset((field, row[field]) for field in table.fields if row[field] != TOTAL)
                self.values[cell] = row["number"]
        for table in tables:
            for dimension in table.dimensions:
                if dimension.codes != "reported":
                    self._learn(table, dimension.field, overlapping=dimension.codes == "overlapping")
        self.unknown = sorted((cell for cell, value in self.values.items() if value is None), key=sorted)

    def _learn(self, table: ReleasedTable, along: str, *, overlapping: bool) -> None:
        others = [field for field in table.fields if field != along]
        codes = sorted(set(table.cells[along]) - {TOTAL})
        for rest in table.cells.select(others).unique().iter_rows() if others else [()]:
            around = frozenset(pair for pair in zip(others, rest, strict=True) if pair[1] != TOTAL)
            children = {code: around | {(along, code)} for code in codes}
            if not overlapping:
                self.equal.append({around: 1} | dict.fromkeys(children.values(), -1))
                continue
            nonempty = {around: 1} | {children[code]: -1 for code in codes if code in NOTHING}
            real = [children[code] for code in codes if code not in NOTHING]
            self.at_least += [nonempty | {child: -1} for child in real]
            self.at_least.append({cell: -sign for cell, sign in nonempty.items()} | dict.fromkeys(real, 1))

    def _rows(self, sums: list[dict[Cell, int]]) -> tuple[sparse.csr_array, np.ndarray]:
        """Write sums that must be zero, or at least zero, as ``rows @ unknown`` and the constants besides."""
        column = {cell: index for index, cell in enumerate(self.unknown)}
        entries, constants = [], np.zeros(len(sums))
        for row, terms in enumerate(sums):
            for cell, sign in terms.items():
                value = self.values.get(cell, 0)
                if value is None:
                    entries.append((row, column[cell], sign))
                else:
                    constants[row] += sign * value
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        return sparse.csr_array((signs, (rows, columns)), shape=(len(sums), len(self.unknown)), dtype=float), constants

    def intervals(self) -> dict[Cell, tuple[int, int]]:
        """Attack every withheld cell; the bounds are rounded inward."""
        (equal, e), (least, at) = self._rows(self.equal), self._rows(self.at_least)
        bounds = (self.least, self._top())

        def solve(goal: np.ndarray) -> float:
            answer = optimize.linprog(goal, A_eq=equal, b_eq=-e, A_ub=-least, b_ub=at, bounds=bounds, method="highs")
            assert answer.success, answer.message
            return float(answer.fun)

        found = {}
        for index, cell in enumerate(self.unknown):
            goal = np.zeros(len(self.unknown))
            goal[index] = 1
            found[cell] = (math.ceil(solve(goal) - CLOSE), math.floor(-solve(-goal) + CLOSE))
        return found

    def _top(self) -> float:
        return float(max(value for value in self.values.values() if value is not None))


def narrowest(tables: Sequence[ReleasedTable]) -> int | None:
    """Attack all withheld cells and say how wide the narrowest interval is; None if nothing is withheld."""
    widths = [high - low for low, high in Attack(tables).intervals().values()]
    return min(widths, default=None)
