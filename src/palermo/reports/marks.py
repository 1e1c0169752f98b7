"""The marks of a figure as frozen values: bars, years, strips, flows and tiles."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Bar",
    "Bars",
    "Crowd",
    "Flow",
    "Flows",
    "Group",
    "Marks",
    "Overlap",
    "Part",
    "Place",
    "Point",
    "Series",
    "Sets",
    "Span",
    "Spans",
    "Strip",
    "Strips",
    "Tiles",
    "Years",
]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from zero to its value, or a hatched sign where the value is withheld."""

    label: str
    value: int | None
    text: str
    """What stands at the bar's end."""
    paint: str
    low: int | None = None
    high: int | None = None
    is_nothing: bool = False
    """Whether it counts where nothing was said, and so stands beside the categories rather than among them."""

    @property
    def hatch(self) -> str:
        """Which hatch fills the mark: ``withheld``, ``unknown`` or none."""
        if self.value is None:
            return "withheld"
        return self.paint if self.paint in ("unknown", "withheld") else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together under a heading; the heading is empty where there is but one group."""

    label: str
    bars: tuple[Bar, ...]


DWARFED = 3
"""Bars of nothing are broken where they are longer than this many halves of the longest category."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars that share one scale."""

    groups: tuple[Group, ...]

    @property
    def maximum(self) -> int:
        """The value at the end of the scale, at least one: the greatest, unless nothing dwarfs all categories."""
        bars = [bar for group in self.groups for bar in group.bars]
        greatest = max([max(bar.value or 0, bar.high or 0) for bar in bars] + [1])
        named = max([max(bar.value or 0, bar.high or 0) for bar in bars if not bar.is_nothing] + [0])
        return named if named and greatest * 2 > named * DWARFED else greatest

    def is_broken(self, bar: Bar) -> bool:
        """Whether a bar is longer than the scale and is drawn with a gap."""
        return bar.value is not None and bar.value > self.maximum


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one year; None where it is withheld, with a reason to see in `Series`."""

    year: str
    value: int | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One category over the years. A year that is not listed has no figure in the source."""

    label: str
    paint: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """Columns (one series) or lines (several) over years; provisional years are drawn lighter and dashed."""

    years: tuple[str, ...]
    series: tuple[Series, ...]
    provisional: frozenset[str] = frozenset()
    part: Series | None = None
    """What may come on top of the one series, drawn above its columns in a fill of its own."""

    @property
    def maximum(self) -> int:
        """The greatest value or upper bound, with what comes on top, at least one."""
        above = {point.year: point.value or 0 for point in self.part.points} if self.part else {}
        points = [point for series in self.series for point in series.points]
        return max([max(point.value or 0, point.high or 0) + above.get(point.year, 0) for point in points] + [1])


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole; its share is None where it is withheld."""

    label: str
    permille: int | None
    paint: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A whole, cut into parts."""

    label: str
    parts: tuple[Part, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Strips:
    """Wholes of the same length under each other, with one key."""

    key: tuple[tuple[str, str], ...]
    """Labels and paints, in order."""
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country, and its point on the map if it has one: longitude and latitude in degrees."""

    code: str
    label: str
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A number between two countries, or within one where they are the same."""

    origin: Place
    destination: Place
    value: int

    @property
    def is_within(self) -> bool:
        """Whether it stays in one country."""
        return self.origin.code == self.destination.code


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows on a map; smaller ones than the minimum are not drawn."""

    flows: tuple[Flow, ...]
    minimum: int
    unit: str
    disclaimer: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """Numbers of pairs as a grid: rows by columns; 0 where there is none, None where it is withheld."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int | None, ...], ...]
    foremost: tuple[int, ...]
    """The places of the columns, the one with the most first, for sheets on which not all have room."""
    zero: str
    """What an empty tile says."""

    @property
    def maximum(self) -> int:
        """The greatest value, at least one."""
        return max([value or 0 for row in self.values for value in row] + [1])


@dataclass(frozen=True, slots=True)
class Span:
    """A number and the two between which the truth is said to lie; None where there is none, and the text says why."""

    label: str
    point: int | None
    low: int | None
    high: int | None
    text: str

    @property
    def is_withheld(self) -> bool:
        """Whether there is a number that is kept back."""
        return self.point is None and self.text == "withheld"


@dataclass(frozen=True, slots=True)
class Spans:
    """Numbers with their intervals under each other, on one scale that grows by factors."""

    spans: tuple[Span, ...]
    floor: int
    """The people seen, below whom no number can be."""

    @property
    def limits(self) -> tuple[int, int]:
        """The least and the greatest number drawn."""
        drawn = [value for span in self.spans for value in (span.point, span.low, span.high) if value]
        return min([self.floor, *drawn]), max([self.floor, *drawn])


@dataclass(frozen=True, slots=True)
class Crowd:
    """Numbers by how much worse than the best they fit: (distance, number, percent)."""

    dots: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """A set of lists, and how many people are on just these; None where it is withheld."""

    on: tuple[int, ...]
    """The places of the lists."""
    count: int | None


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of lists as columns: bars above, and below them which lists they are."""

    lists: tuple[str, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def maximum(self) -> int:
        """The greatest number, at least one."""
        return max([overlap.count or 0 for overlap in self.overlaps] + [1])


Marks = Bars | Years | Strips | Flows | Tiles | Spans | Crowd | Sets
