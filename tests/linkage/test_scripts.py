"""People whose names are written in another script are found again, to the extent that the documents say."""

from __future__ import annotations

import pytest

from tests.linkage.scripts import NAMES, found_again


@pytest.fixture(scope="module")
def shares():
    return found_again(n=1200)


@pytest.mark.parametrize("script", NAMES)
def test_people_in_another_script_are_among_the_candidates(shares, script):
    assert shares[0][script][0] > 0.98


@pytest.mark.parametrize(("script", "least"), [("Arabic", 0.75), ("Cyrillic", 0.95), ("Chinese", 0.9), ("Thai", 0.9)])
def test_most_people_in_another_script_are_linked(shares, script, least):
    assert shares[0][script][1] > least


def test_links_over_scripts_are_nearly_all_right(shares):
    assert shares[1] > 0.95
