"""Put a report together: which figures, tables and sentences a release gives."""

from __future__ import annotations

from collections.abc import Mapping

from palermo.reports.boundaries import LonLat
from palermo.reports.cells import Counts
from palermo.reports.changes import compare
from palermo.reports.context import Context
from palermo.reports.description import Report
from palermo.reports.figures import completeness, figures_of, maps_of
from palermo.reports.keyfigures import key_figures
from palermo.reports.labels import Labels
from palermo.reports.method import method
from palermo.reports.numbers import joined, lower_first, plural
from palermo.reports.quality import completeness_tables, finding_sentences, finding_tables
from palermo.reports.tableviews import table_view
from palermo.reports.unseen import unseen
from palermo.tables import Edition, Release

__all__ = ["describe"]

EXPECTED = {
    "form_of_exploitation": "the forms of exploitation",
    "citizenship": "citizenship",
    "country_of_exploitation": "the country of exploitation",
    "means_of_control": "the means of control",
    "recruiter_relation": "the recruiter's relation to the victim",
    "reporting_entity": "the reporting entities",
}
INDICATORS = ("detected-victims", "formal-contact", "prosecuted", "convicted", "offences")
"""Indicators in the order of what happens; others come after."""


def describe(
    release: Release,
    edition: Edition,
    *,
    previous: Release | None = None,
    labels: Labels,
    places: Mapping[str, LonLat] | None = None,
) -> Report:
    """Say in words and values all that a report will show; nothing is drawn yet."""
    context = Context(release, edition, labels, dict(places or {}))
    statistics = [
        Counts(table) for table in release.tables if table.kind == "statistics" and not table.cells.is_empty()
    ]
    statistics.sort(key=_place)
    figures = [figure for counts in statistics for figure in figures_of(counts, context)]
    maps = [figure for counts in statistics for figure in maps_of(counts, context)]
    completeness_figure = completeness(completeness_tables(context), context)
    return Report(
        title=edition.title,
        key_figures=key_figures(statistics, context),
        coverage=_coverage(edition),
        cautions=tuple(dict.fromkeys(edition.cautions)),
        figures=tuple(figure for figure in figures if not figure.is_empty),
        withheld=tuple(figure.title for figure in figures if figure.is_empty),
        maps=tuple(figure for figure in maps if not figure.is_empty),
        tables=tuple(table_view(counts.table, context) for counts in statistics),
        quality_figures=(completeness_figure,) if completeness_figure else (),
        quality_findings=finding_sentences(context),
        quality_tables=finding_tables(context),
        method=method(release, _units(statistics, edition)),
        changes=None if previous is None else compare(release, previous, context),
        absent=_absent(statistics, edition),
        unseen=unseen(release),
    )


def _coverage(edition: Edition) -> tuple[str, ...]:
    """Say who is in the data; with several sources, in which."""
    said = dict.fromkeys((source.title, source.coverage) for source in edition.sources if source.coverage)
    return tuple(f"{title}: {lower_first(words)}" if len(said) > 1 else words for title, words in said)


def _absent(statistics: list[Counts], edition: Edition) -> tuple[str, ...]:
    """Name what tables about records usually have and this release has not."""
    if any(counts.is_reported for counts in statistics):
        return ()
    if not statistics:
        return (f"This release has no table yet. Tables of {plural(edition.unit)} will stand here.",)
    fields = {field for counts in statistics for field in counts.fields}
    missing = [words for field, words in EXPECTED.items() if field not in fields]
    return (f"Not in this release: {joined(missing)}.",) if missing else ()


def _units(statistics: list[Counts], edition: Edition) -> str:
    """Name what the numbers stand on."""
    units = dict.fromkeys(plural(counts.table.unit) for counts in statistics) or {plural(edition.unit): None}
    return " or ".join(units)


def _place(counts: Counts) -> int:
    """Put tables of indicators in the order of what happens, and leave all others where they are."""
    indicator = counts.table.name.partition("-by-")[0]
    return INDICATORS.index(indicator) if indicator in INDICATORS else len(INDICATORS)
