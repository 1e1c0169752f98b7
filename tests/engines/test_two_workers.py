"""The same counts come out of DuckDB and of a Spark cluster of two workers on the loopback."""

from __future__ import annotations

import os
import shutil

import ibis
import polars as pl
import pytest

from palermo.standard import load_standard
from palermo.statistics import Counted, count_records
from palermo.tables import open_engine

CASES = pl.DataFrame(
    {
        "sex": ["female", "female", "male", None, "male", "female"] * 40,
        "citizenship": ["PHL", "PHL", "UKR", "UKR", None, "MDA"] * 40,
        "form_of_exploitation": [["sexual"], ["forced-labour", "servitude"], ["forced-labour"], None, [], ["sexual"]]
        * 40,
    }
)
BY = ("sex", "citizenship", "form_of_exploitation")


@pytest.fixture
def on_the_loopback(monkeypatch):
    import pyspark

    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("SPARK_HOME", os.path.dirname(pyspark.__file__))  # noqa: PTH120


def _counts(engine):
    cases = engine.from_frame(CASES)
    counted = count_records(
        cases, BY, Counted("record", "invented records"), name="t", title="T", standard=load_standard(), engine=engine
    )
    return counted.cells


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, which is not installed on this machine")
@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_a_cube_is_the_same_on_two_spark_workers_as_on_duckdb(on_the_loopback):
    with open_engine("duckdb") as duckdb:
        expected = _counts(duckdb)
    with open_engine("spark", memory="1g", master="local-cluster[2,1,1024]") as spark:
        assert spark.backend._session.sparkContext.master == "local-cluster[2,1,1024]"
        found = _counts(spark)
    assert found.sort(BY).rows() == expected.sort(BY).rows()
    assert expected.height > 30


def test_the_rows_a_cluster_writes_can_be_read_again(tmp_path):
    with open_engine("duckdb") as engine:
        table = engine.from_frame(CASES).filter(ibis._.sex == "male")
        engine.write_parquet(table, tmp_path / "men.parquet")
    assert pl.read_parquet(tmp_path / "men.parquet").height == 80
