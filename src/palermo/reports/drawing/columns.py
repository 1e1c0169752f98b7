"""Draw columns: one number a year, its part on top, and a thin line from the least to the most."""

from __future__ import annotations

from palermo.reports.drawing.canvas import Box, Layer, Words, blanks, boxes, fill_of, lines, width_of, words
from palermo.reports.drawing.frame import Frame
from palermo.reports.marks import Point, Years
from palermo.reports.numbers import whole
from palermo.reports.palette import for_light

__all__ = ["columns"]


def columns(marks: Years, frame: Frame) -> list[Layer]:
    """Draw the columns; those of years that are not complete are light and dashed."""
    series = marks.series[0]
    half = min(frame.step * 0.36, 28)
    rows = [point for point in series.points if point.value is not None]
    sure = [_box(point, frame, half, fill_of(series.paint)) for point in rows if point.year not in marks.provisional]
    light = [_box(point, frame, half, for_light("soft")) for point in rows if point.year in marks.provisional]
    layers = [boxes(sure)] if sure else []
    layers += [blanks(light, colour=series.paint, dash=(4, 3))] if light else []
    layers += _parts(marks, rows, frame, half)
    layers += _whiskers(rows, frame)
    return layers + words(_numbers(marks, rows, frame), size=frame.size)


def _box(point: Point, frame: Frame, half: float, fill: str) -> Box:
    x = frame.x(point.year)
    return {"x": x - half, "x2": x + half, "y": frame.y(point.value or 0), "y2": frame.bottom, "fill": fill}


def _above(marks: Years) -> dict[str, int]:
    return {point.year: point.value for point in marks.part.points if point.value} if marks.part else {}


def _parts(marks: Years, rows: list[Point], frame: Frame, half: float) -> list[Layer]:
    """Set what may come on top above its column, with a line of paper between."""
    above = _above(marks)
    found: list[Box] = []
    gaps: list[dict[str, float]] = []
    for point in rows:
        if marks.part and point.year in above:
            x, foot, top = frame.x(point.year), point.value or 0, (point.value or 0) + above[point.year]
            fill = fill_of(marks.part.paint)
            found.append({"x": x - half, "x2": x + half, "y": frame.y(top), "y2": frame.y(foot), "fill": fill})
            gaps.append({"x": x - half, "x2": x + half, "y": frame.y(foot), "y2": frame.y(foot)})
    return [boxes(found), lines(gaps, colour="paper", width=1.5)] if found else []


def _whiskers(rows: list[Point], frame: Frame) -> list[Layer]:
    """Draw from the least to the most there can be, where that is far enough apart to see."""
    spans: list[dict[str, float]] = []
    for point in rows:
        if point.low is None or point.high is None or point.low >= point.high:
            continue
        x, top, foot = frame.x(point.year), frame.y(point.high), frame.y(point.low)
        if foot - top >= 1.5:
            spans += [{"x": x, "x2": x, "y": top, "y2": foot}, {"x": x - 4, "x2": x + 4, "y": top, "y2": top}]
    return [lines(spans, colour="ink", width=1.2)] if spans else []


def _text(point: Point, above: dict[str, int]) -> str:
    """Write a number, with a sign where it is the least of an interval, and what may come on top."""
    text = whole(point.value or 0)
    text = f"≥ {text}" if point.low == point.value and (point.high or 0) > (point.value or 0) else text
    return f"{text} + {whole(above[point.year])}" if point.year in above else text


def _numbers(marks: Years, rows: list[Point], frame: Frame) -> list[Words]:
    """Write each number above its column, or where they'd touch only the greatest and the last."""
    if not rows:
        return []
    above = _above(marks)
    texts = {point.year: _text(point, above) for point in rows}
    widest = max(width_of(text, frame.size) for text in texts.values())
    chosen = rows
    if widest > frame.step - 4:
        best = max(rows, key=lambda point: point.value or 0)
        chosen = [best, rows[-1]] if not above and _has_room(rows, best, frame, widest) else [best]
    return [
        {
            "x": _between(frame.x(point.year), width_of(texts[point.year], frame.size) / 2, frame),
            "y": frame.y(max((point.value or 0) + above.get(point.year, 0), point.high or 0)) - 10,
            "text": texts[point.year],
            "anchor": "middle",
        }
        for point in chosen
    ]


def _between(x: float, half: float, frame: Frame) -> float:
    """Keep a text on the sheet."""
    return max(min(x, frame.right - half), frame.left + half)


def _has_room(rows: list[Point], best: Point, frame: Frame, widest: float) -> bool:
    """Say whether the last number touches neither the greatest one nor the columns before it."""
    last = rows[-1]
    if frame.x(last.year) - frame.x(best.year) <= widest:
        return False
    reach = frame.x(last.year) - widest - 4
    near = [point for point in rows[:-1] if frame.x(point.year) + frame.step / 2 > reach]
    return all(frame.y(last.value or 0) - 20 < frame.y(point.value or 0) for point in near)
