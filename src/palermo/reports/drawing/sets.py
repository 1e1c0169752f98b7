"""Draw overlaps: a column for each set of lists, its number above and its lists below."""

from __future__ import annotations

import altair as alt

from palermo.reports.drawing.canvas import (
    Box,
    Layer,
    Sheet,
    Words,
    blanks,
    boxes,
    fill_of,
    lines,
    pixels,
    width_of,
    words,
)
from palermo.reports.marks import Sets
from palermo.reports.numbers import whole
from palermo.reports.palette import for_light

__all__ = ["draw"]

SIZE = 13.0
SMALL = 11.0
TOP, HEIGHT, ROW = 20.0, 180.0, 24.0
LEAST = 27.0
"""How wide a column is at least, so that a number of four digits fits above it."""
SIGN = 12


def draw(marks: Sets, width: int) -> Sheet:
    """Draw as many columns as fit, the largest first."""
    left = max(width_of(name, SIZE) for name in marks.lists) + 14
    fitting = marks.overlaps[: int((width - left) // LEAST)]
    across = min(44.0, (width - left) / max(1, len(fitting)))
    base = TOP + HEIGHT
    bars: list[Box] = []
    kept: list[Box] = []
    numbers: list[Words] = []
    on: list[dict[str, float | str]] = []
    off: list[dict[str, float | str]] = []
    stems: list[dict[str, float]] = []
    for nth, overlap in enumerate(fitting):
        middle = left + (nth + 0.5) * across
        if overlap.count is None:
            kept.append(_box(middle, base - SIGN - 2, base - 2, SIGN / 2, fill_of("withheld")))
        else:
            high = base - overlap.count * HEIGHT / marks.maximum
            bars.append(_box(middle, high, base, across * 0.36, for_light("quantity")))
            numbers.append({"x": middle, "y": high - 9, "text": whole(overlap.count), "anchor": "middle"})
        for place in range(len(marks.lists)):
            row: dict[str, float | str] = {"x": middle, "y": _row(place, base)}
            (on if place in overlap.on else off).append(row)
        stems.append({"x": middle, "x2": middle, "y": _row(min(overlap.on), base), "y2": _row(max(overlap.on), base)})
    names: list[Words] = [
        {"x": left - 8, "y": _row(place, base), "text": name, "anchor": "end"} for place, name in enumerate(marks.lists)
    ]
    layers = [
        lines([{"x": left, "x2": left + across * len(fitting), "y": base, "y2": base}], colour="outline"),
        *([boxes(bars)] if bars else []),
        *([blanks(kept, colour="hatch")] if kept else []),
        *words(numbers, size=SMALL, colour="quiet"),
        _dots(off, "hairline"),
        lines(stems, colour="ink", width=2),
        _dots(on, "ink"),
        *words(names, size=SIZE),
    ]
    return Sheet(tuple(layers), width, round(_row(len(marks.lists), base)))


def _row(place: int, base: float) -> float:
    return base + 20 + place * ROW


def _box(middle: float, top: float, bottom: float, half: float, fill: str) -> Box:
    return {"x": middle - half, "x2": middle + half, "y": top, "y2": bottom, "fill": fill}


def _dots(rows: list[dict[str, float | str]], colour: str) -> Layer:
    mark = alt.Chart().mark_point(shape="circle", size=70, filled=True, opacity=1, fill=for_light(colour))
    return Layer(mark.encode(**pixels("x", "y")), rows)
