"""Draw years: columns for one series, lines for several."""

from __future__ import annotations

from palermo.reports.drawing.canvas import Box, Layer, Sheet, blanks, boxes, fill_of, width_of, words
from palermo.reports.drawing.columns import columns
from palermo.reports.drawing.frame import frame_of, grid, rug
from palermo.reports.drawing.lines import heads, names_at_ends, paths
from palermo.reports.marks import Years
from palermo.reports.palette import for_light

__all__ = ["draw"]

RUG = 14
KEY = 24
ROOM = 180
"""Room for the names at the ends of lines."""


def draw(marks: Years, width: int) -> Sheet:
    """Draw the grid, the marks, the years and what must be explained."""
    narrow = width < 500
    size = 13.0 if narrow else 14.0
    several = len(marks.series) > 1
    withheld = _withheld(marks)
    above, top = heads(marks, width, size) if several and narrow else ([], 0.0)
    height = round((240 if narrow else 320) + top)
    frame = frame_of(
        marks.years,
        marks.maximum,
        width=width,
        height=height,
        names=ROOM if several and not narrow else 0,
        top=16 + top,
        size=size,
        rug=RUG if withheld else 0,
    )
    layers = [*above, *grid(frame), *rug(withheld, frame)]
    layers += paths(marks, frame) if several else columns(marks, frame)
    layers += names_at_ends(marks, frame, width) if several and not narrow else []
    key, deep = _key(marks, bool(withheld), width, frame.left, height, size)
    return Sheet((*layers, *key), width, height + deep)


def _withheld(marks: Years) -> list[str]:
    hidden = {point.year for series in marks.series for point in series.points if point.value is None}
    return [year for year in marks.years if year in hidden]


def _key(marks: Years, is_withheld: bool, width: int, left: float, height: int, size: float) -> tuple[list[Layer], int]:
    """Explain the parts, what is withheld and what is not complete, if anything is; say how deep that is."""
    several = len(marks.series) > 1
    entries: list[tuple[str, str, str, bool]] = []
    if marks.part:
        entries.append((marks.part.label, fill_of(marks.part.paint), "", False))
    if is_withheld:
        entries.append(("one or more withheld" if several else "withheld", fill_of("withheld"), "hatch", False))
    if marks.provisional:
        text = f"{', '.join(sorted(marks.provisional))} not complete"
        entries.append((text, for_light("soft"), "outline" if several else marks.series[0].paint, True))
    layers: list[Layer] = []
    x, y = left, height + 4.0
    for text, fill, stroke, dashed in entries:
        needs = 44 + width_of(text, size)
        if x > left and x + needs > width:
            x, y = left, y + KEY
        box: Box = {"x": x, "x2": x + 18, "y": y, "y2": y + 12, "fill": fill}
        layers.append(blanks([box], colour=stroke, dash=(4, 3) if dashed else ()) if stroke else boxes([box]))
        layers += words([{"x": x + 24, "y": y + 6, "text": text}], size=size, colour="quiet")
        x += needs
    return layers, round(y - height + KEY - 4) if entries else 0
