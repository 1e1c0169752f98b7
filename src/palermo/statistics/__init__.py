"""Cases → comparable tables."""

from palermo.statistics.keys import RECORD_KEY, key_records
from palermo.statistics.persons import FIRST, count_at_thresholds, count_once, mark_first
from palermo.statistics.publication import (
    RECORD_TABLES,
    count_findings,
    count_quality,
    lagging_year,
    record_tables,
    reported_tables,
)
from palermo.statistics.records import MOST_DIMENSIONS, Counted, count_records, percent
from palermo.statistics.reported import AREA_FIELD, reporting_countries, sum_reported

__all__ = [
    "AREA_FIELD",
    "FIRST",
    "MOST_DIMENSIONS",
    "RECORD_KEY",
    "RECORD_TABLES",
    "Counted",
    "count_at_thresholds",
    "count_findings",
    "count_once",
    "count_quality",
    "count_records",
    "key_records",
    "lagging_year",
    "mark_first",
    "percent",
    "record_tables",
    "reported_tables",
    "reporting_countries",
    "sum_reported",
]
