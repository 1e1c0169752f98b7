"""Spelling, dates, keys, filters and tokens: what an agency does at home."""

from __future__ import annotations

import hashlib
import hmac
import stat
import subprocess
import sys
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError, UsageError
from palermo.linkage import (
    destroy,
    join,
    load_schema,
    new_key,
    people_from,
    read_key,
    read_people,
    rotate,
    split,
    write_key,
)
from palermo.linkage.bits import count_pairs_above
from palermo.linkage.filters import named, rule_90
from palermo.linkage.spelling import normalised, sound
from palermo.linkage.tokens import KINDS, atoms_of, tokens_of
from tests.linkage.invented import encodings_of, people_frame

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José", "JOSE"),
        ("Nguyễn", "Nguyen"),
        ("Øystein", "Oystein"),
        ("Владимир", "Vladimir"),
        ("王", "Wang"),
        ("O'Brien", "OBrien"),
        ("al-Hassan", "Hassan"),
        ("García-Márquez", "Garcia Marquez"),
        ("ＡＮＡ", "ana"),
        ("van den Berg", "Berg"),
    ],
)
def test_spellings_of_one_name_are_one(one, other):
    assert normalised(one) == normalised(other) != ""


@pytest.mark.parametrize("nothing", ["", " ", "-", "123", "Unknown", "??"])
def test_what_is_no_name_is_nothing(nothing):
    assert normalised(nothing) == ""


@pytest.mark.parametrize(
    ("one", "other"), [("oxana", "oksana"), ("phuong", "fuong"), ("youssef", "yusef"), ("vania", "wanya")]
)
def test_names_that_sound_alike_are_blocked_together(one, other):
    assert sound(one) == sound(other)


@given(st.text(max_size=40))
def test_any_text_becomes_latin_letters_or_nothing(text):
    name = normalised(text)
    assert name == "" or (name.replace(" ", "").isascii() and name.replace(" ", "").isalpha() and name.islower())
    assert normalised(name) == name


@pytest.mark.parametrize(
    ("written", "year", "month_day"),
    [
        ("1990-03-04", 1990, 304),
        ("1990-03", 1990, 0),
        ("1990", 1990, 0),
        ("1990~", 1990, 0),
        ("1990-03-04?", 1990, 0),
        ("1990-01-01", 1990, 101),
        ("1990-03-04T00:00:00", 1990, 304),
        ("04/03/1990", 0, 0),
        ("1990-13-01", 0, 0),
        ("0001-01-01", 0, 0),
        ("", 0, 0),
    ],
)
def test_dates_may_be_partial_or_estimated(written, year, month_day):
    people = people_from(people_frame([{"record_id": "r1", "birth_date": written}]), {}, where="x")
    assert (people.year[0], people.month_day[0]) == (year, month_day)
    assert people.unreadable["birth_date"] == int(written != "" and year == 0)


def test_a_name_s_filter_is_the_hmac_of_its_bigrams():
    """Written out here by the definition of random hashing, without any of the vector code."""
    key, name = b"k" * 32, "ana"
    expected = 0
    for gram in ("^a", "an", "na", "a$"):
        digest = hmac.digest(key, b"name\x1f" + gram.encode(), hashlib.sha512)
        for at in range(12):
            expected |= 1 << (int.from_bytes(digest[2 * at : 2 * at + 2], "little") % 256)
    words = named(np.array([name, "", "eva"], object), "name", key, bits=256, positions=12)
    assert sum(int(word) << (64 * at) for at, word in enumerate(words[0])) == expected
    assert not words[1].any()


def test_rule_90_makes_each_bit_the_difference_of_its_neighbours():
    words = np.random.default_rng(1).integers(0, 2**63, (20, 4), dtype=np.uint64)
    bits = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
    expected = np.roll(bits, 1, axis=1) ^ np.roll(bits, -1, axis=1)
    assert (np.unpackbits(rule_90(words).view(np.uint8), axis=1, bitorder="little") == expected).all()


@pytest.mark.parametrize("width", [2, 4, 6])
def test_the_compiled_count_of_pairs_is_that_of_every_pair(width):
    words = np.random.default_rng(2).integers(0, 2**63, (1500, width), dtype=np.uint64)
    bits = np.unpackbits(words.view(np.uint8), axis=1).astype(np.int64)
    dice = 2 * (bits @ bits.T) / (bits.sum(1)[:, None] + bits.sum(1))
    assert count_pairs_above(words, 0.52) == int((dice[np.triu_indices(1500, 1)] >= 0.52).sum()) > 0


def test_people_who_share_a_date_share_a_token_and_nobody_else_does():
    people = people_from(
        people_frame(
            [
                {"record_id": "1", "birth_date": "1990-03-04"},
                {"record_id": "2", "birth_date": "1990-04-03"},
                {"record_id": "3", "birth_date": "1990-03-05"},
            ]
        ),
        {},
        where="x",
    )
    date_tokens = tokens_of(atoms_of(people, b"a" * 32, fold=True), b"t" * 32)[:, KINDS.index("date")]
    assert date_tokens[0] == date_tokens[1] != date_tokens[2]


def test_the_same_people_encode_to_the_same_with_the_same_key_only():
    rows = [{"record_id": "1", "first_name": "Ana", "surname": "Silva", "birth_date": "1990-03-04", "sex": "f"}]
    other = new_key("other", as_of=TODAY)
    one, same, different = encodings_of(rows), encodings_of(rows), encodings_of(rows, key=other)
    assert (one.tokens == same.tokens).all()
    assert not ((one.tokens == different.tokens) & (one.tokens != 0)).any()
    assert (one.filters["surname"] != different.filters["surname"]).any()


def test_a_key_comes_back_and_only_its_owner_can_read_it(tmp_path):
    key = new_key("harbour", as_of=TODAY)
    write_key(key, tmp_path / "k")
    assert read_key(tmp_path / "k") == key
    assert stat.S_IMODE((tmp_path / "k").stat().st_mode) == 0o600
    assert key.secret.hex() not in repr(key)
    with pytest.raises(UsageError, match="never overwritten"):
        write_key(key, tmp_path / "k")


def test_a_key_is_not_kept_in_a_project_folder(tmp_path):
    (tmp_path / "palermo.toml").write_text("")
    with pytest.raises(UsageError, match="outside"):
        write_key(new_key("harbour", as_of=TODAY), tmp_path / "store/k")


@pytest.mark.parametrize(("shares", "needed"), [(2, 2), (3, 2), (5, 3), (10, 10)])
def test_enough_shares_give_a_key_back_and_fewer_do_not(tmp_path, shares, needed):
    key = new_key("harbour", as_of=TODAY)
    paths = split(key, shares=shares, needed=needed, folder=tmp_path)
    assert join(paths[-needed:]) == key
    with pytest.raises(InputError, match="needed"):
        join(paths[: needed - 1])


def test_shares_of_two_keys_are_not_put_together(tmp_path):
    one = split(new_key("a", as_of=TODAY), shares=3, needed=2, folder=tmp_path / "a")
    other = split(new_key("b", as_of=TODAY), shares=3, needed=2, folder=tmp_path / "b")
    with pytest.raises(InputError, match="not of one key"):
        join([one[0], other[1]])


def test_a_damaged_key_is_refused(tmp_path):
    path = tmp_path / "k"
    write_key(new_key("harbour", as_of=TODAY), path)
    path.write_text(path.read_text().replace("secret", "secrat"))
    with pytest.raises(InputError, match="not a key, or it is damaged"):
        read_key(path)


def test_the_next_key_is_another_of_the_same_project():
    key = new_key("harbour", as_of=TODAY)
    following = rotate(key, as_of=TODAY)
    assert (following.project, following.version) == ("harbour", 2)
    assert following.secret != key.secret
    assert following.id != key.id


def test_a_destroyed_key_is_gone(tmp_path):
    key = new_key("harbour", as_of=TODAY)
    write_key(key, tmp_path / "k")
    assert destroy(tmp_path / "k") == key.id
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "ids", [["Maria Silva"], ["Silva, Maria"], ["Garcia"], ["x-1990-03-04"], ["04.03.1990"], ["19900304"]]
)
def test_ids_that_tell_of_a_person_are_refused_without_being_quoted(ids):
    with pytest.raises(InputError, match="looks like a name or a date") as told:
        people_from(people_frame([{"record_id": each} for each in ids]), {}, where="x")
    assert not any(each in str(told.value) for each in ids)


@pytest.mark.parametrize("ids", [["1", "1"], ["", "2"]])
def test_ids_that_repeat_or_are_missing_are_refused(ids):
    with pytest.raises(InputError, match=r"repeats|is empty"):
        people_from(people_frame([{"record_id": each} for each in ids]), {}, where="x")


@pytest.mark.parametrize("good", ["12345", "a-17", "NGO3_0001", "7f3a9c", "CASE-2023-0017", "r1"])
def test_ordinary_ids_are_taken(good):
    assert len(people_from(people_frame([{"record_id": good}]), {}, where="x")) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name;born\nx;y\n", "no column record_id"),
        (b"record_id,surname\n", "nobody in the file"),
        (b"record_id,surname\n1,\xff\xfe\n", "not in UTF-8"),
        (b"", "nobody in the file"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, content, words):
    (tmp_path / "p.csv").write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_people(tmp_path / "p.csv", None, {})


def test_a_mapping_says_which_heading_is_which(tmp_path):
    pl.DataFrame({"Case": ["a1"], "Family name": ["Silva"]}).write_csv(tmp_path / "p.csv", separator=";")
    (tmp_path / "m.toml").write_text('[columns]\nrecord_id = "Case"\nsurname = "Family name"\n')
    people = read_people(tmp_path / "p.csv", tmp_path / "m.toml", {})
    assert people.surname.tolist() == ["silva"]
    (tmp_path / "m.toml").write_text('[columns]\nrecord_id = "Case"\nnickname = "x"\n')
    with pytest.raises(InputError, match="nickname"):
        read_people(tmp_path / "p.csv", tmp_path / "m.toml", {})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("name_bits = 100", "multiples of 128"),
        ("noise = 0.7", "noise"),
        ("colour = 1", "no key 'colour'"),
        ("name_positions = 0", "1 to 32"),
    ],
)
def test_a_schema_that_cannot_be_is_refused(tmp_path, line, words):
    (tmp_path / "s.toml").write_text(f'profile = "field"\nversion = 1\n{line}\n')
    with pytest.raises(InputError, match=words):
        load_schema(str(tmp_path / "s.toml"))


def test_schemas_that_differ_in_anything_have_another_digest():
    assert load_schema("field").digest != load_schema("record").digest


def test_linkage_waits_for_no_engine():
    loaded = "import sys, palermo.workflows.linking.encode, palermo.workflows.linking.match, palermo.linkage.profiles"
    told = "print({'duckdb', 'ibis', 'sqlglot', 'palermo.intake'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", f"{loaded}; {told}"], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
