"""Small tables to report on, and pages of the invented samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import polars as pl
import pytest

from palermo.reports import NullRenderer, PlainLabels, write_report
from palermo.reports.context import Context
from palermo.tables import Audit, Dimension, Edition, Policy, Release, ReleasedTable, Unlisted
from tests.support.sample_release import SAMPLES

EDITION = Edition(
    id="abc123def456",
    title="Invented statistics",
    publisher="Invented office",
    country="",
    period="2019–2021",
    unit="record",
    sources=(),
    version="0.1.0",
)


class Tables:
    """Builds released tables from text: a key of codes, and a number, ``withheld``, or ``low-high``."""

    def __call__(
        self,
        cells: Mapping[str, int | str],
        fields: str,
        *,
        name: str = "table",
        unit: str = "record",
        codes: str = "exclusive",
        kind: str = "statistics",
    ) -> ReleasedTable:
        dimensions = tuple(Dimension(field, codes) for field in fields.split())  # type: ignore[arg-type]
        rows = [
            {**dict(zip(fields.split(), key.split(), strict=True)), **self._measures(value)}
            for key, value in cells.items()
        ]
        frame = pl.DataFrame(rows, schema_overrides=dict.fromkeys(("count", "low", "high"), pl.Int64))
        n_withheld = sum(value == "withheld" for value in cells.values())
        reported = codes == "reported" or {"area", "country"} & set(fields.split())
        unlisted: Unlisted = "not-reported" if reported else "zero"
        return ReleasedTable(name, "A table", dimensions, unit, "All rows", frame, (), kind, unlisted, n_withheld)

    @staticmethod
    def _measures(value: int | str) -> dict[str, int | None]:
        if value == "withheld":
            return {"count": None, "low": None, "high": None, "below_threshold_cells": 0}
        if isinstance(value, int):
            return {"count": value, "low": value, "high": value, "below_threshold_cells": 0}
        exact, below = (int(part) for part in value.split("+"))
        return {"count": exact, "low": exact + below, "high": exact + 4 * below, "below_threshold_cells": below}


@pytest.fixture
def tables() -> Tables:
    return Tables()


@pytest.fixture
def release_of() -> Callable[..., Release]:
    def build(*tables: ReleasedTable) -> Release:
        return Release(tables, Policy(), Audit(10, 2, 12))

    return build


@pytest.fixture
def context(release_of: Callable[..., Release]) -> Context:
    return Context(release_of(), EDITION, PlainLabels())


@pytest.fixture
def edition() -> Edition:
    return EDITION


@cache
def page_of(name: str) -> str:
    """Write the page of a sample without drawings."""
    sample = SAMPLES[name]()
    labels, renderer = PlainLabels(), NullRenderer()
    return write_report(sample.release, sample.edition, previous=sample.previous, labels=labels, renderer=renderer)


@pytest.fixture(params=list(SAMPLES))
def page(request: pytest.FixtureRequest) -> str:
    return page_of(request.param)


@pytest.fixture
def pages() -> Callable[[str], str]:
    return page_of
