"""Every cell of a cube is what one finds by going through the records by hand."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import polars as pl
import pytest

from palermo.errors import UsageError
from palermo.standard import load_standard
from palermo.statistics import Counted, count_records
from palermo.tables import open_engine

STANDARD = load_standard()
BY = ("sex", "citizenship", "form_of_exploitation")
FORMS = ("sexual", "forced-labour", "servitude")
WHAT = Counted("record", "invented records")


@pytest.fixture(scope="module")
def engine():
    with open_engine() as opened:
        yield opened


def _records(seed):
    rng = np.random.default_rng(seed)
    return [
        (
            [None, "female", "male"][rng.integers(3)],
            [None, "PHL", "UKR"][rng.integers(3)],
            None if rng.random() < 0.2 else [form for form in FORMS if rng.random() < 0.5] or None,
        )
        for _ in range(rng.integers(1, 60))
    ]


def _by_hand(records):
    """Count a record under each of its codes and under the total, in every dimension."""
    counted = Counter()
    for sex, citizenship, forms in records:
        codes = [{sex or "empty", "total"}, {citizenship or "empty", "total"}, {*(forms or ["empty"]), "total"}]
        counted.update(product(*codes))
    return dict(counted)


def _cube(records, by, engine):
    schema = {"sex": pl.String, "citizenship": pl.String, "form_of_exploitation": pl.List(pl.String)}
    cases = engine.from_frame(pl.DataFrame(records, schema=schema, orient="row"))
    return count_records(cases, by, WHAT, name="t", title="T", standard=STANDARD, engine=engine)


@pytest.mark.parametrize("seed", range(8))
def test_a_cube_is_the_count_by_hand(engine, seed):
    records = _records(seed)
    cells = _cube(records, BY, engine).cells
    assert {row[:3]: row[3] for row in cells.select(*BY, "count").rows()} == _by_hand(records)


def test_every_record_counts_as_one_contributor(engine):
    cells = _cube(_records(1), BY, engine).cells
    assert cells["contributors"].to_list() == cells["count"].to_list()


def test_a_field_with_several_codes_says_that_they_overlap(engine):
    table = _cube(_records(1), BY, engine)
    assert [dimension.codes for dimension in table.dimensions] == ["exclusive", "exclusive", "overlapping"]


@pytest.mark.parametrize("by", [("sex", "sex"), ("favourite_colour",)])
def test_a_question_that_makes_no_table_is_refused(engine, by):
    with pytest.raises(UsageError):
        _cube(_records(1), by, engine)
