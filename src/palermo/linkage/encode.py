"""People in, encodings out: what an agency does at home."""

from __future__ import annotations

import hashlib
import hmac

import numpy as np

from palermo.linkage.encodings import Encodings
from palermo.linkage.filters import Words, folded, named, rule_90, valued
from palermo.linkage.keys import Key
from palermo.linkage.people import People
from palermo.linkage.schema import Schema
from palermo.linkage.tokens import atoms_of, tokens_of

__all__ = ["encode", "pseudonyms"]

_JANUARY_FIRST = 101


def encode(people: People, key: Key, schema: Schema, *, source: str) -> Encodings:
    """Encode people, so that their records can be compared by somebody who has no key."""
    filters = _PROFILES[schema.profile](people, key, schema)
    for name in ("record", "first_name", "surname"):
        if schema.noise and name in filters:
            filters[name] = _with_noise(filters[name], key, schema.noise, f"{source}/{name}")
    tokens = np.zeros((len(people), 0), np.uint64)
    atoms = {}
    if schema.profile == "field":
        found = atoms_of(people, key.derive("atoms"), fold=schema.fold_names)
        tokens = tokens_of(found, key.derive("tokens"))
        atoms = {"sex": found.sex, "citizenship": found.citizenship, "year": found.year}
    return Encodings(
        schema=schema,
        key_id=key.id,
        source=np.full(len(people), source, dtype=object),
        record_id=np.array(people.record_id, dtype=object),
        filters=filters,
        atoms=atoms,
        tokens=tokens,
        january_first=_day_filter(np.array([_JANUARY_FIRST]), key.derive("filters"), schema.value_bits),
    )


def pseudonyms(record_ids: list[str], key: Key, *, source: str) -> list[str]:
    """Give each record an id that says nothing, and is the same every time as long as the key is."""
    own = key.derive(f"pseudonym/{source}")
    return [hmac.digest(own, each.encode(), hashlib.sha256).hex()[:24] for each in record_ids]


def _by_field(people: People, key: Key, schema: Schema) -> dict[str, Words]:
    """Make a filter for each field; first name and surname share a tag, so that a swap can be seen."""
    secret, bits = key.derive("filters"), schema.value_bits
    places = schema.value_positions
    names = {
        name: named(texts, "name", secret, bits=schema.name_bits, positions=schema.name_positions)
        for name, texts in (("first_name", people.first_name), ("surname", people.surname))
    }
    return {
        **{name: _hardened(words, schema) for name, words in names.items()},
        "year": valued(
            people.year, lambda year: [(f"year {int(year) + step}", 12) for step in (-1, 0, 1)], secret, bits=bits
        ),
        "month_day": _day_filter(people.month_day, secret, bits),
        "citizenship": valued(people.citizenship, lambda code: [(f"citizenship {code}", places)], secret, bits=bits),
        "sex": valued(people.sex, lambda code: [(f"sex {code}", places)], secret, bits=bits),
        "document": valued(people.document, _document_pieces, secret, bits=bits),
        "place": valued(people.place, _place_pieces, secret, bits=schema.place_bits),
    }


def _day_filter(month_day: np.ndarray, secret: bytes, bits: int) -> Words:
    return valued(month_day, _day_pieces, secret, bits=bits)


def _day_pieces(value: int | str) -> list[tuple[str, int]]:
    """Make the day such that a swap of day and month is seen, and 1 January is like no other day."""
    month, day = divmod(int(value), 100)
    if (month, day) == (1, 1):
        return [("1 January", 40)]
    low, high = sorted((month, day))
    return [(f"month {month}", 10), (f"day {day}", 10), (f"either {low} {high}", 20)]


def _document_pieces(value: int | str) -> list[tuple[str, int]]:
    marked = f"^{value}$"
    return [(f"document {position} {marked[position : position + 2]}", 4) for position in range(len(marked) - 1)][:16]


def _place_pieces(value: int | str) -> list[tuple[str, int]]:
    grams = {part[at : at + 2] for word in str(value).split() for part in (f"^{word}$",) for at in range(len(part) - 1)}
    return [(f"place {gram}", 4) for gram in sorted(grams)]


def _by_record(people: People, key: Key, schema: Schema) -> dict[str, Words]:
    """Lay all that is known of a person into one filter."""
    secret, bits = key.derive("record"), schema.record_bits
    k = schema.name_positions
    parts = [
        named(people.first_name, "name", secret, bits=bits, positions=k),
        named(people.surname, "name", secret, bits=bits, positions=k),
        valued(
            people.year, lambda year: [(f"year {int(year) + step}", 2 * k) for step in (-1, 0, 1)], secret, bits=bits
        ),
        valued(people.month_day, _day_pieces, secret, bits=bits),
        valued(people.citizenship, lambda code: [(f"citizenship {code}", 3 * k)], secret, bits=bits),
        valued(people.sex, lambda code: [(f"sex {code}", k)], secret, bits=bits),
        valued(people.document, _document_pieces, secret, bits=bits),
        valued(people.place, _place_pieces, secret, bits=bits),
    ]
    return {"record": _hardened(np.bitwise_or.reduce(parts), schema)}


_PROFILES = {"field": _by_field, "record": _by_record}


def _hardened(words: Words, schema: Schema) -> Words:
    if schema.xor_fold:
        words = folded(words)
    return rule_90(words) if schema.rule_90 else words


def _with_noise(words: Words, key: Key, share: float, purpose: str) -> Words:
    """Flip bits of filters that are not empty, drawn from the key: the same again, and unknown without it."""
    rng = np.random.default_rng(np.frombuffer(key.derive(f"noise/{purpose}"), np.uint32))
    flips = rng.random((words.shape[0], words.shape[1] * 64)) < share
    packed = np.packbits(flips, axis=1, bitorder="little").view(np.uint64)
    return np.where(words.any(axis=1, keepdims=True), words ^ packed, words)
