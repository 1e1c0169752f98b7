"""Whether a file is of a kind that somebody has made a mapping for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from palermo.intake.delimited import first_rows_of_text
from palermo.intake.headings import find_headings
from palermo.intake.mapping import Mapping
from palermo.intake.spelling import normal
from palermo.intake.workbook import first_rows_of_sheets

__all__ = ["BOOKS", "TEXT", "recognise"]

BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXT = (".csv", ".tsv", ".txt")
_OF_THE_FILE = 0.75
"""The part of a file's columns that a mapping must know, for the file to be of its kind…"""
_MANY = 6
"""… or so many of them, where others were added."""
_FEWEST = 2

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a mapping knows the columns of a file."""

    of_the_file: float
    of_the_mapping: float


def recognise(path: Path, known: Iterable[Mapping], columns: Sequence[str] = ()) -> tuple[Mapping, ...]:
    """Find the mappings that know most of the columns of a file, and find all that they require.

    Parameters
    ----------
    columns
        The names of the columns, where the file is neither text nor a workbook.

    Returns
    -------
    tuple of Mapping
        First the one of whose columns most are there; of several that are alike, the one that was given first.
    """
    beginnings = _beginnings(path, columns)
    fits = [(mapping, fit) for mapping in known if (fit := _best(beginnings, mapping)) is not None]
    most = max((fit.of_the_file for _, fit in fits), default=0.0)
    best = sorted((pair for pair in fits if pair[1].of_the_file == most), key=lambda pair: -pair[1].of_the_mapping)
    return tuple(mapping for mapping, _ in best)


def _beginnings(path: Path, columns: Sequence[str]) -> Sequence[Rows]:
    """Give the first rows in each way in which the file can be cut into cells, or has sheets."""
    ending = next((one.lower() for one in reversed(path.suffixes) if one.lower() != ".gz"), "")
    if ending in TEXT:
        return first_rows_of_text(path)
    return first_rows_of_sheets(path) if ending in BOOKS else [[columns]]


def _best(beginnings: Iterable[Rows], mapping: Mapping) -> _Fit | None:
    fits = [fit for rows in beginnings if (fit := _fit(rows, mapping)) is not None]
    return max(fits, key=lambda fit: (fit.of_the_file, fit.of_the_mapping), default=None)


def _fit(rows: Rows, mapping: Mapping) -> _Fit | None:
    top = find_headings(rows, mapping)
    if top is None:
        return None
    named = {normal(name) for name in top.names if name.strip()}
    read = {name for name in named if mapping.is_wide(name)} | (named & {normal(name) for name in mapping.columns})
    missing = {normal(name) for name in mapping.required} - named
    share = len(read) / len(named)
    if missing or len(read) < _FEWEST or (share < _OF_THE_FILE and len(read) < _MANY):
        return None
    return _Fit(share, top.known / len(mapping.columns))
