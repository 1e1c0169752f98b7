"""A project folder that cannot be used says where, what and what to do next."""

from __future__ import annotations

import pytest

from palermo.errors import ProjectError
from palermo.tables import load_project

SOUND = """
[publication]
title = "Invented"
publisher = "Nobody"
country = "XVM"
period = { from = 2019, to = 2021 }
provisional = [2021]

[[sources]]
name = "police"
file = "sources/police.csv"
mapping = "police"
"""


@pytest.fixture
def project(tmp_path):
    def put(text):
        content = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "palermo.toml").write_bytes(content)
        return tmp_path

    return put


def test_a_sound_project_is_read(project):
    read = load_project(project(SOUND))
    assert (read.title, read.country, read.period, read.provisional) == ("Invented", "XVM", "2019–2021", (2021,))
    assert read.sources[0].file == read.root / "sources/police.csv"
    assert (read.policy.threshold, read.policy.rounding, read.engine) == (10, 0, "duckdb")


def test_a_byte_order_mark_does_no_harm(project):
    assert load_project(project(b"\xef\xbb\xbf" + SOUND.encode())).publisher == "Nobody"


def test_one_year_is_a_period(project):
    assert load_project(project(SOUND.replace("to = 2021", "to = 2019"))).period == "2019"


def test_the_store_is_for_its_owner_alone(project):
    root = project(SOUND)
    (root / "store").mkdir(mode=0o755)
    assert load_project(root).store.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SOUND.replace("[publication]", "[publication"), "not TOML"),
        (b"title = '\xff\xfe'", "not TOML"),
        (SOUND.replace('title = "Invented"', ""), "the key 'title' is missing"),
        (SOUND.replace("[[sources]]", "[[source]]"), "the key 'sources' is missing"),
        (SOUND.replace("[[sources]]", "[sources]"), "wrong form"),
        (SOUND + SOUND[SOUND.index("[[sources]]") :], "no two of one name"),
        (SOUND.replace("provisional = [2021]", "provisional = 2021"), "wrong form"),
        (SOUND + '[engine]\nkind = "abacus"', "no engine 'abacus'"),
        (SOUND + "[release]\nthreshold = 1", "at least 2"),
        (SOUND + "[release]\nrounding = -5", "at least 0"),
        (SOUND + "[release]\ncourage = 3", "no policy knows"),
    ],
)
def test_a_project_that_cannot_be_names_its_file_and_the_fault(project, text, words):
    with pytest.raises(ProjectError) as refused:
        load_project(project(text))
    assert str(refused.value).startswith("palermo.toml: ")
    assert words in str(refused.value)


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path):
    with pytest.raises(ProjectError, match="palermo init"):
        load_project(tmp_path)
