"""Trafficking is act, means and purpose; for a child no means is needed (Protocol of 2000, article 3)."""

from __future__ import annotations

import pytest

from palermo.standard.legal_core import missing_elements


@pytest.mark.parametrize(
    ("act", "means", "purpose", "child", "missing"),
    [
        (["recruitment"], ["deception"], ["sexual"], False, ()),
        (["recruitment"], [], ["sexual"], False, ("means",)),
        (["recruitment"], [], ["sexual"], True, ()),
        ([], [], ["forced-labour"], True, ("act",)),
        (["harbouring"], ["unknown"], ["forced-labour"], False, ("means",)),
        (["harbouring"], ["unknown", "fraud"], ["forced-labour"], False, ()),
        ([], [], [], False, ("act", "means", "purpose")),
        ([], [], [], True, ("act", "purpose")),
    ],
)
def test_screening_says_which_element_is_missing(act, means, purpose, child, missing):
    assert missing_elements(act=act, means=means, purpose=purpose, child=child) == missing
