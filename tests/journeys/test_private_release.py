"""A private release from the command line, with wrong words first."""

from __future__ import annotations

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from palermo.cli.main import app
from palermo.errors import InputError, UsageError
from tests.protection.private.conftest import DOMAIN, invented


@pytest.fixture
def files(tmp_path):
    (tmp_path / "DOMAIN.toml").write_text(DOMAIN, "utf-8")
    invented(3000).write_parquet(tmp_path / "cases.parquet")
    return tmp_path


def _release(files, *words, what="synthesise", domain="DOMAIN.toml", epsilon="4"):
    start = ["release", what, str(files / "cases.parquet"), "--domain", str(files / domain), "--epsilon", epsilon]
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


@pytest.mark.parametrize("words", [("--mode", "best"), ("--sampler", "numpy")])
def test_a_choice_that_is_none_is_refused(files, words):
    with pytest.raises(UsageError, match="is no choice"):
        _release(files, *words)


def test_records_come_with_their_tables_and_with_what_they_cost(files):
    answer = json.loads(_release(files, "--json", "--mode", "accurate").stdout)
    records = pl.read_parquet(files / "out/OUT.parquet")
    assert records.columns == invented(1).columns
    assert records.height == answer["rows"]["released"] == answer["rows"]["noisy"]
    assert answer["guarantee"]["epsilon"] == 4
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
