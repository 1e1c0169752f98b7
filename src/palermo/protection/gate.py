"""The gate: all tables of a publication in, what may be shown of them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.errors import ReleaseRefused, UsageError
from palermo.protection.attack import narrowest_interval
from palermo.protection.cells import Cells, Key, collect_cells, keys_of
from palermo.protection.components import part
from palermo.protection.estimates import shown_estimate
from palermo.protection.noisy import Noisy, show_noisy
from palermo.protection.relations import find_relations
from palermo.protection.rounding import rounded
from palermo.protection.scheme import is_tree
from palermo.protection.suppression import Unprotectable, suppress
from palermo.tables import Audit, Estimation, Policy, Release, ReleasedTable, Tabulation

__all__ = ["release"]

_SHOWN = ("count", "low", "high", "below_threshold_cells")


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is withheld in one universe, and what the attack on it found."""

    withheld: frozenset[Key]
    audit: Audit


def release(
    tables: Sequence[Tabulation],
    policy: Policy = Policy(),  # noqa: B008
    estimates: Sequence[Estimation] = (),
    noisy: Noisy | None = None,
) -> Release:
    """Let out the tables of one publication, so that no withheld cell can be worked out from them together.

    Withheld are the cells that stand on fewer than ``policy.threshold`` contributors, and those others that are needed
    so that all that is published leaves the value of each withheld cell open by ``policy.threshold`` or more. Estimates
    are rounded to two digits, and withheld where fewer than the threshold carry them. Noisy tables were paid for from a
    budget, and are shown whole, each number with the interval that the noise gives it.

    Raises
    ------
    ReleaseRefused
        A whole publication stands on too few, no safe way was found, or tables overlap in a way it cannot see through.
    UsageError
        The policy makes no sense.
    TablesDisagree
        The tables contradict each other, which is an error in whatever counted them.
    """
    if policy.threshold < 1 or policy.rounding < 0:
        raise UsageError("threshold must be at least 1 and rounding at least 0.", where="policy")
    universes: dict[str, list[Tabulation]] = defaultdict(list)
    for table in tables:
        universes[table.universe].append(table)
    verdicts = {name: _judge(name, members, policy.threshold) for name, members in universes.items()}
    shown = tuple(_show(table, verdicts[table.universe].withheld, policy.rounding) for table in tables)
    let_out = tuple(shown_estimate(estimate, policy.threshold) for estimate in estimates)
    audit = _total([verdict.audit for verdict in verdicts.values()])
    if noisy is None:
        return Release(shown, policy, audit, let_out)
    return Release((*show_noisy(noisy), *shown), policy, audit, let_out, noisy.guarantee)


def _judge(universe: str, tables: Sequence[Tabulation], threshold: int) -> _Verdict:
    cells = collect_cells(universe, tables)
    counted = (cells.contributors > 0) | (cells.high > 0)
    small = counted & (cells.contributors < threshold)
    fixed = ~counted
    if cells.keys and not cells.keys[0]:
        if small[0]:
            raise _too_few(tables, threshold)
        fixed[0] = True
    if small.any() and not is_tree([table.scheme for table in tables]):
        raise _entangled(tables)
    withheld, narrowest = _protect(cells, tables, fixed, small, threshold)
    keys = frozenset(cells.keys[index] for index in np.flatnonzero(withheld))
    return _Verdict(keys, Audit(len(cells.keys), len(keys), narrowest))


def _protect(
    cells: Cells,
    tables: Sequence[Tabulation],
    fixed: npt.NDArray[np.bool_],
    small: npt.NDArray[np.bool_],
    threshold: int,
) -> tuple[npt.NDArray[np.bool_], int | None]:
    withheld, widths = small.copy(), list[int]()
    for component in part(cells, find_relations(cells, tables), fixed):
        if small[component.cells].any():
            try:
                answer = suppress(component, small[component.cells], threshold)
            except Unprotectable:
                raise _no_way(tables) from None
            withheld[component.cells] = answer.withheld
            furthest = threshold + int(cells.high.max())
            widths.append(narrowest_interval(component, answer.withheld, answer.proven, furthest))
    if min(widths, default=threshold) < threshold:
        raise _no_way(tables)
    return withheld, min(widths, default=None)


def _show(table: Tabulation, withheld: frozenset[Key], rounding: int) -> ReleasedTable:
    """Keep what may be shown; rows are sorted by their codes, since their order could tell which cell is larger."""
    hidden = pl.Series([key in withheld for key in keys_of(table)], dtype=pl.Boolean)
    shown = [rounded(pl.col(name), rounding) for name in _SHOWN[:3]] + [pl.col(_SHOWN[3])]
    cells = table.cells.select(
        *table.fields,
        *(pl.when(~hidden).then(number).alias(name) for name, number in zip(_SHOWN, shown, strict=True)),
        cell_status=pl.when(hidden).then(pl.lit("withheld")).otherwise(pl.lit("published")),
    )
    return ReleasedTable(
        name=table.name,
        title=table.title,
        dimensions=table.dimensions,
        unit=table.unit,
        population=table.population,
        cells=cells.sort(table.fields) if table.fields else cells,
        notes=(*table.notes, *([f"Counts are rounded to the nearest multiple of {rounding}."] if rounding else [])),
        kind=table.kind,
        unlisted=table.unlisted,
        n_withheld=int(hidden.sum()),
    )


def _total(audits: Sequence[Audit]) -> Audit:
    widths = [audit.narrowest for audit in audits if audit.narrowest is not None]
    return Audit(
        n_cells=sum(audit.n_cells for audit in audits),
        n_withheld=sum(audit.n_withheld for audit in audits),
        narrowest=min(widths, default=None),
    )


def _too_few(tables: Sequence[Tabulation], threshold: int) -> ReleaseRefused:
    return ReleaseRefused(
        f"everything counted here stands on fewer than {threshold} contributors, so nothing of it can be published.",
        where=_named(tables),
        todo="Count over more years, more places or fewer conditions, or leave these tables out.",
    )


def _no_way(tables: Sequence[Tabulation]) -> ReleaseRefused:
    return ReleaseRefused(
        "a small cell can be worked out from the others, and withholding more does not help.",
        where=_named(tables),
        todo="Leave out a breakdown, or count in coarser groups.",
    )


def _entangled(tables: Sequence[Tabulation]) -> ReleaseRefused:
    return ReleaseRefused(
        "small cells must be withheld, and these tables tell more about them than the gate can see: they share fields"
        " in a circle, or cross fields of which a record can have several codes.",
        where=_named(tables),
        todo="Leave out one of those fields or tables, or count in coarser groups.",
    )


def _named(tables: Sequence[Tabulation]) -> str:
    return ", ".join(table.name for table in tables)
