"""Records of one source that share an id."""

from __future__ import annotations

import ibis
from ibis.expr.types import StringValue, Table

from palermo.tables import SOURCE_ROW

__all__ = ["told_apart"]


def told_apart(table: Table) -> StringValue:
    """Give each record's ``record_id``, and tell apart those that share one by #2, #3 and so on, in their order.

    An agency encodes its records under these ids, and a project finds them again by the same.
    """
    nth = ibis.row_number().over(ibis.window(group_by=table.record_id, order_by=table[SOURCE_ROW])) + 1
    again: StringValue = ibis.literal("#") + nth.cast("string")
    told: StringValue = table.record_id + ibis.ifelse(nth > 1, again, "")
    return told
