"""Trafficking is act, means and purpose; for a child no means is needed (Protocol of 2000, article 3)."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.standard import load_standard, missing_elements
from palermo.tables import NOTHING

STANDARD = load_standard()
ELEMENTS = ("act", "means", "purpose")
SAID = {element: [code.code for code in STANDARD.codes(element)] for element in ELEMENTS}


@pytest.mark.parametrize(
    ("act", "means", "purpose", "child", "missing"),
    [
        (True, True, True, False, ()),
        (True, True, False, False, ("purpose",)),
        (True, False, True, False, ("means",)),
        (True, False, False, False, ("means", "purpose")),
        (False, True, True, False, ("act",)),
        (False, True, False, False, ("act", "purpose")),
        (False, False, True, False, ("act", "means")),
        (False, False, False, False, ("act", "means", "purpose")),
        (True, True, True, True, ()),
        (True, True, False, True, ("purpose",)),
        (True, False, True, True, ()),
        (True, False, False, True, ("purpose",)),
        (False, True, True, True, ("act",)),
        (False, True, False, True, ("act", "purpose")),
        (False, False, True, True, ("act",)),
        (False, False, False, True, ("act", "purpose")),
    ],
)
def test_screening_says_which_element_is_missing(act, means, purpose, child, missing):
    said = dict(zip(ELEMENTS, (act, means, purpose), strict=True))
    codes = {element: SAID[element][:1] if there else [] for element, there in said.items()}
    assert missing_elements(**codes, child=child) == missing


@pytest.mark.parametrize(("element", "nothing", "child"), list(product(ELEMENTS, NOTHING, [False, True])))
def test_a_code_for_nothing_is_no_element(element, nothing, child):
    said = {name: SAID[name][:1] for name in ELEMENTS} | {element: [nothing]}
    assert missing_elements(**said, child=child) == (() if child and element == "means" else (element,))


@given(
    st.sampled_from(ELEMENTS).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(SAID[name]))),
    st.sampled_from(NOTHING),
    st.booleans(),
)
def test_one_code_shows_its_element_whatever_else_is_not_known(entry, nothing, child):
    element, code = entry
    said = {name: [nothing] for name in ELEMENTS} | {element: [nothing, code]}
    assert element not in missing_elements(**said, child=child)


def test_what_is_recorded_twice_is_recorded_once():
    said = {name: SAID[name][:1] * 2 for name in ELEMENTS}
    assert missing_elements(**said, child=False) == ()
