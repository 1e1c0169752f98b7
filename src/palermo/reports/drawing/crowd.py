"""Draw what models say against how well they fit: the better, the further to the left; the heavier, the larger."""

from __future__ import annotations

import altair as alt

from palermo.reports.drawing.canvas import Layer, Sheet, Words, lines, pixels, width_of, words
from palermo.reports.drawing.factors import place, ticks
from palermo.reports.marks import Crowd
from palermo.reports.numbers import whole
from palermo.reports.palette import for_light

__all__ = ["draw"]

SIZE = 13.0
TOP, HEIGHT = 14.0, 260.0


def draw(marks: Crowd, width: int) -> Sheet:
    """Lay out both scales, then the dots, the heaviest last."""
    numbers = [number for _, number, _ in marks.dots]
    scale = ticks(min(numbers), max(numbers))
    left = max(width_of(whole(tick), SIZE) for tick in scale) + 10
    right, bottom = width - 14.0, TOP + HEIGHT
    furthest = max([distance for distance, _, _ in marks.dots] + [2])
    step = max(1, -(-furthest // 5))

    def x(distance: int) -> float:
        return left + 14 + distance * (right - left - 28) / furthest

    def y(number: int) -> float:
        return bottom - place(number, scale) * HEIGHT

    rules = [{"x": left, "x2": right, "y": y(tick), "y2": y(tick)} for tick in scale]
    heads: list[Words] = [{"x": left - 8, "y": y(tick), "text": whole(tick), "anchor": "end"} for tick in scale]
    feet: list[Words] = [
        {"x": x(distance), "y": bottom + 16, "text": str(distance), "anchor": "middle"}
        for distance in range(0, furthest + 1, step)
    ]
    foot: Words = {"x": (left + right) / 2, "y": bottom + 38, "text": "worse by (BIC)", "anchor": "middle"}
    dots = [
        {"x": x(distance), "y": y(number), "size": 40.0 + 12 * percent, "fill": for_light("quantity")}
        for distance, number, percent in sorted(marks.dots, key=lambda dot: dot[2])
    ]
    mark = alt.Chart().mark_point(shape="circle", filled=True, opacity=1, stroke=for_light("paper"), strokeWidth=1)
    layers = [
        lines(rules),
        Layer(mark.encode(**pixels("x", "y", "size", "fill")), dots),
        *words(heads, size=SIZE, colour="quiet"),
        *words([*feet, foot], size=SIZE, colour="quiet"),
    ]
    return Sheet(tuple(layers), width, round(bottom + 50))
