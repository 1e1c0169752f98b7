"""Cases → comparable tables."""

from palermo.statistics.keys import key_records
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
    "MOST_DIMENSIONS",
    "RECORD_TABLES",
    "Counted",
    "count_findings",
    "count_quality",
    "count_records",
    "key_records",
    "lagging_year",
    "percent",
    "record_tables",
    "reported_tables",
    "reporting_countries",
    "sum_reported",
]
