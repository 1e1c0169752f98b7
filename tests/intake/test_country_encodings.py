"""The country of an agency ranks the encodings that its bytes fit, and the doubt is shown with a heading."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake.encoding_habits import ranked

OWN = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
required = ["Držak"]
{more}
[fields.sex]
column = "Držak"
values = {{ "muško" = "male", "žensko" = "female" }}
"""


@pytest.mark.parametrize(
    ("text", "encoding", "country"),
    [
        ("Žrtve; muško; žensko; čekić", "cp1250", "HRV"),
        ("Жертвы; мужчина", "cp1251", "KAZ"),
        ("Θύματα", "cp1253", "GRC"),
        ("Mağdur; erkek; kadın", "cp1254", "TUR"),
        ("ضحايا", "cp1256", "JOR"),
        ("被害者", "cp932", "JPN"),
        ("víctimas; niño", "cp1252", "PER"),
        ("víctimas; niño", "cp1252", ""),
    ],
)
def test_the_habit_of_the_country_comes_first_and_gives_the_text_back(text, encoding, country):
    packed = text.encode(encoding)
    assert ranked(packed, country)[0] == encoding
    assert packed.decode(ranked(packed, country)[0]) == text


def test_without_a_country_a_croatian_file_is_taken_for_a_western_one():
    assert ranked("Žrtve, čekić".encode("cp1250"))[0] == "cp1252"


@given(st.binary(min_size=1, max_size=60), st.sampled_from(["", "HRV", "CHN", "KAZ", "XXX"]))
def test_any_bytes_have_an_encoding_that_reads_them(head, country):
    for encoding in ranked(head, country):
        head.decode(encoding, errors="replace")
    assert ranked(head, country)


def test_the_choice_is_shown_with_a_heading_as_each_encoding_reads_it(engine, taken_in):
    file = "Držak;Šifra\nmuško;1\n".encode("cp1250")
    told = taken_in(OWN.format(more='country = "HRV"'), file)
    assert engine.collect(told.table.select("sex"))["sex"].to_list() == ["male"]
    (note,) = [note for note in told.notes if "UTF-8" in note]
    assert "read as cp1250: please confirm. A heading reads 'Držak' in it. It could also be cp1252 ('Držak')" in note


def test_a_country_that_nobody_knows_is_refused(taken_in):
    with pytest.raises(InputError, match=r"own\.toml: country: nobody knows the country 'Croatia'"):
        taken_in(OWN.format(more='country = "Croatia"'), "Držak\nmuško\n")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "utf-16"])
def test_a_line_without_end_is_refused_before_it_is_read(monkeypatch, taken_in, encoding):
    monkeypatch.setattr("palermo.intake.encoding._CHUNK", 1 << 10)
    with pytest.raises(InputError, match="a line of it is longer than 64 million letters"):
        taken_in(
            OWN.format(more=""),
            ("Držak\nmuško\n" + "x" * (1 << 16)).encode("utf-8" if encoding == "utf-8" else encoding, "replace"),
        )


def test_zero_bytes_are_left_out_and_told(engine, taken_in):
    told = taken_in(OWN.format(more=""), "Držak,Šifra\nmu\0ško,1\nžensko,\0\n".encode())
    assert engine.collect(told.table.select("sex")).to_series().to_list() == ["male", "female"]
    assert "Zero bytes stand in the file; they were left out." in told.notes


def test_marks_that_nobody_sees_do_not_hide_a_heading_or_a_value(engine, taken_in):
    told = taken_in(OWN.format(more=""), "\u200fDržak\u200e,\u202bŠifra\u202c\n\u200fmuško\u200e,1\n")
    assert engine.collect(told.table.select("sex")).equals(pl.DataFrame({"sex": ["male"]}))
    assert told.columns_extra == ("Šifra",)
    assert "2 headings hold marks that cannot be seen; they were left out." in told.notes


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u00ad", "\u200f", "\u2060"])
def test_two_columns_that_differ_only_by_a_mark_are_refused_and_it_is_said_why(taken_in, mark):
    with pytest.raises(InputError, match=r"stands over columns 2 and 3\. They differ only by marks"):
        taken_in(OWN.format(more=""), f"Držak,a,a{mark}\nmuško,1,2\n")
