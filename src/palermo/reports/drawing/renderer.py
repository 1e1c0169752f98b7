"""Renderers: what turns the marks of a figure into SVG, loading Altair only when there is something to draw."""

from __future__ import annotations

from html import escape
from typing import Protocol

from palermo.reports.description import FigureSpec
from palermo.reports.marks import Bars, Crowd, Flows, Sets, Spans, Strips, Tiles, Years

__all__ = ["WIDTHS", "AltairRenderer", "NullRenderer", "Renderer"]

WIDTHS = {"wide": 760, "narrow": 320}
"""Each figure is drawn twice, for a page and for a phone, so that its words keep their size."""


class Renderer(Protocol):
    """Draws the marks of a figure as inline SVG; title, caution and source are the page's."""

    def draw(self, spec: FigureSpec) -> str:
        """Give markup that is safe to put in a page."""
        ...


class NullRenderer:
    """Draws nothing, for tests of everything else."""

    def draw(self, spec: FigureSpec) -> str:
        """Give an empty picture with the text alternative."""
        return f'<svg class="drawing" role="img" aria-label="{escape(spec.alternative)}"></svg>'


class AltairRenderer:
    """Draws with Altair and vl-convert."""

    def draw(self, spec: FigureSpec) -> str:
        """Give the picture at both widths."""
        return "".join(_at(spec, size, width) for size, width in WIDTHS.items())


def _at(spec: FigureSpec, size: str, width: int) -> str:
    from palermo.reports.drawing import bars, canvas, crowd, flows, sets, spans, strips, tiles, years

    marks = spec.marks
    if isinstance(marks, Bars):
        sheet = bars.draw(marks, width)
    elif isinstance(marks, Years):
        sheet = years.draw(marks, width)
    elif isinstance(marks, Strips):
        sheet = strips.draw(marks, width)
    elif isinstance(marks, Tiles):
        sheet = tiles.draw(marks, width)
    elif isinstance(marks, Spans):
        sheet = spans.draw(marks, width)
    elif isinstance(marks, Crowd):
        sheet = crowd.draw(marks, width)
    elif isinstance(marks, Sets):
        sheet = sets.draw(marks, width)
    else:
        assert isinstance(marks, Flows)
        sheet = flows.draw(marks, width)
    return canvas.to_svg(sheet, name=f"{spec.name}-{size}", size=size, alternative=spec.alternative)
