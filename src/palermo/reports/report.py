"""Write a release as one page that opens anywhere, without a network and without scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from palermo.reports.boundaries import LonLat
from palermo.reports.compose import describe
from palermo.reports.drawing import AltairRenderer, Renderer
from palermo.reports.labels import Labels
from palermo.reports.palette import style_variables
from palermo.tables import Edition, Release

__all__ = ["FIRST_ROWS", "pages", "write_report"]

FIRST_ROWS = 20


def write_report(
    release: Release,
    edition: Edition,
    *,
    previous: Release | None = None,
    labels: Labels,
    places: Mapping[str, LonLat] | None = None,
    renderer: Renderer | None = None,
) -> str:
    """Write the report of a release as one self-contained HTML document.

    Parameters
    ----------
    previous : Release
        The release before, to say what changed; without it, this one is called the first.
    places : Mapping[str, tuple[float, float]]
        Longitude and latitude, in degrees, of countries that our boundaries have not, or have elsewhere.
    renderer : Renderer
        Draws the figures; Altair and vl-convert unless told otherwise.

    Returns
    -------
    str
        The same for the same release, byte by byte.
    """
    report = describe(release, edition, previous=previous, labels=labels, places=places)
    drawer = renderer or AltairRenderer()
    figures = [*report.figures, *report.maps, *report.quality_figures]
    if report.unseen and report.unseen.figure:
        figures.append(report.unseen.figure)
    template = pages().get_template("report.html.j2")
    return template.render(
        report=report,
        release=release,
        edition=edition,
        drawings={figure.name: Markup(drawer.draw(figure)) for figure in figures},
        style=Markup(_style(edition)),
        first_rows=FIRST_ROWS,
    )


def pages() -> Environment:
    """Open the templates."""
    return Environment(
        loader=PackageLoader("palermo.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style(edition: Edition) -> str:
    """Join the colours, the style sheet and what print repeats on every page."""
    sheet = (files("palermo.reports") / "templates/report.css").read_text(encoding="utf-8")
    running = (
        f"@page{{@top-left{{content:{_css_string(edition.title)}}}"
        f"@top-right{{content:{_css_string('Release ' + edition.id)}}}}}"
    )
    return "\n".join((style_variables(), sheet, running))


def _css_string(text: str) -> str:
    """Quote a text for a style sheet; all but letters, digits and spaces are told by number."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):06x} ", text) + '"'
