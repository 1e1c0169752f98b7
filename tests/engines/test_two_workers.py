"""The same counts come out of DuckDB and of a Spark cluster of two workers on the loopback."""

from __future__ import annotations

import ibis
import polars as pl
import pytest

from palermo.standard import load_standard
from palermo.statistics import Counted, count_records

CASES = pl.DataFrame(
    {
        "sex": ["female", "female", "male", None, "male", "female"] * 40,
        "citizenship": ["PHL", "PHL", "UKR", "UKR", None, "MDA"] * 40,
        "form_of_exploitation": [["sexual"], ["forced-labour", "servitude"], ["forced-labour"], None, [], ["sexual"]]
        * 40,
    }
)
BY = ("sex", "citizenship", "form_of_exploitation")


def _counts(engine):
    cases = engine.from_frame(CASES)
    counted = count_records(
        cases, BY, Counted("record", "invented records"), name="t", title="T", standard=load_standard(), engine=engine
    )
    return counted.cells


@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_a_cube_is_the_same_on_two_spark_workers_as_on_duckdb(spark, duckdb):
    assert spark.backend._session.sparkContext.master == "local-cluster[2,1,1024]"
    expected, found = _counts(duckdb), _counts(spark)
    assert found.sort(BY).rows() == expected.sort(BY).rows()
    assert expected.height > 30


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_the_rows_an_engine_writes_can_be_read_again(request, name, tmp_path):
    engine = request.getfixturevalue(name)
    table = engine.from_frame(CASES).filter(ibis._.sex == "male")
    engine.write_parquet(table, tmp_path / "men.parquet")
    written = pl.read_parquet(tmp_path / "men.parquet")
    assert sorted(map(str, written.rows())) == sorted(map(str, CASES.filter(pl.col("sex") == "male").rows()))
    assert [file.name for file in tmp_path.iterdir()] == ["men.parquet"]
