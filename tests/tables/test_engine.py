"""The engine counts as plain SQL does, keeps its scratch to itself and leaves nothing behind."""

from __future__ import annotations

import stat
import sys
from datetime import date
from itertools import chain, combinations

import ibis
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.errors import ProjectError, UsageError
from palermo.tables import TOTAL, open_engine


@pytest.fixture(scope="module")
def engine():
    with open_engine() as opened:
        yield opened


def _rows(engine, table):
    return sorted(engine.collect(table).rows())


def _by_hand(engine, table, dimensions, measures, always=()):
    """Write one plain GROUP BY for each set of dimensions, and put them one below the other."""
    subsets = chain.from_iterable(combinations(dimensions, size) for size in range(len(dimensions) + 1))
    whole = engine.backend.compile(table)
    texts = []
    for subset in subsets:
        kept = [*always, *subset]
        names = [f'"{name}"' if name in kept else f"'{TOTAL}'" for name in (*always, *dimensions)]
        grouped = " GROUP BY " + ", ".join(kept) if kept else ""
        texts.append(f"SELECT {', '.join([*names, *measures])} FROM ({whole}){grouped}")
    return sorted(engine.backend.raw_sql(" UNION ALL ".join(texts)).fetchall())


CODES = st.sampled_from(["a", "b", "c", "empty"])
RECORDS = st.lists(st.tuples(CODES, CODES, CODES, st.integers(0, 9)), min_size=1, max_size=12)


@settings(max_examples=25)
@given(RECORDS)
def test_a_cube_is_what_plain_sql_counts(engine, records):
    table = engine.from_frame(pl.DataFrame(records, schema=["x", "y", "z", "n"], orient="row"))
    cube = engine.cube(table, ["x", "y", "z"], {"count": "COUNT(*)", "sum": "SUM(n)"})
    assert _rows(engine, cube) == _by_hand(engine, table, ["x", "y", "z"], ["COUNT(*)", "SUM(n)"])


def test_a_dimension_that_holds_its_own_margin_is_in_every_set(engine):
    table = engine.from_frame(pl.DataFrame({"form": ["a", TOTAL, "b", TOTAL], "sex": ["f", "f", "m", "m"]}))
    cube = engine.cube(table, ["sex"], {"count": "COUNT(*)"}, always=["form"])
    assert _rows(engine, cube) == _by_hand(engine, table, ["sex"], ["COUNT(*)"], always=["form"])
    assert (TOTAL, TOTAL, 2) in _rows(engine, cube)


def test_a_cube_without_dimensions_is_one_number(engine):
    table = engine.from_frame(pl.DataFrame({"x": ["a", "b"]}))
    assert _rows(engine, engine.cube(table, [], {"count": "COUNT(*)"})) == [(2,)]


@pytest.mark.parametrize("name", ['say "x"', "two words", "select", "Größe", "a;b--"])
def test_a_dimension_may_have_any_name(engine, name):
    table = engine.from_frame(pl.DataFrame({name: ["a", "a", "b"]}))
    cube = engine.cube(table, [name], {"count": "COUNT(*)"})
    assert cube.columns == (name, "count")
    assert _rows(engine, cube) == [("a", 2), ("b", 1), (TOTAL, 3)]


def test_a_cube_can_be_counted_from_a_filtered_table(engine):
    table = engine.from_frame(pl.DataFrame({"x": ["a", "a", "b"], "n": [1, 2, 3]})).filter(ibis._.n > 1)
    assert _rows(engine, engine.cube(table, ["x"], {"count": "COUNT(*)"})) == [("a", 1), ("b", 1), (TOTAL, 2)]


FRAMES = st.lists(
    st.tuples(
        st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        st.none() | st.lists(st.sampled_from(["sexual", "servitude"]), max_size=2),
    ),
    max_size=5,
)


@settings(max_examples=25)
@given(FRAMES)
def test_a_frame_comes_back_from_the_engine_as_it_was(engine, rows):
    schema = {"text": pl.String, "number": pl.Int64, "day": pl.Date, "codes": pl.List(pl.String)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    read = engine.collect(engine.from_frame(frame))
    assert sorted(map(str, read.rows())) == sorted(map(str, frame.rows()))
    assert read.schema == frame.schema


def test_two_frames_at_once_do_not_meet(engine):
    one, other = (engine.from_frame(pl.DataFrame({"x": [value]})) for value in (1, 2))
    assert (_rows(engine, one), _rows(engine, other)) == ([(1,)], [(2,)])


def test_what_is_kept_is_computed_once(engine, tmp_path):
    source = tmp_path / "source.parquet"
    pl.DataFrame({"x": [1, 2]}).write_parquet(source)
    kept = engine.keep(engine.read_parquet(source).filter(ibis._.x > 1), "large")
    source.unlink()
    assert _rows(engine, kept) == [(2,)]


def test_a_query_that_fails_leaves_the_old_file(engine, tmp_path):
    path = tmp_path / "table.parquet"
    good = engine.from_frame(pl.DataFrame({"x": ["1"]}))
    engine.write_parquet(good, path)
    bad = engine.from_frame(pl.DataFrame({"x": ["not a number"]}))
    with pytest.raises(Exception, match="Could not convert"):
        engine.write_parquet(bad.mutate(x=bad.x.cast("int64")), path)
    assert pl.read_parquet(path)["x"].to_list() == ["1"]
    assert [file.name for file in tmp_path.iterdir()] == ["table.parquet"]


def test_the_scratch_folder_is_private_and_goes_with_the_engine(tmp_path):
    with open_engine(near=tmp_path) as engine:
        assert engine.scratch.parent == tmp_path
        assert stat.S_IMODE(engine.scratch.stat().st_mode) == 0o700
        engine.from_frame(pl.DataFrame({"x": ["SECRETNAME42"]}))
        assert list(engine.scratch.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_the_scratch_folder_goes_after_an_error_too(tmp_path):
    with pytest.raises(KeyboardInterrupt), open_engine(near=tmp_path) as engine:
        engine.from_frame(pl.DataFrame({"x": ["SECRETNAME42"]}))
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_the_engine_fetches_nothing_from_anywhere(engine):
    settings = ("autoinstall_known_extensions", "autoload_known_extensions")
    texts = ", ".join(f"current_setting('{name}')" for name in settings)
    assert engine.backend.raw_sql(f"SELECT {texts}").fetchall() == [(False, False)]


def test_the_engine_takes_no_more_memory_than_it_may():
    with open_engine(memory="500MB") as engine:
        assert engine.backend.raw_sql("SELECT current_setting('memory_limit')").fetchall() == [("476.8 MiB",)]


def test_an_engine_that_is_not_there_names_those_that_are():
    with pytest.raises(UsageError, match=r"no engine 'sqlite'\. Take one of: duckdb, spark"), open_engine("sqlite"):
        pass


def test_without_spark_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)  # what Python does where a package is not installed
    told = r"Spark is not installed\. Install palermo\[spark\]"
    with pytest.raises(ProjectError, match=told), open_engine("spark", near=tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
