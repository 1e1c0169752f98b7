"""Bloom filters: the pieces of a name, a date or a code as bits at places that only the key tells."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from palermo.linkage.spelling import distinct

__all__ = ["Words", "fingerprints", "folded", "named", "rule_90", "valued"]

Words = npt.NDArray[np.uint64]
"""Shape (records, bits / 64): packed filters, a row a record."""

_APART = b"\x1f"


def named(texts: npt.NDArray[np.object_], tag: str, key: bytes, *, bits: int, positions: int) -> Words:
    """Encode names by their bigrams, with a start and an end to each part; an empty text is an empty filter.

    Each bigram takes ``positions`` places by random hashing: sixteen-bit words of its HMAC-SHA-512, modulo the width
    (Schnell, Bachteler and Reiher 2009, with the repair of Niedermeyer and others 2014).
    """
    found, which = distinct(texts)
    marked = ["".join(f"^{part}$" for part in text.split(" ")) if text else "" for text in found]
    letters = np.frombuffer("".join(marked).encode("ascii"), np.uint8).astype(np.int64)
    lengths = np.array([len(text) for text in marked])
    pairs = letters[:-1] * 256 + letters[1:]
    owners = np.repeat(np.arange(len(marked)), lengths)[:-1]
    inside = letters[:-1] != ord("$")
    grams, gram_of = np.unique(pairs[inside], return_inverse=True)
    table = np.array(
        [_places(key, tag, bytes((gram >> 8, gram & 255)), bits, positions) for gram in grams.tolist()], np.uint64
    ).reshape(len(grams), bits // 64)
    return _united(table[gram_of], owners[inside], len(marked))[which]


def valued(
    values: npt.NDArray[np.int64] | npt.NDArray[np.object_],
    pieces: Callable[[int | str], list[tuple[str, int]]],
    key: bytes,
    *,
    bits: int,
) -> Words:
    """Encode values by their pieces, each a text and how many places it takes; zero and empty are empty filters."""
    found, which = distinct(values)
    table = np.zeros((len(found), bits // 64), np.uint64)
    for row, value in enumerate(found):
        if value:
            for piece, positions in pieces(value):
                table[row] |= np.array(_places(key, "value", piece.encode(), bits, positions), np.uint64)
    return table[which]


def fingerprints(words: Words) -> npt.NDArray[np.uint64]:
    """Mix each filter into 64 bits by which filters can be told apart."""
    multipliers = np.random.default_rng(1).integers(1, 2**63, words.shape[1], dtype=np.uint64) | np.uint64(1)
    return np.asarray((words * multipliers).sum(axis=1, dtype=np.uint64))


def rule_90(words: Words) -> Words:
    """Replace each bit by whether its two neighbours differ (Schnell and Borgs 2018); the ends are neighbours."""
    one, last = np.uint64(1), np.uint64(63)
    left = (words << one) | (np.roll(words, 1, axis=1) >> last)
    right = (words >> one) | (np.roll(words, -1, axis=1) << last)
    return np.asarray(left ^ right, np.uint64)


def folded(words: Words) -> Words:
    """Lay one half of the bits over the other, and keep where they differ."""
    half = words.shape[1] // 2
    return np.asarray(words[:, :half] ^ words[:, half:], np.uint64)


def _places(key: bytes, tag: str, piece: bytes, bits: int, positions: int) -> list[int]:
    """Give a filter's words with the places of one piece set."""
    words = [0] * (bits // 64)
    drawn = b"".join(
        hmac.digest(key, tag.encode() + _APART + piece + bytes([more] if more else []), hashlib.sha512)
        for more in range(-(-positions // 32))
    )
    for draw in range(positions):
        place = int.from_bytes(drawn[2 * draw : 2 * draw + 2], "little") % bits
        words[place // 64] |= 1 << (place % 64)
    return words


def _united(rows: Words, owners: npt.NDArray[np.int64], n: int) -> Words:
    """OR the rows of each owner; owners are in order, and one without a row has an empty filter."""
    united = np.zeros((n, rows.shape[1]), np.uint64)
    if len(rows):
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        united[owners[starts]] = np.bitwise_or.reduceat(rows, starts, axis=0)
    return united
