"""The invented country: the same every time, and dirty in every way the rules know."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from functools import cache

import pytest

from palermo.intake.rules import RULES, SENTENCES
from palermo.workflows.check import check
from palermo.workflows.demonstration import make_country

FILES = {"police": "xlsx", "ngo-network": "csv", "border-guard": "csv", "labour-inspectorate": "csv"}


@cache
def checked(folder, name, ending):
    mapping = folder / "mappings" / f"{name}.toml"
    return check(folder / "sources" / f"{name}.{ending}", str(mapping), as_of=date(2024, 1, 31)).as_json()


@pytest.fixture(scope="module")
def valmara(tmp_path_factory):
    return make_country(tmp_path_factory.mktemp("valmara"), victims=3000, seed=1)


@pytest.fixture(scope="module")
def truth(valmara):
    with (valmara / "truth" / "persons.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bytes(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(valmara, tmp_path):
    assert _bytes(make_country(tmp_path, victims=3000, seed=1)) == _bytes(valmara)


def test_another_seed_gives_another_country(valmara, tmp_path):
    other = _bytes(make_country(tmp_path, victims=3000, seed=2))
    assert all(other[path] != cells for path, cells in _bytes(valmara).items() if path.parts[0] == "sources")


def test_several_agencies_know_the_same_people(truth):
    known_by = defaultdict(set)
    for row in truth:
        known_by[row["person_id"]].add(row["source"])
    several = Counter(len(entities) for entities in known_by.values())
    assert several[2] > 300 and several[3] > 20
    assert len(known_by) <= 3000


@pytest.mark.parametrize("parquet", [False, True])
def test_every_agencys_file_is_read_and_no_row_is_lost(valmara, truth, tmp_path, parquet):
    folder = make_country(tmp_path, victims=3000, seed=1, parquet=True) if parquet else valmara
    for name, ending in FILES.items():
        answer = checked(folder, name, "parquet" if parquet else ending)
        rows = sum(row["source"] == name for row in truth)
        assert answer["rows_in"] == rows
        assert answer["rows_in"] == answer["rows_accepted"] + answer["rows_quarantined"]


def test_every_rule_for_records_is_broken_somewhere(valmara):
    found = set()
    for name, ending in FILES.items():
        found |= {finding["rule"] for finding in checked(valmara, name, ending)["findings"]}
    aggregates = {rule.id for rule in RULES.values() if rule.shape == "aggregates"}
    of_figures = {"value.unreadable", "figure.unreadable", "row.other-table", "row.only-separators"}
    of_figures |= {"column.mixed-dimensions", "cell.padded"}
    of_two_files = {"total.multiplied"}
    assert found == set(SENTENCES) - aggregates - of_figures - of_two_files
