"""The same persons come out of Splink on DuckDB and on a Spark cluster of two workers."""

from __future__ import annotations

import numpy as np
import pytest

from palermo.linkage import MatchSettings, people_from
from palermo.linkage.dedupe import deduplicate
from tests.linkage.invented import invent, people_frame

ROWS, WHO = invent(400, twice=0.4, seed=17)


@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_people_are_counted_once_on_two_spark_workers_as_on_duckdb(spark, duckdb, capfd):
    assert spark.backend._session.sparkContext.master == "local-cluster[2,1,1024]"
    people = people_from(people_frame(ROWS), {}, where="invented")
    expected, found = (deduplicate(people, MatchSettings(), engine) for engine in (duckdb, spark))
    assert found.pairs.tolist() == expected.pairs.tolist()
    assert np.abs(found.log_odds - expected.log_odds).max() < 1e-9
    assert {each: rows.tolist() for each, rows in found.persons.items()} == {
        each: rows.tolist() for each, rows in expected.persons.items()
    }
    assert (found.learnt, found.links) == (True, expected.links)
    assert abs(len(np.unique(found.persons[0.5])) / len(set(WHO)) - 1) < 0.03
    said = "".join(capfd.readouterr()).lower()
    assert not [row["surname"] for row in ROWS if len(row["surname"]) > 5 and row["surname"].lower() in said]
