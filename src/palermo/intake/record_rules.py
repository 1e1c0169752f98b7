"""What holds for every sound record of a person."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, Table

from palermo.intake.coding import AGE_FROM_BIRTH, BORN_ON, DIGEST
from palermo.intake.rules import rule
from palermo.tables import NOTHING, SOURCE_ROW

__all__: list[str] = []


@rule("record.repeated", field="", needs=(), level="note")
def not_repeated(cases: Table) -> BooleanValue:
    """No row is the same as an earlier one in every cell."""
    return cases[SOURCE_ROW] == cases[SOURCE_ROW].min().over(ibis.window(group_by=DIGEST))


@rule("record_id.repeated", field="record_id", level="warning")
def one_row_a_record(cases: Table) -> BooleanValue:
    """A record number stands on one record only."""
    by_id = ibis.window(group_by="record_id")
    return cases.record_id.isnull() | (cases[DIGEST].min().over(by_id) == cases[DIGEST].max().over(by_id))


@rule("date.order", field="detected_on", needs=("detected_on", "registered_on"))
def detected_before_registered(cases: Table) -> BooleanValue:
    """Nobody is registered before they are detected."""
    return cases.detected_on <= cases.registered_on


@rule("date.in-future", field="registered_on")
def not_in_future(cases: Table) -> BooleanValue:
    """Nobody is registered after the day on which the data were taken."""
    return cases.registered_on <= cases.as_of


@rule("date.born-after-detected", field="born_on", needs=("born_on",))
def born_before_detected(cases: Table) -> BooleanValue:
    """Nobody is detected before they are born."""
    return cases[BORN_ON] <= ibis.coalesce(cases.detected_on, cases.registered_on)


@rule("age.against-birth-date", field="age", needs=("age", "born_on"))
def age_fits_birth_date(cases: Table) -> BooleanValue:
    """An age is the one that follows from the date of birth, give or take a year."""
    return (cases.age - cases[AGE_FROM_BIRTH]).abs() <= 1


@rule("age_group.against-age", field="age_group", needs=("age_group", "age"))
def group_fits_age(cases: Table) -> BooleanValue:
    """A child is under 18, and an adult is not."""
    return (cases.age_group == "child") == (cases.age < 18)


@rule("core.means-missing", field="means", needs=("means", "purpose"), level="warning")
def adult_has_means(cases: Table) -> BooleanValue:
    """For an adult the definition needs a means; for a child it doesn't."""
    adult_with_purpose = (cases.age_group == "adult") & _says_something(cases, "purpose")
    return ~adult_with_purpose | _says_something(cases, "means")


@rule("status.without-decider", field="status_decided_by", needs=("status", "status_decided_by"), level="warning")
def status_has_decider(cases: Table) -> BooleanValue:
    """A status says who decided it."""
    return cases.status.isnull() | (cases.status == "flagged") | cases.status_decided_by.notnull()


def _says_something(cases: Table, field: str) -> BooleanValue:
    first = ibis.coalesce(cases[field], ibis.array(["unknown"]))[0]
    return first.notin(NOTHING)
