"""What a report says, before anybody draws it: frozen figures, tables, sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from palermo.reports.marks import Bars, Flows, Marks, Strips, Years
from palermo.tables import ReleasedEstimate

__all__ = [
    "Change",
    "FigureSpec",
    "KeyFigure",
    "Report",
    "Row",
    "TableView",
    "Unseen",
    "Value",
]


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a table as it is shown, or the word that stands in its place."""

    text: str
    kind: Literal["number", "interval", "withheld", "nothing", "words"] = "number"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what it is about, and its values."""

    head: str
    values: tuple[Value, ...]
    is_total: bool = False


SHEET = 180
"""How many characters a row can have on a sheet of paper."""
MANY = 10


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as it is shown, beside its caption and its notes."""

    name: str
    caption: str
    head: str
    """What the row heads are."""
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """The tables of the release that it is taken from."""

    @property
    def breadth(self) -> str:
        """How much room it takes: ``""``, ``many`` columns, or more than a ``sheet`` of paper has."""
        widest = max((sum(len(value.text) + 1 for value in row.values) for row in self.rows), default=0)
        if widest > SHEET:
            return "sheet"
        return "many" if len(self.columns) > MANY else ""


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A figure in words and values: everything but the drawing."""

    name: str
    title: str
    """The finding, as a sentence."""
    subtitle: str
    """What is measured, unit, period, population."""
    marks: Marks
    caution: str
    source: str
    alternative: str
    """What the figure shows, for who cannot see it."""
    table: TableView

    @property
    def is_empty(self) -> bool:
        """Whether every number of it is withheld, so that there is nothing to draw."""
        if isinstance(self.marks, Bars):
            return all(bar.value is None for group in self.marks.groups for bar in group.bars)
        if isinstance(self.marks, Years):
            return all(point.value is None for series in self.marks.series for point in series.points)
        if isinstance(self.marks, Strips):
            return all(part.permille is None for strip in self.marks.strips for part in strip.parts)
        return isinstance(self.marks, Flows) and not self.marks.flows


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number to remember, with what it counts."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """How the cells of one table differ from the release before."""

    title: str
    n_same: int
    n_changed: int
    n_new: int
    n_gone: int
    n_newly_withheld: int
    n_newly_shown: int
    lines: TableView

    @property
    def words(self) -> str:
        """How many cells differ, and in which way."""
        numbers = {
            "changed": self.n_changed,
            "new": self.n_new,
            "gone": self.n_gone,
            "newly withheld": self.n_newly_withheld,
            "newly shown": self.n_newly_shown,
            "the same": self.n_same,
        }
        return ", ".join(f"{number:,} {kind}" for kind, number in numbers.items() if number)


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many people are in no source, or why no number can be defended."""

    conclusion: str
    words: tuple[str, ...]
    """What the number rests on, or why there is none."""
    methods: tuple[ReleasedEstimate, ...]
    figure: FigureSpec | None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, ready to be drawn."""

    title: str
    key_figures: tuple[KeyFigure, ...]
    coverage: tuple[str, ...]
    cautions: tuple[str, ...]
    figures: tuple[FigureSpec, ...]
    withheld: tuple[str, ...]
    """Figures that there are no numbers for, because all are withheld."""
    maps: tuple[FigureSpec, ...]
    tables: tuple[TableView, ...]
    quality_figures: tuple[FigureSpec, ...]
    quality_findings: tuple[str, ...]
    quality_tables: tuple[TableView, ...]
    method: tuple[str, ...]
    changes: tuple[Change, ...] | None
    """None where there is no release before this one."""
    absent: tuple[str, ...]
    """What a reader may look for and this release has not."""
    unseen: Unseen | None = None
    """None where nothing was estimated."""
