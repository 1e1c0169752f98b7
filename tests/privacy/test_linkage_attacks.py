"""What somebody can read in encodings, without the key and with it. All people are invented.

These tests say how much is read, so that the documents can: that an attack works is a fact here, and not a failure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from palermo.errors import InputError
from palermo.linkage import MatchSettings, new_key, people_from, together
from palermo.linkage.encode import _by_field
from palermo.linkage.matching import match
from palermo.linkage.schema import load_schema
from tests.linkage.invented import KEY, encodings_of, invent, people_frame

ROWS, WHO = invent(4000, seed=31)
OTHER = new_key("another project", as_of=date(2026, 1, 1))


def values(name):
    people = people_from(people_frame(ROWS), {}, where="invented")
    return getattr(people, name)


def by_rank(words, known):
    """Guess values by how often they are there: the commonest filter for the commonest value, and so on.

    The attacker knows the population by a sample of it, drawn from the very file: a best case.
    """
    seen = [each.tobytes() if each.any() else None for each in words]
    ranks = [filtered for filtered, _ in Counter(filter(None, seen)).most_common()]
    sample = np.random.default_rng(1).choice(known, len(known)).tolist()
    guesses = dict(zip(ranks, [value for value, _ in Counter(filter(None, sample)).most_common()], strict=False))
    told = [guesses.get(each) == value for each, value in zip(seen, known, strict=True) if value]
    return float(np.mean(told))


def bits_of(words):
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=1, bitorder="little").astype(np.float32)


def mined(words, size=10):
    """Find the bits set together most often (Christen and others 2018), and say which records have them all."""
    bits = bits_of(words)
    best, found = 0.0, np.zeros(len(bits), np.float32)
    for seed in np.argsort(-bits.mean(axis=0))[:80]:
        have, used = bits[:, seed].copy(), [seed]
        while len(used) < size:
            support = have @ bits
            support[used] = -1
            used.append(int(support.argmax()))
            have *= bits[:, used[-1]]
        if have.mean() > best:
            best, found = have.mean(), have
    return found


def pieces():
    """Say of each record which pieces went into it: bigrams of names, sex and citizenship."""
    columns = zip(values("first_name"), values("surname"), values("sex"), values("citizenship"), strict=True)
    held = []
    for first, last, sex, citizenship in columns:
        marked = [f"^{name}$" for name in (first, last) if name]
        held.append({each[at : at + 2] for each in marked for at in range(len(each) - 1)} | {sex * 5, citizenship * 5})
    common = [piece for piece, n in Counter(each for row in held for each in row).items() if n > len(held) / 20]
    return np.array([[piece in row for piece in common] for row in held], np.float32)


def read_piece(words):
    """Say how well the mined bits tell who has some piece: the best correlation with any, 1 if it is always told."""
    found = mined(words)
    return max(abs(np.corrcoef(found, piece)[0, 1]) for piece in pieces().T) if found.std() else 0.0


def dictionary(key, names):
    """Encode names with a key, to look up filters in."""
    rows = [{"record_id": str(at), "surname": name} for at, name in enumerate(names)]
    people = people_from(people_frame(rows), {}, where="x")
    words = _by_field(people, key, load_schema("field"))["surname"]
    return {each.tobytes(): name for each, name in zip(words, people.surname, strict=True)}


def read_by(key):
    """Look up the surnames of all records in a dictionary made with a key."""
    book = dictionary(key, sorted({row["surname"] for row in ROWS}))
    encodings = encodings_of(ROWS)
    known = values("surname")
    return float(
        np.mean(
            [book.get(each.tobytes()) == name for each, name in zip(encodings.filters["surname"], known, strict=True)]
        )
    )


def test_without_a_key_counting_reads_sex_and_some_citizenships_of_the_field_profile():
    encodings = encodings_of(ROWS)
    assert by_rank(encodings.filters["sex"], values("sex")) > 0.9
    assert by_rank(encodings.filters["citizenship"], values("citizenship")) > 0.3
    assert by_rank(encodings.filters["surname"], values("surname")) < 0.05


def test_without_a_key_counting_reads_no_surname_in_the_record_profile():
    assert by_rank(encodings_of(ROWS, schema="record").filters["record"], values("surname")) < 0.01


def test_with_a_leaked_key_a_dictionary_reads_every_name():
    assert read_by(KEY) > 0.99


def test_with_another_key_a_dictionary_reads_no_name():
    assert read_by(OTHER) == 0.0


def test_pattern_mining_reads_a_piece_of_a_filter_that_is_not_hardened_and_less_of_ours(tmp_path):
    (tmp_path / "plain.toml").write_text('profile = "record"\nversion = 1\n')
    plain = read_piece(encodings_of(ROWS, schema=str(tmp_path / "plain.toml")).filters["record"])
    ours = read_piece(encodings_of(ROWS, schema="record").filters["record"])
    assert plain > 0.8
    assert ours < 0.6


def graph_matched(one, other):
    """Match records of two files by how their neighbours look: the sorted likenesses of each record to all others."""

    def shapes(words):
        bits = bits_of(words)
        shared = bits @ bits.T
        counts = bits.sum(axis=1)
        dice = 2 * shared / (counts[:, None] + counts)
        return np.sort(dice, axis=1)[:, ::-1][:, 1:40]

    a, b = shapes(one), shapes(other)
    distance = ((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2)
    return distance.argmin(axis=1)


@pytest.mark.parametrize("schema", ["field", "record"])
def test_graph_matching_re_identifies_where_an_attacker_has_the_same_file_of_names(schema):
    """The attacker has all names, and encodes them with a key of its own (Vidanage and others 2020)."""
    rows = ROWS[:500]
    name = "surname" if schema == "field" else "record"
    victims = encodings_of(rows, schema=schema).filters[name]
    attacker = encodings_of(rows, schema=schema, key=OTHER).filters[name]
    hits = float((graph_matched(victims, attacker) == np.arange(len(rows))).mean())
    assert hits > 5 / len(rows)


def test_two_projects_cannot_be_linked():
    ours, theirs = encodings_of(ROWS[:1500], source="a"), encodings_of(ROWS[:1500], source="b", key=OTHER)
    assert not np.intersect1d(ours.tokens[ours.tokens != 0], theirs.tokens[theirs.tokens != 0]).size
    with pytest.raises(InputError, match="cannot be compared"):
        together([ours, theirs], ["a", "b"])
    forged = together([ours, replace(theirs, key_id=ours.key_id)], ["a", "b"])
    linkage = match(forged, MatchSettings())
    pairs = linkage.likely.pairs[linkage.accepted]
    sources, ids = linkage.encodings.source, linkage.encodings.record_id
    right = (sources[pairs[:, 0]] != sources[pairs[:, 1]]) & (ids[pairs[:, 0]] == ids[pairs[:, 1]])
    assert right.sum() == 0
