"""Rows that stay in an engine: DuckDB or a Spark cluster counts them, and only counts come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import ibis
import numpy as np
from ibis.expr.types import ArrayColumn, Column, IntegerColumn, Table

from palermo.protection.private.counting import Counts, Integers, Weighed, cap, count_all
from palermo.protection.private.domain import Domain
from palermo.protection.private.encoding import must_declare, must_hold, nobody, undeclared_values
from palermo.protection.private.layout import BLANK, Layout
from palermo.tables import Engine

__all__ = ["EngineRows", "bound_in", "encode_in"]

_UNDECLARED = -2


@dataclass(frozen=True, slots=True, eq=False)
class EngineRows:
    """Rows of a table with one column of numbers for each column of the domain; nothing for a blank.

    Rows within the limits are counted by the engine. The few beyond, about 1 in 100, come into memory to be capped.
    """

    table: Table
    engine: Engine
    layout: Layout

    def number(self) -> int:
        """See `Rows`."""
        return int(self.engine.collect(self.table.aggregate(n=self.table.count()))["n"].item())

    def values(self) -> Counts:
        """See `Rows`."""
        counts = np.zeros(self.layout.n_values, dtype=np.int32)
        singles = self.table.select(value=_row(self.table).unnest()).filter(ibis._.value.notnull())
        found = self.engine.collect(singles.group_by("value").aggregate(n=singles.count()))
        counts[found["value"].to_numpy()] = found["n"].to_numpy()
        return counts

    def weigh(self, weights: Integers) -> Weighed:
        """See `Rows`."""
        filled = [self.table[name].notnull().cast("int64") for name in self.table.columns]
        pairs = [
            filled[i] * _sum([filled[j] * int(weights[i, j]) for j in range(i + 1, len(filled))])
            for i in range(len(filled) - 1)
        ]
        m = _sum(filled)
        triples = (m * (m - 1) * (m - 2) // 6).cast("int64")
        return _WeighedRows(
            self, weights, self.engine.keep(self.table.mutate(pairs=_sum(pairs), triples=triples), "weighed")
        )


@dataclass(frozen=True, slots=True, eq=False)
class _WeighedRows:
    rows: EngineRows
    weights: Integers
    table: Table
    """Numbers, ``pairs`` and ``triples``; kept, since an engine would work the sums out again for every step."""

    def loads(self, steps: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
        """See `Weighed`."""
        names = "pairs", "triples"
        placed = self.table.select(
            **{name: _place(self.table[name], own) for name, own in zip(names, steps, strict=True)}
        )
        found = self.rows.engine.collect(placed.group_by(names).aggregate(n=placed.count()))
        pairs, triples = (
            np.bincount(found[name], weights=found["n"], minlength=len(own)).astype(np.int64)
            for name, own in zip(names, steps, strict=True)
        )
        return pairs, triples

    def combinations(self, most: tuple[int, int]) -> tuple[Counts, Counts]:
        """See `Weighed`."""
        rows = self.rows
        whole = (self.table.pairs <= most[0]) & (self.table.triples <= most[1])
        beyond = rows.engine.collect(self.table.filter(~whole).drop("pairs", "triples")).fill_null(BLANK)
        codes = beyond.to_numpy().astype(np.int32).reshape(-1, rows.layout.n_columns)
        _, two, three = count_all(cap(codes, self.weights, most), rows.layout)
        self._add_combinations(self.table.filter(whole).drop("pairs", "triples"), two, three)
        return two, three

    def _add_combinations(self, table: Table, two: Counts, three: Counts) -> None:
        """Count the pairs and triples of rows by spreading each row over them; only counts come out."""
        layout, n = self.rows.layout, self.rows.layout.n_values
        one = _next(table.select(values=_row(table), at=ibis.literal(-1)), "a")
        pairs = _next(one, "b")
        a, b, counts = self._counted(pairs.select(key=pairs.a * n + pairs.b), 2)
        two[layout.two[a] + b] += counts
        triples = _next(pairs, "c")
        a, b, c, counts = self._counted(triples.select(key=(triples.a * n + triples.b) * n + triples.c), 3)
        three[layout.three[a] + layout.two[b] + c] += counts

    def _counted(self, keys: Table, length: int) -> tuple[Integers, ...]:
        """Count keys, and take them apart into values; the counts come last."""
        found = self.rows.engine.collect(keys.group_by("key").aggregate(n=keys.count()))
        apart = np.unravel_index(found["key"].to_numpy(), (self.rows.layout.n_values,) * length)
        return (*apart, found["n"].to_numpy())


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
    numbers = [(value, ibis.literal(first + nth, "int64")) for nth, value in enumerate(values)]
    known = text.cases(*numbers, else_=ibis.literal(_UNDECLARED, "int64"))
    return cast(IntegerColumn, ibis.ifelse(text.isnull(), ibis.null("int64"), known))


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
    strange = {name: (coded[name].fill_null(BLANK) == _UNDECLARED).sum() for name in coded.columns}
    found = engine.collect(coded.aggregate(n=coded.count(), **strange))
    if not found["n"].item():
        raise nobody(where)
    for number, column in enumerate(domain.ordered):
        if rows := int(found[f"c{number}"].item()):
            raise undeclared_values(column, rows, where)


def _row(table: Table) -> ArrayColumn:
    return cast(ArrayColumn, ibis.array([table[name] for name in table.columns]))


def _next(table: Table, name: str) -> Table:
    """Spread each row over the filled values that stand later in it than ``at``."""
    spread = table.filter(table.at < table.values.length() - 1)
    spread = spread.mutate(at=ibis.range(spread.at + 1, spread.values.length()).unnest())
    return spread.mutate(spread.values[spread.at].name(name)).filter(ibis._[name].notnull())


def _sum(terms: list[IntegerColumn]) -> IntegerColumn:
    """Add up in halves, so that the expression stays shallow."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return cast(IntegerColumn, _sum(terms[:half]) + _sum(terms[half:]))


def _place(load: IntegerColumn, steps: Integers) -> IntegerColumn:
    """Say how many steps a load is beyond."""
    return _sum([(load > int(step)).cast("int64") for step in steps[:-1]] or [load * 0])
