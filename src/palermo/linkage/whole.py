"""Matching by one filter a record: all pairs, a fixed likeness, and no model of errors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.bits import TILE, add_shared, bit_counts, columns_of
from palermo.linkage.candidates import Candidates, Pairs
from palermo.linkage.encodings import Encodings
from palermo.linkage.estimation import Model
from palermo.linkage.filters import Words
from palermo.linkage.matching import NO_PAIRS, Linkage, finish, sources_of
from palermo.linkage.settings import MatchSettings

__all__ = ["match_whole"]

_SLOPE = 50.0
"""How fast likeness turns into log odds: the coefficient .05 higher or lower is a probability of .92 or .08."""
_BELOW = 0.05
"""Pairs less alike than this below what is taken for one person are left out."""


def match_whole(
    encodings: Encodings, settings: MatchSettings, *, same: Pairs = NO_PAIRS, different: Pairs = NO_PAIRS
) -> Linkage:
    """Say which records are the same person's by their whole filters, over all pairs."""
    words = encodings.filters["record"]
    pairs, dice = _partners(words, encodings.schema.like - _BELOW, settings.most)
    if settings.deduplicated:
        sources = sources_of(encodings)
        apart = sources[pairs[:, 0]] != sources[pairs[:, 1]]
        pairs, dice = pairs[apart], dice[apart]
    n = len(encodings)
    log_odds = _SLOPE * (dice - encodings.schema.like)
    candidates = Candidates(pairs, n * (n - 1) // 2, {}, int((bit_counts(words) == 0).sum()))
    model = Model({}, {}, 0.0, n * (n - 1) // 2, 0)
    levels = np.clip((dice * 20).astype(np.uint8), 0, 20)[:, None]
    return finish(encodings, settings, candidates, levels, log_odds, model, same, different)


def _partners(words: Words, least: float, most: int) -> tuple[Pairs, npt.NDArray[np.float64]]:
    """Find the pairs that are alike at all, each record with its most alike."""
    columns = columns_of(words)
    counts = bit_counts(words).astype(np.int64)
    rows, dice = [np.zeros((0, 2), np.int32)], [np.zeros(0)]
    for begin in range(0, len(words), TILE):
        found, alike = _alike(columns, counts, least, begin, min(begin + TILE, len(words)))
        rows.append(found)
        dice.append(alike)
    pairs, alike = np.concatenate(rows), np.concatenate(dice)
    kept = _most(pairs, alike, most)
    return pairs[kept], alike[kept]


def _most(pairs: Pairs, dice: npt.NDArray[np.float64], most: int) -> npt.NDArray[np.bool_]:
    """Keep a pair if it is among the most alike of either record."""
    kept = np.zeros(len(pairs), np.bool_)
    for side in (0, 1):
        order = np.lexsort((pairs[:, 1 - side], -dice, pairs[:, side]))
        owners = pairs[order, side]
        firsts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]]) if len(owners) else np.zeros(0, np.int64)
        rank = np.arange(len(owners)) - np.repeat(firsts, np.diff(np.r_[firsts, len(owners)]))
        kept[order[rank < most]] = True
    return kept


@njit(cache=True, boundscheck=False)
def _alike(
    columns: Words, counts: npt.NDArray[np.int64], least: float, begin: int, end: int
) -> tuple[Pairs, npt.NDArray[np.float64]]:
    buffer = np.zeros(TILE, np.int64)
    size, found = 4096, 0
    pairs, dice = np.empty((size, 2), np.int32), np.empty(size)
    for one in range(end):
        first = max(begin, one + 1)
        shared, others = buffer[: end - first], counts[first:end]
        if counts[one] == 0:
            continue
        add_shared(columns, one, first, end, shared)
        for at in range(len(shared)):
            if shared[at] and 2.0 * shared[at] >= least * np.float64(counts[one] + others[at]):
                if found == size:
                    more, longer = np.empty((2 * size, 2), np.int32), np.empty(2 * size)
                    more[:size], longer[:size] = pairs, dice
                    pairs, dice, size = more, longer, 2 * size
                pairs[found, 0], pairs[found, 1] = one, first + at
                dice[found] = 2.0 * shared[at] / (counts[one] + others[at])
                found += 1
    return pairs[:found].copy(), dice[:found].copy()
