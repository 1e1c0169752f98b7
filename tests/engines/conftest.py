"""The two engines that must agree."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from palermo.tables import open_engine


@pytest.fixture(scope="module")
def spark():
    """A Spark cluster of two workers on the loopback."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, which is not installed on this machine")
    import pyspark

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
        with open_engine("spark", memory="1g", master="local-cluster[2,1,1024]") as engine:
            engine.backend._session.conf.set("spark.sql.shuffle.partitions", "4")
            yield engine


@pytest.fixture(scope="module")
def duckdb():
    """DuckDB in memory."""
    with open_engine("duckdb") as engine:
        yield engine
