"""SPSS and Stata: labels where there are any; the real Stata file is checked against pandas' own reader."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyreadstat
import pytest

from palermo.errors import InputError
from palermo.intake import Mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.raw import FILE_COLUMN
from palermo.intake.reading import read_file

OWN = Mapping("own", "Own", "records", "record", {"sex": FieldMapping("sex", ("sex", "Sex of the person"))})
PEOPLE = pd.DataFrame({"sex": [1.0, 2.0, None], "age": [31.0, 2.5, None], "place": ["North", "", ""]})
LABELS = {"sex": {1.0: "Female", 2.0: "Male"}}


def _read(path, mapping=OWN):
    raw = read_file(path, mapping, path.with_suffix(".parquet"))
    return raw, pl.read_parquet(raw.path).rename(lambda column: column.removeprefix(FILE_COLUMN))


def _write(path, **more):
    writer = pyreadstat.write_dta if path.suffix == ".dta" else pyreadstat.write_sav
    writer(PEOPLE, str(path), **more)
    return path


@pytest.mark.parametrize("name", ["a.sav", "a.dta"])
def test_values_are_read_as_their_labels(tmp_path, name):
    labels = {"sex": {1: "Female", 2: "Male"}} if name == "a.dta" else LABELS
    frame = PEOPLE.assign(sex=PEOPLE.sex.fillna(2).astype("int32")) if name == "a.dta" else PEOPLE
    path = tmp_path / name
    (pyreadstat.write_dta if name == "a.dta" else pyreadstat.write_sav)(frame, str(path), variable_value_labels=labels)
    raw, rows = _read(path)
    assert rows.rows()[:2] == [(1, "Female", "31", "North"), (2, "Male", "2.5", None)]
    assert raw.notes == ()


@pytest.mark.parametrize("name", ["a.sav", "a.dta"])
def test_a_file_without_labels_is_read_as_it_is_and_told(tmp_path, name):
    raw, rows = _read(_write(tmp_path / name))
    assert rows.rows() == [(1, "1", "31", "North"), (2, "2", "2.5", None)]
    assert raw.notes == ("No value of the file has a label; values are read as the file has them.",)


def test_a_column_is_known_by_its_label_too(tmp_path):
    path = _write(tmp_path / "a.sav", column_labels=["Sex of the person", "Age", ""])
    mapping = Mapping("own", "Own", "records", "record", {"sex": FieldMapping("sex", ("Sex of the person",))})
    assert _read(path, mapping)[0].headings.columns == ("Sex of the person", "Age", "place")


@pytest.mark.parametrize("name", ["row", "source_row"])
def test_a_variable_may_be_called_as_our_own_columns_are(tmp_path, name):
    pyreadstat.write_sav(PEOPLE.rename(columns={"place": name}), str(tmp_path / "a.sav"))
    raw = read_file(tmp_path / "a.sav", OWN, tmp_path / "raw.parquet")
    assert pl.read_parquet(raw.path, columns=[FILE_COLUMN + name]).rows() == [("North",), (None,)]


@pytest.mark.parametrize("name", ["a.sav", "a.zsav", "a.dta", "a.por"])
def test_a_damaged_file_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"$FL2 and no more")
    with pytest.raises(InputError, match=r"it cannot be read; it may be cut off"):
        _read(tmp_path / name)


def test_the_real_panel_of_tiers_is_read_as_pandas_reads_it(shared, tmp_path):
    source = shared / "data/tip_report/criminalization_3p_tiers_2015-08-10.dta"
    expected = pd.read_stata(source, convert_categoricals=False)
    name = expected.columns[0]
    mapping = Mapping("own", "Own", "records", "record", {"category": FieldMapping("category", (name,))})
    raw = read_file(source, mapping, tmp_path / "raw.parquet")
    assert (raw.n_rows, len(raw.headings.columns)) == expected.shape == (3_021, 24)
    kept = pl.read_parquet(raw.path)
    for column in expected.columns:
        filled = expected[column].replace("", None).notna().sum()
        assert kept[FILE_COLUMN + column].count() == filled


def test_a_file_in_which_damage_made_two_columns_of_one_name_is_refused(tmp_path):
    whole, damaged = _write(tmp_path / "whole.sav"), tmp_path / "damaged.sav"
    damaged.write_bytes(whole.read_bytes().replace(b"PLACE=place", b"PLACE=sex\0\0"))
    with pytest.raises(InputError, match="damaged") as refused:
        _read(damaged)
    assert refused.value.where == "damaged.sav"
