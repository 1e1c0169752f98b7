"""Which pairs are worth comparing: those that share rare tokens, so many a record and no more.

Weights are whole numbers and ties go to the record that comes first, so that every engine finds the same pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.linkage.encodings import Encodings
from palermo.linkage.tokens import KINDS, Hashes

__all__ = ["Blocks", "Candidates", "block_weights", "find_blocks", "find_candidates"]

Pairs = npt.NDArray[np.int32]
"""Shape (pairs, 2): rows of two records, the smaller first, in order."""

_SCALE = 1024


@dataclass(frozen=True, slots=True)
class Blocks:
    """Records by the tokens they share."""

    starts: npt.NDArray[np.int64]
    members: npt.NDArray[np.int32]
    """``members[starts[b]:starts[b + 1]]`` are the rows of block ``b``, in order."""
    weights: npt.NDArray[np.int32]
    """What sharing each block is worth."""
    kinds: npt.NDArray[np.int16]
    """Which kind of token made the block."""
    dropped: dict[str, tuple[int, int]]
    """By kind of token: how many blocks were too large even when split, and how many memberships they held."""

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs to compare, and what blocking left out."""

    pairs: Pairs
    n_enumerated: int
    """How many times two records were met in a block."""
    dropped: dict[str, tuple[int, int]]
    n_alone: int
    """How many records share no block with any other, and so can be found with none."""


def find_candidates(encodings: Encodings, *, cap: int, most: int) -> Candidates:
    """Find each record's likeliest partners by the tokens it shares with them.

    Parameters
    ----------
    cap
        A block with more records is split by sex, then citizenship, then year, and dropped if it is still larger.
    most
        How many partners a record may choose; a pair is kept if either side chooses it.
    """
    blocks = find_blocks(encodings, cap=cap)
    by_record, of_record = _by_record(blocks.starts, blocks.members, len(encodings))
    chosen, n_enumerated, n_alone = _choose(blocks.starts, blocks.members, blocks.weights, by_record, of_record, most)
    return Candidates(_united(chosen), int(n_enumerated), blocks.dropped, int(n_alone))


def find_blocks(encodings: Encodings, *, cap: int) -> Blocks:
    """Put records into blocks by their tokens, split those that are too large, and drop what is larger still."""
    tokens = encodings.tokens
    found, rows, kinds = [], [], []
    dropped: dict[str, tuple[int, int]] = {}
    for kind in range(tokens.shape[1]):
        kept = _split(tokens[:, kind], encodings.atoms, cap)
        found.append(kept[0])
        rows.append(kept[1])
        kinds.append(np.full(len(kept[0]), kind, np.int16))
        if kept[2][0]:
            dropped[KINDS[kind]] = kept[2]
    sizes = np.concatenate(found) if found else np.zeros(0, np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    members = np.concatenate(rows) if rows else np.zeros(0, np.int32)
    worth = block_weights(len(encodings), cap)
    return Blocks(starts, members, worth[sizes], np.concatenate(kinds) if kinds else np.zeros(0, np.int16), dropped)


def block_weights(n: int, cap: int) -> npt.NDArray[np.int32]:
    """Say what a block of each size is worth: the logarithm of how rare it is, in whole numbers."""
    sizes = np.maximum(np.arange(cap + 1), 1)
    return np.maximum(np.round(_SCALE * np.log(max(n, 2) / sizes)), 1).astype(np.int32)


def _split(
    tokens: Hashes, atoms: dict[str, Hashes], cap: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], tuple[int, int]]:
    """Group the records of one kind of token; give sizes, members and what was dropped."""
    rows = np.flatnonzero(tokens).astype(np.int32)
    sizes, members = [], []
    keys = tokens[rows]
    for by in ("sex", "citizenship", "year", None):
        order = np.argsort(keys, kind="stable")
        keys, rows = keys[order], rows[order]
        edges = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1], True]) if len(keys) else np.zeros(1, np.int64)
        count = np.diff(edges)
        fits = (count <= cap) & (count > 1)
        inside = np.repeat(fits, count)
        sizes.append(count[fits])
        members.append(rows[inside])
        large = np.repeat(count > cap, count)
        n_large = int((count > cap).sum())
        keys, rows = keys[large], rows[large]
        if by is None or not n_large:
            break
        keys = _joined(keys, atoms[by][rows])
    return np.concatenate(sizes), np.concatenate(members), (n_large, len(rows))


def _joined(keys: Hashes, atoms: Hashes) -> Hashes:
    """Mix two hashes into one; both are keyed already, so that nothing more needs to be hidden here."""
    mixed = keys ^ (atoms * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0x632BE59BD9B4E019))
    mixed ^= mixed >> np.uint64(29)
    return mixed * np.uint64(0xBF58476D1CE4E5B9)


@njit(cache=True, boundscheck=False)
def _by_record(
    starts: npt.NDArray[np.int64], members: npt.NDArray[np.int32], n: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Turn the blocks around: which blocks each record is in."""
    ends = np.zeros(n + 1, np.int64)
    for member in members:
        ends[member + 1] += 1
    ends = np.cumsum(ends)
    of_record, filled = np.empty(len(members), np.int32), ends[:-1].copy()
    for block in range(len(starts) - 1):
        for member in members[starts[block] : starts[block + 1]]:
            of_record[filled[member]] = block
            filled[member] += 1
    return ends, of_record


@njit(cache=True, boundscheck=False)
def _choose(
    starts: npt.NDArray[np.int64],
    members: npt.NDArray[np.int32],
    weights: npt.NDArray[np.int32],
    by_record: npt.NDArray[np.int64],
    of_record: npt.NDArray[np.int32],
    most: int,
) -> tuple[npt.NDArray[np.int32], int, int]:
    """Give each record the partners with whom it shares most; -1 where there are no more."""
    n = len(by_record) - 1
    chosen = np.full((n, most), -1, np.int32)
    shared, met, best = np.zeros(n, np.int64), np.empty(n, np.int32), np.empty(most, np.int64)
    n_enumerated, n_alone = 0, 0
    for record in range(n):
        blocks = of_record[by_record[record] : by_record[record + 1]]
        n_met = 0
        for block in blocks:
            n_enumerated += starts[block + 1] - starts[block] - 1
            n_met = _meet(members[starts[block] : starts[block + 1]], weights[block], shared, met, n_met)
        shared[record] = 0
        n_kept = 0
        for other in met[:n_met]:
            if other != record:
                n_kept = _keep_best((shared[other] << 32) - other, best, n_kept)
            shared[other] = 0
        for place in range(n_kept):
            chosen[record, place] = -best[place] & 0xFFFFFFFF
        n_alone += n_kept == 0
    return chosen, n_enumerated, n_alone


@njit(cache=True, boundscheck=False)
def _meet(
    block: npt.NDArray[np.int32],
    weight: int,
    shared: npt.NDArray[np.int64],
    met: npt.NDArray[np.int32],
    n_met: int,
) -> int:
    """Add what a block is worth to all its records, and give how many have been met by now."""
    for other in block:
        if shared[other] == 0:
            met[n_met] = other
            n_met += 1
        shared[other] += weight
    return n_met


@njit(cache=True, boundscheck=False)
def _keep_best(key: int, best: npt.NDArray[np.int64], n_kept: int) -> int:
    """Lay a key among the highest, which are in order, and give how many there are now.

    A key is what is shared, in the upper 32 bits, less the row: of two that share as much the first comes first.
    """
    if n_kept == len(best) and key < best[n_kept - 1]:
        return n_kept
    place = min(n_kept, len(best) - 1)
    while place > 0 and best[place - 1] < key:
        best[place] = best[place - 1]
        place -= 1
    best[place] = key
    return min(n_kept + 1, len(best))


@njit(cache=True, boundscheck=False)
def _united(chosen: Pairs) -> Pairs:
    """Give the pairs of which either side has chosen the other, each once and in order."""
    places = np.zeros(len(chosen) + 1, np.int64)
    for record in range(len(chosen)):
        for other in chosen[record]:
            if _counts(record, other, chosen):
                places[min(record, other) + 1] += 1
    places = np.cumsum(places)
    pairs, filled = np.empty((places[-1], 2), np.int32), places[:-1].copy()
    for record in range(len(chosen)):
        for other in chosen[record]:
            if _counts(record, other, chosen):
                low = min(record, other)
                pairs[filled[low], 0], pairs[filled[low], 1] = low, max(record, other)
                filled[low] += 1
    for record in range(len(chosen)):
        pairs[places[record] : places[record + 1], 1].sort()
    return pairs


@njit(cache=True, inline="always")
def _counts(record: int, other: int, chosen: Pairs) -> bool:
    """Say whether a choice makes a pair: not if nobody was chosen, or if the other, who comes first, chose too."""
    return other >= 0 and (record < other or record not in chosen[other])
