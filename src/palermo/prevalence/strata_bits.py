"""Strata and histories as bits of one table, so that a log-linear model can be of both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from palermo.errors import InputError
from palermo.prevalence.histories import MOST_LISTS, CaptureHistories, StratifiedHistories
from palermo.prevalence.models import Model, close, name_model
from palermo.prevalence.newton import Ints
from palermo.prevalence.unplaced import Unplaced

__all__ = ["CodedStrata", "code_strata"]


@dataclass(frozen=True, slots=True)
class CodedStrata:
    """A table whose bits are values of factors, then lists, then factors that are not known.

    Each value of a factor but its first is a bit.
    """

    table: StratifiedHistories
    n_bits: int
    """How many bits are of values."""
    bits: tuple[tuple[int, ...], ...]
    """The bits of each factor."""
    codes: Ints
    """The cell of each stratum whose values are all known."""
    histories: CaptureHistories
    unplaced: Unplaced

    def terms(self, always: Model, pairs: Model) -> tuple[Ints, Ints]:
        """Give the terms that are always there, and those that may be added: pairs, and a list with a value.

        Two values of one factor are a term as well: nobody has both, which strikes their cells.
        """
        strata = {sum(chosen) for chosen in product(*((0, *own) for own in self.bits))}
        both = {one | other for own in self.bits for one in own for other in own}
        lists = [1 << place << self.n_bits for place in range(len(self.table.lists))]
        base = strata | both | {*lists} | {term << self.n_bits for term in always}
        values = [bit for own in self.bits for bit in own]
        possible = [one | value for one in lists for value in values] + [pair << self.n_bits for pair in pairs]
        return (
            np.array(sorted(base, key=lambda term: (term.bit_count(), term)), dtype=np.int64),
            np.array(possible, dtype=np.int64),
        )

    def named(self, always: Model, chosen: list[int]) -> str:
        """Write the terms of lists as a model, and which lists reach which values in their own measure."""
        inside = (1 << self.n_bits) - 1
        pairs = [term >> self.n_bits for term in chosen if not term & inside]
        model = name_model(close(len(self.table.lists), (*always, *pairs)), self.table.lists)
        values = {
            bit: f"{factor} {value}"
            for place, (factor, own) in enumerate(zip(self.table.factors, self.bits, strict=True))
            for bit, value in zip(own, self.table.values(place)[1:], strict=True)
        }
        own = [f"{self.table.lists[(term >> self.n_bits).bit_length() - 1]} with {values[term & inside]}"
               for term in chosen if term & inside]  # fmt: skip
        return f"{model}; {', '.join(own)}" if own else f"{model}; all strata alike"


def code_strata(table: StratifiedHistories) -> CodedStrata:
    """Put strata and histories into one table.

    Raises
    ------
    InputError
        There are too many strata, nobody's value of a factor is known, or nobody's who may be of a stratum.
    """
    levels = [table.values(place) for place in range(len(table.factors))]
    n_values, n_lists, n_unknown = sum(map(len, levels)) - len(levels), len(table.lists), len(table.unknown)
    if n_values + n_lists + len(levels) * bool(n_unknown) > MOST_LISTS:
        raise InputError("there are too many strata for one model.", todo="Name fewer factors, or merge their values.")
    bits: list[tuple[int, ...]] = []
    for values in levels:
        below = sum(map(len, bits))
        bits.append(tuple(1 << (below + place) for place in range(len(values) - 1)))
    cells = {stratum: _cell(stratum, levels, bits, n_values + n_lists) for stratum in table.strata}
    counted = {
        cells[stratum] | history << n_values: count
        for stratum, part in zip(table.strata, table.tables, strict=True)
        for history, count in zip(part.histories.tolist(), part.counts.tolist(), strict=True)
    }
    names = [f"value {place}" for place in range(n_values)] + [f"list {name}" for name in table.lists]
    names += [f"unknown {name}" for name in table.factors] if n_unknown else []
    known = table.known.strata
    return CodedStrata(
        table=table,
        n_bits=n_values,
        bits=tuple(bits),
        codes=np.array([cells[stratum] for stratum in known]),
        histories=CaptureHistories.of(names, counted),
        unplaced=_unplaced(table, cells, n_values),
    )


def _cell(stratum: tuple[str, ...], levels: list[tuple[str, ...]], bits: list[tuple[int, ...]], unknown: int) -> int:
    """Give the bits of the values that are known, and of the factors that are not, which begin at ``unknown``."""
    cell = 0
    for place, (value, values, own) in enumerate(zip(stratum, levels, bits, strict=True)):
        cell |= (0, *own)[values.index(value)] if value else 1 << (unknown + place)
    return cell


def _unplaced(table: StratifiedHistories, cells: dict[tuple[str, ...], int], n_values: int) -> Unplaced:
    """Say of each cell of people of unknown stratum in which cells they may be."""
    own, starts, members = [], [0], []
    for stratum in table.unknown:
        may_be = [
            cells[other]
            for other in table.known.strata
            if all(value in ("", there) for value, there in zip(stratum, other, strict=True))
        ]
        if not may_be:
            raise InputError(
                "some people are of no stratum in which anybody's values are all known.",
                todo="Leave these rows out, or name fewer factors.",
            )
        for history in table.tables[table.strata.index(stratum)].histories.tolist():
            own.append(cells[stratum] | history << n_values)
            members += [cell | history << n_values for cell in may_be]
            starts.append(len(members))
    return Unplaced(*(np.array(numbers, dtype=np.int64) for numbers in (own, starts, members)))
