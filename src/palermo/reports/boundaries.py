"""The world's outlines for maps: land, the lines between countries, and a point for each country."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Boundaries", "Country", "LonLat", "boundaries"]

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Country:
    """A country's two-letter code and the point where its flows begin and end."""

    alpha_2: str
    point: LonLat
    rings: tuple[tuple[LonLat, ...], ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """All countries by alpha-3, and the lines that two of them share."""

    countries: dict[str, Country]
    shared: tuple[tuple[LonLat, ...], ...]
    source: str


@cache
def boundaries() -> Boundaries:
    """Read the boundaries that ``tools/make_boundaries.py`` made."""
    text = (files("palermo.reports") / "data/boundaries.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(text)
    arcs = [_degrees(steps, raw["units_per_degree"]) for steps in raw["arcs"]]
    users: dict[int, set[str]] = {}
    for code, country in raw["countries"].items():
        for ring in country["rings"]:
            for index in ring:
                users.setdefault(index if index >= 0 else ~index, set()).add(code)
    return Boundaries(
        countries={code: _country(country, arcs) for code, country in raw["countries"].items()},
        shared=tuple(arcs[index] for index, codes in sorted(users.items()) if len(codes) > 1),
        source=f"{raw['source']} ({raw['licence']})",
    )


def _degrees(steps: list[int], units: int) -> tuple[LonLat, ...]:
    x = y = 0
    points: list[LonLat] = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / units, y / units))
    return tuple(points)


def _country(raw: dict[str, Any], arcs: list[tuple[LonLat, ...]]) -> Country:
    lon, lat = raw["point"]
    return Country(
        alpha_2=raw["alpha_2"],
        point=(lon, lat),
        rings=tuple(_ring(ring, arcs) for ring in raw["rings"]),
    )


def _ring(indexes: list[int], arcs: list[tuple[LonLat, ...]]) -> tuple[LonLat, ...]:
    """Join arcs, letting a ring that crosses the date line run on beyond 180 degrees."""
    points: list[LonLat] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        for x, y in arc[1:] if points else arc:
            turn = 360 * round((x - points[-1][0]) / 360) if points else 0
            points.append((x - turn, y))
    shift = 360 * round(sum(x for x, _ in points) / len(points) / 360)
    return tuple((x - shift, y) for x, y in points)
