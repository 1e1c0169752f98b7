"""No table of the standard says a thing twice: two hands that add the same row leave it twice, and one would win."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import palermo.standard

DATA = Path(palermo.standard.__file__).parent / "data"
KEYS = {
    "citizens.csv": ["code"],
    "countries.csv": ["code"],
    "country_names.csv": ["name"],
    "fields.csv": ["field"],
    "languages.csv": ["code"],
    "links.csv": ["link"],
    "lists.csv": ["list"],
    "questions.csv": ["field"],
    "record_types.csv": ["record"],
    "spellings.csv": ["name"],
    "translations.csv": ["list", "code", "language"],
    "words.csv": ["of", "list", "code", "language"],
    "codes": ["code"],
    "lists": ["code"],
    "crosswalks": ["field", "code", "their_field", "their_code"],
}
"""By which columns a row is told from the others, in a table or in every table of a folder."""
ALONE = {"countries.csv": ["alpha_2", "numeric"], "languages.csv": ["three_letters"]}
"""The columns beside the key that stand for one row only, where they are filled."""
TABLES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv"))


def _lines(table: str) -> list[list[str]]:
    with (DATA / table).open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text, strict=True))


def _twice(table: str, columns: list[str]) -> list[tuple[str, ...]]:
    headings, *rows = _lines(table)
    at = [headings.index(column) for column in columns]
    told = Counter(tuple(row[place].strip().casefold() for place in at) for row in rows)
    return [key for key, times in told.items() if times > 1 and any(key)]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_as_many_cells_as_there_are_headings(table):
    headings, *rows = _lines(table)
    assert len(set(headings)) == len(headings)
    assert [number for number, row in enumerate(rows, start=2) if len(row) != len(headings)] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_row_has_the_key_of_another(table):
    columns = KEYS.get(table) or KEYS[table.split("/")[0]]
    assert _twice(table, columns) == []


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in ALONE for column in ALONE[table]])
def test_a_code_of_another_list_stands_for_one_row(table, column):
    assert _twice(table, [column]) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_row_has_a_key(table):
    columns = KEYS.get(table) or KEYS[table.split("/")[0]]
    headings, *rows = _lines(table)
    at = [headings.index(column) for column in columns]
    assert [number for number, row in enumerate(rows, start=2) if not any(row[place].strip() for place in at)] == []


def test_a_row_that_came_twice_would_be_seen(tmp_path, monkeypatch):
    whole = (DATA / "fields.csv").read_text("utf-8")
    (tmp_path / "fields.csv").write_text(whole + whole.splitlines()[-1] + "\n", "utf-8")
    monkeypatch.setattr(f"{__name__}.DATA", tmp_path)
    assert _twice("fields.csv", KEYS["fields.csv"]) == [("tip_tier",)]
