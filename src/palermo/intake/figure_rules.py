"""What holds for figures and their units, and how a figure becomes a count."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, Table

from palermo.intake.coding import HIGH, SERIES
from palermo.intake.rules import rule
from palermo.tables import SOURCE_ROW

__all__ = ["count_figures"]

_NUMBER = "number"


def count_figures(cells: Table) -> Table:
    """Take as counts the whole figures of a series that counts, and none of a series whose unit is in doubt."""
    counted = _is_number(cells) & fits_unit(cells) & _is_whole(cells) & (cells.figure >= 0)
    value = ibis.ifelse(counted.fill_null(False), cells.figure.cast("int64"), ibis.null("int64"))
    return cells.mutate(value=value, **{HIGH: value})


@rule("unit.against-figures", field="unit_measure", needs=("unit_measure", "figure"), shape="aggregates")
def fits_unit(cells: Table) -> BooleanValue:
    """Figures that count persons or cases are whole numbers, in every year of the series."""
    fraction = ibis.ifelse(_is_number(cells) & ~_is_whole(cells), 1, 0)
    return ~_is_number(cells) | (fraction.sum().over(ibis.window(group_by=SERIES)) == 0)


@rule("unit.changes", field="unit_measure", needs=("unit_measure", "figure", "year"), shape="aggregates")
def keeps_unit(cells: Table) -> BooleanValue:
    """A series keeps its unit from its first year to its last."""
    by_year = ibis.window(group_by=SERIES, order_by=["year", SOURCE_ROW])
    return cells.unit_measure == cells.unit_measure.first().over(by_year)


@rule("figure.negative", field="figure", shape="aggregates", level="warning")
def is_no_correction(cells: Table) -> BooleanValue:
    """A figure is not below zero, as a correction of an earlier one is; corrections are not counted."""
    return cells.figure >= 0


def _is_number(cells: Table) -> BooleanValue:
    return cells.unit_measure == _NUMBER


def _is_whole(cells: Table) -> BooleanValue:
    return cells.figure == cells.figure.floor()
