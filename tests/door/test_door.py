"""import palermo: any table in, polars out, and the same answers as on the command line."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import palermo
from palermo.errors import PalermoError, UsageError

ROWS = {"No.": ["1", "2", "3"], "Sex": ["F", "M", "?"], "Came on": ["04/03/2025", "31/12/2024", "12/31/2024"]}
MAPPING = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields]
record_id = "No."
[fields.sex]
column = "Sex"
values = { "F" = "female", "M" = "male" }
[fields.registered_on]
column = "Came on"
format = "dmy"
"""


@pytest.fixture
def mapping(tmp_path):
    (tmp_path / "own.toml").write_text(MAPPING)
    return tmp_path / "own.toml"


@pytest.mark.parametrize("made", [pl.DataFrame, pd.DataFrame, pa.table], ids=["polars", "pandas", "pyarrow"])
def test_a_table_of_any_kind_is_read_as_a_file_is(made, mapping, tmp_path):
    pl.DataFrame(ROWS).write_csv(tmp_path / "a.csv")
    given, read = palermo.read(made(ROWS), mapping), palermo.read(tmp_path / "a.csv", mapping)
    assert given.records["sex"].to_list() == read.records["sex"].to_list() == ["female", "male", None]
    assert given.findings.select("rule", "field").rows() == read.findings.select("rule", "field").rows()
    assert given.findings.select("rule", "field").rows() == [
        ("code.unmapped", "sex"),
        ("date.unreadable", "registered_on"),
    ]
    assert given.unmapped.rows() == [("sex", "?", 1)]
    assert (given.rows_in, given.quarantine.height) == (3, 0)


def test_a_relation_of_duckdb_is_read_too(mapping):
    """In a process of its own: duckdb 2.0 complains at its end where two connections were open."""
    asked = f"""
import duckdb, pyarrow, palermo
relation = duckdb.connect().from_arrow(pyarrow.table({ROWS!r}))
print(palermo.read(relation, {str(mapping)!r}).records["sex"].to_list())
"""
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said == "['female', 'male', None]\n"


def test_what_comes_back_speaks_arrow(mapping):
    assert pa.table(palermo.read(pl.DataFrame(ROWS), mapping).records).num_rows == 3


def test_counts_pass_the_gate_unless_they_are_private(mapping):
    many = pl.concat([pl.DataFrame(ROWS)] * 12)
    assert palermo.tabulate(many, mapping, "sex").publishable
    inside = palermo.tabulate(many, mapping, ["sex"], private=True)
    assert {row["sex"]: row["count"]["value"] for row in inside.rows} == {"female": 12, "male": 12, None: 12}


def test_real_data_count_as_on_the_command_line(shared):
    file = shared / "data/ctdc/ctdc_kanon_2020-04-14_reduced.csv.gz"
    rows = palermo.tabulate(file, "ctdc-2020", "gender").rows
    assert {row["gender"]: row["count"]["value"] for row in rows} == {"female": 35_506, "male": 13_267}


def test_a_mapping_is_suggested_for_a_table(tmp_path):
    answer = palermo.suggest_mapping(pl.DataFrame(ROWS), out=tmp_path / "draft.toml")
    assert [guess.meaning for guess in answer.suggestion.columns] == ["record_id", "sex", "registered_on"]
    assert (tmp_path / "draft.toml").read_text() == answer.toml


def test_what_is_no_table_is_refused():
    with pytest.raises(UsageError, match="a list is no source"):
        palermo.read([1, 2], "ctdc-2021")  # type: ignore[arg-type]


def test_errors_are_those_of_palermo(tmp_path):
    with pytest.raises(PalermoError, match=r"no such file"):
        palermo.read(tmp_path / "nothing.csv", "ctdc-2021")


def test_there_is_nothing_else_at_the_door():
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        palermo.reed  # noqa: B018
