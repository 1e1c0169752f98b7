"""Many rows at once: the fast reader gives what the careful one gives, wherever it says that it can read at all."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import Mapping, delimited
from palermo.intake.blocks import Plain
from palermo.intake.encoding import open_text
from palermo.intake.mapping import FieldMapping
from palermo.intake.reading import read_file

FIELDS = {"sex": FieldMapping("sex", ("sex",)), "age": FieldMapping("age", ("age",))}
OWN = Mapping("own", "Own", "records", "record", FIELDS)
TEXT = st.lists(
    st.sampled_from(['"', '""', ",", ";", "\n", "\r\n", "\n\n", "a", " ", "é", "\xa0", '"x,y"', "f,31\n", "\t"]),
    max_size=40,
).map("".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("blocks")


def _read(path, into):
    try:
        raw = read_file(path, OWN, into)
    except InputError as error:
        return str(error)
    return pl.read_parquet(raw.path).rows(), raw.quarantine.rows(), raw.findings, raw.n_rows, raw.headings


@given(TEXT, st.integers(1, 30), st.booleans())
def test_both_readers_give_the_same(folder, text, size, marked):
    path = folder / "a.csv"
    path.write_bytes(("sex,age,more\n" + text).encode("utf-8-sig" if marked else "utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_BLOCK", size)
        fast = _read(path, folder / "fast.parquet")
        patch.setattr(Plain, "read", lambda *_: None)
        block_by_block = _read(path, folder / "blocks.parquet")
        patch.setattr(delimited, "_by_block", lambda text, delimiter, top, _: delimited._by_row(text, delimiter, top))
        careful = _read(path, folder / "careful.parquet")
    assert fast == block_by_block == careful


@pytest.mark.parametrize(
    "block",
    [b"a,b\n", b"a,b", b"a,b\n\na,b\n", b"a,b\r\n", b'"a",b\n', b'"a","b;\t"\r\n', b",\n", b"\xc3\xa9,b\n", b'"",b\n'],
)
def test_a_plain_block_is_read_at_once(block):
    assert Plain(",", 2).read(block, 0) is not None


@pytest.mark.parametrize(
    "block", [b"a\n", b"a,b,c\n", b'a"b,c\n', b'"a""b",c\n', b'"a\nb",c\n', b'"a"b,c\n', b"a\0,b\n"]
)
def test_a_block_that_could_be_read_in_two_ways_is_left_to_the_careful_reader(block):
    assert Plain(",", 2).read(block, 0) is None


def test_rows_of_white_space_are_left_out_and_the_others_keep_their_numbers():
    table = Plain(",", 2).read("a,\n, \n\xa0,\t\n,b\n".encode(), 10)
    assert [column.to_pylist() for column in table.columns] == [[11, 14], ["a", None], [None, "b"]]


@pytest.mark.parametrize(("content", "even"), [(b"a\r\nb", True), (b"a\rb", False), (b"a\r", False)])
def test_only_lines_that_end_in_one_way_are_even(folder, content, even):
    (folder / "a.txt").write_bytes(content)
    assert open_text(folder / "a.txt").is_even is even
