"""Blocking tokens: records that share one are worth comparing.

A token is a keyed hash of some atoms, and an atom is a keyed hash of a value. Who has no key can see that two records
share a value, and how many do, but not which value it is.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from palermo.linkage.people import People
from palermo.linkage.spelling import distinct, over_distinct, skeleton, sound

__all__ = ["KINDS", "Atoms", "Hashes", "atoms_of", "tokens_of"]

Hashes = npt.NDArray[np.uint64]
BANDS = 3
ROWS = 2


@dataclass(frozen=True, slots=True)
class Atoms:
    """One hash a record and kind of value; zero is a value that is not known."""

    year: Hashes
    month_day: Hashes
    """Nothing for 1 January, which stands for a day that is not known."""
    day_set: Hashes
    """Day and month whichever comes first."""
    sex: Hashes
    citizenship: Hashes
    """The same for all in a file where nobody has one, since half of the tokens stand on it."""
    document: Hashes
    first: Hashes
    last: Hashes
    first_bones: Hashes
    """Consonants only."""
    last_bones: Hashes
    first_bands: tuple[Hashes, ...]
    last_bands: tuple[Hashes, ...]
    place_bands: tuple[Hashes, ...]


def atoms_of(people: People, key: bytes, *, fold: bool) -> Atoms:
    """Hash every value of a record that blocking uses."""
    day = np.where(people.month_day == 101, 0, people.month_day)
    month, of_month = people.month_day // 100, people.month_day % 100
    day_set = np.where(day == 0, 0, np.minimum(month, of_month) * 100 + np.maximum(month, of_month))
    heard = [over_distinct(names, sound if fold else _as_it_is) for names in (people.first_name, people.surname)]
    known, nobody = (people.citizenship != "").any(), np.full(len(people), _hash(key, "no citizenship"), np.uint64)
    grams = _gram_hashes(key)
    bones = [over_distinct(names, skeleton if fold else _as_it_is) for names in heard]
    bands = [_bands(names, grams, key) for names in heard]
    places = _bands(over_distinct(people.place, _letters), grams, key)
    return Atoms(
        year=_hashed(people.year, "year", key),
        month_day=_hashed(day, "day", key),
        day_set=_hashed(day_set, "day-set", key),
        sex=_hashed(people.sex, "sex", key),
        citizenship=_hashed(people.citizenship, "citizenship", key) if known else nobody,
        document=_hashed(people.document, "document", key),
        first=_hashed(heard[0], "name", key),
        last=_hashed(heard[1], "name", key),
        first_bones=_hashed(bones[0], "bones", key),
        last_bones=_hashed(bones[1], "bones", key),
        first_bands=bands[0],
        last_bands=bands[1],
        place_bands=places,
    )


def _as_it_is(name: str) -> str:
    return name


def _letters(text: str) -> str:
    """Write the digits of a place as letters, of which the bigrams are made."""
    return text.translate(_DIGITS)


def _recipes(atoms: Atoms) -> dict[str, tuple[Hashes, ...]]:
    """Name the kinds of token, and the atoms of each."""
    y, md, sd, n, s, first, last = (
        atoms.year, atoms.month_day, atoms.day_set, atoms.citizenship, atoms.sex, atoms.first, atoms.last,
    )  # fmt: skip
    kinds: dict[str, tuple[Hashes, ...]] = {
        "date": (y, sd),
        "day, citizenship, sex": (md, n, s),
        "day, first name": (md, first),
        "day, surname": (md, last),
        "both names": _in_order(first, last),
        "year, first name": (y, first),
        "year, surname": (y, last),
        "citizenship, first name": (n, first),
        "citizenship, surname": (n, last),
        "citizenship, consonants of both names": (n, *_in_order(atoms.first_bones, atoms.last_bones)),
        "year, consonants of first name": (y, n, atoms.first_bones),
        "year, consonants of surname": (y, n, atoms.last_bones),
    }
    for band in range(BANDS):
        f, l = atoms.first_bands[band], atoms.last_bands[band]  # noqa: E741
        kinds[f"year, citizenship, like first name {band}"] = (y, n, f)
        kinds[f"year, citizenship, like surname {band}"] = (y, n, l)
        kinds[f"citizenship, like both names {band}"] = (n, *_in_order(f, l))
        for other in range(BANDS):
            if other != band:
                kinds[f"citizenship, like names {band}{other}"] = (n, f, atoms.last_bands[other])
        p = atoms.place_bands[band]
        kinds[f"like place {band}, first name"] = (p, first)
        kinds[f"like place {band}, surname"] = (p, last)
        kinds[f"like place {band}, date"] = (p, y, sd)
        kinds[f"like place {band}, like first name"] = (p, f)
        kinds[f"like place {band}, like surname"] = (p, l)
    kinds["document"] = (atoms.document,)
    return kinds


def tokens_of(atoms: Atoms, key: bytes) -> Hashes:
    """Give the tokens of each record, shape (records, kinds); zero is a token that some missing value left out."""
    columns = [_mixed(parts, f"token/{kind}", key) for kind, parts in _recipes(atoms).items()]
    return np.ascontiguousarray(np.column_stack(columns))


def _in_order(one: Hashes, other: Hashes) -> tuple[Hashes, Hashes]:
    """Order two atoms by their values, so that a swap makes no difference; none if one is not known."""
    known = (one != 0) & (other != 0)
    return np.where(known, np.minimum(one, other), 0), np.where(known, np.maximum(one, other), 0)


_DIGITS = str.maketrans("0123456789", "abcdefghij")
_NONE = np.zeros(0, np.uint64)
_NO_ATOMS = Atoms(
    year=_NONE, month_day=_NONE, day_set=_NONE, sex=_NONE, citizenship=_NONE, document=_NONE, first=_NONE, last=_NONE,
    first_bones=_NONE, last_bones=_NONE,
    first_bands=(_NONE,) * BANDS, last_bands=(_NONE,) * BANDS, place_bands=(_NONE,) * BANDS,
)  # fmt: skip
KINDS = tuple(_recipes(_NO_ATOMS))
"""The kinds of token, in the order of the columns."""


def _hashed(values: npt.NDArray[np.int64] | npt.NDArray[np.object_], tag: str, key: bytes) -> Hashes:
    found, which = distinct(values)
    hashes = [_hash(key, f"{tag}\x1f{value}") if value else 0 for value in found]
    return np.array(hashes, np.uint64)[which]


def _hash(key: bytes, text: str) -> int:
    """Give 64 bits that only the key can give; never zero."""
    return int.from_bytes(hmac.digest(key, text.encode(), hashlib.sha256)[:8], "little") or 1


def _mixed(parts: tuple[Hashes, ...], purpose: str, key: bytes) -> Hashes:
    """Hash two or three atoms into one token: CBC-MAC over a fixed number of blocks, with a key for each kind.

    For messages of a fixed length CBC-MAC is a pseudorandom function (Bellare, Kilian and Rogaway 2000), and AES takes
    millions of blocks a second.
    """
    known = np.logical_and.reduce([part != 0 for part in parts])
    own = hmac.digest(key, purpose.encode(), hashlib.sha256)
    cipher = Cipher(algorithms.AES(own), modes.ECB())  # each row is one application of the block cipher
    state = np.zeros((int(known.sum()), 2), np.uint64)
    for begin in range(0, len(parts), 2):
        for half, part in enumerate(parts[begin : begin + 2]):
            state[:, half] ^= part[known]
        state = np.frombuffer(cipher.encryptor().update(state.tobytes()), np.uint64).reshape(-1, 2).copy()
    tokens = np.zeros(len(known), np.uint64)
    tokens[known] = np.maximum(state[:, 0], 1)
    return tokens


def _gram_hashes(key: bytes) -> Hashes:
    """Give each two letters a row of hashes, one for each row of each band."""
    letters = "^$ abcdefghijklmnopqrstuvwxyz"
    table = np.full((128 * 128, BANDS * ROWS), np.iinfo(np.uint64).max, np.uint64)
    for one in letters:
        for other in letters:
            digest = hmac.digest(key, f"gram\x1f{one}{other}".encode(), hashlib.sha512)
            table[ord(one) * 128 + ord(other)] = np.frombuffer(digest, np.uint64)[: BANDS * ROWS]
    return table


def _bands(names: npt.NDArray[np.object_], grams: Hashes, key: bytes) -> tuple[Hashes, ...]:
    """Give the MinHash bands of names: those that share most bigrams are likely to share a band (Broder 1997)."""
    found, which = distinct(names)
    marked = [f"^{text}$" if text else "" for text in found]
    letters = np.frombuffer("".join(marked).encode("ascii"), np.uint8).astype(np.int64)
    lengths = np.array([len(text) for text in marked])
    filled = np.flatnonzero(lengths)
    starts = (np.cumsum(lengths) - lengths)[filled]
    hashes = np.full((len(letters), BANDS * ROWS), np.iinfo(np.uint64).max, np.uint64)
    inside = np.flatnonzero(letters[:-1] != ord("$"))
    hashes[inside] = grams[letters[inside] * 128 + letters[inside + 1]]
    least = np.zeros((len(marked), BANDS * ROWS), np.uint64)
    if len(filled):
        least[filled] = np.minimum.reduceat(hashes, starts, axis=0)
    bands = []
    for band in range(BANDS):
        rows = least[:, band * ROWS : (band + 1) * ROWS]
        mixed = _mixed(tuple(np.ascontiguousarray(column) for column in rows.T), f"band/{band}", key)
        bands.append(mixed[which])
    return tuple(bands)
