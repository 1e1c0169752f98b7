"""The page of quality: six answers for each source, what each field says year by year, and where to look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from markupsafe import Markup

from palermo.reports.palette import style_variables
from palermo.reports.report import pages

__all__ = ["FindingLine", "QualityPage", "ShareLine", "SourceQuality", "write_quality"]

Share = tuple[int, int] | None
"""So many of so many; None where nothing is known."""


@dataclass(frozen=True, slots=True)
class ShareLine:
    """The answer to one question about a source."""

    name: str
    question: str
    part: int
    whole: int
    says: str
    """What the share is a share of."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A rule that rows of a source break."""

    sentence: str
    field: str
    rows: int
    first_row: int


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """How good one source is."""

    name: str
    title: str
    rows: int
    years: tuple[int, ...]
    days_behind: int | None
    dimensions: tuple[ShareLine, ...]
    by_field: tuple[tuple[str, tuple[Share, ...]], ...]
    """Field → what is recorded, of all years first, then of each."""
    by_year: tuple[tuple[str, tuple[Share, ...]], ...]
    """Dimension → the rows that are sound, likewise."""
    breaks: tuple[str, ...]
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """What the page says. Its numbers have not passed the gate, so it is for those inside."""

    as_of: date
    coverage: tuple[str, ...]
    sources: tuple[SourceQuality, ...]
    version: str


def write_quality(page: QualityPage) -> str:
    """Write the quality of all sources as one self-contained HTML document, the same for the same answers."""
    sheets = [files("palermo.reports") / f"templates/{name}.css" for name in ("report", "quality")]
    style = "\n".join((style_variables(), *(sheet.read_text(encoding="utf-8") for sheet in sheets)))
    template = pages().get_template("quality.html.j2")
    return template.render(page=page, style=Markup(style), percent=_percent, step=_step)


def _percent(share: Share) -> str:
    """Write a share in whole percent; only all is 100, and only none is 0."""
    if share is None or not share[1]:
        return "–"
    part, whole = share
    rounded = (200 * part + whole) // (2 * whole)
    if 0 < part < whole:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded} %"


def _step(share: Share) -> int:
    """Choose the tone of a cell: four steps of one hue."""
    return 0 if share is None or not share[1] else min(share[0] * 4 // share[1] + 1, 4)
