"""Palermo for people who write Python: the use cases as functions that take and give tables.

A source is the path of a file, or any table that speaks Arrow: of pandas, polars, DuckDB, pyarrow and others. What
comes back is a polars frame, which speaks Arrow too. Nothing is kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, runtime_checkable

import polars as pl

from palermo import intake
from palermo.errors import UsageError
from palermo.tables import open_engine
from palermo.workflows.map import MapAnswer
from palermo.workflows.map import suggest_mapping as _suggest
from palermo.workflows.run import Run, run
from palermo.workflows.surroundings import rules_around, standard_around
from palermo.workflows.table import Question, TableAnswer
from palermo.workflows.table import tabulate as _tabulate

__all__ = ["Records", "Run", "Source", "SpeaksArrow", "read", "run", "suggest_mapping", "tabulate"]


@runtime_checkable
class SpeaksArrow(Protocol):
    """A table with Arrow's PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the rows as an Arrow stream."""
        ...


Source = str | Path | SpeaksArrow


@dataclass(frozen=True, slots=True)
class Records:
    """A source in the words of the standard, with what is wrong with it. Private: these are people's records."""

    records: pl.DataFrame
    """``source_row`` and a column for each field of the standard, in the order of the source."""
    findings: pl.DataFrame
    """``source_row``, ``rule``, ``field``: a row for each rule that a row of the source breaks."""
    unmapped: pl.DataFrame
    """``field``, ``value``, ``rows``: values for which the mapping has no code."""
    quality: pl.DataFrame
    """``field``, ``state``, ``rows``: how many rows say something, and which kind of nothing the others say."""
    quarantine: pl.DataFrame
    """``source_row``, ``reason``, ``cells``: rows that could not be read as a record."""
    rows_in: int


def read(source: Source, mapping: str | Path, *, as_of: date | None = None, rules: str | Path | None = None) -> Records:
    """Read a source in the words of the standard, and put every rule to it.

    Parameters
    ----------
    mapping
        The name of a ready mapping, or the path of a TOML file.
    as_of
        The day on which the data were taken: nothing in them is later.
    rules
        The path of a TOML file with rules of your own; those of the project around the source otherwise.

    Raises
    ------
    PalermoError
        The source or the mapping must be mended; the message says where and how.

    Examples
    --------
    >>> import palermo
    >>> palermo.read("register.csv", "police.toml").findings  # doctest: +SKIP
    """
    with _file(source) as file, open_engine() as engine:
        standard = standard_around(file)
        own = rules_around(file, Path(rules) if rules else None, standard)
        read_by = intake.load_mapping(str(mapping), standard)
        examined = intake.examine(file, read_by, standard, engine, as_of=as_of, rules=own)
        return Records(
            records=engine.collect(examined.table).sort("source_row"),
            findings=engine.collect(examined.findings).sort("source_row", "rule"),
            unmapped=examined.unmapped,
            quality=examined.quality,
            quarantine=examined.quarantine,
            rows_in=examined.rows_in,
        )


def tabulate(
    source: Source,
    mapping: str | Path,
    by: str | Sequence[str],
    *,
    indicator: str | None = None,
    where: Mapping[str, str] | None = None,
    private: bool = False,
) -> TableAnswer:
    """Count a source by some fields; the counts pass the gate unless they are private.

    Parameters
    ----------
    by
        One field of the standard, or several.
    indicator
        What aggregates count, such as ``detected-victims``.
    where
        Field → the code that it must have.
    private
        Give every count as it is, for those inside.

    Raises
    ------
    PalermoError
        The source or the mapping must be mended, or the question would add up what may not be added up.
    """
    fields = (by,) if isinstance(by, str) else tuple(by)
    with _file(source) as file:
        return _tabulate(Question(file, str(mapping), fields, indicator, where, private))


def suggest_mapping(source: Source, *, before: str | None = None, out: str | Path | None = None) -> MapAnswer:
    """Suggest a mapping for a source, as `palermo map` does.

    Parameters
    ----------
    before
        A mapping that fitted an earlier source of this kind.
    out
        Where the draft is written, if anywhere.
    """
    with _file(source) as file:
        return _suggest(file, before=before, out=Path(out) if out else None)


@contextmanager
def _file(source: Source) -> Iterator[Path]:
    """Give a source as a file, for as long as it is needed."""
    if isinstance(source, str | Path):
        yield Path(source)
        return
    if not isinstance(source, SpeaksArrow):
        kind = type(source).__name__
        raise UsageError(f"a {kind} is no source.", todo="Give a path, or a table that speaks Arrow.")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "table.parquet"
        pl.DataFrame(source).write_parquet(file)
        yield file
