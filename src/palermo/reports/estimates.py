"""The page of an estimate: all methods, all overlaps and all doubts that the gate has let out."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from palermo.reports.cells import Counts
from palermo.reports.description import FigureSpec, KeyFigure
from palermo.reports.drawing import AltairRenderer, Renderer
from palermo.reports.figures.estimates import TRIALS, method_spans, model_crowd, overlap_sets, trial_spans
from palermo.reports.numbers import whole
from palermo.reports.palette import style_variables
from palermo.reports.report import FIRST_ROWS, pages
from palermo.tables import Release

__all__ = ["EstimatesPage", "describe_estimates", "write_estimates"]

CHANGED = {name for name, *_ in TRIALS.values()}


@dataclass(frozen=True, slots=True)
class EstimatesPage:
    """What a page says besides what the gate has let out; no number of people is among it."""

    table: str
    sha256: str
    lists: tuple[str, ...]
    """In the order of the digits of a history."""
    assumption: str
    doubts: tuple[str, ...]
    seed: int
    bootstrap: int
    is_private: bool
    version: str


def write_estimates(release: Release, page: EstimatesPage, *, renderer: Renderer | None = None) -> str:
    """Write all estimates of a table as one self-contained HTML document.

    Returns
    -------
    str
        The same for the same release, byte by byte.
    """
    drawer = renderer or AltairRenderer()
    figures = describe_estimates(release, page)
    doubtful = tuple(figure for figure in figures if figure.name in CHANGED)
    sheet = (files("palermo.reports") / "templates/report.css").read_text(encoding="utf-8")
    return (
        pages()
        .get_template("estimates.html.j2")
        .render(
            page=page,
            release=release,
            key_figures=_key_figures(release),
            figures=[figure for figure in figures if figure not in doubtful],
            doubtful=doubtful,
            remarks=[
                words
                for each in release.estimates
                if each.group == "remarks" and each.status != "withheld"
                for words in each.words
            ],
            methods=[estimate for estimate in release.estimates if estimate.group == "method"],
            drawings={figure.name: Markup(drawer.draw(figure)) for figure in figures},
            style=Markup("\n".join((style_variables(), sheet))),
            first_rows=FIRST_ROWS,
        )
    )


def describe_estimates(release: Release, page: EstimatesPage) -> tuple[FigureSpec, ...]:
    """Say in words and values what the figures of the page will show."""
    seen, source = Counts(release.tables[0]).total.count or 1, f"Source: capture histories of the table {page.table}."
    found = (
        method_spans(release, seen, source),
        overlap_sets(release, page.lists, source),
        model_crowd(release, source),
        *(trial_spans(release, group, seen, source) for group in TRIALS),
    )
    return tuple(figure for figure in found if figure is not None)


def _key_figures(release: Release) -> tuple[KeyFigure, ...]:
    total = Counts(release.tables[0]).total.count
    seen = [KeyFigure(whole(total), "people on at least one list")] if total is not None else []
    points = [each.point for each in release.estimates if each.group == "method" and each.point is not None]
    if points:
        span = whole(points[0]) if min(points) == max(points) else f"{whole(min(points))}–{whole(max(points))}"
        seen.append(KeyFigure(span, f"people, seen or unseen, from the least to the greatest of {len(points)} methods"))
    return tuple(seen)
