"""Records and persons: how many people stand behind the records, and how many records repeat somebody."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import polars as pl
from ibis.expr.types import Table

from palermo.statistics.records import Counted, exact
from palermo.tables import EMPTY, SOURCE_ROW, Dimension, Engine, Tabulation

__all__ = ["FIRST", "count_at_thresholds", "count_once", "mark_first"]

_FIELD = "record_of_person"
FIRST = (_FIELD, "first")
"""What the records are of which each stands for a person."""

_NOTES = (
    "A person's earliest record counts the person, for the entity that made it. All others are what would have been"
    " counted double.",
    "Which records are one person's was found without names, and is an estimate.",
)


def mark_first(cases: Table) -> Table:
    """Say of each record whether it is the earliest of its person, in the field ``record_of_person``.

    Parameters
    ----------
    cases
        Records with ``person_id`` and ``source``.
    """
    on = ibis.coalesce(cases.detected_on, cases.registered_on)
    order = [on.isnull(), on, cases.source, cases[SOURCE_ROW]]
    nth = ibis.row_number().over(ibis.window(group_by=cases.person_id, order_by=order))
    return cases.mutate(**{_FIELD: ibis.ifelse(nth == 0, "first", "again")})


def count_once(marked: Table, what: Counted, *, engine: Engine, notes: tuple[str, ...] = ()) -> Tabulation:
    """Count the first records and all others, by the entity that made them: persons and double count are the records.

    Parameters
    ----------
    marked
        All records, as `mark_first` leaves them.
    notes
        What else must be said of the linkage.
    """
    by = ("reporting_entity", _FIELD)
    entity = marked.reporting_entity.cast("string").fill_null(EMPTY)
    kept = marked.select(_FIELD, *what.columns, reporting_entity=entity)
    cells = exact(engine.collect(engine.cube(kept, by, what.measures)), by)
    return Tabulation(
        name="records-and-persons",
        title="Records and persons, by reporting entity",
        dimensions=tuple(Dimension(field) for field in by),
        unit=what.unit,
        population=what.population,
        cells=cells.sort(by),
        notes=(*_NOTES, *notes),
        universe=what.universe,
    )


def count_at_thresholds(
    cases: Table, columns: Mapping[str, str], what: Counted, *, own: str, engine: Engine
) -> Tabulation:
    """Count the persons at several thresholds of the linkage, to show how much hangs on it.

    Parameters
    ----------
    columns
        By threshold, the column that says whose a record is.
    own
        The threshold that all else stands on.
    """
    persons = engine.collect(cases.aggregate(**{name: cases[column].nunique() for name, column in columns.items()}))
    rows = {"linkage_threshold": list(persons.columns), "count": [int(count) for count in persons.row(0)]}
    cells = exact(pl.DataFrame(rows).with_columns(contributors=pl.col("count")), ["linkage_threshold"])
    return Tabulation(
        name="quality-linkage-threshold",
        title="Persons, by how probable it must be that two records are one person's",
        dimensions=(Dimension("linkage_threshold", "reported"),),
        unit=what.unit,
        population=what.population,
        cells=cells,
        notes=(f"All other tables stand on {own}. The further apart these numbers, the less is certain.",),
        universe="linkage-thresholds",
        kind="quality",
        unlisted="not-reported",
    )
