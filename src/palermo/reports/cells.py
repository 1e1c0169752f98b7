"""Reading a released table: one number at a time, with all other dimensions at their totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from palermo.reports.description import Value
from palermo.reports.labels import Labels
from palermo.reports.numbers import whole
from palermo.tables import NOTHING, TOTAL, ReleasedTable

__all__ = ["REPORTERS", "Cell", "Counts", "in_order", "shown"]

IN_ORDER = {
    "sex": ("female", "male", "other"),
    "gender": ("female", "male", "transgender-or-non-conforming"),
    "age_group": ("child", "adult"),
    "status": ("flagged", "presumed", "identified", "detected", "not-confirmed", "not-considered", "appealed"),
    "form_of_exploitation": (
        "sexual", "forced-labour", "slavery-or-similar", "servitude", "organ-removal", "forced-marriage",
        "forced-begging", "forced-criminality", "forced-military", "illegal-adoption", "surrogacy", "child-labour",
    ),
    "area": ("named",),
}  # fmt: skip
"""Codes with an order of their own; all others go by their label, and last the codes for nothing."""


REPORTERS = ("area", "country", "region", "subregion")
"""Dimensions that say who reported; only tables of reported numbers have them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A published number, an interval, or a withheld cell: its numbers are None, and only that says so, because a
    dimension may well be called *status*."""

    count: int | None
    low: int | None
    high: int | None
    below: int = 0

    @property
    def is_withheld(self) -> bool:
        """Whether the number is kept back."""
        return self.count is None

    @property
    def is_interval(self) -> bool:
        """Whether the truth is known only to lie between two numbers."""
        return self.low is not None and self.high is not None and self.low < self.high

    @property
    def mark(self) -> int | None:
        """Where a mark is drawn: at the number, or at the least that an interval of small figures can be."""
        return self.count if self.count is None or self.low is None else max(self.count, self.low)


ZERO = Cell(0, 0, 0)


def leads(best: Cell, others: Iterable[Cell]) -> bool:
    """Say whether a number is the greatest wherever in their intervals all of them lie."""
    return all((other.high or 0) < (best.low or 0) for other in others)


class Counts:
    """A released table by key; one by country needs no area beside it."""

    def __init__(self, table: ReleasedTable) -> None:
        self.table = table
        rows = table.cells
        if {"area", "country"} <= set(table.fields):
            rows = rows.filter(area=TOTAL).drop("area")
        self.fields = tuple(field for field in table.fields if field in rows.columns)
        self.cells: dict[tuple[str, ...], Cell] = {}
        for row in rows.iter_rows(named=True):
            self.cells[tuple(row[field] for field in self.fields)] = _cell(row)

    @property
    def is_reported(self) -> bool:
        """Whether the numbers are what others reported, so that a cell not listed was not reported rather than zero."""
        return self.table.unlisted == "not-reported"

    def cell(self, **codes: str) -> Cell | None:
        """Find a cell with the dimensions that are not named at their totals; None where nothing was reported."""
        return self.at(tuple(codes.get(field, TOTAL) for field in self.fields))

    def at(self, key: tuple[str, ...]) -> Cell | None:
        """Find a cell by its whole key; what is not listed is zero, or not reported."""
        return self.cells.get(key) or (None if self.is_reported else ZERO)

    @property
    def total(self) -> Cell:
        """The cell of everything; withheld where it is not listed."""
        return self.cells.get((TOTAL,) * len(self.fields)) or Cell(None, None, None)

    def codes(self, field: str, *, within: str = "") -> tuple[str, ...]:
        """List the codes of a dimension that have a cell where all others, but one if named, are at their totals."""
        place = self.fields.index(field)
        fixed = [nth for nth, other in enumerate(self.fields) if other not in (field, within)]
        return tuple(
            dict.fromkeys(
                key[place] for key in self.cells if key[place] != TOTAL and all(key[nth] == TOTAL for nth in fixed)
            )
        )

    def recorded(self, field: str) -> int | None:
        """Count what has at least one code in a dimension: the total without the codes for nothing.

        This is the denominator of every share; None where a part of it is withheld or an interval.
        """
        nothing = [self.cell(**{field: code}) for code in NOTHING if code in self.codes(field)]
        parts = [self.total, *(cell for cell in nothing if cell is not None)]
        if any(cell.is_interval for cell in parts):
            return None
        counts = [cell.count for cell in parts if cell.count is not None]
        return counts[0] - sum(counts[1:]) if len(counts) == len(parts) else None


def _cell(row: dict[str, Any]) -> Cell:
    if row["count"] is None:
        return Cell(None, None, None)
    count = int(row["count"])
    low = count if row["low"] is None else int(row["low"])
    high = count if row["high"] is None else int(row["high"])
    return Cell(count, low, high, int(row["below_threshold_cells"] or 0))


def shown(cell: Cell | None) -> Value:
    """Write a cell as a table shows it."""
    if cell is None:
        return Value("–", "nothing")
    if cell.count is None or cell.low is None or cell.high is None:
        return Value("withheld", "withheld")
    if not cell.is_interval:
        return Value(whole(cell.count))
    span = f"{whole(cell.low)}–{whole(cell.high)}"
    return Value(span if cell.count <= cell.low else f"{whole(cell.count)} ({span})", "interval")


def in_order(field: str, codes: Iterable[str], labels: Labels) -> tuple[str, ...]:
    """Put codes in the order in which tables list them: total, categories, then the codes for nothing."""
    known = IN_ORDER.get(field, ())

    def place(code: str) -> tuple[int, int, str]:
        if code == TOTAL:
            return 0, 0, ""
        if code in NOTHING:
            return 9, NOTHING.index(code), ""
        if code in known:
            return 1, known.index(code), ""
        return (3 if code == "other" else 2), 0, code if field == "year" else labels.label(field, code)

    return tuple(sorted(codes, key=place))
