"""Draw strips: wholes of one length, cut into parts, under one key."""

from __future__ import annotations

from palermo.reports.drawing.canvas import (
    OUTLINED,
    Box,
    Layer,
    Sheet,
    Words,
    blanks,
    boxes,
    fill_of,
    width_of,
    words,
    wrap,
)
from palermo.reports.marks import Strip, Strips

__all__ = ["draw"]

SIZE = 14.0
SIGN = 14
THICK = 16


def draw(marks: Strips, width: int) -> Sheet:
    """Draw the key, then strip after strip."""
    narrow = width < 500
    names: list[Words] = []
    values: list[Words] = []
    parts: list[tuple[Box, bool]] = []
    y, key = _key(marks, width)
    start = 0 if narrow else min(240, max(round(width_of(strip.label, SIZE)) for strip in marks.strips) + 14)
    for strip in marks.strips:
        if narrow:
            names.append({"x": 0, "y": y + 8, "text": strip.label})
            values.append({"x": width, "y": y + 8, "text": strip.text, "anchor": "end"})
            parts += _parts(strip, start, width, y + 19)
            y += 44
        else:
            rows = wrap(strip.label, start - 10, SIZE, most=2)
            shift = (len(rows) - 1) * SIZE * 0.6
            names.append({"x": start - 10, "y": y + 13 - shift, "text": rows, "anchor": "end"})
            values.append({"x": width, "y": y + 13, "text": strip.text, "anchor": "end"})
            parts += _parts(strip, start, width - 64, y + 5)
            y += 28
    solid = [box for box, is_outlined in parts if not is_outlined]
    outlined = [box for box, is_outlined in parts if is_outlined]
    layers = [
        *key,
        *([boxes(solid)] if solid else []),
        *([blanks(outlined)] if outlined else []),
        *words(names, size=SIZE),
        *words(values, size=SIZE, colour="quiet"),
    ]
    return Sheet(tuple(layers), width, y + 4)


def _parts(strip: Strip, start: float, end: float, top: float) -> list[tuple[Box, bool]]:
    """Cut a strip, and say of each part whether it is outlined; what is left beside withheld parts is hatched."""
    found: list[tuple[Box, bool]] = []
    x = start
    for part in strip.parts:
        if not part.permille:
            continue
        x2 = min(x + part.permille * (end - start) / 1000, end)
        box: Box = {"x": x, "x2": x2, "y": top, "y2": top + THICK, "fill": fill_of(part.paint)}
        found.append((box, part.paint in OUTLINED))
        x = x2
    if x < end - 1 and any(part.permille is None for part in strip.parts):
        found.append(({"x": x, "x2": end, "y": top, "y2": top + THICK, "fill": fill_of("withheld")}, True))
    return found


def _key(marks: Strips, width: int) -> tuple[int, list[Layer]]:
    """Write the key, and say where it ends."""
    x, y = 0.0, 2
    layers: list[Layer] = []
    for label, paint in marks.key:
        needs = 22 + width_of(label, SIZE) + 18
        if x and x + needs > width:
            x, y = 0.0, y + 22
        box: Box = {"x": x, "x2": x + SIGN, "y": y + 2, "y2": y + 2 + SIGN, "fill": fill_of(paint)}
        layers.append(blanks([box]) if paint in OUTLINED else boxes([box]))
        layers += words([{"x": x + 20, "y": y + 9, "text": label}], size=SIZE, colour="quiet")
        x += needs
    return y + 30, layers
