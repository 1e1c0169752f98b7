"""Parquet files: the same rows as from text, and what cannot be read is said without a word of what is in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import Mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.raw import FILE_COLUMN
from palermo.intake.reading import read_file
from palermo.tables import SOURCE_ROW

FIELDS = {"sex": FieldMapping("sex", ("sex",)), "age": FieldMapping("age", ("age",))}
OWN = Mapping("own", "Own", "records", "record", FIELDS)
SECRET = "SECRETNAME42"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("columnar")


@pytest.fixture(scope="module")
def read(folder):
    def kept(frame, mapping=OWN):
        frame.write_parquet(folder / "a.parquet")
        raw = read_file(folder / "a.parquet", mapping, folder / "raw.parquet")
        return raw, pl.read_parquet(raw.path)

    return kept


CELL = st.none() | st.text(st.characters(codec="utf-8"), max_size=4)


@given(st.lists(st.tuples(CELL, CELL), max_size=6))
def test_every_row_that_says_something_is_kept_with_its_number(read, rows):
    raw, kept = read(pl.DataFrame(rows, schema={"sex": pl.String, "notes": pl.String}, orient="row"))
    said = [(number, sex or None, notes or None) for number, (sex, notes) in enumerate(rows, 1) if sex or notes]
    assert kept.rows() == said
    assert (raw.n_rows, raw.quarantine.height) == (len(said), 0)
    assert (raw.headings.missing, raw.headings.extra) == (("age",), ("notes",))


def test_numbers_and_days_become_the_text_that_is_read_from_them(read):
    frame = pl.DataFrame({"age": [31, None], "share": [0.5, 2.0], "on": [date(2020, 12, 31), None]}).with_columns(
        at=pl.col("on").cast(pl.Datetime)
    )
    rows = read(frame)[1].rows()
    assert rows == [(1, "31", "0.5", "2020-12-31", "2020-12-31 00:00:00.000000"), (2, None, "2", None, None)]


def test_what_is_no_number_is_nothing(read):
    assert read(pl.DataFrame({"sex": ["f", "m"], "age": [float("nan"), 31.0]}))[1].rows() == [
        (1, "f", None),
        (2, "m", "31"),
    ]


@pytest.mark.parametrize("name", ["source_row", "Source_Row"])
def test_a_column_may_be_called_as_our_own_columns_are(read, name):
    raw, kept = read(pl.DataFrame({"sex": ["f"], name: ["x"]}))
    assert raw.headings.extra == (name,)
    assert kept.columns == [SOURCE_ROW, FILE_COLUMN + "sex", FILE_COLUMN + name]
    assert kept.rows() == [(1, "f", "x")]


@pytest.mark.parametrize("cell", [[SECRET], {"name": SECRET}, SECRET.encode(), b"\xff\xfe"])
def test_a_cell_of_several_values_or_of_bytes_is_refused_with_its_column(read, cell):
    with pytest.raises(
        InputError, match=r"^a\.parquet: the column 'notes' holds more than one value .* Write it"
    ) as no:
        read(pl.DataFrame({"sex": ["f"], "notes": [cell]}))
    assert SECRET not in str(no.value)


def test_a_file_made_for_another_mapping_is_refused(read):
    with pytest.raises(InputError, match=r"no column of the file is one that the mapping own knows"):
        read(pl.DataFrame({SECRET: ["f"], "place": ["x"]}))


def test_a_required_column_that_is_not_there_is_named(read):
    with pytest.raises(InputError, match=r"there is no heading 'age', which the mapping own needs"):
        read(pl.DataFrame({"sex": ["f"]}), Mapping("own", "Own", "records", "record", FIELDS, required=("age",)))


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 400))
def test_a_damaged_file_is_read_or_refused_and_never_quoted(folder, at, length):
    path = folder / "damaged.parquet"
    pl.DataFrame({"sex": [f"{SECRET}{n}" for n in range(300)], "age": ["31"] * 300}).write_parquet(path)
    whole = path.read_bytes()
    start = int(at * len(whole))
    path.write_bytes(whole[:start] + b"\0" * length + whole[start + length :])
    try:
        raw = read_file(path, OWN, folder / "raw.parquet")
    except InputError as error:
        assert error.where == "damaged.parquet" and error.todo
        assert SECRET not in str(error) and error.__cause__ is None
    else:
        assert raw.n_rows == pl.scan_parquet(raw.path).select(pl.len()).collect().item()


def test_no_byte_of_a_small_file_can_end_the_process(folder):
    path = folder / "byte.parquet"
    pl.DataFrame({"sex": ["f", "m"] * 20, "age": range(40)}).write_parquet(path)
    whole, refused = path.read_bytes(), 0
    for at, byte in product(range(len(whole)), (0x01, 0x7F, 0xFF)):  # Polars 2.1 aborts over some of them
        path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
        try:
            read_file(path, OWN, folder / "raw.parquet")
        except InputError:
            refused += 1
    assert refused > len(whole)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (pa.scalar(90, pa.duration("s")), "90"),
        (pa.scalar(Decimal("1.50"), pa.decimal256(50, 2)), "1.50"),
        (pa.scalar("f", pa.dictionary(pa.int32(), pa.string())), "f"),
    ],
)
def test_a_column_of_a_rare_kind_is_read_as_its_text(folder, cell, text):
    column = pa.array([cell.as_py()], cell.type)
    pq.write_table(pa.table({"sex": ["f"], "notes": column}), folder / "rare.parquet")
    kept = pl.read_parquet(read_file(folder / "rare.parquet", OWN, folder / "raw.parquet").path)
    assert kept.rows() == [(1, "f", text)]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_refused(folder, share):
    path = folder / "cut.parquet"
    pl.DataFrame({"sex": ["f"] * 1000}).write_parquet(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(InputError, match=r"cut\.parquet: .*(cut off|empty)"):
        read_file(path, OWN, folder / "raw.parquet")
