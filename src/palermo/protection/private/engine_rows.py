"""Rows that stay in an engine: DuckDB or a Spark cluster reads them block by block, and only counts come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import ibis
import numpy as np
import polars as pl
from ibis.expr.types import Column, IntegerColumn, Table

from palermo.protection.private.counting import CodedRows, Counts, Integers, Rows, Weighed
from palermo.protection.private.domain import Domain
from palermo.protection.private.encoding import must_declare, must_hold, nobody, undeclared_values
from palermo.protection.private.layout import BLANK, Layout
from palermo.tables import Engine

__all__ = ["EngineRows", "bound_in", "encode_in"]

_UNDECLARED = -2


@dataclass(frozen=True, slots=True, eq=False)
class EngineRows:
    """Rows of a table with one column of numbers for each column of the domain.

    Each block of them is counted, and capped, by the loop for rows in memory, where the engine has the block.
    """

    table: Table
    engine: Engine
    layout: Layout

    def number(self) -> int:
        """See `Rows`."""
        return int(self.engine.collect(self.table.aggregate(n=self.table.count()))["n"].item())

    def values(self) -> Counts:
        """See `Rows`."""
        (counts,) = self.add_up(lambda rows: (rows.values(),), [self.layout.n_values])
        return counts.astype(np.int32)

    def weigh(self, weights: Integers) -> Weighed:
        """See `Rows`."""
        return _WeighedRows(self, weights)

    def add_up(self, count: Callable[[Rows], tuple[Counts | Integers, ...]], sizes: Sequence[int]) -> list[Integers]:
        """Add up the counts of all blocks."""
        layout = self.layout

        def count_block(block: pl.DataFrame) -> Integers:
            codes = np.ascontiguousarray(block.to_numpy(), dtype=np.int32)
            return np.concatenate(count(CodedRows(codes, layout)))

        return np.split(self.engine.add_up(self.table, count_block, sum(sizes)), np.cumsum(sizes)[:-1])


@dataclass(frozen=True, slots=True, eq=False)
class _WeighedRows:
    rows: EngineRows
    weights: Integers

    def loads(self, steps: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
        """See `Weighed`."""
        weights = self.weights
        pairs, triples = self.rows.add_up(lambda rows: rows.weigh(weights).loads(steps), [len(own) for own in steps])
        return pairs, triples

    def combinations(self, most: tuple[int, int]) -> tuple[Counts, Counts]:
        """See `Weighed`."""
        weights, layout = self.weights, self.rows.layout
        sizes = [layout.n_pairs, layout.n_triples]
        two, three = self.rows.add_up(lambda rows: rows.weigh(weights).combinations(most), sizes)
        return two.astype(np.int32), three.astype(np.int32)


def encode_in(engine: Engine, table: Table, domain: Domain, where: str) -> EngineRows:
    """Number the values of a table where it is.

    Raises
    ------
    InputError
        A column is not declared or not there, or holds what is not declared.
    """
    must_declare(table.columns, domain, where)
    layout = domain.layout
    numbers = {
        f"c{nth}": _number(table[column.name], column.values, int(layout.firsts[nth]))
        for nth, column in enumerate(domain.ordered)
    }
    kept = engine.keep(table.select(**numbers), "coded")
    _see_that_all_are_known(engine, kept, domain, where)
    return EngineRows(kept, engine, layout)


def _number(cells: Column, values: Sequence[str], first: int) -> IntegerColumn:
    """Number the values of a column; one flat expression, since a join for each column is too deep to be written."""
    text = cells.cast("string").nullif("")
    numbers = [(value, ibis.literal(first + nth, "int32")) for nth, value in enumerate(values)]
    known = text.cases(*numbers, else_=ibis.literal(_UNDECLARED, "int32"))
    return cast(IntegerColumn, ibis.ifelse(text.isnull(), ibis.literal(BLANK, "int32"), known))


def bound_in(table: Table, person_id: str, most: int, where: str) -> Table:
    """Keep at most so many rows of each person, by the engine's chance and not by what they say.

    Any choice that looks at nobody else's rows would do for the guarantee. A row that names nobody is a person of its
    own.
    """
    must_hold(table.columns, person_id, where)
    shuffled = ibis.window(group_by=person_id, order_by="chance")
    nth = table.mutate(chance=ibis.random()).mutate(nth=ibis.row_number().over(shuffled))
    return nth.filter((nth.nth < most) | nth[person_id].isnull()).drop("nth", "chance", person_id)


def _see_that_all_are_known(engine: Engine, coded: Table, domain: Domain, where: str) -> None:
    """Refuse values that are not declared."""
    strange = {name: (coded[name] == _UNDECLARED).sum() for name in coded.columns}
    found = engine.collect(coded.aggregate(n=coded.count(), **strange))
    if not found["n"].item():
        raise nobody(where)
    for number, column in enumerate(domain.ordered):
        if rows := int(found[f"c{number}"].item()):
            raise undeclared_values(column, rows, where)
