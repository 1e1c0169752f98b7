"""Joining records to persons, link by link, in a compiled loop."""

from __future__ import annotations

import numpy as np

from palermo.prevalence.compiled import compiled
from palermo.prevalence.newton import Ints

__all__ = ["join"]


@compiled
def join(bits: Ints, once: int, one: Ints, other: Ints) -> Ints:
    """Put the ends of links together, one link after the other, unless a person would be twice on a list.

    Parameters
    ----------
    bits : shape (records,)
        The list of each record, as a bit.
    once
        The lists on which nobody can be twice.
    one, other : shape (links,)
        The records that each link joins.

    Returns
    -------
    shape (records,)
        One of the records of the same person.
    """
    above = np.arange(bits.size)
    held = bits.copy()
    for link in range(one.size):
        a, b = _top(above, one[link]), _top(above, other[link])
        if a != b and held[a] & held[b] & once == 0:
            above[b] = a
            held[a] |= held[b]
    for record in range(bits.size):
        above[record] = _top(above, record)
    return above


@compiled
def _top(above: Ints, record: int) -> int:
    """Follow records to the one that stands for all of a person, and shorten the way."""
    while above[record] != record:
        above[record] = above[above[record]]
        record = above[record]
    return record
