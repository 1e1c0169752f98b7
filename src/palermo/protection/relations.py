"""What everybody knows about the cells: which add up, and which cannot exceed which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from palermo.protection.cells import Cells, Key, TablesDisagree, key_of
from palermo.tables import NOTHING, Dimension, Tabulation

__all__ = ["Relation", "find_relations"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum of cells, each plus or minus, that is zero (an equation) or at least zero."""

    cells: tuple[int, ...]
    signs: tuple[int, ...]
    equation: bool
    slack: tuple[int, ...] = (0,)
    """For each layer, how far the sum may fall before it says something false."""


@dataclass(slots=True)
class _Family:
    """A parent and its children along one dimension, with everything else fixed."""

    parent: int | None = None
    nothing: list[int] = field(default_factory=list)
    real: list[int] = field(default_factory=list)


def find_relations(cells: Cells, tables: Sequence[Tabulation]) -> tuple[Relation, ...]:
    """Find the relations between the cells of all tables of a universe, each once.

    Raises
    ------
    TablesDisagree
        Exclusive codes do not add up to their total, or an overlapping code exceeds it.

    References
    ----------
    Dobra & Fienberg (2000), PNAS 97(22), 11885-11892: bounds of a table from its margins, where these hang together
    like a tree. For codes that overlap see `_overlapping`.
    """
    position = cells.position()
    found: dict[tuple[Key, str, str], list[Relation]] = {}
    for table in tables:
        for dimension in table.dimensions:
            for rest, family in _families(table, dimension.field, position).items():
                name = (rest, dimension.field, dimension.codes)
                if name not in found:
                    found[name] = list(_relate(cells, family, dimension))
    return tuple(relation for name in sorted(found) for relation in found[name])


def _families(table: Tabulation, along: str, position: dict[Key, int]) -> dict[Key, _Family]:
    order = sorted(table.fields)
    families: dict[Key, _Family] = defaultdict(_Family)
    for codes in table.cells.select(order).iter_rows():
        pairs = key_of(zip(order, codes, strict=True), table)
        rest = tuple(pair for pair in pairs if pair[0] != along)
        here = position[pairs]
        family = families[rest]
        if len(rest) == len(pairs):
            family.parent = here
        else:
            code = next(code for name, code in pairs if name == along)
            (family.nothing if code in NOTHING else family.real).append(here)
    return families


def _relate(cells: Cells, family: _Family, dimension: Dimension) -> Iterator[Relation]:
    children = sorted(family.nothing + family.real)
    if family.parent is None:
        if dimension.codes != "reported" and cells.measures[:, children].any():
            raise _disagreement(cells, children[0], dimension)
    elif dimension.codes == "exclusive":
        yield _equation(cells, family.parent, children, dimension)
    elif dimension.codes == "reported":
        yield from _reported(cells, family.parent, children)
    elif family.real:
        yield from _overlapping(cells, family, dimension)
    else:
        yield _equation(cells, family.parent, children, dimension)


def _equation(cells: Cells, parent: int, children: list[int], dimension: Dimension) -> Relation:
    if (cells.measures[:, parent] != cells.measures[:, children].sum(axis=1)).any():
        raise _disagreement(cells, parent, dimension)
    return _sum(cells, [parent], children)


def _overlapping(cells: Cells, family: _Family, dimension: Dimension) -> Iterator[Relation]:
    """Everybody has a code for nothing or at least one real code: no code exceeds the rest, and together they fill it.

    There is nothing else to know about one such field: whatever satisfies this can be counts of records.
    """
    assert family.parent is not None
    nonempty = [family.parent]
    sides = [(nonempty, [*family.nothing, child]) for child in family.real]
    for plus, minus in (*sides, ([*family.real, *family.nothing], nonempty)):
        room = int(cells.low[plus].sum() - cells.low[minus].sum())
        if room < 0:
            raise _disagreement(cells, family.parent, dimension)
        yield _sum(cells, plus, minus, room)


def _reported(cells: Cells, parent: int, children: list[int]) -> Iterator[Relation]:
    """A stated total may contradict its parts; where it can agree with them, a reader will subtract.

    Where a part was not stated the total is more, and the reader knows that the parts don't exceed it.
    """
    low, high = cells.low, cells.high
    least, most = int(low[children].sum()), int(high[children].sum())
    if not children:
        return
    if least <= high[parent] and low[parent] <= most:
        yield _sum(cells, [parent], children)
    elif most < low[parent]:
        yield _sum(cells, [parent], children, int(low[parent]) - most)
    else:
        rooms = ((child, int(low[parent] - high[child])) for child in children)
        yield from (_sum(cells, [parent], [child], room) for child, room in rooms if room >= 0)


def _sum(cells: Cells, plus: list[int], minus: list[int], room: int | None = None) -> Relation:
    """Write an equation, or with ``room`` a sum that may fall by as much, dealt out to the layers in order."""
    slack = []
    for layer in cells.parts:
        share = min(max(0, int(layer[plus].sum() - layer[minus].sum())), room or 0)
        slack.append(share)
        room = None if room is None else room - share
    return Relation((*plus, *minus), (1,) * len(plus) + (-1,) * len(minus), room is None, tuple(slack))


def _disagreement(cells: Cells, cell: int, dimension: Dimension) -> TablesDisagree:
    fields = " × ".join(field for field, _ in cells.keys[cell]) or "grand total"
    return TablesDisagree(f"the {dimension.codes} codes of {dimension.field} contradict a cell of {fields}")
