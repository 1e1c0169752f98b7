"""Numbers as people write them."""

from __future__ import annotations

__all__ = ["many"]


def many(number: int, one: str, others: str) -> str:
    """Write a number with the words that go with it, such as ``many(1, "record is", "records are")``."""
    return f"{number:,} {one if number == 1 else others}"
