"""How the bytes of a file are read: by their mark, as UTF-8 where they fit, else by a guess that is told."""

from __future__ import annotations

import codecs
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake.encoding import open_text

NAMES = "Séréna;Ilić\nŁucja;Ötzi\n"
LINES = st.lists(st.text(st.characters(codec="utf-8", categories=["L", "Nd", "P", "Zs"]), max_size=8), min_size=1)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("encoding") / "a.csv"


def _read(path, content, **how):
    path.write_bytes(content)
    text = open_text(path, **how)
    return "".join(text.lines()), text


@given(LINES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_text_with_a_mark_or_in_utf_8_is_read_as_it_was_written(path, lines, encoding, end, zipped):
    written = "x" + end + end.join(lines)
    content = written.encode(encoding)
    read, text = _read(path, gzip.compress(content, mtime=0) if zipped else content)
    assert read == written
    assert (text.encoding, text.fallback) == (encoding, None)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_both_orders_of_utf_16_are_known_by_their_mark(path, mark):
    order = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert _read(path, mark + NAMES.encode(order))[0] == NAMES


def test_western_bytes_are_read_as_a_spreadsheet_program_writes_them(path):
    read, text = _read(path, "Größe;5 €\n".encode("cp1252"))
    assert (read, text.encoding) == ("Größe;5 €\n", "cp1252")


def test_the_mapping_goes_before_a_guess(path):
    read, text = _read(path, "Žofie;Łódź\n".encode("cp1250"), encoding="cp1250")
    assert (read, text.encoding) == ("Žofie;Łódź\n", "cp1250")


def test_a_mark_goes_before_the_mapping(path):
    assert _read(path, NAMES.encode("utf-8-sig"), encoding="cp1252")[0] == NAMES


def test_bytes_that_cannot_be_western_are_guessed_otherwise(path):
    written = "名前、国籍、年齢\n被害者は東京、大阪、名古屋で保護された\n" * 20
    read, text = _read(path, written.encode("shift_jis"))
    assert read == written
    assert text.encoding != "cp1252"


def test_bytes_of_which_nothing_can_be_guessed_are_read_byte_by_byte(path):
    read, text = _read(path, b"a;\x81\xfe\x9d\n")
    assert text.encoding and read.startswith("a;")


@given(st.lists(st.sampled_from(["é", "abc", "ñandú", ""]), min_size=1), st.data())
def test_each_line_is_read_by_itself_where_encodings_are_mixed(path, cells, data):
    encodings = [data.draw(st.sampled_from(["utf-8", "cp1252"])) for _ in cells]
    lines = [f"{cell}\n".encode(encoding) for cell, encoding in zip(cells, encodings, strict=True)]
    read, text = _read(path, "é\n".encode() + "é\n".encode("cp1252") + b"".join(lines))
    odd = [at for at, (cell, name) in enumerate(zip(cells, encodings, strict=True), 3)
           if name == "cp1252" and not cell.isascii()]  # fmt: skip
    assert read == "é\né\n" + "".join(f"{cell}\n" for cell in cells)
    assert text.odd_lines == [2, *odd]


def test_lines_can_be_read_twice_with_the_same_doubt(path):
    path.write_bytes("é\n".encode() + "é\n".encode("cp1252"))
    text = open_text(path)
    assert list(text.lines()) == list(text.lines())
    assert text.odd_lines == [2]


@pytest.mark.parametrize(
    ("content", "how"),
    [
        ("a\né\n".encode("cp1252"), {"encoding": "utf-8"}),
        (codecs.BOM_UTF8 + "a\né\n".encode("cp1252"), {}),
        ("a\né\n".encode("utf-16")[:-1], {}),
        (codecs.BOM_UTF16_LE + b"a\0\n\0\x00\xd8b\0", {}),
        (b"a\n" * 200_000 + "é".encode("cp1252") + b"\x81", {}),
    ],
)
def test_a_byte_that_does_not_fit_is_said_in_words(path, content, how):
    with pytest.raises(InputError, match=r"^a\.csv: a byte after line \d+ is not .*, as the others are\. Save it"):
        _read(path, content, **how)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"PK\x03\x04....", "a zipped file or a workbook"),
        (b"\xd0\xcf\x11\xe0....", "an old workbook or a Word document"),
        (b"%PDF-1.7", "a PDF"),
        (b"PAR1....", "a Parquet file"),
        (b"a,b\n\0\0\0\0", "no text"),
        ("a,b\n".encode("utf-16-le"), "no text"),
        (gzip.compress(b"", mtime=0), "the file is empty"),
        (gzip.compress(b"%PDF-1.7", mtime=0), "a PDF"),
    ],
)
def test_what_is_no_text_is_named(path, content, kind):
    with pytest.raises(InputError) as caught:
        _read(path, content)
    assert caught.value.where == "a.csv" and kind in caught.value.what and caught.value.todo


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_words(path, content):
    try:
        _read(path, content)
    except InputError as error:
        assert error.where == "a.csv" and error.todo
