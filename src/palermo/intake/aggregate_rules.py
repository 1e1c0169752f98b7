"""What holds for every sound aggregate."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table

from palermo.intake.coding import AREA, DIGEST, HIGH, KEY
from palermo.intake.rules import rule
from palermo.tables import SOURCE_ROW, TOTAL

__all__ = ["is_first", "is_settled"]

_EARLIEST = 1900


def is_first(cells: Table) -> BooleanValue:
    """Whether no earlier row is the same in every cell."""
    return cells[SOURCE_ROW] == cells[SOURCE_ROW].min().over(ibis.window(group_by=DIGEST))


def is_settled(cells: Table) -> BooleanValue:
    """Whether all rows that speak of the same thing give the same value."""
    by_key = ibis.window(group_by=KEY)
    return cells[DIGEST].min().over(by_key) == cells[DIGEST].max().over(by_key)


@rule("aggregate.repeated", field="value", needs=(), shape="aggregates", level="warning")
def not_repeated(cells: Table) -> BooleanValue:
    """No row is the same as an earlier one in every cell."""
    return is_first(cells)


@rule("aggregate.conflicting", field="value", shape="aggregates")
def not_conflicting(cells: Table) -> BooleanValue:
    """Rows that speak of the same thing give the same value."""
    return is_settled(cells)


@rule("aggregate.no-country", field="country", shape="aggregates", level="warning")
def names_a_country(cells: Table) -> BooleanValue:
    """A row names the country that it is about."""
    return cells.country.notnull() & (cells.country != "not-applicable")


@rule("value.like-a-year", field="value", needs=("value", "year"), shape="aggregates", level="warning")
def value_is_no_year(cells: Table) -> BooleanValue:
    """A value is not the year itself, typed into the wrong column."""
    return (cells.value < _EARLIEST) | ((cells.value - cells.year).abs() > 1)


@rule("victims.sexes-exceed-total", field="value", needs=("value", "sex", "age_group"), shape="aggregates")
def victims_by_sex_within_total(cells: Table) -> BooleanValue:
    """The detected victims of each sex are together no more than the total stated."""
    return (cells.indicator != "detected-victims") | _sexes_within_total(cells)


@rule("persons.sexes-exceed-total", field="value", needs=("value", "sex", "age_group"), shape="aggregates")
def persons_by_sex_within_total(cells: Table) -> BooleanValue:
    """The suspects or convicts of each sex are together no more than the total stated."""
    return (cells.indicator == "detected-victims") | _sexes_within_total(cells)


def _sexes_within_total(cells: Table) -> BooleanValue:
    """Compare where both sexes and the total are exact; the finding stands at the total."""
    compared = (cells.dimension == TOTAL) & (cells.age_group == TOTAL)
    known = ["female", "male", "other"]
    exact = ibis.ifelse(compared & (cells.value == cells[HIGH]), cells.value, ibis.null("int64"))
    same = ibis.window(group_by=["indicator", AREA, "year"])

    def of(sex: str) -> IntegerValue:
        return ibis.ifelse(cells.sex == sex, exact, ibis.null("int64")).max().over(same)

    female, male, other = (of(sex) for sex in known)
    complete = compared & (cells.sex == TOTAL) & female.notnull() & male.notnull() & exact.notnull()
    return ~complete | (female + male + other.fill_null(0) <= exact)
