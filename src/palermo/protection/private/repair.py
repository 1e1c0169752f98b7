"""Rows without a forbidden combination: values are blanked, and rare values brought back where that costs least."""

from __future__ import annotations

import numpy as np
from numba import njit

from palermo.protection.private.layout import Codes, Floats, Layout
from palermo.protection.private.support import Support

__all__ = ["blank_forbidden", "bring_back"]

_TRIES = 150


def blank_forbidden(codes: Codes, support: Support, layout: Layout) -> None:
    """Blank values in place until no row holds a forbidden value, pair or triple.

    In each row the value goes first that is in most forbidden combinations, times how common it is: rare values stay.
    """
    counts = np.bincount(codes[codes >= 0], minlength=layout.n_values)
    _blank(codes, counts, support.one, support.two, support.three, layout.two, layout.three)


def bring_back(codes: Codes, support: Support, target: Floats, layout: Layout, seed: int) -> None:
    """Put rare values into rows in place, where blanking what conflicts with them loses less than they are worth."""
    counts = np.bincount(codes[codes >= 0], minlength=layout.n_values)
    rare = np.flatnonzero(support.one & (target < len(codes) / 10) & (counts < target))
    order = rare[np.argsort(target[rare], kind="stable")]
    state = np.random.default_rng(seed).integers(0, 2**31, 1)
    _bring(
        codes, counts, order, target, layout.column, support.two, support.three, layout.two, layout.three, int(state[0])
    )


@njit(cache=True)
def _violations(filled, m, two, three, two_at, three_at, bad):  # type: ignore[no-untyped-def]
    """Count for each filled value the forbidden combinations it is in."""
    bad[:m] = 0
    for i in range(m):
        for j in range(i + 1, m):
            if not two[two_at[filled[i]] + filled[j]]:
                bad[i] += 1
                bad[j] += 1
                continue
            base = three_at[filled[i]] + two_at[filled[j]]
            for k in range(j + 1, m):
                if not three[base + filled[k]]:
                    bad[i] += 1
                    bad[j] += 1
                    bad[k] += 1


@njit(cache=True)
def _blank(codes, counts, one, two, three, two_at, three_at):  # type: ignore[no-untyped-def]
    rows, columns = codes.shape
    filled = np.empty(columns, np.int64)
    where = np.empty(columns, np.int64)
    bad = np.empty(columns, np.int64)
    for row in range(rows):
        while True:
            m = 0
            for column in range(columns):
                value = codes[row, column]
                if value >= 0 and not one[value]:
                    codes[row, column] = -1
                elif value >= 0:
                    filled[m] = value
                    where[m] = column
                    m += 1
            _violations(filled, m, two, three, two_at, three_at, bad)
            worst = -1
            for i in range(m):
                if bad[i] and (worst < 0 or bad[i] * counts[filled[i]] > bad[worst] * counts[filled[worst]]):
                    worst = i
            if worst < 0:
                break
            codes[row, where[worst]] = -1
            counts[filled[worst]] -= 1


@njit(cache=True)
def _pair(a, b, two_at):  # type: ignore[no-untyped-def]
    return two_at[a] + b if a < b else two_at[b] + a


@njit(cache=True)
def _triple(value, a, b, two_at, three_at):  # type: ignore[no-untyped-def]
    """Place a triple whose last two values are in order."""
    if value < a:
        return three_at[value] + two_at[a] + b
    if value < b:
        return three_at[a] + two_at[value] + b
    return three_at[a] + two_at[b] + value


@njit(cache=True)
def _price(row, value, column, codes, counts, two, three, two_at, three_at, goes):  # type: ignore[no-untyped-def]
    """Say what a row must lose to take a value in, and mark the columns that would be blanked."""
    columns = codes.shape[1]
    goes[:] = False
    cost = 0.0
    if codes[row, column] >= 0:
        cost += 1.0 / max(1, counts[codes[row, column]])
    for i in range(columns):
        other = codes[row, i]
        if i != column and other >= 0 and not two[_pair(value, other, two_at)]:
            goes[i] = True
            cost += 1.0 / max(1, counts[other])
    for i in range(columns):
        a = codes[row, i]
        if i == column or a < 0 or goes[i]:
            continue
        for j in range(i + 1, columns):
            b = codes[row, j]
            if j == column or b < 0 or goes[j] or three[_triple(value, a, b, two_at, three_at)]:
                continue
            loser = i if counts[a] > counts[b] else j
            goes[loser] = True
            cost += 1.0 / max(1, counts[codes[row, loser]])
            if loser == i:
                break
    return cost


@njit(cache=True)
def _bring(codes, counts, order, target, column_of, two, three, two_at, three_at, seed):  # type: ignore[no-untyped-def]
    rows, columns = codes.shape
    np.random.seed(seed)
    goes = np.empty(columns, np.bool_)
    for value in order:
        column = column_of[value]
        while counts[value] < target[value]:
            best, least = -1, 1.0 / target[value]
            for _ in range(_TRIES):
                row = np.random.randint(rows)
                if codes[row, column] == value:
                    continue
                cost = _price(row, value, column, codes, counts, two, three, two_at, three_at, goes)
                if cost < least:
                    best, least = row, cost
            if best < 0:
                break
            _price(best, value, column, codes, counts, two, three, two_at, three_at, goes)
            goes[column] = True
            for i in range(columns):
                if goes[i] and codes[best, i] >= 0:
                    counts[codes[best, i]] -= 1
                    codes[best, i] = -1
            codes[best, column] = value
            counts[value] += 1
