"""Decomposable graphs of lists: which there are, and how each splits into cliques and separators."""

from __future__ import annotations

from functools import cache
from itertools import combinations

__all__ = ["Graph", "decomposable_graphs", "terms_of"]

Graph = frozenset[tuple[int, int]]
"""The pairs of lists that depend on each other."""


def terms_of(graph: Graph, n_lists: int) -> dict[int, int] | None:
    """Split a graph into sets of lists with their powers: cliques 1, separators -1 for each time; None if it cannot be.

    Vertices are taken away whose neighbours are all joined to each other; each gives its clique and takes its
    neighbours. Sets that are given and taken leave nothing.
    """
    near = {v: {a + b - v for a, b in graph if v in (a, b)} for v in range(n_lists)}
    found: dict[int, int] = {}
    while near:
        simple = next((v for v in near if all(b in near[a] for a, b in combinations(near[v], 2))), None)
        if simple is None:
            return None
        others = sum(1 << v for v in near[simple])
        found[others | 1 << simple] = found.get(others | 1 << simple, 0) + 1
        if others:
            found[others] = found.get(others, 0) - 1
        for v in near.pop(simple):
            near[v].discard(simple)
    return {lists: power for lists, power in found.items() if power}


@cache
def decomposable_graphs(n_lists: int) -> tuple[tuple[Graph, dict[int, int]], ...]:
    """List all decomposable graphs, with the terms of each: 8 of three lists, 61 of four, 822 of five."""
    pairs = tuple(combinations(range(n_lists), 2))
    graphs = (
        frozenset(pair for place, pair in enumerate(pairs) if code >> place & 1) for code in range(2 ** len(pairs))
    )
    found = ((graph, terms_of(graph, n_lists)) for graph in graphs)
    return tuple((graph, terms) for graph, terms in found if terms is not None)
