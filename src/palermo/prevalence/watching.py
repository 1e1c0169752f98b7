"""How far a long piece of work has come, for those who wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

__all__ = ["Watch", "in_parts", "unwatched"]

Watch = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

_PARTS = 25


def unwatched(done: int, of: int) -> None:
    """Say nothing."""


def in_parts(n_rows: int, watch: Watch) -> Iterator[slice]:
    """Give the rows part by part, and tell after each how many are done."""
    for part in range(_PARTS):
        begin, end = (n_rows * place // _PARTS for place in (part, part + 1))
        if end > begin:
            yield slice(begin, end)
            watch(end, n_rows)
