"""What a project file may say; everything else is refused with where, what and what to do next."""

from __future__ import annotations

import stat
from datetime import date

import pytest

from palermo.errors import ProjectError
from palermo.tables import Policy, load_project

WHOLE = """
[publication]
title = "Trafficking in Valmara"
publisher = "Nobody"
country = "XVM"
period = { from = 2016, to = 2020 }
as_of = 2021-01-31
provisional = [2020]

[[sources]]
name = "police"
file = "sources/police.csv"
mapping = "ctdc-2020"

[release]
threshold = 12
rounding = 5

[engine]
kind = "duckdb"
memory = "2GB"
"""
LEAST = """
[publication]
title = "T"
publisher = "P"
[[sources]]
name = "police"
file = "police.csv"
mapping = "own"
"""
ANOTHER = LEAST[LEAST.index("[[sources]]") :]


@pytest.fixture
def load(tmp_path):
    def read(text: str | bytes):
        (tmp_path / "palermo.toml").write_bytes(text.encode() if isinstance(text, str) else text)
        return load_project(tmp_path)

    return read


@pytest.fixture
def refused(load):
    """Read a project file that must be refused, and give the error if it says where, what and what to do next."""

    def read(text: str | bytes) -> ProjectError:
        with pytest.raises(ProjectError) as caught:
            load(text)
        error = caught.value
        assert error.where == "palermo.toml"
        assert error.what.endswith(".") and error.todo.endswith(".")
        return error

    return read


def test_every_key_is_read(load, tmp_path):
    project = load(WHOLE)
    assert (project.title, project.publisher, project.country) == ("Trafficking in Valmara", "Nobody", "XVM")
    assert (project.first_year, project.last_year, project.period) == (2016, 2020, "2016–2020")
    assert (project.as_of, project.provisional) == (date(2021, 1, 31), (2020,))
    assert [(source.name, source.file, source.mapping) for source in project.sources] == [
        ("police", tmp_path / "sources" / "police.csv", "ctdc-2020")
    ]
    assert (project.policy, project.engine, project.memory) == (Policy(12, 5), "duckdb", "2GB")
    assert (project.mappings, project.standard) == (tmp_path / "mappings", tmp_path / "standard")


def test_what_is_not_said_has_a_cautious_default(load):
    project = load(LEAST)
    assert (project.country, project.period, project.as_of, project.provisional) == ("", "", None, ())
    assert (project.policy, project.engine, project.memory) == (Policy(10, 0), "duckdb", "4GB")


def test_one_year_is_a_period_without_a_dash(load):
    assert load(WHOLE.replace("from = 2016", "from = 2020")).period == "2020"
    assert load(WHOLE.replace("from = 2016, ", "")).period == "2020"


def test_a_mark_of_a_windows_editor_does_no_harm(load):
    assert load(b"\xef\xbb\xbf" + LEAST.encode()).title == "T"


def test_the_store_is_private_even_if_it_was_not(load, tmp_path):
    (tmp_path / "store").mkdir(mode=0o755)
    assert stat.S_IMODE(load(LEAST).store.stat().st_mode) == 0o700


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path):
    with pytest.raises(ProjectError, match=r"no palermo\.toml in this folder\. .*palermo init") as caught:
        load_project(tmp_path)
    assert caught.value.where == str(tmp_path)


def test_a_file_in_the_place_of_a_project_is_said_to_be_one(tmp_path):
    (tmp_path / "police.csv").write_text("a,b")
    with pytest.raises(ProjectError, match=r"police\.csv: this is a file, and a project is a folder\. .*palermo init"):
        load_project(tmp_path / "police.csv")


@pytest.mark.parametrize("text", ["[publication", "title = ", b"\xff\xfe\xe9", LEAST + LEAST])
def test_a_file_that_is_not_toml_is_said_to_be_so(refused, text):
    assert "not TOML" in refused(text).what


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("[release]", "[relaese]"),
        ("provisional", "provisionl"),
        ("to = 2020", "till = 2020"),
        ("threshold", "treshold"),
        ("memory", "memroy"),
        ('mapping = "', 'maping = "'),
    ],
)
def test_a_misspelt_key_is_no_choice_left_at_its_default(refused, right, wrong):
    error = refused(WHOLE.replace(right, wrong))
    key = wrong.split(" ")[0].strip("[]")
    assert f"nobody reads, {key!r}" in error.what
    assert right.split(" ")[0].strip("[]") in error.todo


@pytest.mark.parametrize("key", ["title", "publisher", "name", "file", "mapping"])
def test_a_key_that_must_be_there_is_missed(refused, key):
    without = "\n".join(line for line in LEAST.splitlines() if not line.startswith(key))
    assert f"lacks the key {key!r}" in refused(without).what


@pytest.mark.parametrize(
    ("text", "key"), [("", "publication"), ('[publication]\ntitle = "T"\npublisher = "P"', "sources")]
)
def test_a_table_that_must_be_there_is_missed(refused, text, key):
    assert repr(key) in refused(text).what


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('title = "Trafficking in Valmara"', "title = 3", "[publication] title"),
        ("as_of = 2021-01-31", 'as_of = "2021-01-31"', "[publication] as_of"),
        ("as_of = 2021-01-31", "as_of = 2021-01-31T10:00:00", "[publication] as_of"),
        ("provisional = [2020]", "provisional = 2020", "[publication] provisional"),
        ("provisional = [2020]", 'provisional = ["2020"]', "[publication] provisional"),
        ("period = { from = 2016, to = 2020 }", "period = 2016", "[publication] period"),
        ("from = 2016", 'from = "2016"', "[publication.period] from"),
        ('mapping = "ctdc-2020"', "mapping = 3", "[[sources]] mapping"),
        ("[[sources]]", "[sources]", "sources"),
        ("threshold = 12", 'threshold = "12"', "[release] threshold"),
        ("threshold = 12", "threshold = 12.5", "[release] threshold"),
        ("threshold = 12", "threshold = true", "[release] threshold"),
        ('memory = "2GB"', "memory = 2", "[engine] memory"),
    ],
)
def test_a_value_of_the_wrong_form_is_named_by_table_and_key(refused, right, wrong, told):
    error = refused(WHOLE.replace(right, wrong))
    assert error.what == f"{told} has the wrong form."
    assert error.todo.startswith("Give ")


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("threshold = 12", "threshold = 1", "threshold of at least 2"),
        ("rounding = 5", "rounding = -5", "rounding base of at least 0"),
        ("from = 2016", "from = 2021", "ends before it begins"),
        ('kind = "duckdb"', 'kind = "sqlite"', "no engine 'sqlite'. Take one of: duckdb, spark"),
        ('memory = "2GB"', 'memory = "lots"', "memory 'lots' is no amount"),
        ("sources/police.csv", 'sources/police.csv"\nextra = "x', "nobody reads, 'extra'"),
    ],
)
def test_a_value_that_cannot_be_says_what_can(refused, right, wrong, words):
    assert words in refused(WHOLE.replace(right, wrong)).sentence()


@pytest.mark.parametrize("name", ["", ".", "..", "../elsewhere", "a/b", "a\\\\b"])
def test_a_source_cannot_be_kept_outside_the_store(refused, name):
    assert "names no folder" in refused(LEAST.replace('"police"', f'"{name}"')).what


@pytest.mark.parametrize("text", [LEAST + ANOTHER, "sources = []" + LEAST.replace(ANOTHER, "")])
def test_sources_are_at_least_one_and_have_names_of_their_own(refused, text):
    assert "no two of one name" in refused(text).what
