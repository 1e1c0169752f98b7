"""Draw horizontal bars: names beside them on a page, above them on a phone."""

from __future__ import annotations

from dataclasses import dataclass, field

import altair as alt

from palermo.reports.drawing.canvas import (
    OUTLINED,
    Box,
    Layer,
    Sheet,
    Words,
    blanks,
    fill_of,
    lines,
    pixels,
    width_of,
    words,
    wrap,
)
from palermo.reports.marks import Bar, Bars

__all__ = ["draw"]

SIZE = 14.0
BREAK = 40
"""How far from its end a bar is broken that is longer than the scale."""

SIGN = 14
"""The side of the hatched sign that stands where a value is withheld."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things go, in pixels."""

    width: int
    start: int
    """Where bars start, beside the names; 0 where names stand above their bars."""
    end: int
    """Where the longest bar ends."""
    thick: int
    maximum: int

    @property
    def is_narrow(self) -> bool:
        return self.start == 0

    def x(self, value: int) -> float:
        return self.start + min(value, self.maximum) * (self.end - self.start) / self.maximum


@dataclass(slots=True)
class _Pieces:
    """What has been placed so far."""

    heads: list[Words] = field(default_factory=list)
    names: list[Words] = field(default_factory=list)
    values: list[Words] = field(default_factory=list)
    bars: list[dict[str, float | str]] = field(default_factory=list)
    empties: list[Box] = field(default_factory=list)
    signs: list[Box] = field(default_factory=list)
    zeros: list[dict[str, float]] = field(default_factory=list)


def draw(marks: Bars, width: int) -> Sheet:
    """Lay out groups, names, bars and values from the top."""
    layout = _layout(marks, width)
    pieces = _Pieces()
    y = 4.0
    for group in marks.groups:
        if group.label:
            pieces.heads.append({"x": 0, "y": y + 10, "text": group.label})
            y += 26
        first = y
        for bar in group.bars:
            y = _place(bar, y, layout, pieces)
        pieces.zeros.append({"x": layout.start, "x2": layout.start, "y": first, "y2": y})
        y += 10 if group.label else 0
    layers = [
        *([] if layout.is_narrow else [lines(pieces.zeros, colour="outline")]),
        _bars(pieces.bars, layout),
        *([blanks(pieces.signs, colour="hatch")] if pieces.signs else []),
        *([blanks(pieces.empties)] if pieces.empties else []),
        *words(pieces.heads, size=SIZE, weight=600),
        *words(pieces.names, size=SIZE),
        *words(pieces.values, size=SIZE, colour="quiet"),
    ]
    return Sheet(tuple(layers), width, round(y + 2))


def _layout(marks: Bars, width: int) -> _Layout:
    bars = [bar for group in marks.groups for bar in group.bars]
    if width < 500:
        return _Layout(width, 0, width, 10, marks.maximum)
    start = min(260, max(round(width_of(bar.label, SIZE)) for bar in bars) + 14)
    widest = max(width_of(bar.text, SIZE) for bar in bars)
    return _Layout(width, start, round(max(width - widest - 12, start + 120)), 16, marks.maximum)


def _place(bar: Bar, y: float, layout: _Layout, pieces: _Pieces) -> float:
    """Put one bar on the sheet and say where the next one begins."""
    top, step = (_above if layout.is_narrow else _beside)(bar, y, layout, pieces)
    foot = top + layout.thick
    if bar.value is None:
        left = layout.start + (0 if layout.is_narrow else 6)
        side = min(SIGN, layout.thick)
        pieces.signs.append({"x": left, "x2": left + SIGN, "y": top, "y2": top + side, "fill": fill_of("withheld")})
    elif bar.value > layout.maximum:
        cut = layout.end - BREAK
        fill = fill_of(bar.paint)
        pieces.empties.append({"x": layout.start, "x2": cut, "y": top, "y2": foot, "fill": fill})
        pieces.empties.append({"x": cut + 8, "x2": layout.end, "y": top, "y2": foot, "fill": fill})
    elif bar.paint in OUTLINED:
        right = layout.x(bar.value)
        pieces.empties.append({"x": layout.start, "x2": right, "y": top, "y2": foot, "fill": fill_of(bar.paint)})
    else:
        pieces.bars.append({"value": bar.value, "y": top, "y2": foot, "fill": fill_of(bar.paint)})
    return y + step


def _above(bar: Bar, y: float, layout: _Layout, pieces: _Pieces) -> tuple[float, float]:
    """Write name and value above the bar; say where the bar is and how far the next one."""
    rows = wrap(bar.label, layout.width - width_of(bar.text, SIZE) - 12, SIZE)
    pieces.names.append({"x": 0, "y": y + 8, "text": rows})
    pieces.values.append({"x": layout.width, "y": y + 8, "text": bar.text, "anchor": "end"})
    tall = len(rows) * SIZE * 1.2
    return y + 2 + tall, tall + 24


def _beside(bar: Bar, y: float, layout: _Layout, pieces: _Pieces) -> tuple[float, float]:
    """Write the name before and the value after the bar; say where the bar is and how far the next one."""
    rows = wrap(bar.label, layout.start - 10, SIZE, most=2)
    step = 26.0 if len(rows) == 1 else 38.0
    top = y + (step - layout.thick) / 2
    middle = top + layout.thick / 2
    shift = (len(rows) - 1) * SIZE * 0.6
    pieces.names.append({"x": layout.start - 10, "y": middle - shift, "text": rows, "anchor": "end"})
    end = layout.start + SIGN + 6 if bar.value is None else layout.x(bar.value)
    pieces.values.append({"x": end + 8, "y": middle, "text": bar.text})
    return top, step


def _bars(rows: list[dict[str, float | str]], layout: _Layout) -> Layer:
    """Draw bars from zero, on one scale."""
    scale = alt.Scale(domain=[0, layout.maximum], range=[layout.start, layout.end], nice=False)
    chart = (
        alt.Chart()
        .mark_rect()
        .encode(
            x=alt.X(field="zero", type="quantitative", scale=scale, axis=None),
            x2=alt.X2(field="value"),
            **pixels("y", "y2", "fill"),
        )
    )
    return Layer(chart, [{"zero": 0, **row} for row in rows])
