"""Draw lines over years, with their names at the ends on a page and above on a phone."""

from __future__ import annotations

from typing import Any

import altair as alt

from palermo.reports.drawing.canvas import Box, Layer, Words, boxes, fill_of, pixels, width_of, words, wrap
from palermo.reports.drawing.frame import SIGN, Frame
from palermo.reports.marks import Point, Series, Years
from palermo.reports.palette import for_light

SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
"""Each line has marks of its own, so that lines can be told apart in grey."""

__all__ = ["heads", "names_at_ends", "paths"]


def paths(marks: Years, frame: Frame) -> list[Layer]:
    """Draw the lines and their dots."""
    layers: list[Layer] = []
    for nth, series in enumerate(marks.series):
        for run, dashed in _runs(series, marks):
            layers.append(_line(run, frame, series.paint, dashed))
        layers += _dots(series, SHAPES[nth % len(SHAPES)], marks, frame)
    return layers


def _runs(series: Series, marks: Years) -> list[tuple[list[Point], bool]]:
    """Cut a line where a year is withheld or missing; the way to a provisional year is dashed."""
    runs: list[tuple[list[Point], bool]] = []
    places = {year: nth for nth, year in enumerate(marks.years)}
    for before, after in zip(series.points, series.points[1:], strict=False):
        if before.value is None or after.value is None or places[after.year] != places[before.year] + 1:
            continue
        dashed = after.year in marks.provisional
        if runs and runs[-1][0][-1] == before and runs[-1][1] == dashed:
            runs[-1][0].append(after)
        else:
            runs.append(([before, after], dashed))
    return runs


def _line(run: list[Point], frame: Frame, paint: str, dashed: bool) -> Layer:
    scale = alt.Scale(domain=[0, frame.ticks[-1]], range=[frame.bottom, frame.top], nice=False)
    rows = [{"x": frame.x(point.year), "value": point.value} for point in run]
    dash: dict[str, Any] = {"strokeDash": [5, 4]} if dashed else {}
    mark = alt.Chart().mark_line(stroke=for_light(paint), strokeWidth=2.4, **dash)
    y = alt.Y(field="value", type="quantitative", scale=scale, axis=None)
    return Layer(mark.encode(y=y, **pixels("x")), rows)


def _dots(series: Series, shape: str, marks: Years, frame: Frame) -> list[Layer]:
    """Mark each year; a provisional one with an open mark."""
    rows = [
        {
            "x": frame.x(point.year),
            "y": frame.y(point.value),
            "fill": for_light("paper" if point.year in marks.provisional else series.paint),
        }
        for point in series.points
        if point.value is not None
    ]
    size = 40 if frame.step > 18 else 22
    mark = alt.Chart().mark_point(
        shape=shape, size=size, stroke=for_light(series.paint), strokeWidth=1.6, filled=True, opacity=1
    )
    return [Layer(mark.encode(**pixels("x", "y", "fill")), rows)] if rows else []


def names_at_ends(marks: Years, frame: Frame, width: int) -> list[Layer]:
    """Write the names beside the ends of the lines, each with its colour, pushed apart where they'd touch."""
    size = frame.size
    ends = [
        (frame.y(known[-1].value or 0), series, SHAPES[nth % len(SHAPES)])
        for nth, series in enumerate(marks.series)
        if (known := _known(series))
    ]
    ends.sort(key=lambda end: end[0])
    x = frame.right + 4
    wrapped = [wrap(series.label, width - x - SIGN - 8, size) for _, series, _ in ends]
    tall = [len(rows) * size * 1.2 + 4 for rows in wrapped]
    floor = frame.top - 8.0
    tops: list[float] = []
    for (y, _, _), height in zip(ends, tall, strict=True):
        floor = max(floor, y - height / 2)
        tops.append(floor)
        floor += height
    over = max(0.0, floor - frame.bottom - 10)
    layers: list[Layer] = []
    for (_, series, shape), rows, top in zip(ends, wrapped, tops, strict=True):
        layers += _name(series, shape, rows, x, max(top - over, 4) + size * 0.6 + 2, size)
    return layers


def heads(marks: Years, width: int, size: float) -> tuple[list[Layer], float]:
    """Write the names above the lines, and say where they end."""
    layers: list[Layer] = []
    x, y = 0.0, 10.0
    for nth, series in enumerate(marks.series):
        needs = SIGN + 8 + width_of(series.label, size) + 16
        if x and x + needs > width:
            x, y = 0.0, y + 22
        layers += _name(series, SHAPES[nth % len(SHAPES)], [series.label], x, y, size)
        x += needs
    return layers, y + 12


def _known(series: Series) -> list[Point]:
    return [point for point in series.points if point.value is not None]


def _name(series: Series, shape: str, rows: list[str], x: float, y: float, size: float) -> list[Layer]:
    box: Box = {"x": x, "x2": x + SIGN + 2, "y": y - 1.2, "y2": y + 1.2, "fill": fill_of(series.paint)}
    mark = alt.Chart().mark_point(
        shape=shape, size=40, fill=for_light(series.paint), stroke=for_light(series.paint), opacity=1
    )
    sign = Layer(mark.encode(**pixels("x", "y")), [{"x": x + SIGN / 2 + 1, "y": y}])
    text: Words = {"x": x + SIGN + 8, "y": y, "text": rows}
    return [boxes([box]), sign, *words([text], size=size)]
