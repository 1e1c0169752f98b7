"""The file of last month or last year is found beside a file, and its totals are compared unasked."""

from __future__ import annotations

import pytest

from palermo.workflows.check import check
from palermo.workflows.surroundings import file_before

MAPPING = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields]
registered_on = "day"
"""


@pytest.mark.parametrize(
    ("name", "beside", "before"),
    [
        ("cases-2024-02.csv", ["cases-2024-01.csv", "cases-2023-12.csv", "cases-2024-03.csv"], "cases-2024-01.csv"),
        ("01-2024 cases.csv", ["12-2023 cases.csv", "11-2023 cases.csv"], "12-2023 cases.csv"),
        ("cases20240229.csv", ["cases20240131.csv"], "cases20240131.csv"),
        ("cases-2024.csv", ["cases-2023.xlsx", "others-2023.csv"], None),
        ("agency-2.csv", ["agency-1.csv"], None),
        ("cases.csv", [], None),
    ],
)
def test_the_file_before_is_called_the_same_but_for_an_earlier_date(tmp_path, name, beside, before):
    for one in (name, *beside):
        (tmp_path / one).touch()
    assert file_before(tmp_path / name) == (before and tmp_path / before)


def test_a_month_that_a_join_has_doubled_is_found_unasked(tmp_path):
    (tmp_path / "own.toml").write_text(MAPPING, "utf-8")
    for month, rows in (("01", 30), ("02", 60)):
        days = [f"2024-01-{1 + at % 28:02},{month}-{at}" for at in range(rows)]
        (tmp_path / f"cases-2024-{month}.csv").write_text("\n".join(["day,id", *days]) + "\n", "utf-8")
    answer = check(tmp_path / "cases-2024-02.csv", str(tmp_path / "own.toml"))
    assert [(found.rule, found.rows, found.first_row) for found in answer.findings] == [("total.multiplied", 1, 2)]
    assert "Its counts were held against those of cases-2024-01.csv." in answer.notes
