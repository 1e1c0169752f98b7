"""Files that others open: no cell runs in a spreadsheet program, every cell is read back, hashes are as others'."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.tables import must_be_file, sha256_of, text_of, write_csv

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


def _written(folder, cells, name="said"):
    path = folder / "table.csv"
    write_csv(pl.DataFrame({name: cells}), path)
    return path


def _read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|' /C calc'!A0",
        "+1+cmd|'x'!A0",
        "-2+3",
        "@SUM(1;2)",
        '=HYPERLINK("http://x.example";"a")',
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
    ],
)
def test_a_formula_is_text_with_an_apostrophe_before_it(folder, formula):
    assert _read(_written(folder, [formula])) == [["said"], ["'" + formula]]


@given(st.lists(CELLS, min_size=1, max_size=4))
@example(['"', "a,b", "a\nb", "'=1", "=,\n", "a\rb"])
def test_every_cell_is_read_back_and_none_runs(folder, cells):
    heading, *rows = _read(_written(folder, cells))
    assert heading == ["said"]
    for cell, (read,) in zip(cells, rows, strict=True):
        assert not read.startswith(RUNS)
        assert read == ("'" + cell if cell.startswith(RUNS) else cell)


def test_a_number_below_zero_is_no_formula(folder):
    assert _read(_written(folder, [-5, 7])) == [["said"], ["-5"], ["7"]]


def test_nothing_and_empty_text_are_apart(folder):
    assert _written(folder, [None, "", "x"]).read_text("utf-8") == 'said\n\n""\nx\n'


def test_a_cell_with_a_delimiter_a_quote_or_a_line_end_is_quoted(folder):
    assert _written(folder, ["a,b", 'say "yes"', "a\nb"]).read_bytes() == b'said\n"a,b"\n"say ""yes"""\n"a\nb"\n'


@given(st.binary(max_size=200))
def test_a_hash_is_that_of_the_bytes(folder, content):
    path = folder / "file"
    path.write_bytes(content)
    assert sha256_of(path) == hashlib.sha256(content).hexdigest()


def test_a_hash_is_the_one_that_others_compute(folder):
    path = folder / "file"
    path.write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4))
def test_the_same_value_has_the_same_text_in_whatever_order_it_was_built(value):
    backwards = dict(reversed(value.items()))
    assert text_of(backwards) == text_of(value)
    assert json.loads(text_of(value)) == value


def test_names_stay_readable_in_json():
    assert text_of({"b": "Tamás", "a": [1]}) == '{\n  "a": [\n    1\n  ],\n  "b": "Tamás"\n}\n'


def test_a_folder_is_not_said_to_be_nothing(tmp_path):
    (tmp_path / "july.csv").mkdir()
    with pytest.raises(InputError, match=r"july\.csv: this is a folder, and a file is wanted\. Name one file in it\."):
        must_be_file(tmp_path / "july.csv", todo="Check the path.")


def test_the_folder_one_stands_in_has_a_name_in_the_message():
    with pytest.raises(InputError, match=r"^\.: this is a folder"):
        must_be_file(Path(), todo="Check the path.")


def test_where_there_is_nothing_the_caller_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match=r"^july\.csv: there is no such file\. Look again\.$"):
        must_be_file(tmp_path / "july.csv", todo="Look again.")


def test_a_file_is_let_through(tmp_path):
    (tmp_path / "july.csv").write_text("")
    assert must_be_file(tmp_path / "july.csv", todo="") is None
