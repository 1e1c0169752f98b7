"""Draw flows on a map in Equal Earth: arcs that taper from origin to destination, rings for what stays within."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import altair as alt

from palermo.reports.boundaries import LonLat, boundaries
from palermo.reports.drawing.canvas import Layer, Sheet, Words, boxes, pixels, width_of, words
from palermo.reports.drawing.equal_earth import project
from palermo.reports.marks import Flow, Flows
from palermo.reports.numbers import whole
from palermo.reports.palette import for_light

__all__ = ["draw"]

ASPECT = 0.46
LEAST_SPAN = 1.4
"""The least part of the world that is shown, as a width in the units of the projection."""
WHOLE = 5.3
HALF_ROUND = 180.0
MOST_LABELS = 9
WIDEST = {True: 9.0, False: 15.0}
LARGEST_RING = {True: 11.0, False: 20.0}

XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _View:
    """The part of the world that is shown."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def at(self, point: LonLat) -> XY:
        x, y = project(point)
        return (round((x - self.left) * self.scale, 1), round((self.top - y) * self.scale, 1))

    def sees(self, points: list[XY]) -> bool:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height


def draw(marks: Flows, width: int) -> Sheet:
    """Draw land, lines between countries, rings, arcs, dots, names and the scale."""
    narrow = width < 500
    ends = {place.code: place for flow in marks.flows for place in (flow.origin, flow.destination)}
    places = {code: place.label for code, place in ends.items()}
    points = {code: place.at for code, place in ends.items() if place.at}
    view = _view(list(points.values()), width, narrow)
    spots = {code: view.at(point) for code, point in points.items()}
    most = max([flow.value for flow in marks.flows] + [1])
    across = [flow for flow in marks.flows if not flow.is_within]
    within = [flow for flow in marks.flows if flow.is_within]
    layers = [
        _land(view),
        _borders(view),
        *_rings(within, spots, LARGEST_RING[narrow], most),
        *_arcs(across, points, view, WIDEST[narrow]),
        *_dots(across, spots, narrow),
        *_labels(marks, places, spots, view, narrow, _radii(within, LARGEST_RING[narrow], most)),
    ]
    key, key_layers = _key(across, within, view, narrow, most)
    under = boxes([{"x": 0, "x2": width, "y": view.height, "y2": view.height + key, "fill": for_light("paper")}])
    return Sheet((*layers, under, *key_layers), width, view.height + key)


def _view(points: list[LonLat], width: int, narrow: bool) -> _View:
    """Show what the flows touch with room around it, never less than a large region, never beyond the world."""
    projected = [project(point) for point in points] or [(-2.7, -1.0), (2.7, 1.3)]
    xs, ys = [x for x, _ in projected], [y for _, y in projected]
    aspect = 0.8 if narrow and max(xs) - min(xs) < 3 else ASPECT
    span = max((max(xs) - min(xs)) * 1.22, (max(ys) - min(ys)) * 1.3 / aspect, LEAST_SPAN)
    span = min(span, WHOLE)
    middle_x = (max(xs) + min(xs)) / 2
    middle_y = (max(ys) + min(ys)) / 2 + span * aspect * 0.03
    left = min(max(middle_x - span / 2, -2.65), 2.65 - span)
    top = max(min(middle_y + span * aspect / 2, 1.31), span * aspect - 1.12)
    return _View(left, top, width / span, width, round(width * aspect))


def _shape(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}}


def _geoshape(shapes: list[dict[str, Any]], **style: Any) -> Layer:
    """Draw shapes whose corners are already in pixels."""
    chart = alt.Chart().mark_geoshape(**style).project(type="identity", scale=1, translate=[0, 0])
    return Layer(chart, shapes)


def _thinned(points: list[XY]) -> list[XY]:
    """Leave out corners that are closer than a pixel to the one before."""
    kept = points[:1]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) >= 1:
            kept.append(point)
    return [*kept, points[-1]]


def _land(view: _View) -> Layer:
    rings = [
        thin
        for country in boundaries().countries.values()
        for ring in country.rings
        if view.sees(line := [view.at(point) for point in ring]) and len(thin := _thinned(line)) > 3
    ]
    colour = for_light("land")
    return _geoshape([_shape("MultiPolygon", [[ring] for ring in rings])], fill=colour, stroke=colour, strokeWidth=0.6)


def _borders(view: _View) -> Layer:
    found = [
        _thinned(line)
        for arc in boundaries().shared
        if view.sees(line := [view.at(point) for point in arc]) and len(line) > 1
    ]
    return _geoshape([_shape("MultiLineString", found)], fill=None, stroke=for_light("border"), strokeWidth=0.8)


def _arcs(flows: list[Flow], points: dict[str, LonLat], view: _View, widest: float) -> list[Layer]:
    """Draw tapered arcs, the widest first so that the thin ones stay visible."""
    shapes = []
    most = max([flow.value for flow in flows] + [1])
    for flow in sorted(flows, key=lambda flow: -flow.value):
        width = max(flow.value * widest / most, 1.0)
        for start, end in _ways(points[flow.origin.code], points[flow.destination.code]):
            shapes.append(_shape("Polygon", [_taper(view.at(start), view.at(end), width)]))
    style = {"fill": for_light("quantity"), "fillOpacity": 0.62, "stroke": for_light("border"), "strokeWidth": 0.5}
    return [_geoshape(shapes, **style)] if shapes else []


def _ways(start: LonLat, end: LonLat) -> list[tuple[LonLat, LonLat]]:
    """Take the shorter way round: over the date line an arc leaves the map on one side and comes in on the other."""
    if abs(start[0] - end[0]) <= HALF_ROUND:
        return [(start, end)]
    turn = 2 * HALF_ROUND if start[0] > end[0] else -2 * HALF_ROUND
    return [(start, (end[0] + turn, end[1])), ((start[0] - turn, start[1]), end)]


def _taper(start: XY, end: XY, width: float) -> list[XY]:
    """Bend a line to one side, so that the way back is another arc, and let it narrow towards its end."""
    (x0, y0), (x1, y1) = start, end
    length = math.dist(start, end) or 1
    bend = min(0.22 * length, 60) + 3
    cx, cy = (x0 + x1) / 2 + (y1 - y0) / length * bend, (y0 + y1) / 2 - (x1 - x0) / length * bend
    near: list[XY] = []
    far: list[XY] = []
    steps = max(8, min(24, round(length / 8)))
    for nth in range(steps + 1):
        t = nth / steps
        x = (1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t**2 * x1
        y = (1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t**2 * y1
        dx, dy = 2 * (1 - t) * (cx - x0) + 2 * t * (x1 - cx), 2 * (1 - t) * (cy - y0) + 2 * t * (y1 - cy)
        size = math.hypot(dx, dy) or 1
        half = (width * (1 - t) + 0.7 * t) / 2
        near.append((round(x - dy / size * half, 1), round(y + dx / size * half, 1)))
        far.append((round(x + dy / size * half, 1), round(y - dx / size * half, 1)))
    return [*near, *far[::-1], near[0]]


def _rings(flows: list[Flow], spots: dict[str, XY], largest: float, most: int) -> list[Layer]:
    """Draw what stays within a country as an open ring, by area."""
    if not flows:
        return []
    rows = [
        {
            "x": spots[flow.origin.code][0],
            "y": spots[flow.origin.code][1],
            "size": math.pi * _radii([flow], largest, most)[flow.origin.code] ** 2,
        }
        for flow in flows
    ]
    mark = alt.Chart().mark_point(
        stroke=for_light("ochre"), strokeWidth=1.8, fill=for_light("ochre"), fillOpacity=0.12, opacity=1
    )
    return [Layer(mark.encode(**pixels("x", "y", "size")), rows)]


def _radii(flows: list[Flow], largest: float, most: int) -> dict[str, float]:
    """Size rings by area, the smallest large enough to be seen."""
    return {flow.origin.code: max(largest * math.sqrt(flow.value / most), 3.0) for flow in flows}


def _dots(flows: list[Flow], spots: dict[str, XY], narrow: bool) -> list[Layer]:
    origins = sorted({flow.origin.code for flow in flows})
    rows = [{"x": spots[code][0], "y": spots[code][1]} for code in origins]
    mark = alt.Chart().mark_circle(
        size=14 if narrow else 26, fill=for_light("ink"), stroke=for_light("border"), strokeWidth=0.8, opacity=1
    )
    return [Layer(mark.encode(**pixels("x", "y")), rows)] if rows else []


def _labels(
    marks: Flows, places: dict[str, str], spots: dict[str, XY], view: _View, narrow: bool, radii: dict[str, float]
) -> list[Layer]:
    """Name the places with the most, where there is room for their names."""
    size = 11 if narrow else 13
    weight = dict.fromkeys(places, 0)
    for flow in marks.flows:
        for code in {flow.origin.code, flow.destination.code}:
            weight[code] = max(weight[code], flow.value)
    taken: list[tuple[float, float, float, float]] = []
    found: list[Words] = []
    for code in sorted(places, key=lambda code: (-weight[code], code))[: MOST_LABELS + 6]:
        spot = _free_spot(spots[code], places[code], size, view, taken, max(9.0, radii.get(code, 0) + 4))
        if spot and len(found) < (5 if narrow else MOST_LABELS):
            x, y, box = spot
            taken.append(box)
            found.append({"x": x, "y": y, "text": places[code]})
    return words(found, size=size, weight=600, halo=True)


def _free_spot(
    at: XY, label: str, size: float, view: _View, taken: list[tuple[float, float, float, float]], away: float
) -> tuple[float, float, tuple[float, float, float, float]] | None:
    wide = width_of(label, size) * 1.04
    high = away + 7
    beside = ((away, 0.0), (-away - wide, 0.0), (-wide / 2, high), (-wide / 2, -high))
    for dx, dy in (*beside, (away, 14.0), (away, -14.0), (-away - wide, 14.0)):
        x, y = at[0] + dx, at[1] + dy
        box = (x - 2, y - size * 0.7, x + wide + 2, y + size * 0.7)
        if box[0] < 2 or box[2] > view.width - 2 or box[1] < 2 or box[3] > view.height - 2:
            continue
        if all(box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3] for other in taken):
            return round(x, 1), round(y, 1), box
    return None


def _key(across: list[Flow], within: list[Flow], view: _View, narrow: bool, most: int) -> tuple[int, list[Layer]]:
    """Show how wide the widest and the narrowest arc are, and what a ring is."""
    size = 12 if narrow else 13
    y, x = view.height + 18.0, 2.0
    layers: list[Layer] = []
    if across:
        for flow in (across[0], across[-1])[: 1 if len(across) == 1 else 2]:
            start = max(flow.value * WIDEST[narrow] / across[0].value, 1.0)
            arc = [(x, y - start / 2), (x + 34, y - 0.4), (x + 34, y + 0.4), (x, y + start / 2), (x, y - start / 2)]
            layers.append(_geoshape([_shape("Polygon", [arc])], fill=for_light("quantity"), fillOpacity=0.62))
            text = whole(flow.value)
            layers += words([{"x": x + 40, "y": y, "text": text}], size=size, colour="quiet")
            x += 40 + width_of(text, size) + 14
        layers += words([{"x": x, "y": y, "text": "wide at origin"}], size=size, colour="quiet")
        x += width_of("wide at origin", size) + 24
    if within:
        if narrow and across:
            x, y = 2.0, y + 24
        layers += _rings([within[0]], {within[0].origin.code: (x + 8, y)}, 7, within[0].value)
        text = f"within one country, by area (largest {whole(within[0].value)})"
        layers += words([{"x": x + 22, "y": y, "text": text}], size=size, colour="quiet")
    return round(y + 14 - view.height), layers
