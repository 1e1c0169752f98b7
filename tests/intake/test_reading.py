"""Files as they come: what stands above the table, what is quoted, what is blank, and rows of any length."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import Mapping, load_mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.raw import FILE_COLUMN
from palermo.intake.reading import read_file
from palermo.tables import SOURCE_ROW

MAPPING = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields]
sex = "sex"
age = "age"
"""
OWN = Mapping(
    "own", "Own", "records", "record", {"sex": FieldMapping("sex", ("sex",)), "age": FieldMapping("age", ("age",))}
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reading")


@pytest.fixture
def read(folder):
    """Read a file as text, and give what was kept, row by row."""

    def kept(content, mapping=OWN, name="a.csv"):
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        raw = read_file(folder / name, mapping, folder / "raw.parquet")
        return raw, pl.read_parquet(raw.path).rename(lambda column: column.removeprefix(FILE_COLUMN))

    return kept


TITLES = st.lists(st.sampled_from(["Register", "of 2025;;", "|", ",,,", "", "sex"]), max_size=4)
CELLS = st.text(st.sampled_from("ab é\"'\n,;|\t="), max_size=5)
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=8)
HABITS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|"),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    }
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])


@given(TITLES, ROWS, HABITS, ENCODINGS)
def test_rows_in_are_rows_kept_and_rows_set_aside_whole(folder, titles, rows, habits, encoding):
    text = io.StringIO()
    text.write("".join(title + habits["lineterminator"] for title in titles))
    csv.writer(text, **habits).writerows([["sex", "age", "story"], *rows])
    (folder / "any.csv").write_bytes(text.getvalue().encode(encoding))
    raw = read_file(folder / "any.csv", OWN, folder / "any.parquet")
    said = [row for row in rows if any(cell.strip() for cell in row)]
    aside = [row for row in said if any(cell.strip() for cell in row[3:])]
    kept = [[cell or None for cell in (*row[:3], "", "", "")[:3]] for row in said if row not in aside]
    assert raw.n_rows == len(said)
    assert raw.quarantine["cells"].to_list() == aside
    assert set(raw.quarantine["reason"]) <= {"row.too-many-cells"}
    assert [list(row) for row in pl.read_parquet(raw.path).drop(SOURCE_ROW).rows()] == kept
    assert raw.headings.columns == ("sex", "age", "story")


def test_a_row_knows_its_line_in_the_file(read):
    raw, rows = read("Register\n\nsex,age\nf,1\n\nm,2\nf,3,4\n")
    assert rows[SOURCE_ROW].to_list() == [4, 6]
    assert raw.quarantine.rows() == [(7, "row.too-many-cells", ["f", "3", "4"])]
    assert raw.notes == ("2 rows stand above the headings.",)


@pytest.mark.parametrize("blank", ["", ",", " , ", "\t", ",,,", '"",""', '" "'])
def test_a_blank_row_is_no_row(read, blank):
    raw, rows = read(f"sex,age\nf,1\n{blank}\nm,2\n")
    assert (raw.n_rows, rows["sex"].to_list()) == (2, ["f", "m"])
    assert raw.quarantine.height == 0
    assert [found.rule for found in raw.findings] == (["row.only-separators"] if "," in blank else [])


@pytest.mark.parametrize("tail", ["", "\n", "2017,x\n" * 80])
def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rows_below(read, tail):
    with pytest.raises(InputError, match=r"^a\.csv: the row that begins in line 3 never ends: .* Close or remove it"):
        read(f'sex,age\nf,1\nm,"SECRETNAME42\nf,3\n{tail}')


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_cell_that_ends_the_file_in_quotes_is_closed(read, end):
    assert read('sex,age\nf,"1\n2"' + end)[1]["age"].to_list() == ["1\n2"]


def test_headings_in_other_letters_do_not_mislead_about_the_delimiter(read):
    long = "how many years the person was when first met"
    mapping = Mapping(
        "own", "Own", "records", "record", {"age": FieldMapping("age", (long,)), "sex": FieldMapping("sex", ("sex",))}
    )
    raw, rows = read(f"{long.upper()};SEX\n31;f\n", mapping)
    assert raw.headings.columns == (long, "sex")
    assert rows["sex"].to_list() == ["f"]


@pytest.mark.parametrize("name", ["source_row", "Source_Row", "row_digest", "sex__problem", "in: sex"])
def test_a_column_may_be_called_as_our_own_columns_are(engine, taken_in, name):
    examined = taken_in(MAPPING, f"sex,{name},age\nfemale,SECRETNAME42,31\n")
    assert examined.columns_extra == (name,)
    assert engine.collect(examined.table.select(SOURCE_ROW, "sex", "age")).rows() == [(2, "female", 31)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a", "no reader for files that end in nothing"),
        ("a.docx", "no reader for files that end in .docx"),
        ("a.gz", "no reader for files that end in .gz"),
        ("a.doc", "no reader for files that end in .doc"),
    ],
)
def test_a_file_without_a_reader_names_those_there_are(read, name, words):
    with pytest.raises(InputError) as caught:
        read("sex,age\n", name=name)
    assert words in caught.value.what and ".csv, .tsv, .txt, .xlsx, .xlsm, .xls, .ods" in caught.value.todo


@pytest.mark.parametrize("name", ["a.CSV", "a.b.csv", "a.txt", "a.TSV"])
def test_the_last_ending_counts_in_any_letters(read, name):
    assert read("sex,age\nf,1\n", name=name)[0].n_rows == 1


def test_a_ready_mapping_reads_its_own_headings_and_says_what_is_not_there(read):
    from palermo.standard import load_standard

    text = "yearOfRegistration,gender,citizenship,CountryOfExploitation,notes\n2016,Female,PH,US,x\n"
    raw, _ = read(text, load_mapping("ctdc-2021", load_standard()))
    assert raw.headings.extra == ("notes",)
    assert "isForcedLabour" in raw.headings.missing
