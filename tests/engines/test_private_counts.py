"""What a private release measures is the same in memory, in DuckDB and on a Spark cluster of two workers."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from palermo.errors import InputError
from palermo.protection.private import Budget, Request, load_domain, release_from_engine
from palermo.protection.private.counting import CodedRows, row_loads
from palermo.protection.private.encoding import encode
from palermo.protection.private.engine_rows import encode_in
from tests.protection.private.conftest import DOMAIN, invented


@pytest.fixture(scope="module")
def domain(tmp_path_factory):
    path = tmp_path_factory.mktemp("domain") / "DOMAIN.toml"
    path.write_text(DOMAIN, "utf-8")
    return load_domain(path)


@pytest.mark.filterwarnings("ignore")  # Spark's own
@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_an_engine_counts_what_is_counted_in_memory(request, monkeypatch, name, domain):
    """In several blocks, and on the cluster in two tasks."""
    engine, people = request.getfixturevalue(name), invented(3000)
    monkeypatch.setattr("palermo.tables.engine._BLOCK", 700)
    memory = CodedRows(encode(people, domain, "people"), domain.layout)
    table = engine.from_frame(people[:1000]).union(engine.from_frame(people[1000:]))
    rows = encode_in(engine, table, domain, "people")
    weights = np.add.outer(np.arange(5), np.arange(5)) * (1 - np.eye(5, dtype=np.int64))
    everything = int(weights.sum()) // 2, 10
    steps = np.array([6, 12, everything[0]]), np.array([1, 4, 10])
    weighed = rows.weigh(weights), memory.weigh(weights)
    assert rows.number() == 3000
    assert (rows.values() == memory.values()).all()
    for found, expected in zip(*(each.loads(steps) for each in weighed), strict=True):
        assert found.tolist() == expected.tolist()
        assert np.count_nonzero(expected) > 1
    counted = (each.combinations(everything) for each in weighed)
    for found, expected in zip(*counted, strict=True):
        assert (found == expected).all()
        assert expected.sum() > 5000


def test_rows_are_counted_block_by_block(duckdb, monkeypatch):
    monkeypatch.setattr("palermo.tables.engine._BLOCK", 4)
    heights: list[int] = []
    table = duckdb.from_frame(pl.DataFrame({"n": range(10)}))

    def count(block):
        heights.append(block.height)
        return np.array([block.height, block["n"].sum()])

    assert duckdb.add_up(table, count, 2).tolist() == [10, 45]
    assert max(heights) <= 4


def test_a_domain_of_many_columns_is_not_too_deep_for_an_engine(duckdb, tmp_path):
    path = tmp_path / "DOMAIN.toml"
    path.write_text("".join(f'[columns.c{nth}]\nvalues = ["yes", "no"]\n' for nth in range(40)), "utf-8")
    wide = load_domain(path)
    said = np.random.default_rng(1).choice(["yes", "no", ""], (60, 40), p=[0.1, 0.1, 0.8])
    people = pl.DataFrame(said, schema=[f"c{nth}" for nth in range(40)], orient="row")
    weights = np.ones((40, 40), dtype=np.int64) - np.eye(40, dtype=np.int64)
    memory = CodedRows(encode(people, wide, "people"), wide.layout).weigh(weights)
    rows = encode_in(duckdb, duckdb.from_frame(people), wide, "people").weigh(weights)
    everything = 40 * 39 // 2, 40 * 39 * 38 // 6
    for found, expected in zip(rows.combinations(everything), memory.combinations(everything), strict=True):
        assert (found == expected).all()
        assert expected.any()


def test_rows_beyond_a_limit_are_capped_and_those_within_are_whole(duckdb, domain):
    people, weights = invented(500), np.ones((5, 5), dtype=np.int64) - np.eye(5, dtype=np.int64)
    codes = encode(people, domain, "people")
    pairs, _ = encode_in(duckdb, duckdb.from_frame(people), domain, "people").weigh(weights).combinations((6, 4))
    loads, _ = row_loads(codes, weights)
    assert (loads > 6).any()
    assert pairs.sum() == np.minimum(loads, 6).sum()  # of five values one is blanked, and four make six pairs


@pytest.mark.parametrize(
    ("people", "what"),
    [
        (invented(50).with_columns(pl.lit("Z").alias("country")), "country holds undeclared values in 50 rows"),
        (invented(50).with_columns(pl.lit("x").alias("name")), "does not declare the columns name"),
        (invented(50).drop("debt"), "does not hold the columns debt"),
        (invented(50).head(0), "the table has no rows"),
    ],
)
def test_an_engine_refuses_what_is_refused_in_memory(duckdb, domain, people, what):
    for encoding in (
        lambda: encode(people, domain, "people.parquet"),
        lambda: encode_in(duckdb, duckdb.from_frame(people), domain, "people.parquet"),
    ):
        with pytest.raises(InputError, match=what):
            encoding()


def test_where_nobody_is_named_an_engine_takes_a_row_for_a_person(duckdb, domain):
    table = duckdb.from_frame(invented(400))
    made = release_from_engine(table, duckdb, domain, Request(Budget(4, 1e-6), "tables"), "people")
    assert made.about["guarantee"]["unit"] == "row"
    assert made.records is None and made.tables.height > 90
