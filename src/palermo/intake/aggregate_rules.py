"""What holds for every sound aggregate."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table

from palermo.intake.coding import AREA, DIGEST, HIGH, KEY, SERIES
from palermo.intake.rules import rule
from palermo.tables import SOURCE_ROW, TOTAL

__all__ = ["is_first", "is_settled"]

_EARLIEST = 1900
_LEAP = 30
_FEW = 5
_NUMBERED = r"^\s*([0-9]{2,3})[.):]?\s"


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


@rule("value.leaps", field="value", needs=("value", "year"), shape="aggregates", level="warning")
def value_does_not_leap(cells: Table) -> BooleanValue:
    """A count is less than thirty times those of the years beside it; joins that multiply rows make it more."""
    by_year = ibis.window(group_by=SERIES, order_by=["year", SOURCE_ROW])
    exact = _exact(cells)
    beside = ibis.greatest(exact.lag().over(by_year).fill_null(0), exact.lead().over(by_year).fill_null(0))
    return (beside < _FEW) | (exact < _LEAP * beside)


@rule("value.glued-number", field="value", needs=("value", "category"), shape="aggregates", level="warning")
def value_is_not_glued(cells: Table) -> BooleanValue:
    """A count doesn't begin with the number of its question, as it does where the two have been glued together."""
    number = cells.category.re_extract(_NUMBERED, 1).nullif("")
    said = cells.value.cast("string")
    return ~(said.startswith(number) & (said.length() > number.length()))


@rule("offences.forms-against-total", field="value", needs=("value", "dimension"), shape="aggregates", level="warning")
def offences_by_form_make_up_the_total(cells: Table) -> BooleanValue:
    """The offences of each form are together the total stated."""
    same = ibis.window(group_by=["indicator", AREA, "region", "year", "sex", "age_group"])
    is_part = cells.dimension == "form-of-exploitation"
    exact = _exact(cells)
    parts = ibis.ifelse(is_part, exact, ibis.null("int64")).sum().over(same)
    in_doubt = ibis.ifelse(is_part & exact.isnull(), 1, 0).sum().over(same)
    compared = (cells.indicator == "offences") & (cells.dimension == TOTAL) & (in_doubt == 0)
    return ~compared | (parts == exact)


@rule("victims.sexes-exceed-total", field="value", needs=("value", "sex", "age_group"), shape="aggregates")
def victims_by_sex_within_total(cells: Table) -> BooleanValue:
    """The detected victims of each sex are together no more than the total stated."""
    return (cells.indicator != "detected-victims") | _sexes_within_total(cells)


@rule("persons.sexes-exceed-total", field="value", needs=("value", "sex", "age_group"), shape="aggregates")
def persons_by_sex_within_total(cells: Table) -> BooleanValue:
    """The suspects or convicts of each sex are together no more than the total stated."""
    return (cells.indicator == "detected-victims") | _sexes_within_total(cells)


@rule("victims.ages-exceed-total", field="value", needs=("value", "sex", "age_group"), shape="aggregates")
def victims_by_age_within_total(cells: Table) -> BooleanValue:
    """The detected children and adults are together no more than the total stated."""
    return (cells.indicator != "detected-victims") | _ages_within_total(cells)


@rule("persons.ages-exceed-total", field="value", needs=("value", "sex", "age_group"), shape="aggregates")
def persons_by_age_within_total(cells: Table) -> BooleanValue:
    """The suspects or convicts under 18 and over are together no more than the total stated."""
    return (cells.indicator == "detected-victims") | _ages_within_total(cells)


def _sexes_within_total(cells: Table) -> BooleanValue:
    return _within_total(cells, "sex", ("female", "male"), beside="other", across="age_group")


def _ages_within_total(cells: Table) -> BooleanValue:
    return _within_total(cells, "age_group", ("child", "adult"), beside="unknown", across="sex")


def _within_total(cells: Table, field: str, parts: Sequence[str], *, beside: str, across: str) -> BooleanValue:
    """Compare where the parts and the total are exact; the finding stands at the total.

    Parameters
    ----------
    beside
        A part that need not be there.
    across
        The field of which only the total is looked at.
    """
    compared = (cells.dimension == TOTAL) & (cells[across] == TOTAL)
    exact = ibis.ifelse(compared, _exact(cells), ibis.null("int64"))
    same = ibis.window(group_by=["indicator", AREA, "year"])

    def of(part: str) -> IntegerValue:
        return ibis.ifelse(cells[field] == part, exact, ibis.null("int64")).max().over(same)

    stated = of(beside).fill_null(0)
    for part in parts:
        stated = stated + of(part)
    complete = compared & (cells[field] == TOTAL) & stated.notnull() & exact.notnull()
    return ~complete | (stated <= exact)


def _exact(cells: Table) -> IntegerValue:
    """Give the counts that are numbers, and not intervals such as <5."""
    return ibis.ifelse(cells.value == cells[HIGH], cells.value, ibis.null("int64"))
