"""How many people two agencies share, when neither gives anything away but a number."""

from __future__ import annotations

import pytest

from palermo.errors import InputError
from palermo.linkage import Key, people_from
from palermo.linkage.intersection import answer, ask, exact_keys, size
from tests.linkage.invented import KEY, invent, people_frame

ROWS = invent(700, twice=0.0, seed=2)[0]


def keys(rows, key=KEY):
    return exact_keys(people_from(people_frame(rows), {}, where="invented"), key)


def test_the_number_is_that_of_the_people_both_have():
    ours, theirs = keys(ROWS[:400]), keys(ROWS[250:])
    question = ask(ours)
    assert size(question, answer(theirs, question.message)) == len(set(ours) & set(theirs)) == 150


def test_agencies_with_different_keys_share_nobody():
    question = ask(keys(ROWS[:400]))
    other = Key("other", 1, "2026-01-01", bytes(32))
    assert size(question, answer(keys(ROWS[250:], other), question.message)) == 0


@pytest.mark.parametrize("side", ["asks", "answers"])
def test_a_small_set_is_refused_since_it_could_ask_after_one_person(side):
    question = ask(keys(ROWS[:400]))
    with pytest.raises(InputError, match="fewer than 100"):
        ask(keys(ROWS[:99])) if side == "asks" else answer(keys(ROWS[:99]), question.message)


def test_a_small_set_is_refused_even_if_its_own_side_has_let_it_through(monkeypatch):
    from palermo.linkage import intersection

    monkeypatch.setattr(intersection, "LEAST", 1)
    question = ask(keys(ROWS[:5]))
    monkeypatch.undo()
    with pytest.raises(InputError, match="who asks"):
        answer(keys(ROWS), question.message)


def test_messages_hold_no_name_and_damaged_ones_are_refused():
    question = ask(keys(ROWS[:400]))
    answered = answer(keys(ROWS[250:]), question.message)
    assert not any(row["surname"].encode() in question.message + answered for row in ROWS)
    with pytest.raises(InputError, match="damaged"):
        answer(keys(ROWS), question.message[:-5])
    with pytest.raises(InputError, match="another question"):
        size(ask(keys(ROWS[:300])), answered)
