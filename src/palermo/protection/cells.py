"""The cells of one universe: every number that the tables of a publication print, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.errors import ReleaseRefused
from palermo.tables import MEASURES, TOTAL, ReleasedTable, Tabulation

__all__ = ["Cells", "Flags", "Integers", "Key", "TablesDisagree", "collect_cells"]

Key = tuple[tuple[str, str], ...]
"""A cell's name: its (dimension, code) pairs in order, margins left out. The grand total is the empty tuple."""

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


class TablesDisagree(ReleaseRefused):
    """The tables contradict each other or themselves, which is an error in whatever counted them."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}.",
            where="tables",
            todo="Count them again from the same records. Codes of which a record can have several are overlapping.",
        )


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one universe, in an order that does not depend on that of the tables."""

    universe: str
    keys: tuple[Key, ...]
    measures: Integers
    """Shape (4, cells): the numbers that are printed, ``count``, ``low``, ``high`` and ``below_threshold_cells``."""
    contributors: Integers
    largest: Integers
    """The greatest part that comes from one contributor; 0 where nobody knows."""

    @property
    def parts(self) -> Integers:
        """What may be otherwise in another truth: shape (layers, cells).

        The first layer is ``count``; a second, ``below_threshold_cells``, is there if some figure of the source says
        only that it is small. One person more in a layer is one more in ``low`` and leaves the other layer as it was.
        """
        return self.measures[[0, 3]] if self.measures[3].any() else self.measures[[0]]

    @property
    def low(self) -> Integers:
        """The least that each cell can be."""
        low: Integers = self.measures[1]
        return low

    @property
    def high(self) -> Integers:
        """The most that each cell can be."""
        high: Integers = self.measures[2]
        return high

    def position(self) -> dict[Key, int]:
        """Say where each cell is."""
        return {key: index for index, key in enumerate(self.keys)}


def keys_of(table: Tabulation | ReleasedTable) -> list[Key]:
    """Name the cells of a table, row by row."""
    order = sorted(table.fields)
    columns = [table.cells[field].to_list() for field in order]
    rows = zip(*columns, strict=True) if order else ((),) * table.cells.height
    return [key_of(zip(order, codes, strict=True), table) for codes in rows]


def key_of(pairs: Iterable[tuple[str, str]], table: Tabulation | ReleasedTable) -> Key:
    """Name a cell of a table by its fields and codes."""
    key = tuple(pair for pair in pairs if pair[1] != TOTAL)
    return tuple(sorted((*key, *table.within))) if table.within else key


def collect_cells(universe: str, tables: Sequence[Tabulation]) -> Cells:
    """Gather the cells of all tables of a universe, each once.

    Raises
    ------
    TablesDisagree
        Two tables print different numbers for the same cell, or a table prints a cell twice.
    """
    found: dict[Key, tuple[int, ...]] = {}
    for table in tables:
        largest = "largest" if "largest" in table.cells.columns else pl.lit(0, pl.Int64).alias("largest")
        numbers = table.cells.select(*MEASURES, largest).iter_rows()
        own: set[Key] = set()
        for key, row in zip(keys_of(table), numbers, strict=True):
            if key in own or found.setdefault(key, row) != row:
                raise TablesDisagree(f"table {table.name}: {_place(key)} is there twice, or different elsewhere")
            own.add(key)
    for table in tables:
        _check_margins(table, found)
    keys = tuple(sorted(found))
    rows = np.array([found[key] for key in keys], dtype=np.int64).reshape(-1, len(MEASURES) + 1).T
    return Cells(universe, keys, rows[:4], rows[4], rows[5])


def _check_margins(table: Tabulation, found: dict[Key, tuple[int, ...]]) -> None:
    """A cell that one table prints may not be missing, hence zero, in another that has its dimensions."""
    fields, own, within = {dimension.field for dimension in table.scheme}, set(keys_of(table)), set(table.within)
    for key, row in found.items():
        if any(row) and key not in own and fields.issuperset(field for field, _ in key) and within.issubset(key):
            raise TablesDisagree(f"table {table.name}: {_place(key)} is missing, and another table has it")


def _place(key: Key) -> str:
    """Name the margin a cell lies in; its codes may belong to one person."""
    return f"a cell by {' × '.join(field for field, _ in key)}" if key else "the grand total"
