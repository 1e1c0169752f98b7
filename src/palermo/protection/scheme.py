"""How the tables of a universe hang together by the fields they share."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.tables import Dimension

__all__ = ["is_tree"]


def is_tree(tables: Sequence[Sequence[Dimension]]) -> bool:
    """Say whether tables with these dimensions tell no more together than the cells they print.

    Tables by A and B, by B and C, and by C and A bound each other through a table by A, B and C that nobody prints.
    Where the shared fields form no circle there is no such thing: any numbers that agree wherever tables share cells
    are those of some file of records. A field with overlapping codes is never told in full, so there may be one to a
    table, and it may be in no second table, except in those whose fields are all in the first.

    References
    ----------
    Beeri, Fagin, Maier & Yannakakis (1983), Journal of the ACM 30(3), 479-513, for database schemes; the reduction is
    that of Graham, and of Yu and Özsoyoğlu (both 1979).
    Vorob'ev (1962), Theory of Probability and its Applications 7(2), 147-163: the same for probabilities.
    """
    edges = _largest([frozenset(dimension.field for dimension in table) for table in tables])
    several = {dimension.field for table in tables for dimension in table if dimension.codes == "overlapping"}
    crossed = any(len(edge & several) > 1 for edge in edges)
    if crossed or any(sum(field in edge for edge in edges) > 1 for field in several):
        return False
    while True:
        shared = {field for edge in edges for field in edge if sum(field in other for other in edges) > 1}
        fewer = _largest([edge & shared for edge in edges])
        if fewer == edges:
            return len(edges) <= 1
        edges = fewer


def _largest(edges: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Leave out sets of fields that lie in others."""
    return [edge for edge in dict.fromkeys(edges) if not any(edge < other for other in edges)]
