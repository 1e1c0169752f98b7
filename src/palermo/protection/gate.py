"""The gate: all tables of a publication in, what may be shown of them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from palermo.errors import ReleaseRefused, UsageError
from palermo.protection.attack import narrowest_interval
from palermo.protection.cellkey import noise_of
from palermo.protection.cells import Cells, Flags, Integers, Key, collect_cells, keys_of
from palermo.protection.components import Component, part
from palermo.protection.dominance import width_needed
from palermo.protection.earlier import Demands, earlier_of
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
    before: Sequence[Release] = (),
) -> Release:
    """Let out the tables of one publication, so that no withheld cell can be worked out from them together.

    Withheld are the cells that stand on fewer than ``policy.threshold`` contributors, and those others that are needed
    so that all that is published leaves the value of each withheld cell open by ``policy.threshold`` or more. Estimates
    are rounded to two digits, and withheld where fewer than the threshold carry them. Noisy tables were paid for from a
    budget, and are shown whole, each number with the interval that the noise gives it.

    What was published ``before``, oldest first, is not forgotten: a cell that has changed by fewer than the threshold
    is withheld, and all releases are attacked together.

    Raises
    ------
    ReleaseRefused
        A whole publication stands on too few, no safe way was found, or tables overlap in a way it cannot see through.
    UsageError
        The policy makes no sense.
    TablesDisagree
        The tables contradict each other, which is an error in whatever counted them.
    """
    if policy.threshold < 1 or policy.rounding < 0 or not 0 <= policy.perturbation < policy.threshold:
        raise UsageError(
            "threshold must be at least 1, rounding at least 0, and noise smaller than the threshold.", where="policy"
        )
    universes: dict[str, list[Tabulation]] = defaultdict(list)
    for table in tables:
        universes[table.universe].append(table)
    verdicts = {name: _judge(name, members, policy, before) for name, members in universes.items()}
    shown = tuple(_show(table, verdicts[table.universe].withheld, policy) for table in tables)
    let_out = tuple(shown_estimate(estimate, policy.threshold) for estimate in estimates)
    audit = _total([verdict.audit for verdict in verdicts.values()])
    if noisy is None:
        return Release(shown, policy, audit, let_out)
    return Release((*show_noisy(noisy), *shown), policy, audit, let_out, noisy.guarantee)


def _judge(universe: str, tables: Sequence[Tabulation], policy: Policy, before: Sequence[Release]) -> _Verdict:
    """Withhold what must be, and more if earlier releases and this one give something away together."""
    cells, earlier = collect_cells(universe, tables), earlier_of(universe, before, policy)
    threshold = policy.threshold
    verdict = _decide(cells, tables, policy, earlier.demands(cells, threshold))
    if earlier.exposed(_show_all(tables, verdict.withheld, policy), threshold):
        truth = _show_all(tables, frozenset(), policy)
        verdict = _decide(cells, tables, policy, earlier.firmer(cells, threshold, truth))
        if earlier.exposed(_show_all(tables, verdict.withheld, policy), threshold):
            raise _told_before(tables)
    return verdict


def _decide(cells: Cells, tables: Sequence[Tabulation], policy: Policy, demands: Demands) -> _Verdict:
    """Withhold cells that are small or dominated or that earlier releases demand, and what else this takes."""
    counted = (cells.contributors > 0) | (cells.high > 0)
    small = counted & (cells.contributors < policy.threshold)
    fixed = ~counted
    if cells.keys and not cells.keys[0]:
        if small[0]:
            raise _too_few(tables, policy.threshold)
        fixed[0] = True
    if (demands.withheld & fixed).any():
        raise _told_before(tables)
    widths = width_needed(cells, policy)
    small |= demands.withheld | ((widths > policy.threshold) & ~fixed)
    if small.any() and not is_tree([table.scheme for table in tables]):
        raise _entangled(tables)
    relations = find_relations(cells, tables)
    search, attack = (part(cells, relations, fixed, floor) for floor in (demands.floor, demands.published))
    withheld, narrowest = _protect(zip(search, attack, strict=True), cells, small, widths, demands.hidden)
    if withheld is None:
        raise _told_before(tables) if demands.floor.any() else _no_way(tables)
    keys = frozenset(cells.keys[index] for index in np.flatnonzero(withheld))
    return _Verdict(keys, Audit(len(cells.keys), len(keys), narrowest))


def _protect(
    components: Iterable[tuple[Component, Component]], cells: Cells, small: Flags, needed: Integers, hidden: Flags
) -> tuple[Flags | None, int | None]:
    """Say what is withheld and how narrow the narrowest of it is; nothing where there is no way.

    Parameters
    ----------
    components
        Each as the search sees it, and as an attacker does who has this release and the numbers published before.
    """
    withheld, narrowest = small.copy(), list[int]()
    for searched, attacked in components:
        own = searched.cells
        if small[own].any():
            width = int(needed[own].max())
            try:
                answer = suppress(searched, small[own], width, hidden[own])
            except Unprotectable:
                return None, None
            withheld[own] = answer.withheld
            furthest = width + int(cells.high.max())
            narrowest.append(narrowest_interval(attacked, answer.withheld, answer.proven, furthest))
            if narrowest[-1] < width:
                return None, None
    return withheld, min(narrowest, default=None)


def _show_all(tables: Sequence[Tabulation], withheld: frozenset[Key], policy: Policy) -> list[ReleasedTable]:
    return [_show(table, withheld, policy) for table in tables]


def _show(table: Tabulation, withheld: frozenset[Key], policy: Policy) -> ReleasedTable:
    """Keep what may be shown; rows are sorted by their codes, since their order could tell which cell is larger."""
    hidden = pl.Series([key in withheld for key in keys_of(table)], dtype=pl.Boolean)
    noise = noise_of(table, policy.perturbation)
    shown = [rounded(pl.col(name) + noise, policy.rounding) for name in _SHOWN[:3]] + [pl.col(_SHOWN[3])]
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
        notes=(*table.notes, *_changed_by(policy, "cell_key" in table.cells.columns)),
        kind=table.kind,
        unlisted=table.unlisted,
        n_withheld=int(hidden.sum()),
        universe=table.universe,
        within=table.within,
    )


def _changed_by(policy: Policy, keyed: bool) -> Iterator[str]:
    if policy.perturbation and keyed:
        yield f"Each count is moved by at most {policy.perturbation} either way, so that parts need not add up."
    if policy.rounding:
        yield f"Counts are rounded to the nearest multiple of {policy.rounding}."


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


def _told_before(tables: Sequence[Tabulation]) -> ReleaseRefused:
    return ReleaseRefused(
        "together with an earlier release these tables would tell of a few people who have come since, or of cells that"
        " were withheld then.",
        where=_named(tables),
        todo="Wait until more have come, count whole periods that are settled, round, or publish under a budget.",
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
