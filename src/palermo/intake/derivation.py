"""Fields that follow from others: the year from a date, the age from two, the band and the group from the age."""

from __future__ import annotations

from collections.abc import Set

import ibis
from ibis.expr.types import DateValue, IntegerValue, StringValue, Table

from palermo.intake.coding import AGE_FROM_BIRTH, BORN_ON
from palermo.standard import Standard

__all__ = ["age_on", "derive", "following"]

_OLDEST = 110


def derive(table: Table, standard: Standard) -> Table:
    """Fill what follows from other fields of a record, where the source did not say it itself."""
    day = ibis.coalesce(table.registered_on, table.detected_on)
    counted = age_on(table[BORN_ON], day)
    possible = ibis.ifelse(counted.between(0, _OLDEST), counted, ibis.null("int64"))
    age = ibis.coalesce(table.age, possible)
    band = ibis.coalesce(table.age_band, _band(age, standard))
    group = ibis.coalesce(table.age_group, _group(band, standard))
    year = ibis.coalesce(table.year, day.year().cast("int64"))
    return table.mutate(year=year, age=age, age_band=band, age_group=group, **{AGE_FROM_BIRTH: counted})


def following(filled: Set[str]) -> frozenset[str]:
    """Say which fields `derive` can fill from those that a file fills."""
    dated = bool({"registered_on", "detected_on"} & filled)
    chain = [("year", dated), ("age", dated and BORN_ON in filled)]
    found = {field for field, follows in chain if follows}
    found |= {"age_band"} if "age" in found | filled else set()
    found |= {"age_group"} if "age_band" in found | filled else set()
    return frozenset(found)


def age_on(born_on: DateValue, day: DateValue) -> IntegerValue:
    """Count completed years."""
    before = (day.month() < born_on.month()) | ((day.month() == born_on.month()) & (day.day() < born_on.day()))
    return (day.year() - born_on.year() - before.cast("int64")).cast("int64")


def _band(age: IntegerValue, standard: Standard) -> StringValue:
    codes = sorted(code.code for code in standard.codes("age_band"))
    ends = [(code, code.partition("-")[2]) for code in codes]
    branches = [(age <= int(end), ibis.literal(code)) for code, end in ends if end]
    last = next((code for code, end in ends if not end), None)
    return ibis.ifelse(age.isnull(), ibis.null("string"), ibis.cases(*branches, else_=last))


def _group(band: StringValue, standard: Standard) -> StringValue:
    groups = {code.code: code.parent for code in standard.codes("age_band") if code.parent}
    return band.substitute(groups, else_=ibis.null("string"))
