"""The same people have the same noise wherever they stand, and the secret of it stays outside the project."""

from __future__ import annotations

import hashlib
import hmac
import random
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import PalermoError, ReleaseRefused, UsageError
from palermo.protection import load_cell_key, release
from palermo.standard import load_standard
from palermo.statistics import RECORD_KEY, Counted, count_records, key_records
from palermo.tables import CELL_KEYS, Policy, Tabulation, open_engine
from tests.protection import cubes

SECRET = bytes(range(32))


def keyed(name: str, fields: str, records: list[dict], keys: dict[int, int]) -> Tabulation:
    """Count records with the sum of their keys in each cell."""
    table = cubes.count_records(name, fields, records)
    sums = []
    for row in table.cells.iter_rows(named=True):
        inside = [n for n, r in enumerate(records) if all(row[f] in ("total", r[f]) for f in table.fields)]
        sums.append(sum(keys[n] for n in inside) % CELL_KEYS)
    return replace(table, cells=table.cells.with_columns(cell_key=pl.Series(sums, dtype=pl.Int64)))


def people(seed: int) -> tuple[list[dict], dict[int, int]]:
    """Draw 400 records with their keys; everybody in the north is a woman."""
    draw = random.Random(seed)
    records = [
        {"place": place, "sex": "f" if place == "N" else draw.choice("fm")} for place in draw.choices("NSE", k=400)
    ]
    return records, {n: draw.randrange(CELL_KEYS) for n in range(400)}


def numbers(tables: list[Tabulation], policy: Policy) -> list[dict]:
    return [
        {tuple(row[: len(t.fields)]): row[len(t.fields)] for row in t.cells.iter_rows()}
        for t in release(tables, policy).tables
    ]


@given(st.integers(0, 50))
def test_the_same_people_have_the_same_number_in_all_tables_under_all_names(seed):
    records, keys = people(seed)
    tables = [keyed("a", "place sex", records, keys), keyed("b", "place", records, keys)]
    both, by_place = numbers(tables, Policy(perturbation=5))
    assert both[("N", "total")] == by_place[("N",)]
    assert both[("N", "f")] == both[("N", "total")]  # other codes, the same women: no average takes the noise off


def test_a_count_moves_by_at_most_what_the_policy_says_each_way_alike():
    found = Counter()
    for seed in range(120):
        records, keys = people(seed)
        (noisy,) = numbers([keyed("a", "place sex", records, keys)], Policy(perturbation=3))
        (exact,) = numbers([keyed("a", "place sex", records, keys)], Policy())
        found.update(noisy[cell] - exact[cell] for cell in exact if exact[cell] is not None)
    assert set(found) == set(range(-3, 4))
    assert max(found.values()) < 1.5 * min(found.values())  # seeded


def test_one_record_more_gives_other_noise():
    records, keys = people(1)
    changes = Counter()
    for n in range(150):
        fewer, left = records[: 200 + n], {m: keys[m] for m in range(200 + n)}
        more, all_ = records[: 201 + n], {m: keys[m] for m in range(201 + n)}
        (before,) = numbers([keyed("a", "place", fewer, left)], Policy(perturbation=5))
        (after,) = numbers([keyed("a", "place", more, all_)], Policy(perturbation=5))
        changes[after[("total",)] - before[("total",)]] += 1
    assert len(changes) > 12 and changes[1] < 40  # of 21 possible changes, one is right: seeded


def test_zeros_stay_zero_and_small_cells_withheld():
    records, keys = people(2)
    table = keyed("a", "place sex", [*records, {"place": "W", "sex": "f"}], keys | {400: 7})
    made = release([table], Policy(perturbation=5)).tables[0]
    assert made.cells.filter(place="W", sex="f")["cell_status"].to_list() == ["withheld"]
    assert made.notes == ("Each count is moved by at most 5 either way, so that parts need not add up.",)


def test_counts_of_records_without_keys_are_refused():
    with pytest.raises(ReleaseRefused, match="do not know the keys") as refused:
        release([cubes.count_records("a", "place", people(0)[0])], Policy(perturbation=5))
    assert refused.value.where == "a" and "[release] key" in refused.value.todo


def test_noise_as_large_as_the_threshold_is_refused():
    with pytest.raises(UsageError, match="smaller than the threshold"):
        release([cubes.count_records("a", "place", people(0)[0])], Policy(threshold=5, perturbation=5))


def test_a_record_key_is_the_beginning_of_a_hash_of_its_id_and_the_same_each_year():
    """Checked against hashlib."""
    salt = hmac.new(SECRET, b"palermo record keys", hashlib.sha256).hexdigest()
    rows = pl.DataFrame(
        {
            "record_id": ["a", "b", None],
            "reporting_entity": ["x", None, "y"],
            "source_row": [1, 2, 3],
            "year": [1, 1, 1],
        }
    )
    with open_engine() as engine:
        found = engine.collect(key_records(engine.from_frame(rows), SECRET))["record_key"].to_list()
    words = ("a|x", "b|", "3|y")
    assert found == [int(hashlib.sha256((salt + word).encode()).hexdigest()[:7], 16) for word in words]


def test_a_count_of_records_adds_their_keys_up():
    rows = pl.DataFrame(
        {
            "record_id": ["a", "b", "c"],
            "reporting_entity": ["x"] * 3,
            "source_row": [1, 2, 3],
            "sex": ["female", "female", "male"],
            "form_of_exploitation": [["sexual", "forced-labour"], ["sexual"], None],
        }
    )
    with open_engine() as engine:
        cases = key_records(engine.from_frame(rows), SECRET)
        own = dict(zip("abc", engine.collect(cases)["record_key"], strict=True))
        words = {"name": "t", "title": "T", "standard": load_standard(), "engine": engine}
        table = count_records(cases, ["sex", "form_of_exploitation"], Counted("record", "all", key=RECORD_KEY), **words)
    keys = {tuple(row[:2]): row[-1] for row in table.cells.iter_rows()}
    assert table.cells.columns[-1] == "cell_key"
    assert keys[("female", "sexual")] == keys[("female", "total")] == (own["a"] + own["b"]) % CELL_KEYS
    assert keys[("total", "total")] == sum(own.values()) % CELL_KEYS
    assert keys[("male", "empty")] == own["c"]


@pytest.mark.parametrize(
    ("place", "size", "what"),
    [("project/own.key", 32, "lies in the project"), ("short.key", 31, "32 bytes"), ("lost.key", 0, "no such file")],
)
def test_a_key_that_is_none_is_refused(tmp_path, place, size, what):
    (tmp_path / "project").mkdir()
    if size:
        (tmp_path / place).write_bytes(bytes(size))
    with pytest.raises(PalermoError, match=what) as refused:
        load_cell_key(tmp_path / place, tmp_path / "project")
    assert refused.value.todo


def test_a_key_outside_the_project_is_read(tmp_path):
    (tmp_path / "own.key").write_bytes(SECRET)
    assert load_cell_key(tmp_path / "own.key", tmp_path / "project") == SECRET
