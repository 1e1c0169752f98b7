"""An appraisal: for some States over a period, what was achieved, is missing and is hard under each provision.

It holds no rank and no score: cells list States in the order of their codes, and nothing adds them up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from palermo.commitments.appraisal.evidence import EVIDENCE, FIGURES
from palermo.commitments.appraisal.scheme import SchemeSeries
from palermo.commitments.appraisal.scope import Scope
from palermo.commitments.instruments import Status, gaps
from palermo.commitments.provisions import Provision

__all__ = ["Appraisal", "Cell", "Period", "appraise"]

_ROLES = ("achievement", "gap", "challenge")
_CONFIDENCE = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of what is appraised."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Cell:
    """What was achieved, or is missing, or is hard, under one provision or instrument."""

    subject: str
    """The id of the provision or the instrument."""
    role: str
    entries: tuple[Mapping[str, Any], ...]
    """Rows of `EVIDENCE`, in the order of States, then of days."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source of the cell, once."""
        return tuple(dict.fromkeys(entry["source"] for entry in self.entries))

    @property
    def confidence(self) -> str:
        """The lowest of its entries': a cell is as sure as what it rests on."""
        return min((str(entry["confidence"]) for entry in self.entries), key=_CONFIDENCE.index)

    def as_json(self) -> dict[str, Any]:
        """Give it with its sources and confidence."""
        return {
            "role": self.role,
            "confidence": self.confidence,
            "sources": list(self.sources),
            "entries": [
                {name: entry[name] for name in ("id", "state", "says", "confidence", "source")}
                | {"since": entry["since"].isoformat() if entry["since"] else None}
                for entry in self.entries
            ],
        }


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What was achieved, what is missing and what is hard, with the outside schemes beside it."""

    scope: Scope
    period: Period
    provisions: tuple[Provision, ...]
    instruments: Mapping[str, str]
    """The names of the instruments by id."""
    statuses: Mapping[str, Status]
    """Where States stood with each on the last day."""
    cells: tuple[Cell, ...]
    figures: pl.DataFrame
    """Those of its States and years, with the columns of `FIGURES`."""
    schemes: tuple[SchemeSeries, ...]
    notes: tuple[str, ...]

    def of(self, subject: str) -> tuple[Cell, ...]:
        """Give the cells of a provision or an instrument."""
        return tuple(cell for cell in self.cells if cell.subject == subject)

    @property
    def as_recorded(self) -> date | None:
        """From what had been written down by which day; none for all that is."""
        return next((status.as_recorded for status in self.statuses.values()), None)

    @property
    def without_records(self) -> tuple[str, ...]:
        """The provisions of which nothing is recorded. That is no gap: nobody has looked."""
        looked_at = {cell.subject for cell in self.cells}
        return tuple(provision.id for provision in self.provisions if provision.id not in looked_at)

    def as_json(self) -> dict[str, Any]:
        """Give it as the command prints it."""
        return {
            "scope": self.scope.name,
            "states": list(self.scope.states),
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "as_recorded": self.as_recorded.isoformat() if self.as_recorded else None,
            "instruments": [
                {
                    "instrument": id_,
                    "short": short,
                    **self._rests_on(id_),
                    "cells": [cell.as_json() for cell in self.of(id_)],
                }
                for id_, short in self.instruments.items()
            ],
            "provisions": [
                {
                    "provision": each.id,
                    "pillar": each.pillar,
                    "gist": each.gist,
                    "certainty": each.certainty,
                    "mark": each.mark,
                    "cells": [cell.as_json() for cell in self.of(each.id)],
                }
                for each in self.provisions
                if self.of(each.id)
            ],
            "without_records": list(self.without_records),
            "figures": self.figures.to_dicts(),
            "outside_schemes": [self._scheme(series) for series in self.schemes],
            "notes": list(self.notes),
        }

    def _rests_on(self, instrument: str) -> dict[str, Any]:
        """Name the basis, how far the data reach, and the States of which they do not say whether they are parties."""
        missing = gaps(self.statuses[instrument])
        states = set(self.scope.states)
        return {
            "basis": missing.status.basis.value,
            "snapshot": missing.status.snapshot.isoformat() if missing.status.snapshot else None,
            "at_least": missing.status.at_least,
            "unknown": [state for state in missing.unknown if state in states],
        }

    def _scheme(self, series: SchemeSeries) -> dict[str, Any]:
        within = series.table.filter(
            pl.col("state").is_in(list(self.scope.states))
            & pl.col("year").is_between(self.period.first.year, self.period.last.year)
        ).sort("state", "year", "component")
        return {
            "scheme": series.scheme,
            "title": series.title,
            "owner": series.owner,
            "limit": series.limit,
            "series": within.to_dicts(),
        }


def appraise(
    scope: Scope,
    period: Period,
    *,
    provisions: Collection[Provision],
    instruments: Mapping[str, str],
    statuses: Mapping[str, Status],
    evidence: Sequence[pl.DataFrame],
    figures: pl.DataFrame | None = None,
    schemes: Sequence[SchemeSeries] = (),
    notes: Sequence[str] = (),
) -> Appraisal:
    """Put evidence into the cells of provisions and instruments.

    Parameters
    ----------
    evidence
        Tables with the columns of `EVIDENCE`, from whatever room. An achievement counts if it began within the period,
        a gap or a challenge if it was there on its last day; what has no day counts.
    figures
        With the columns of `FIGURES`: they stand beside the cells, and a cell can name one as its evidence.
    """
    ours = pl.concat([pl.DataFrame(schema=EVIDENCE), *(table.select(list(EVIDENCE)) for table in evidence)])
    within = ours.filter(
        (pl.col("state").is_null() | pl.col("state").is_in(list(scope.states)))
        & (pl.col("since").is_null() | (pl.col("since") <= period.last))
        & ((pl.col("role") != "achievement") | pl.col("since").is_null() | (pl.col("since") >= period.first))
    ).sort("state", "since", "id", nulls_last=True)
    subjects = {*(each.id for each in provisions), *instruments}
    elsewhere = within.filter(~pl.col("provision").is_in(list(subjects))).height
    lost = (
        [f"{elsewhere} records are under provisions that the text has not; they are in no cell."] if elsewhere else []
    )
    cells = [Cell(str(subject), role, tuple(rows.iter_rows(named=True))) for (subject, role), rows in _grouped(within)]
    ordered = sorted(cells, key=lambda cell: (cell.subject, _ROLES.index(cell.role)))
    return Appraisal(
        scope,
        period,
        tuple(provisions),
        dict(instruments),
        dict(statuses),
        tuple(ordered),
        _figures(figures, scope, period),
        tuple(schemes),
        (*notes, *lost),
    )


def _figures(figures: pl.DataFrame | None, scope: Scope, period: Period) -> pl.DataFrame:
    columns = ("id", "state", "indicator", "year", "value", "unit", "release", "source")
    ours = pl.DataFrame(schema=FIGURES.schema()) if figures is None else figures
    within = pl.col("year").is_between(period.first.year, period.last.year)
    return ours.filter(within & pl.col("state").is_in(list(scope.states))).select(columns).sort("state", *columns[2:6])


def _grouped(evidence: pl.DataFrame) -> Iterable[tuple[tuple[str, str], pl.DataFrame]]:
    for (subject, role), rows in evidence.group_by("provision", "role", maintain_order=True):
        yield (str(subject), str(role)), rows
