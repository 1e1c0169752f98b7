"""The public domain: which columns and values there can be, written down before the data are seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from palermo.errors import InputError
from palermo.protection.private.layout import Layout, lay_out
from palermo.tables import Form, Handwritten, must_be_file

__all__ = ["Column", "Domain", "load_domain"]

Flags = npt.NDArray[np.bool_]

_DATA = {".parquet", ".csv", ".xlsx", ".json", ".feather"}
_KEYS: dict[str, Form] = {"columns": "table", "impossible": "tables", "population": "number", "source": "text"}
_COLUMN: dict[str, Form] = {"values": "texts", "parents": "table", "title": "text"}
_LARGEST = 60_000_000
"""The most 3-way cells: beyond, memory and not privacy says no."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the values it may have; empty means not reported, and is no value."""

    name: str
    values: tuple[str, ...]
    parents: Mapping[str, str]
    """What a value belongs to, such as a country's region."""
    title: str


@dataclass(frozen=True, slots=True)
class Domain:
    """All columns, and what cannot be."""

    columns: tuple[Column, ...]
    impossible: tuple[Mapping[str, tuple[str, ...]], ...]
    population: int | None
    """How many people there are of whom the file could tell: public, never counted in the file."""
    source: str

    @property
    def ordered(self) -> tuple[Column, ...]:
        """The columns, those with most values first: so the model's largest tables are met only once."""
        return tuple(sorted(self.columns, key=lambda column: -len(column.values)))

    @property
    def layout(self) -> Layout:
        """The places of all combinations of up to three values."""
        return lay_out([len(column.values) for column in self.ordered])

    def possible(self, layout: Layout) -> tuple[Flags, Flags]:
        """Say which pairs and triples can be."""
        pairs, triples = np.ones(layout.n_pairs, dtype=np.bool_), np.ones(layout.n_triples, dtype=np.bool_)
        place = {
            (column.name, value): int(layout.firsts[number]) + index
            for number, column in enumerate(self.ordered)
            for index, value in enumerate(column.values)
        }
        for rule in self.impossible:
            groups = sorted([place[name, value] for value in values] for name, values in rule.items())
            firsts = layout.two[groups[0]][:, None] + np.array(groups[1])
            if len(groups) == 2:
                pairs[firsts] = False
            else:
                between = (layout.two[groups[1]][:, None] + np.array(groups[2])).ravel()
                triples[layout.three[groups[0]][:, None] + between] = False
        return pairs, triples


def load_domain(path: Path) -> Domain:
    """Read a domain from a TOML file.

    Raises
    ------
    InputError
        It is no such file, is taken from the data, or contradicts itself.
    """
    if path.suffix.lower() in _DATA:
        raise InputError(
            "a domain read from the data tells who is in them.",
            where=path.name,
            todo="Write the values that there can be in a TOML file, from the codebook, before you look at the data.",
        )
    must_be_file(path, todo="Write the columns and their values into it; the guide shows one.")
    file = Handwritten(path, InputError)
    text = file.read()
    file.check(text, "", _KEYS, "columns")
    columns = tuple(_column(file, name, table) for name, table in text["columns"].items())
    if len(columns) < 2:
        file.refuse("a domain needs two columns at least.", "Declare every column of the table.")
    source = text.get("source", "")
    if Path(source).suffix.lower() in _DATA:
        file.refuse("source names a data file; a domain read from the data tells who is in them.", "Name the codebook.")
    impossible = tuple(_rule(file, rule, columns) for rule in text.get("impossible", []))
    population = text.get("population")
    if population is not None and population < 100:
        file.refuse("population must be at least 100.", "It is how many people the file could be about.")
    domain = Domain(columns, impossible, population, source)
    _small_enough(file, columns)
    return domain


def _column(file: Handwritten, name: str, table: Any) -> Column:
    if not isinstance(table, dict):
        file.refuse(f"columns.{name} is no table.", f'Write [columns.{name}] and below it values = ["…"].')
    file.check(table, f"[columns.{name}]", _COLUMN, "values")
    values = tuple(table["values"])
    if not values or "" in values or len(set(values)) != len(values):
        file.refuse(
            f"[columns.{name}] values must be there, each once, and none empty.",
            "Empty means not reported, and needs no line.",
        )
    parents = table.get("parents", {})
    if not set(parents) <= set(values) or not all(isinstance(parent, str) for parent in parents.values()):
        file.refuse(f"[columns.{name}] parents names what is no value.", 'Write it as { "MDA" = "Europe" }.')
    if set(parents.values()) & set(values):
        file.refuse(
            f"[columns.{name}] parents names a value as what others belong to.",
            "Give it another name: its own people would be counted in both.",
        )
    return Column(name, values, parents, table.get("title", name))


def _rule(file: Handwritten, rule: dict[str, Any], columns: tuple[Column, ...]) -> Mapping[str, tuple[str, ...]]:
    known = {column.name: column.values for column in columns}
    texts = all(isinstance(values, list) and values for values in rule.values())
    if len(rule) not in (2, 3) or not texts or any(set(v) - set(known.get(name, ())) for name, v in rule.items()):
        file.refuse(
            "an [[impossible]] names two or three columns, each with declared values that cannot meet.",
            'Write it as gender = ["Male"] and below it pregnant = ["yes"].',
        )
    return {name: tuple(values) for name, values in rule.items()}


def _small_enough(file: Handwritten, columns: tuple[Column, ...]) -> None:
    sums = [sum(len(column.values) ** power for column in columns) for power in (1, 2, 3)]
    triples = (sums[0] ** 3 - 3 * sums[0] * sums[1] + 2 * sums[2]) // 6
    if triples > _LARGEST:
        file.refuse(
            f"the domain has {triples / 1e6:,.0f} million combinations of three values; {_LARGEST // 10**6} million is"
            " the most that fits.",
            "Declare fewer columns, or coarser values.",
        )
