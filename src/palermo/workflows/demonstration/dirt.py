"""Dirt of every kind that the rules know, on a few rows of each file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from palermo.workflows.demonstration.agency import Agency
from palermo.workflows.demonstration.records import Columns, Records

__all__ = ["soil"]

_SHARE = 1500
_CELLS = (
    ("form_of_exploitation", "see remarks"),
    ("citizenship", "seaman's book only"),
    ("age", "about 17"),
    ("age", "178"),
    ("age_at_trafficking", "as a child"),
    ("year", "2109"),
    ("status_decided_by", ""),
    ("means", ""),
)
_DAYS = (  # field, the day, and whether it is written in another order than the file's
    ("detected_on", "2019-12-31", True),
    ("detected_on", "2023-12-30", False),
    ("registered_on", "2024-12-05", False),
    ("birth_date", "2023-12-29", False),
)
_FORMULA = "=cmd|'/C calc'!A0"
_MAYBE = "peut-être"


def soil(rng: np.random.Generator, records: Records, agency: Agency) -> Records:
    """Spoil a few cells, repeat a few rows and give a few numbers twice."""
    n = len(records.person)
    few = max(1, n // _SHARE)
    rows = iter(rng.permutation(n)[: n // few * few].reshape(-1, few))
    columns = {name: cells.copy() for name, cells in records.columns.items()}
    for field, cell in _CELLS:
        _put(columns, agency.column(field), next(rows), cell)
    for field, day, turned in _DAYS:
        _put(columns, agency.column(field), next(rows), _written(day, agency.day_first(field), turned=turned))
    _put(columns, agency.column("age_group"), next(rows), agency.word("age_group", "child")[0])
    _put(columns, agency.habits["columns"][-1], next(rows), _FORMULA)
    for column in list(agency.flags("means_of_control"))[:1]:
        _put(columns, column, next(rows), _MAYBE)
    number = records.number.copy()
    twins = next(rows)
    number[twins] = number[twins - 1]
    columns[agency.column("record_id")] = number
    kept = np.concatenate([np.arange(n), next(rows)])
    return Records({name: cells[kept] for name, cells in columns.items()}, number[kept], records.person[kept])


def _put(columns: Columns, column: str, rows: NDArray[np.int64], cell: str) -> None:
    if column:
        columns[column][rows] = cell


def _written(day: str, day_first: bool, *, turned: bool) -> str:
    """Write a day as the file does, 31/12/2019 or 2019-12-31, or in an order that is not the file's."""
    year, month, of_month = day.split("-")
    if day_first:
        return f"{month}/{of_month}/{year}" if turned else f"{of_month}/{month}/{year}"
    return f"{of_month}/{month}/{year}" if turned else day
