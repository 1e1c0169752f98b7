"""Files that others open: rows of text, text that nothing runs, JSON in one way."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.tables import sha256_of, text_of, write_csv, write_text_rows

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=8)
FORMULAS = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_leaves_harmless(tmp_path, formula):
    write_csv(pl.DataFrame({"a": [formula]}), tmp_path / "a.csv")
    assert _read(tmp_path / "a.csv") == [["a"], ["'" + formula]]


@given(column=st.lists(CELLS, min_size=1, max_size=20))
def test_no_written_cell_begins_like_a_formula_and_all_others_stay(tmp_path_factory, column):
    file = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(pl.DataFrame({"a": column, "n": [-1] * len(column)}), file)
    for cell, (written, number) in zip(column, _read(file)[1:], strict=True):
        assert written[:1] not in tuple("=+-@\t")
        assert written in (cell, "'" + cell)
        assert number == "-1"


def _read(file):
    return list(csv.reader(io.StringIO(file.read_bytes().decode(), newline="")))


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=30))
def test_rows_of_text_come_back_as_they_went_and_an_empty_cell_is_null(tmp_path_factory, rows):
    file = tmp_path_factory.mktemp("rows") / "a.parquet"
    assert write_text_rows(file, ["a", "b"], enumerate(rows, start=2)) == len(rows)
    read = pl.read_parquet(file)
    assert read["source_row"].to_list() == list(range(2, len(rows) + 2))
    assert read.select("a", "b").rows() == [tuple(cell or None for cell in row) for row in rows]


def test_more_rows_than_a_chunk_are_all_written(tmp_path):
    rows = ((number, [str(number)]) for number in range(120_001))
    assert write_text_rows(tmp_path / "a.parquet", ["a"], rows) == 120_001
    assert pl.read_parquet(tmp_path / "a.parquet")["a"].n_unique() == 120_001


def test_json_has_the_same_bytes_for_the_same_value():
    assert text_of({"b": 1, "a": "é"}) == text_of({"a": "é", "b": 1}) == '{\n  "a": "é",\n  "b": 1\n}\n'


def test_a_hash_is_that_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180
