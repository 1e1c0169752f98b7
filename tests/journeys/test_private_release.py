"""A private release from the command line, with wrong words first."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from palermo.cli.main import app
from palermo.errors import InputError, ReleaseRefused, UsageError
from tests.protection.private.conftest import DOMAIN, invented


@pytest.fixture
def files(tmp_path):
    (tmp_path / "DOMAIN.toml").write_text(DOMAIN, "utf-8")
    invented(3000).write_parquet(tmp_path / "cases.parquet")
    return tmp_path


def _release(files, *words, what="synthesise", domain="DOMAIN.toml", epsilon="4", table="cases.parquet"):
    start = ["release", what, str(files / table), "--domain", str(files / domain), "--epsilon", epsilon]
    answer = CliRunner().invoke(app, [*start, "--out", str(files / "out/OUT.parquet"), *words])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        ({"epsilon": "0"}, UsageError, "is no budget"),
        ({"domain": "cases.parquet"}, InputError, "domain read from the data"),
        ({"domain": "none.toml"}, InputError, "no such file"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_written(files, words, error, sentence):
    with pytest.raises(error, match=sentence):
        _release(files, **words)
    assert not (files / "out").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--mode", "best"), "is no choice"),
        (("--sampler", "numpy"), "is no choice"),
        (("--max-rows", "3"), "which rows are one person"),
        (("--delta", "1"), "is no budget"),
        (("--delta", "nan"), "is no budget"),
        (("--out", "OUT.csv"), "ends in .parquet"),
    ],
)
def test_words_that_make_no_sense_are_refused(files, words, sentence):
    with pytest.raises(UsageError, match=sentence):
        _release(files, *words)


@pytest.mark.parametrize("name", ["cases.parquet", "cases.tables.parquet"])
def test_a_release_never_replaces_what_it_is_made_from(files, name):
    table = pl.read_parquet(files / "cases.parquet")
    table.write_parquet(files / name)
    words = ["release", "synthesise", str(files / name), "--domain", str(files / "DOMAIN.toml"), "--epsilon", "4"]
    answer = CliRunner().invoke(app, [*words, "--out", str(files / "cases.parquet")])
    assert isinstance(answer.exception, UsageError)
    assert pl.read_parquet(files / name).equals(table)


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (lambda t: t.clear(), InputError, "has no rows"),
        (lambda t: t.head(1), ReleaseRefused, "too few rows"),  # noise of 5.6 standard deviations: once in 10**8
        (lambda t: t.drop("form"), InputError, "does not hold the columns form"),
        (lambda t: t.with_columns(form=pl.lit(np.nan)), InputError, "undeclared values"),
        (lambda t: t.with_columns(form=pl.lit(["other"])), InputError, "lists or bytes"),
        (lambda t: t.with_columns(form=pl.lit(b"\xff")), InputError, "lists or bytes"),
    ],
)
@pytest.mark.parametrize("what", ["synthesise", "tables"])
def test_a_table_that_cannot_be_released_is_refused(files, change, error, sentence, what):
    change(invented(3000)).write_parquet(files / "cases.parquet")
    with pytest.raises(error, match=sentence):
        _release(files, what=what)
    assert not (files / "out").exists()


def test_a_file_that_is_not_what_its_name_says_is_refused(files):
    invented(3000).write_csv(files / "cases.parquet")
    with pytest.raises(InputError, match="cannot be read as a Parquet file"):
        _release(files)


def test_a_table_as_csv_is_read_as_text(files):
    invented(3000).write_csv(files / "cases.csv")
    answer = json.loads(_release(files, "--json", what="tables", table="cases.csv").stdout)
    assert abs(answer["rows"]["noisy"] - 3000) < 20 * answer["rows"]["sigma"]  # fails once in 10**88


@pytest.mark.parametrize("text", ["", "country,gender\nA\nB,Male,x,y\n"])
def test_a_csv_that_is_none_is_refused(files, text):
    (files / "cases.csv").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"cannot be read as a CSV file|does not hold the columns"):
        _release(files, table="cases.csv")


@pytest.mark.parametrize(
    ("table", "words", "error", "sentence"),
    [
        ("cases.csv", ("--engine", "duckdb"), UsageError, "an engine reads Parquet"),
        ("cases.parquet", ("--engine", "dask"), UsageError, "is no choice"),
        ("broken.parquet", ("--engine", "duckdb"), InputError, "cannot be read as a Parquet file"),
        ("lists.parquet", ("--engine", "duckdb"), InputError, "form holds lists"),
        ("cases.parquet", ("--engine", "duckdb", "--person-id", "whose"), InputError, "there is no column 'whose'"),
    ],
)
def test_an_engine_takes_no_other_table_either(files, table, words, error, sentence):
    invented(3000).write_csv(files / "cases.csv")
    (files / "broken.parquet").write_text("no Parquet", "utf-8")
    invented(3000).with_columns(form=pl.lit(["other"])).write_parquet(files / "lists.parquet")
    with pytest.raises(error, match=sentence):
        _release(files, *words, table=table)
    assert not (files / "out").exists()


def test_an_engine_counts_at_most_so_many_rows_of_a_person(files):
    people = invented(6000).with_row_index("whose").with_columns(pl.col("whose") % 3000)
    people.write_parquet(files / "cases.parquet")
    answer = json.loads(_release(files, "--json", "--engine", "duckdb", "--person-id", "whose", what="tables").stdout)
    assert answer["guarantee"]["unit"] == "person"
    assert abs(answer["rows"]["noisy"] - 3000) < 20 * answer["rows"]["sigma"]  # fails once in 10**88


def test_records_come_with_their_tables_and_with_what_they_cost(files):
    answer = json.loads(_release(files, "--json", "--mode", "accurate").stdout)
    records = pl.read_parquet(files / "out/OUT.parquet")
    assert records.columns == invented(1).columns
    assert records.height == answer["rows"]["released"] == answer["rows"]["noisy"]
    guarantee = answer["guarantee"]
    assert (guarantee["epsilon"], guarantee["unit"], guarantee["max_rows_a_person"]) == (4, "row", 1)
    assert (answer["mode"], guarantee["sampler"]) == ("accurate", "table")
    assert guarantee["rho"] == pytest.approx(0.319, abs=0.01)
    assert "c + 1 times" in guarantee["missed_links"]
    assert answer["guarantee"]["delta"] == pytest.approx(9.74e-7, rel=0.01)
    assert sorted(path.name for path in (files / "out").iterdir()) == [
        "OUT.about.json",
        "OUT.parquet",
        "OUT.tables.parquet",
    ]
    assert json.loads((files / "out/OUT.about.json").read_text("utf-8"))["guarantee"] == answer["guarantee"]


def test_tables_alone_are_one_file_with_an_interval_for_each_cell(files):
    answer = _release(files, "--delta", "1e-7", what="tables")
    assert "±" in answer.stdout
    assert {"low", "high", "noisy_count"} <= set(pl.read_parquet(files / "out/OUT.parquet").columns)
