"""What may leave the building: released tables, and where they come from.

`Release` is made by `protection` alone; a test looks for other makers.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from palermo.tables.estimation import ReleasedEstimate
from palermo.tables.tabulation import Dimension, Unlisted

__all__ = ["Audit", "Edition", "Guarantee", "Policy", "Release", "ReleasedTable", "SourceNote"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How much a table may say."""

    threshold: int = 10
    """The least number of contributors of a published cell, and the least width of what an attacker can infer of a
    withheld one."""
    rounding: int = 0
    """The base to which published counts are rounded; 0 for none."""
    perturbation: int = 0
    """The most by which noise from cell keys moves a published count; 0 for none."""
    dominance: int = 0
    """The percentage of a number above which one contributor dominates it, so that it is withheld; 0 for no such rule.
    It is for tables that know their largest contributor."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What the attack on the tables found before they were let out."""

    n_cells: int
    n_withheld: int
    """Cells withheld, small ones and those without which a small one could be worked out. They are not told apart:
    where nothing was withheld for others' sake, readers would learn that every withheld cell is small."""
    narrowest: int | None
    """The narrowest interval an attacker can infer for a withheld cell; none are withheld if None."""


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table that may be shown.

    ``cells`` has the dimensions' text columns, then ``count``, ``low``, ``high`` (null where withheld),
    ``below_threshold_cells`` and ``cell_status``: ``published`` or ``withheld``.
    """

    name: str
    title: str
    dimensions: tuple[Dimension, ...]
    unit: str
    population: str
    cells: pl.DataFrame
    notes: tuple[str, ...]
    kind: str
    unlisted: Unlisted
    """What a cell is that ``cells`` does not list."""
    n_withheld: int
    universe: str = "records"
    """Tables of the same universe count the same things."""
    within: tuple[tuple[str, str], ...] = ()
    """The part of the universe that the table counts, as fields and codes."""
    noisy: bool = False
    """Whether noise was added: then ``low`` and ``high`` hold the count 95 times in 100, and nothing is withheld."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the dimensions, in order."""
        return tuple(dimension.field for dimension in self.dimensions)


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What differential privacy promises of the noisy tables of a release."""

    epsilon: float
    delta: float
    unit: str
    """``person`` or ``row``: who can be there or not without being noticed."""


@dataclass(frozen=True, slots=True)
class Release:
    """All tables of one publication, protected together."""

    tables: tuple[ReleasedTable, ...]
    policy: Policy
    audit: Audit
    estimates: tuple[ReleasedEstimate, ...] = ()
    guarantee: Guarantee | None = None

    def table(self, name: str) -> ReleasedTable:
        """Find a table by its name."""
        return next(table for table in self.tables if table.name == name)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a part of the data comes from, as readers must be told."""

    name: str
    title: str
    publisher: str
    citation: str
    terms: str
    coverage: str
    """Who is in the source and who is not, in a sentence or two."""
    file: str
    sha256: str
    mapping: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The imprint of a release: who publishes what, from which sources, made by which version."""

    id: str
    title: str
    publisher: str
    country: str
    """ISO 3166-1 alpha-3, or empty for a publication about the world."""
    period: str
    """As in ``2016–2020``."""
    unit: str
    """What a row of the data is: ``person``, ``record``, ``synthetic record``."""
    sources: tuple[SourceNote, ...]
    version: str
    previous: str | None = None
    """The id of the release before this one."""
    cautions: tuple[str, ...] = ()
    """Sentences chosen by rule that must stand beside the figures."""
