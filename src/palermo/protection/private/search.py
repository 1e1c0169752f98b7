"""Local search: change one value of one row at a time, where that brings the counts nearer to their targets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.protection.private.counting import count_all
from palermo.protection.private.drawing import Drawn
from palermo.protection.private.layout import Codes, Floats, Layout

__all__ = ["Targets", "search"]


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """What every count should be, and how much it matters."""

    one: Floats
    two: Floats
    three: Floats
    weight_one: Floats
    weight_two: Floats
    weight_three: Floats


def search(codes: Codes, drawn: Drawn, targets: Targets, layout: Layout, *, sweeps: int, deep: bool, seed: int) -> None:
    """Improve rows in place; a sweep proposes as many changes as there are cells.

    The cost is the sum over all counts of ``weight * (count - target)**2``. A change is made only if the cost falls.

    Parameters
    ----------
    drawn
        The rows as they were drawn, from which most proposals are copied: any row of the same class.
    deep
        Whether triples count too.
    """
    one, two, three = count_all(codes, layout, deep=deep)
    gaps = (
        _gaps(one, targets.one, targets.weight_one),
        _gaps(two, targets.two, targets.weight_two),
        _gaps(three, targets.three, targets.weight_three) if deep else np.zeros((1, 2), dtype=np.float32),
    )
    owner = np.repeat(np.arange(len(drawn[1]) - 1), np.diff(drawn[1]))
    state = np.random.default_rng(seed).integers(1, 2**63, 1).astype(np.uint64)
    visits = sweeps * layout.n_columns
    _improve(codes, drawn[0], drawn[1], owner, layout.two, layout.three, *gaps, visits, deep, state)


def _gaps(counts: npt.NDArray[np.int32], targets: Floats, weights: Floats) -> Floats:
    """Put the distance of a count from its target beside its weight, so that one look in memory finds both."""
    gaps = np.empty((len(targets), 2), dtype=np.float32)
    gaps[:, 0] = counts - targets
    gaps[:, 1] = weights
    return gaps


@njit(cache=True, inline="always")
def _random(state):  # type: ignore[no-untyped-def]
    """Give 64 bits of Marsaglia's xorshift."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return x


@njit(cache=True, inline="always")
def _below(state, n):  # type: ignore[no-untyped-def]
    return np.int64((_random(state) >> np.uint64(32)) * np.uint64(n) >> np.uint64(32))


@njit(cache=True, fastmath=True, inline="always")
def _step(gaps, place, sign):  # type: ignore[no-untyped-def]
    """Say what one row more (or less) at a place would cost."""
    return gaps[place, 1] * (np.float32(1.0) + sign * np.float32(2.0) * gaps[place, 0])


@njit(cache=True, fastmath=True)
def _cost(value, sign, others, before, m, two_at, three_at, one, two, three, deep):  # type: ignore[no-untyped-def]
    """Say what it costs to give a row this value, or with sign -1 to take it away; ``before`` others lie before it."""
    cost = _step(one, value, sign)
    own_two, own_three = two_at[value], three_at[value]
    for i in range(before):
        cost += _step(two, two_at[others[i]] + value, sign)
    for i in range(before, m):
        cost += _step(two, own_two + others[i], sign)
    if deep:
        for i in range(before):
            at = three_at[others[i]]
            for j in range(i + 1, before):
                cost += _step(three, at + two_at[others[j]] + value, sign)
            at += own_two
            for j in range(before, m):
                cost += _step(three, at + others[j], sign)
        for i in range(before, m):
            at = own_three + two_at[others[i]]
            for j in range(i + 1, m):
                cost += _step(three, at + others[j], sign)
    return cost


@njit(cache=True)
def _put(value, sign, others, before, m, two_at, three_at, one, two, three, deep):  # type: ignore[no-untyped-def]
    """Give a row this value, or take it away: move the gaps."""
    one[value, 0] += sign
    for i in range(m):
        if i < before:
            two[two_at[others[i]] + value, 0] += sign
        else:
            two[two_at[value] + others[i], 0] += sign
    if deep:
        for i in range(m):
            for j in range(i + 1, m):
                if i >= before:
                    place = three_at[value] + two_at[others[i]] + others[j]
                elif j >= before:
                    place = three_at[others[i]] + two_at[value] + others[j]
                else:
                    place = three_at[others[i]] + two_at[others[j]] + value
                three[place, 0] += sign


@njit(cache=True, inline="always")
def _proposal(codes, drawn, starts, owner, row, column, state):  # type: ignore[no-untyped-def]
    """Propose a blank, a value of the row's class, or the value of any row."""
    kind = _below(state, 100)
    new = np.int32(-1)
    if kind >= 75:
        new = codes[_below(state, codes.shape[0]), column]
    elif kind >= 5:
        start = starts[owner[row]]
        new = drawn[start + _below(state, starts[owner[row] + 1] - start), column]
    return new


@njit(cache=True, inline="always")
def _others(codes, row, column, others):  # type: ignore[no-untyped-def]
    """List the row's other values; say how many there are, and how many of them lie before the column.

    A blank is written too, and written over: that takes less time than to guess whether the next is one.
    """
    m = 0
    for other in range(column):
        others[m] = codes[row, other]
        m += codes[row, other] >= 0
    before = m
    for other in range(column + 1, codes.shape[1]):
        others[m] = codes[row, other]
        m += codes[row, other] >= 0
    return m, before


@njit(cache=True)
def _improve(codes, drawn, starts, owner, two_at, three_at, one, two, three, visits, deep, state):  # type: ignore[no-untyped-def]
    """Visit the rows in turn, so that the next one is in the cache before it is asked for, and try to change a value.

    One function, since arrays that are handed on to another are counted each time.
    """
    rows, columns = codes.shape
    others = np.empty(columns, np.int64)
    up, down = np.float32(1.0), np.float32(-1.0)
    for _ in range(visits):
        for row in range(rows):
            column = _below(state, columns)
            old = codes[row, column]
            new = _proposal(codes, drawn, starts, owner, row, column, state)
            if new == old:
                continue
            m, before = _others(codes, row, column, others)
            cost = np.float32(0.0)
            if old >= 0:
                cost += _cost(old, down, others, before, m, two_at, three_at, one, two, three, deep)
            if new >= 0:
                cost += _cost(new, up, others, before, m, two_at, three_at, one, two, three, deep)
            if cost < -1e-9:
                if old >= 0:
                    _put(old, down, others, before, m, two_at, three_at, one, two, three, deep)
                if new >= 0:
                    _put(new, up, others, before, m, two_at, three_at, one, two, three, deep)
                codes[row, column] = new
