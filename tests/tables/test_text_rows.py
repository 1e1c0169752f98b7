"""Rows of text in a Parquet file: every cell and its place, in order, whatever the number of rows."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.tables import SOURCE_ROW, text_rows, write_text_rows

CELL = st.text(st.characters(codec="utf-8"), max_size=6)
TABLES = st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=8))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("rows") / "rows.parquet"


@given(TABLES, st.integers(1, 3))
def test_what_is_written_is_read_back_in_order_chunk_by_chunk(path, table, chunk):
    columns = [f"c{at}" for at in range(len(table[0]) if table else 2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_rows, "_CHUNK", chunk)
        written = write_text_rows(path, columns, enumerate(table, start=2))
    read = pl.read_parquet(path)
    assert written == read.height == len(table)
    assert read.columns == [SOURCE_ROW, *columns]
    assert read.rows() == [(at, *(cell or None for cell in row)) for at, row in enumerate(table, start=2)]


def test_a_file_without_rows_has_its_columns_all_the_same(path):
    assert write_text_rows(path, ["a", "b"], []) == 0
    assert pl.read_parquet(path).schema == {SOURCE_ROW: pl.Int64, "a": pl.String, "b": pl.String}


def test_a_formula_is_kept_as_it_is_since_the_file_stays_inside(path):
    write_text_rows(path, ["a"], [(2, ["=cmd|' /C calc'!A0"])])
    assert pl.read_parquet(path)["a"].to_list() == ["=cmd|' /C calc'!A0"]


def test_a_row_of_another_length_is_our_error_and_leaves_no_file(tmp_path):
    with pytest.raises(ValueError, match="shorter"):
        write_text_rows(tmp_path / "a.parquet", ["a", "b"], [(2, ["x", "y"]), (3, ["z"])])
    assert list(tmp_path.iterdir()) == []


def test_an_error_in_the_reader_leaves_the_old_file(tmp_path):
    file = tmp_path / "a.parquet"
    write_text_rows(file, ["a"], [(2, ["old"])])

    def torn():
        yield 2, ["new"]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        write_text_rows(file, ["a"], torn())
    assert pl.read_parquet(file)["a"].to_list() == ["old"]
    assert list(tmp_path.iterdir()) == [file]
