"""The lists of other standards are those that were read, each with its source and how certain it is."""

from __future__ import annotations

import csv

import pytest

from palermo.errors import UsageError
from palermo.standard import find_outside_list, load_standard, outside_lists

STANDARD = load_standard()
NAMES = sorted(outside_lists())


def _read(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def read(shared):
    """The lists as they were read, by name; crosswalks are held against ours elsewhere."""
    folders = (shared / "standards", shared / "standards" / "reconstructed")
    paths = {path.stem: path for folder in folders for path in folder.glob("*.csv")}
    return {name: path for name, path in paths.items() if not name.startswith("crosswalk_")}


def test_every_list_that_was_read_is_here_but_the_crosswalk_of_two_releases(read):
    assert set(read) - set(NAMES) == {"ctdc_means_crosswalk_2021_2024"}
    assert set(NAMES) <= set(read)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_the_codes_labels_and_words_that_were_read(name, read):
    for row, ours in zip(_read(read[name]), find_outside_list(name), strict=True):
        assert (ours.code, ours.label, ours.definition) == (row["code"] or "empty", row["label"], row["definition"])
        more = {key: said for key, said in row.items() if key not in ("code", "label", "definition", "source")}
        assert ours.more == more


@pytest.mark.parametrize("name", NAMES)
def test_what_is_from_general_knowledge_carries_that_mark_in_every_row(name, read):
    recalled = read[name].parent.name == "reconstructed"
    listed = find_outside_list(name)
    assert (listed.certainty == "recalled") == recalled
    for code in listed:
        assert (code.certainty, code.source) == (listed.certainty, listed.source)
        assert code.certainty in STANDARD.certainties and code.source in STANDARD.sources


def test_a_list_is_asked_and_counted():
    listed = find_outside_list("htcds_gender")
    assert len(listed) == 6 and "Feminine" in listed and "feminine" not in listed


def test_a_list_says_what_it_says_besides():
    graded = find_outside_list("ilo_delphi_labour_indicators").codes["D1_10"]
    assert graded.more == {"dimension": "D1", "adult_labour": "W", "child_labour": "S"}


def test_a_list_that_is_not_there_is_told_with_where_they_are_named():
    with pytest.raises(UsageError, match=r"no code list 'htcds_sex'.*palermo standard codes"):
        find_outside_list("htcds_sex")
