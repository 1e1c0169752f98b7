"""An attacker who thinks of people: every file of records that could lie behind the released tables.

He does not ask which cells add up to which, as the gate does. He counts imagined records: how many there are of each
kind, which is one code in each field, or a set of codes in a field with several. What he sees fixes some sums of these
numbers, and for each withheld cell he looks for the least and the greatest sum. What follows from the existence of
records at all, he finds, whether or not the gate knows of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, product

import numpy as np
from scipy import optimize

from palermo.tables import NOTHING, TOTAL, ReleasedTable

__all__ = ["People"]

Cell = frozenset[tuple[str, str]]
Kind = dict[str, frozenset[str]]


def _kinds(tables: Sequence[ReleasedTable]) -> list[Kind]:
    """List all kinds of records that the codes allow: nothing in a field excludes everything else in it."""
    choices: dict[str, list[frozenset[str]]] = {}
    for table in tables:
        for dimension in table.dimensions:
            columns = (other.cells[dimension.field] for other in tables if dimension.field in other.fields)
            codes = sorted({code for column in columns for code in column} - {TOTAL})
            choices[dimension.field] = [frozenset({code}) for code in codes]
            if dimension.codes == "overlapping":
                real = [code for code in codes if code not in NOTHING]
                several = (combinations(real, size) for size in range(2, len(real) + 1))
                choices[dimension.field] += [frozenset(some) for sets in several for some in sets]
    return [dict(zip(choices, codes, strict=True)) for codes in product(*choices.values())]


def _cells(tables: Sequence[ReleasedTable]) -> dict[Cell, int | None]:
    """Say what each cell shows; one that a table could list and doesn't is zero."""
    shown: dict[Cell, int | None] = {}
    for table in tables:
        listed = {row[:-1]: row[-1] for row in table.cells.select(*table.fields, "low").iter_rows()}
        for codes in product(*(_listed(table, field) for field in table.fields)):
            cell = frozenset(pair for pair in zip(table.fields, codes, strict=True) if pair[1] != TOTAL)
            shown[cell] = listed.get(codes, 0)
    return shown


def _listed(table: ReleasedTable, field: str) -> list[str]:
    """List the codes of a field; a table about one code of it prints no total over the others."""
    codes = set(table.cells[field])
    return sorted(codes if len(codes) == 1 else codes | {TOTAL})


class People:
    """What can be inferred from some released tables about the people behind them."""

    def __init__(self, tables: Sequence[ReleasedTable], rounding: int = 0) -> None:
        kinds, shown = _kinds(tables), _cells(tables)
        self.cells = list(shown)
        self.unknown = [index for index, value in enumerate(shown.values()) if value is None]
        self.counts = np.array([[all(code in kind[f] for f, code in cell) for kind in kinds] for cell in shown])
        self.low = np.array([1 if value is None else value - (value and rounding // 2) for value in shown.values()])
        over = max(0, rounding - 1 - rounding // 2)
        self.high = np.array([np.inf if value is None else value + (value and over) for value in shown.values()])

    def widths(self, *, whole: bool = True) -> dict[Cell, int]:
        """Attack every withheld cell by mathematical programming, people being whole or not."""
        rows = self.counts.astype(float)
        known = optimize.LinearConstraint(rows, self.low, self.high)
        integrality = np.full(rows.shape[1], int(whole))
        found = {}
        for index in self.unknown:
            ends = []
            for goal in (rows[index], -rows[index]):
                answer = optimize.milp(goal, constraints=known, integrality=integrality)
                assert answer.success, answer.message
                ends.append(round(answer.fun, 4))
            found[self.cells[index]] = int(np.floor(-ends[1]) - np.ceil(ends[0]))
        return found

    def widths_of_all_files(self, people: int) -> dict[Cell, int]:
        """Try every file of so many people, one after the other: no solver, and nothing to prove."""
        files = _all_files(self.counts.shape[1], people)
        seen = files @ self.counts.T
        possible = seen[((seen >= self.low) & (seen <= self.high)).all(axis=1)]
        widths = np.ptp(possible, axis=0)
        return {self.cells[index]: int(widths[index]) for index in self.unknown}


@lru_cache(maxsize=8)
def _all_files(kinds: int, people: int) -> np.ndarray:
    """List how many people of each kind there can be: stars and bars."""
    bars = np.array(list(combinations(range(people + kinds - 1), kinds - 1)))
    edges = np.pad(bars, ((0, 0), (1, 1)), constant_values=((0, 0), (-1, people + kinds - 1)))
    return np.diff(edges, axis=1) - 1
