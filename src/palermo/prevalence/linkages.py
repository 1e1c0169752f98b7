"""Several linkages of the same records: persons at several thresholds, or drawn from what a linkage is unsure of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

import polars as pl

from palermo.errors import InputError
from palermo.prevalence.histories import CaptureHistories

__all__ = ["Linkages", "linkages_of_histories", "linkages_of_persons"]

_AT_THRESHOLD = re.compile(r"person_id_(\d*\.?\d+)")
_DRAWN = re.compile(r"person_id_draw_(\d+)")
_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Linkages:
    """What several linkages of the same records say of who is on which lists."""

    kind: Literal["thresholds", "draws"]
    """Thresholds are choices, of which nobody knows the right one; draws are from a law, and can be averaged over."""
    names: tuple[str, ...]
    tables: tuple[CaptureHistories, ...]
    chosen: int = 0
    """Which of the thresholds is the linkage's own."""


def linkages_of_persons(persons: pl.DataFrame) -> Linkages:
    """Count capture histories from a row for each record: its ``source``, ``person_id`` and ``person_id_<threshold>``.

    Columns ``person_id_draw_<number>`` are draws of the linkage, and are taken instead of the thresholds.

    Raises
    ------
    InputError
        A column is missing, or a record has no person.
    """
    if missing := [name for name in ("source", "person_id") if name not in persons.columns]:
        raise InputError(f"there is no column {', '.join(missing)}.", todo=_PERSONS)
    lists = tuple(sorted(persons["source"].drop_nulls().cast(pl.String).unique()))
    drawn = [name for name in persons.columns if _DRAWN.fullmatch(name)]
    thresholds = [name for name in persons.columns if _AT_THRESHOLD.fullmatch(name)]
    columns = drawn or thresholds or ["person_id"]
    tables = tuple(CaptureHistories.from_memberships(persons, person=name, lists=lists) for name in columns)
    own = [place for place, name in enumerate(columns) if persons[name].equals(persons["person_id"])]
    names = tuple(name.removeprefix("person_id_").replace("_", " ") for name in columns)
    return Linkages("draws" if drawn else "thresholds", names, tables, _own(own, names))


def linkages_of_histories(counted: pl.DataFrame) -> Linkages:
    """Take capture histories that are counted already: ``threshold``, a column for each list, and ``persons``.

    Raises
    ------
    InputError
        A column of a list holds something else than true and false, or a count is no whole number.
    """
    lists = [name for name in counted.columns if name not in ("threshold", "persons")]
    signs = counted.select(pl.col(name).cast(pl.String).str.to_lowercase() for name in lists)
    if not all(signs[name].is_in(["true", "false", "0", "1"]).fill_null(value=False).all() for name in lists):
        raise InputError("a column of a list holds something else than true and false.", todo=_PERSONS)
    bits = [signs[name].is_in(["true", "1"]).cast(pl.Int64) * (1 << place) for place, name in enumerate(lists)]
    people = counted["persons"].cast(pl.Int64, strict=False)
    if people.null_count() or (people < 0).any():
        raise InputError("column persons holds something else than whole numbers of people.", todo=_PERSONS)
    told = pl.DataFrame({"name": counted["threshold"].cast(pl.String), "history": reduce(add, bits), "people": people})
    names = tuple(told["name"].unique(maintain_order=True))
    parts = [told.filter(name=name).select("history", "people") for name in names]
    tables = tuple(CaptureHistories.of(lists, dict(part.rows())) for part in parts)
    return Linkages("thresholds", names, tables, _own([], names))


def _own(own: list[int], names: tuple[str, ...]) -> int:
    """Say which threshold is the linkage's own; where it is not told, the one in the middle."""
    if own:
        return own[0]
    middle = [abs(float(name) - _MIDDLE) if _AT_THRESHOLD.fullmatch(f"person_id_{name}") else 1.0 for name in names]
    return middle.index(min(middle))


_PERSONS = "Name the persons or the histories that palermo link match has written."
