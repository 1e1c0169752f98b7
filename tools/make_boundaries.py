"""Make the world's boundaries for the maps of reports: small, rounded, keyed by country.

Run as ``python tools/make_boundaries.py ../shared/data/geo``. The folder holds ``country_codes_m49.csv`` and
``world-atlas-2.0.2`` (Natural Earth in TopoJSON). What comes out has lines shared by neighbours ("arcs", in tenths of a
degree, each point told as a step from the one before), and for each country its rings of arcs and a point for flows to
start from. States too small for the coarse map have a point only.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
import sys
from pathlib import Path
from typing import Any, TypedDict

OUT = Path(__file__).parents[1] / "src/palermo/reports/data/boundaries.json"
UNITS_PER_DEGREE = 10
GRID = 24

Point = tuple[float, float]
Ring = list[int]

PARENTS = {"Kosovo": "SRB", "N. Cyprus": "CYP", "Somaliland": "SOM"}
"""Areas that Natural Earth draws apart, and ISO 3166 numbers with a country. The map says whose opinion this is not."""

LEFT_OUT = {"ATA"}

SMALL = {
    "BES": (-68.3, 12.2), "BVT": (3.4, -54.4), "CCK": (96.9, -12.2), "CXR": (105.7, -10.5), "GIB": (-5.4, 36.1),
    "GLP": (-61.5, 16.2), "GUF": (-53.2, 4.0), "MTQ": (-61.0, 14.7), "MYT": (45.2, -12.8), "REU": (55.5, -21.1),
    "SJM": (16.0, 78.5), "TKL": (-171.8, -9.2), "TUV": (179.2, -8.5), "UMI": (-160.0, -0.4), "X68": (-2.4, 49.4),
}  # fmt: skip
"""Points of places that Natural Earth has not, or has as a part of another country."""


class Topology(TypedDict):
    """The parts of a TopoJSON file that are read here."""

    arcs: list[list[list[int]]]
    transform: dict[str, list[float]]
    objects: dict[str, Any]


def numbers_to_codes(m49: Path) -> dict[str, tuple[str, str]]:
    """Tell alpha-3 and alpha-2 for each ISO number; plain text, so Namibia stays ``NA``."""
    with m49.open(encoding="utf-8", newline="") as lines:
        return {
            row["ISO3166-1-numeric"].zfill(3): (row["ISO3166-1-Alpha-3"], row["ISO3166-1-Alpha-2"])
            for row in csv.DictReader(lines)
        }


def decode(topology: Topology) -> list[list[Point]]:
    """Turn the steps of every arc into degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def rings_of(geometry: dict[str, Any]) -> list[Ring]:
    """List the rings of a polygon or of several."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def shapes(topology: Topology, codes: dict[str, tuple[str, str]]) -> dict[str, list[Ring]]:
    """Collect the rings of each country by alpha-3."""
    found: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes.get(geometry.get("id", ""), ("", ""))[0] or PARENTS.get(name, "")
        if code and code not in LEFT_OUT:
            found.setdefault(code, []).extend(rings_of(geometry))
    return found


def walk(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    """Follow a ring along its arcs; a negative number is an arc walked backwards."""
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return unbroken(points)


def unbroken(points: list[Point]) -> list[Point]:
    """Let a line that crosses the date line run on beyond 180 degrees instead of jumping to the other side."""
    line = points[:1]
    for x, y in points[1:]:
        line.append((x - 360 * round((x - line[-1][0]) / 360), y))
    return line


def area(ring: list[Point]) -> float:
    """Measure a ring, roughly: degrees squared, shrunk towards the poles."""
    pairs = itertools.pairwise(ring)
    flat = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2
    return abs(flat) * math.cos(math.radians(sum(y for _, y in ring) / len(ring)))


def inside(point: Point, ring: list[Point]) -> bool:
    """Say whether a ray from the point crosses the ring an odd number of times."""
    x, y = point
    odd = False
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            odd = not odd
    return odd


def middle(ring: list[Point]) -> Point:
    """Find the point of a fine grid that is farthest from the ring's corners and lies inside it."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    grid = [
        (min(xs) + (max(xs) - min(xs)) * i / GRID, min(ys) + (max(ys) - min(ys)) * j / GRID)
        for i in range(1, GRID)
        for j in range(1, GRID)
    ]
    within = [point for point in grid if inside(point, ring)] or [(sum(xs) / len(xs), sum(ys) / len(ys))]
    return max(within, key=lambda point: min(math.dist(point, corner) for corner in ring))


def points_of(topology: Topology, codes: dict[str, tuple[str, str]]) -> dict[str, Point]:
    """Give each country the middle of its largest part."""
    arcs = decode(topology)
    return {
        code: middle(max((walk(ring, arcs) for ring in rings), key=area))
        for code, rings in shapes(topology, codes).items()
    }


def rounded_steps(arc: list[Point]) -> list[int]:
    """Round an arc to the grid and tell it as steps: x, y, dx, dy, dx, dy…; points that fall together are one."""
    steps: list[int] = []
    last = (0, 0)
    for nth, (x, y) in enumerate(unbroken(arc)):
        point = (round(x * UNITS_PER_DEGREE), round(y * UNITS_PER_DEGREE))
        if nth == 0 or point != last:
            steps += [point[0] - last[0], point[1] - last[1]]
            last = point
    return steps


def main(geo: Path) -> None:
    """Write the file, sorted by code."""
    codes = numbers_to_codes(geo / "country_codes_m49.csv")
    atlas = geo / "world-atlas-2.0.2"
    coarse: Topology = json.loads((atlas / "countries-110m.json").read_text(encoding="utf-8"))
    fine: Topology = json.loads((atlas / "countries-50m.json").read_text(encoding="utf-8"))
    points = SMALL | points_of(fine, codes) | points_of(coarse, codes)
    rings = shapes(coarse, codes)
    two = dict(codes.values())
    countries = {
        code: {"alpha_2": two.get(code, ""), "point": [round(x, 1), round(y, 1)], "rings": rings.get(code, [])}
        for code, (x, y) in sorted(points.items())
    }
    whole = {
        "source": "Natural Earth 1:110m and 1:50m, countries, as in world-atlas 2.0.2",
        "licence": "public domain",
        "made_by": "tools/make_boundaries.py",
        "note": "Boundaries are Natural Earth's. They imply no opinion about the status of any country or territory.",
        "units_per_degree": UNITS_PER_DEGREE,
        "arcs": [rounded_steps(arc) for arc in decode(coarse)],
        "countries": countries,
    }
    OUT.write_text(json.dumps(whole, separators=(",", ":")) + "\n", encoding="utf-8")
    missing = sorted({alpha_3 for alpha_3, _ in codes.values()} - set(points) - LEFT_OUT)
    print(f"{OUT.name}: {len(countries)} countries, {OUT.stat().st_size:,} bytes; no point for {missing or 'none'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
