"""The same candidate pairs come out of the compiled loop, of DuckDB and of a Spark cluster of two workers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from palermo.linkage.candidates import find_candidates
from palermo.linkage.engine_candidates import find_candidates_on
from palermo.tables import open_engine
from tests.linkage.invented import encodings_of, invent

ROWS = [row | {"citizenship": "C1"} if at % 2 else row for at, row in enumerate(invent(700, seed=13)[0])]
ROWS += [{"record_id": f"x{at}", "first_name": "Ana", "surname": "Silva"} for at in range(30)]
CAP, MOST = 12, 5


@pytest.fixture(scope="module")
def spark():
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
    with open_engine("duckdb") as engine:
        yield engine


@pytest.mark.filterwarnings("ignore")  # Spark's own
@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_an_engine_finds_the_pairs_that_the_compiled_loop_finds(request, name):
    encodings = encodings_of(ROWS)
    expected = find_candidates(encodings, cap=CAP, most=MOST)
    found = find_candidates_on(request.getfixturevalue(name), encodings, cap=CAP, most=MOST)
    assert found.pairs.tolist() == expected.pairs.tolist()
    assert found.dropped == expected.dropped
    assert (found.n_alone, found.n_enumerated) == (expected.n_alone, expected.n_enumerated)
    assert len(found.pairs) > 500
    assert found.dropped
