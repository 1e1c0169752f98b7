"""Draw numbers with their intervals: a dot on a line, names beside or above."""

from __future__ import annotations

import altair as alt

from palermo.reports.drawing.canvas import Box, Layer, Sheet, Words, blanks, fill_of, lines, pixels, width_of, words
from palermo.reports.drawing.factors import place, ticks
from palermo.reports.marks import Spans
from palermo.reports.numbers import whole
from palermo.reports.palette import for_light

__all__ = ["draw"]

SIZE = 14.0
SMALL = 12.0
ROW = 30
TALL = 46
SIGN = 14


def draw(marks: Spans, width: int) -> Sheet:
    """Lay out the scale, then span under span."""
    narrow = width < 500
    row = TALL if narrow else ROW
    label = max(width_of(span.label, SIZE) for span in marks.spans)
    start = 20.0 if narrow else min(260.0, label + 16)
    end = width - 24.0 - (0 if narrow else max(width_of(span.text, SIZE) for span in marks.spans) + 4)
    scale = ticks(*marks.limits)
    top, bottom = 26.0, 26.0 + row * len(marks.spans)

    def x(value: int) -> float:
        return start + place(value, scale) * (end - start)

    bands = [(top + row * nth + 20, top + row * (nth + 1) - 4) for nth in range(len(marks.spans))]
    bands = bands if narrow else [(top, bottom)]
    rules = [{"x": x(tick), "x2": x(tick), "y": y, "y2": y2} for tick in scale for y, y2 in bands]
    halves = [(tick, width_of(whole(tick), SMALL) / 2) for tick in scale]
    heads: list[Words] = [
        {"x": min(max(x(tick), half), width - half), "y": 10, "text": whole(tick), "anchor": "middle"}
        for tick, half in halves
    ]
    floor = [{"x": x(marks.floor), "x2": x(marks.floor), "y": y, "y2": y2} for y, y2 in bands]
    names: list[Words] = []
    values: list[Words] = []
    bars: list[dict[str, float]] = []
    dots: list[dict[str, float | str]] = []
    signs: list[Box] = []
    for nth, span in enumerate(marks.spans):
        y = top + row * nth + (30 if narrow else row / 2)
        if narrow:
            names.append({"x": 0, "y": y - 18, "text": span.label})
            values.append({"x": width, "y": y - 18, "text": span.text, "anchor": "end"})
        else:
            names.append({"x": start - 14, "y": y, "text": span.label, "anchor": "end"})
            values.append({"x": width, "y": y, "text": span.text, "anchor": "end"})
        if span.low is not None and span.high is not None:
            bars.append({"x": x(span.low), "x2": x(span.high), "y": y, "y2": y})
        if span.point is not None:
            dots.append({"x": x(span.point), "y": y, "fill": for_light("quantity")})
        if span.is_withheld:
            signs.append(_sign(x(marks.floor), y))
    layers = [
        lines(rules),
        lines(floor, colour="outline", width=2),
        *([lines(bars, colour="quantity-soft", width=4)] if bars else []),
        *([_dots(dots)] if dots else []),
        *([blanks(signs, colour="hatch")] if signs else []),
        *words(heads, size=SMALL, colour="quiet"),
        *words(names, size=SIZE),
        *words(values, size=SIZE, colour="quiet"),
    ]
    return Sheet(tuple(layers), width, round(bottom + 6))


def _dots(rows: list[dict[str, float | str]]) -> Layer:
    mark = alt.Chart().mark_point(shape="circle", size=90, filled=True, opacity=1)
    return Layer(mark.encode(**pixels("x", "y", "fill")), rows)


def _sign(x: float, y: float) -> Box:
    return {"x": x + 4, "x2": x + 4 + SIGN, "y": y - SIGN / 2, "y2": y + SIGN / 2, "fill": fill_of("withheld")}
