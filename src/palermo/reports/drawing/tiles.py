"""Draw tiles: a grid of numbers, darker where they are larger."""

from __future__ import annotations

import math

from palermo.reports.drawing.canvas import Box, Layer, Sheet, Words, blanks, boxes, fill_of, width_of, words, wrap
from palermo.reports.marks import Tiles
from palermo.reports.numbers import whole
from palermo.reports.palette import for_light

__all__ = ["draw"]

STEPS = 4
SLANT = 45
TILE = 30
GAP = 2
MOST_NARROW = 5


def draw(marks: Tiles, width: int) -> Sheet:
    """Draw heads, rows of tiles and the key."""
    narrow = width < 500
    size = 12 if narrow else 14
    chosen = sorted(marks.foremost[:MOST_NARROW] if narrow else marks.foremost)
    rows = [nth for nth, values in enumerate(marks.values) if any(values[column] != 0 for column in chosen)]
    start = min(112 if narrow else 210, max(width_of(row, size) for row in marks.rows) + 12)
    heads = [wrap(marks.columns[nth], 130 if narrow else 180, size, most=1)[0] for nth in chosen]
    lean = math.sin(math.radians(SLANT))
    top = max(width_of(head, size) for head in heads) * lean + 14
    overhang = max(0.0, width_of(heads[-1], size) * lean - 20)
    across = (width - start - overhang) / len(chosen)
    layers = words(
        [{"x": start + (nth + 0.5) * across, "y": top - 8, "text": head} for nth, head in enumerate(heads)],
        size=size,
        angle=360 - SLANT,
    )
    names: list[Words] = []
    tiles: list[tuple[int | None, Box]] = []
    for nth, row in enumerate(rows):
        y = top + nth * TILE
        lines = wrap(marks.rows[row], start - 10, size, most=2)
        shift = (len(lines) - 1) * size * 0.6
        names.append({"x": start - 8, "y": y + TILE / 2 - shift, "text": lines, "anchor": "end"})
        for place, column in enumerate(chosen):
            x = start + place * across
            box: Box = {"x": x, "x2": x + across - GAP, "y": y, "y2": y + TILE - GAP, "fill": ""}
            tiles.append((marks.values[row][column], box))
    layers += words(names, size=size) + _tiles(tiles, marks.maximum, 11 if narrow else size)
    foot = top + len(rows) * TILE
    return Sheet((*layers, *_key(tiles, marks.zero, foot, size)), width, round(foot + 30))


def _tiles(tiles: list[tuple[int | None, Box]], maximum: int, size: float) -> list[Layer]:
    full: list[Box] = []
    kept: list[Box] = []
    none: list[Box] = []
    dark: list[Words] = []
    light: list[Words] = []
    for value, box in tiles:
        if value is None:
            kept.append({**box, "fill": fill_of("withheld")})
        elif value == 0:
            none.append({**box, "fill": for_light("soft")})
        else:
            step = _step(value, maximum)
            full.append({**box, "fill": for_light(f"ramp-{step}")})
            middle = {"x": (box["x"] + box["x2"]) / 2, "y": (box["y"] + box["y2"]) / 2}
            text: Words = {"x": middle["x"], "y": middle["y"], "text": whole(value), "anchor": "middle"}
            (dark if step <= STEPS // 2 else light).append(text)
    layers = [boxes(found) for found in (none, full) if found]
    layers += [blanks(kept, colour="hatch")] if kept else []
    return layers + words(dark, size=size) + words(light, size=size, colour="paper")


def _step(value: int, maximum: int) -> int:
    """Put a value into one of the steps, each several times the one below."""
    return STEPS - min(STEPS - 1, int(math.log(maximum / value) / math.log(5)))


def _key(tiles: list[tuple[int | None, Box]], zero: str, foot: float, size: float) -> list[Layer]:
    """Say what a hatched and an empty tile are, where there are any."""
    layers: list[Layer] = []
    x, y = 2.0, foot + 14
    for value, text, fill in ((None, "withheld", fill_of("withheld")), (0, zero, for_light("soft"))):
        if any(found == value and type(found) is type(value) for found, _ in tiles):
            layers.append(blanks([{"x": x, "x2": x + 16, "y": y - 7, "y2": y + 7, "fill": fill}]))
            layers += words([{"x": x + 22, "y": y, "text": text}], size=size, colour="quiet")
            x += 22 + width_of(text, size) + 20
    return layers
