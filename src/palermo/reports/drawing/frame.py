"""The frame of a drawing over years: scales, grid, and the row under the axis that says what is withheld."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.reports.drawing.canvas import Box, Layer, Words, blanks, fill_of, lines, width_of, words
from palermo.reports.numbers import whole

__all__ = ["SIGN", "Frame", "frame_of", "grid", "rug"]

SIGN = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the scales lie, in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[int, ...]
    years: tuple[str, ...]
    size: float
    """The size of words."""
    rug: int
    """How high the row under the axis is; 0 where nothing is withheld."""

    @property
    def step(self) -> float:
        """How far two years are apart."""
        return (self.right - self.left) / len(self.years)

    def x(self, year: str) -> float:
        """Place a year."""
        return self.left + (self.years.index(year) + 0.5) * self.step

    def y(self, value: int) -> float:
        """Place a value."""
        return self.bottom - value * (self.bottom - self.top) / self.ticks[-1]


def frame_of(
    years: tuple[str, ...], maximum: int, *, width: int, height: int, names: float, top: float, size: float, rug: int
) -> Frame:
    """Lay out the scales; ``names`` is the room kept free at the end."""
    ticks = _ticks(maximum)
    left = width_of(whole(ticks[-1]), size) + 8
    year = width_of("2000", size) / 2 + 1
    right = width - names
    spare = year - (right - left) / len(years) / 2
    return Frame(left, right - (max(0.0, spare) if not names else 0), top, height - 30 - rug, ticks, years, size, rug)


def _ticks(maximum: int) -> tuple[int, ...]:
    """Choose three to five round numbers from zero to beyond the maximum."""
    step = 1
    while maximum > step * 4:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return tuple(step * nth for nth in range(-(-maximum // step) + 1))


def grid(frame: Frame) -> list[Layer]:
    """Draw the lines, their numbers and the years."""
    size = frame.size
    rules = [{"x": frame.left, "x2": frame.right, "y": frame.y(tick), "y2": frame.y(tick)} for tick in frame.ticks[1:]]
    base = [{"x": frame.left, "x2": frame.right, "y": frame.bottom, "y2": frame.bottom}]
    numbers: list[Words] = [
        {"x": frame.left - 8, "y": frame.y(tick), "text": whole(tick), "anchor": "end"} for tick in frame.ticks
    ]
    apart = int(-(-(width_of("2000", size) + 8) // frame.step))
    last = len(frame.years) - 1
    years: list[Words] = [
        {"x": frame.x(year), "y": frame.bottom + 16 + frame.rug, "text": year, "anchor": "middle"}
        for nth, year in enumerate(frame.years)
        if (last - nth) % apart == 0
    ]
    return [
        lines(rules),
        lines(base, colour="outline"),
        *words(numbers, size=size, colour="quiet"),
        *words(years, size=size, colour="quiet"),
    ]


def rug(years: list[str], frame: Frame) -> list[Layer]:
    """Hatch the years in which something is withheld, under the axis, where no mark can be."""
    half = min(frame.step * 0.4, SIGN)
    top = frame.bottom + 5
    signs: list[Box] = [
        {"x": frame.x(year) - half, "x2": frame.x(year) + half, "y": top, "y2": top + 8, "fill": fill_of("withheld")}
        for year in years
    ]
    return [blanks(signs, colour="hatch")] if signs else []
