"""The unknown cells of a universe, parted into groups that say nothing about each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from palermo.protection.cells import Cells, Flags, Integers
from palermo.protection.relations import Relation

__all__ = ["Component", "part"]


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """Cells that hang together, and what everybody knows about them.

    A *move* is a whole number for each cell. It is *feasible* if the cells may as well be ``parts[layer] + move``
    for all that a reader knows: the relations, and that zeros are published, so that what is withheld is not zero.
    """

    cells: Integers
    """Where the cells are in `Cells`."""
    parts: Integers
    """Shape (layers, cells)."""
    room: Integers
    """Shape (layers, cells): how far each cell can fall."""
    depth: Integers
    """How many codes fix the cell: 1 for a margin over everything but one dimension."""
    matrix: sparse.csr_array
    """One row for each relation; the published constants are gone."""
    equations: Flags
    slack: Integers
    """Shape (layers, relations): how far the row may fall; 0 for an equation."""

    def reach(self, layer: int, move: Integers, most: int) -> int:
        """Say how many times, up to ``most``, the move can be made and stay feasible."""
        rows = self.matrix @ move
        if rows[self.equations].any():
            return 0
        falls = np.concatenate([-move, -rows])
        room = np.concatenate([self.room[layer], self.slack[layer]])
        down = falls > 0
        return int(min(most, (room[down] // falls[down]).min(initial=most)))


def part(cells: Cells, relations: Sequence[Relation], fixed: Flags, floor: Integers) -> list[Component]:
    """Part the cells that are not ``fixed`` (published for certain) into components.

    Parameters
    ----------
    floor : shape (cells,)
        What an earlier release has said each cell is at least, if the file has only grown; 0 for nothing.
    """
    free = [[(cell, sign) for cell, sign in zip(r.cells, r.signs, strict=True) if not fixed[cell]] for r in relations]
    n_cells, n_rows, room = len(cells.keys), len(relations), _room(cells, floor)
    rows = np.repeat(np.arange(n_rows), [len(terms) for terms in free])
    columns = np.array([cell for terms in free for cell, _ in terms], dtype=np.int64)
    signs = np.array([sign for terms in free for _, sign in terms], dtype=np.int64)
    matrix = sparse.csr_array((signs, (rows, columns)), shape=(n_rows, n_cells))
    equations = np.array([relation.equation for relation in relations], dtype=bool)
    slack = _slack(cells, relations)
    links = sparse.coo_array((np.ones(len(rows)), (columns, n_cells + rows)), shape=(n_cells + n_rows,) * 2)
    label = connected_components(links, directed=False)[1]
    depth = np.array([len(key) for key in cells.keys], dtype=np.int64)
    components = []
    for name in np.unique(label[:n_cells][~fixed]):
        own, its = np.flatnonzero((label[:n_cells] == name) & ~fixed), np.flatnonzero(label[n_cells:] == name)
        block = sparse.csr_array(matrix[its][:, own])
        components.append(
            Component(own, cells.parts[:, own], room[:, own], depth[own], block, equations[its], slack[:, its])
        )
    return components


def _room(cells: Cells, floor: Integers) -> Integers:
    """Keep one in a cell that is not zero: in the first layer that has one, if no conflicting figures keep it so.

    Where an earlier release said more, this much is kept, as far as the exact part has it.
    """
    room = cells.parts.copy()
    kept = cells.low > room.sum(axis=0)
    for layer in room:
        last = ~kept & (layer > 0)
        layer[last] -= 1
        kept |= last
    room[0] = np.minimum(room[0], np.maximum(0, cells.parts[0] - floor))
    return room


def _slack(cells: Cells, relations: Sequence[Relation]) -> Integers:
    rows = [(0,) * len(cells.parts) if relation.equation else relation.slack for relation in relations]
    return np.array(rows, dtype=np.int64).reshape(-1, len(cells.parts)).T
