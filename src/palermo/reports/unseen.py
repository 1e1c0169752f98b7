"""The part of a report that says how many people are in no source, or why nobody can say."""

from __future__ import annotations

from palermo.reports.cells import Counts
from palermo.reports.description import Unseen
from palermo.reports.figures.estimates import method_spans
from palermo.reports.numbers import whole
from palermo.tables import Release, ReleasedEstimate

__all__ = ["unseen"]

ASSUMED = (
    "People in no source are taken to be met like those in some: no dependence of all sources together, and none that"
    " the model leaves out. The data cannot test this."
)
CLOSED = "The number is of everyone who could have been met in the period, and not of those who are there on one day."
SOURCE = "Source: who is in which sources of this release, as the records were linked without names."


def unseen(release: Release) -> Unseen | None:
    """Say it in words and one figure; nothing where nothing was estimated."""
    if not release.estimates:
        return None
    shown = [each for each in release.estimates if each.point is not None]
    if not shown:
        why = dict.fromkeys(words for each in release.estimates for words in each.words)
        return Unseen("No number of people in no source can be defended.", tuple(why), (), None)
    return Unseen(_reach(shown), (ASSUMED, CLOSED), tuple(shown), method_spans(release, _seen(release), SOURCE))


def _reach(shown: list[ReleasedEstimate]) -> str:
    """Say how far all intervals reach together."""
    lows, highs = [each.low for each in shown], [each.high for each in shown]
    points = sorted({each.point for each in shown if each.point is not None})
    between = whole(points[0]) if len(points) == 1 else f"{whole(points[0])} to {whole(points[-1])}"
    told = f"About {between} people could have been met, seen or unseen"
    if any(low is None for low in lows):
        return f"{told}; how sure this is cannot be told."
    least = whole(min(low for low in lows if low is not None))
    most = whole(max(high for high in highs if high is not None)) if None not in highs else ""
    return (
        f"{told}; {least} to {most} with what the linkage and chance leave open."
        if most
        else (f"{told}; {least} at the least, and no upper limit can be given.")
    )


def _seen(release: Release) -> int:
    """How many people were counted, if a table says so."""
    totals = [Counts(table).total.count for table in release.tables if table.unit == "person"]
    return next((total for total in totals if total), 1)
