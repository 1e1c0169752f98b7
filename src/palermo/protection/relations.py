"""What everybody knows about the cells: which add up, and which cannot exceed which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from palermo.protection.cells import Cells, Key, TablesDisagree
from palermo.tables import NOTHING, TOTAL, Dimension, Tabulation

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
        pairs = [pair for pair in zip(order, codes, strict=True) if pair[1] != TOTAL]
        rest = tuple(pair for pair in pairs if pair[0] != along)
        here = position[tuple(pairs)]
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
        if dimension.codes != "reported" and cells.parts[:, children].any():
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
    relation = _relation(cells, [parent], children, equation=True)
    if any(relation.slack):
        raise _disagreement(cells, parent, dimension)
    return relation


def _overlapping(cells: Cells, family: _Family, dimension: Dimension) -> Iterator[Relation]:
    assert family.parent is not None
    nonempty = [family.parent]
    parts = [_relation(cells, nonempty, [*family.nothing, child]) for child in family.real]
    for relation in (*parts, _relation(cells, [*family.real, *family.nothing], nonempty)):
        if sum(relation.slack) < 0:
            raise _disagreement(cells, family.parent, dimension)
        yield relation


def _reported(cells: Cells, parent: int, children: list[int]) -> Iterator[Relation]:
    """A stated total may contradict its parts; where it agrees with them, a reader will subtract."""
    total = _relation(cells, [parent], children, equation=True)
    if children and not sum(total.slack):
        yield total
    else:
        parts = (_relation(cells, [parent], [child]) for child in children)
        yield from (part for part in parts if sum(part.slack) >= 0)


def _relation(cells: Cells, plus: list[int], minus: list[int], *, equation: bool = False) -> Relation:
    layers = [int(layer[plus].sum() - layer[minus].sum()) for layer in cells.parts]
    if not equation and sum(layers) >= 0:
        layers = [max(0, part + min(0, sum(layers) - part)) for part in layers]
    return Relation((*plus, *minus), (1,) * len(plus) + (-1,) * len(minus), equation, tuple(layers))


def _disagreement(cells: Cells, cell: int, dimension: Dimension) -> TablesDisagree:
    fields = " × ".join(field for field, _ in cells.keys[cell]) or "grand total"
    return TablesDisagree(f"the {dimension.codes} codes of {dimension.field} contradict a cell of {fields}")
