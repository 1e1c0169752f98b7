"""A private release: records, the noisy tables beside them, and what they cost, all from one look at the data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from ibis.expr.types import Table

from palermo.errors import ReleaseRefused
from palermo.protection.private.budget import Budget
from palermo.protection.private.counting import CodedRows, Rows
from palermo.protection.private.domain import Domain
from palermo.protection.private.encoding import bound_rows, decode, encode
from palermo.protection.private.engine_rows import bound_in, encode_in
from palermo.protection.private.layout import Codes
from palermo.protection.private.measurement import Measured, measure
from palermo.protection.private.noise import SAMPLERS
from palermo.protection.private.publishing import noisy_tables
from palermo.protection.private.synthesis import frozen_settings, records
from palermo.protection.private.utility import noise_errors
from palermo.tables import Engine

__all__ = ["PrivateRelease", "Request", "release_from_engine", "release_privately"]

_LEAST_ROWS = 100
_CLEAR = 4
"""How many standard deviations of its own noise the number of rows must be above zero."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for."""

    budget: Budget
    mode: str = "guarded"
    """``accurate``, ``guarded``, or ``tables`` for no records."""
    person_id: str | None = None
    sampler: str = "table"
    seed: int = 0
    """Of what is worked out from the noisy counts; the noise itself has none."""


@dataclass(frozen=True, slots=True)
class PrivateRelease:
    """What may be published, with the parameters of its guarantee."""

    records: pl.DataFrame | None
    tables: pl.DataFrame
    about: Mapping[str, Any]
    """Parameters, data dictionary, and errors as they follow from the noise alone."""


def release_privately(table: pl.DataFrame, domain: Domain, request: Request, where: str) -> PrivateRelease:
    """Measure a table once, and make everything else from what was measured.

    Parameters
    ----------
    where
        The name of the table's file, for errors.
    """
    if request.person_id:
        table = bound_rows(table, request.person_id, request.budget.max_rows, where)
    return _release(CodedRows(encode(table, domain, where), domain.layout), domain, request, where)


def release_from_engine(table: Table, engine: Engine, domain: Domain, request: Request, where: str) -> PrivateRelease:
    """Do the same with a table that an engine holds and counts."""
    if request.person_id:
        table = bound_in(table, request.person_id, request.budget.max_rows, where)
    return _release(encode_in(engine, table, domain, where), domain, request, where)


def _release(rows: Rows, domain: Domain, request: Request, where: str) -> PrivateRelease:
    layout = domain.layout
    settings = frozen_settings(layout)
    measured = measure(rows, request.budget, SAMPLERS[request.sampler], settings.measure)
    _enough(measured, where)
    made: Codes | None = None
    if request.mode != "tables":
        made = records(measured, request.mode, domain.possible(layout), settings, request.seed)
    return PrivateRelease(
        None if made is None else decode(made, domain),
        noisy_tables(measured, domain),
        _about(measured, domain, request, made),
    )


def _enough(measured: Measured, where: str) -> None:
    """Refuse where there seems to be hardly anybody; this looks at the noisy number alone, so it tells no more."""
    least = max(_LEAST_ROWS, math.ceil(_CLEAR * measured.sigma_rows))
    if measured.rows < least:
        raise ReleaseRefused(
            f"there are too few rows, as far as the noise lets us tell: fewer than {least:,} at this ε.",
            where=where,
            todo="Records or tables of so few would be noise. Count over more years or places; the look is paid for.",
        )


def _about(measured: Measured, domain: Domain, request: Request, made: Codes | None) -> dict[str, Any]:
    budget = request.budget
    return {
        "guarantee": {
            "epsilon": budget.epsilon,
            "delta": budget.delta,
            "rho": round(budget.rho, 9),
            "accounting": "zero-concentrated differential privacy: rho; epsilon at this delta follows from it",
            "unit": "person" if request.person_id else "row",
            "delta_added_by_sampler_at_most": measured.slack,
            "neighbours": _neighbours(request),
            "max_rows_a_person": budget.max_rows,
            "missed_links": "A person with c missed links is protected at up to c + 1 times the epsilon.",
            "noise": "discrete Gaussian, secure randomness, no seed",
            "sampler": request.sampler,
        },
        "mode": request.mode,
        "rows": {
            "noisy": measured.rows,
            "sigma": round(measured.sigma_rows, 3),
            "released": 0 if made is None else len(made),
        },
        "limits_of_a_row": {"pair_weight": round(measured.most_pairs, 6), "triples": measured.most_triples},
        "errors_from_noise": noise_errors(measured),
        "dictionary": [
            {
                "column": column.name,
                "title": column.title,
                "values": list(column.values),
                "parents": dict(column.parents),
                "not_reported": "empty",
            }
            for column in domain.columns
        ],
        "domain_source": domain.source,
        "notes": _notes(request, made),
    }


def _neighbours(request: Request) -> str:
    if request.person_id:
        return "one linked person's rows added or removed, the linkage held fixed"
    return "one row added or removed: no person id was given, so a row is taken for a person"


def _notes(request: Request, made: Codes | None) -> list[str]:
    notes = ["Errors are those that follow from the scale of the noise. None was measured against the real file."]
    if made is not None:
        blank = float(np.mean(made < 0))
        notes += [
            "No record is a person. What one record combines may be nobody's; what none combines may be somebody's.",
            f"{100 * blank:.0f} in 100 cells are empty: not reported, or left out to avoid an invented combination.",
        ]
    if request.mode == "guarded":
        notes.append(
            "Small cells were given up so that almost no combination is invented; take counts from the tables."
        )
    if request.budget.max_rows > 1:
        notes.append(f"At most {request.budget.max_rows} rows of a person were used, chosen by chance.")
    return notes
