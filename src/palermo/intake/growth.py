"""What a file counts, held against the file before it."""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from palermo.intake.coding import HIGH, KEY
from palermo.tables import SOURCE_ROW

__all__ = ["MULTIPLIED", "find_multiplied"]

MULTIPLIED = "total.multiplied"
"""The rule that a count breaks which is some times that of the same thing in the file before."""

_FEW = 20


def find_multiplied(rows: Table, before: Table, shape: str) -> Table:
    """Find counts that are exactly twice, three times or more what the file before says of the same thing.

    Joins that multiply rows make them so. Of records, those of each year are counted; of aggregates, each is compared.

    Returns
    -------
    Table
        ``source_row``, ``rule``, ``field``, as all findings.
    """
    count, field = _COUNTS[shape]
    now, then = count(rows), count(before)
    earlier = then.select(same=then.thing, earlier=then.counted)
    both = now.inner_join(earlier, now.thing == earlier.same)
    leapt = both.filter((both.earlier >= _FEW) & (both.counted > both.earlier) & (both.counted % both.earlier == 0))
    return leapt.select(SOURCE_ROW, rule=ibis.literal(MULTIPLIED), field=ibis.literal(field))


def _records(rows: Table) -> Table:
    dated = rows.mutate(thing=ibis.coalesce(rows.registered_on, rows.detected_on).year())
    counted = dated.group_by("thing").agg(counted=dated.count(), **{SOURCE_ROW: dated[SOURCE_ROW].min()})
    return counted.filter(counted.thing.notnull())


def _aggregates(rows: Table) -> Table:
    exact = rows.filter(rows.value == rows[HIGH])
    return exact.group_by(thing=KEY).agg(counted=exact.value.max(), **{SOURCE_ROW: exact[SOURCE_ROW].min()})


_COUNTS = {"records": (_records, ""), "aggregates": (_aggregates, "value")}
