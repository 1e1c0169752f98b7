"""Strata: people of different groups may be met by different lists, and each group has a dark figure of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from palermo.errors import UsageError
from palermo.prevalence.bootstrap import Resampled, resample
from palermo.prevalence.estimate import EstimateSettings, Interval, NoEstimate, PopulationEstimate
from palermo.prevalence.histories import StratifiedHistories
from palermo.prevalence.models import Model, all_pairs, main_effects, read_model
from palermo.prevalence.newton import Floats, Ints
from palermo.prevalence.strata_bits import CodedStrata, code_strata
from palermo.prevalence.strata_walk import walk_over_strata
from palermo.prevalence.watching import in_parts

__all__ = ["LEAST_SHARED", "Group", "StrataEstimate", "estimate_strata"]

LEAST_SHARED = 10
"""With fewer people on more than one list, a stratum counts in the sum and has no number of its own."""

_CHOICES = ("main-effects", "all-pairs", "fixed", "bic")


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a stratum, or of all strata that share a value; or how many times as many one is as another."""

    name: str
    seen: int
    """Those known to be of the group; ``point`` counts a share of the others too."""
    point: float | None
    interval: Interval | None
    why: str = ""
    """Why there is no number."""


@dataclass(frozen=True, slots=True)
class StrataEstimate:
    """All people, and those of each group."""

    estimate: PopulationEstimate
    strata: tuple[Group, ...]
    groups: tuple[Group, ...]
    """Sums over the strata that share the value of a factor."""
    ratios: tuple[Group, ...]
    """Those of each value of a factor to those of its first; ``seen`` is that of the value."""


def estimate_strata(table: StratifiedHistories, settings: EstimateSettings, method: str = "bic") -> StrataEstimate:
    """Fit one log-linear model to all strata, and add up their dark figures.

    Each stratum has a dark figure of its own. A list reaches all strata alike, or those with some value of a factor in
    their own measure if Schwarz's criterion falls by it: so small strata lean on the others as far as nothing speaks
    against it. Pairs of lists depend on each other alike in all strata; ``bic`` adds those by which it falls. All
    is chosen anew on each resampled table. People whose stratum is not known in full are shared out among those in
    which they may be, as those on the same lists are whose stratum is known.

    Raises
    ------
    NoEstimate
        Not even independent lists have an estimate in every stratum.
    InputError
        There are too many strata, or people of whose stratum nothing can be said.
    UsageError
        There is no such method for strata, or no factor.

    References
    ----------
    Bishop, Fienberg and Holland (1975), Discrete Multivariate Analysis, MIT Press, chapter 6; van der Heijden,
    Whittaker, Cruyff, Bakker and van der Vliet (2012), Annals of Applied Statistics 6(3), 831-852, for list by
    covariate terms.
    """
    if method not in _CHOICES:
        raise UsageError(f"{method} is not for strata.", todo=f"Take one of: {', '.join(_CHOICES)}.")
    if not table.factors:
        raise UsageError("no column tells strata apart.", todo="Name one after --strata.")
    table.pooled().checked()
    coded = code_strata(table)
    always, pairs = _pairs(table.lists, method, settings)
    base, possible = coded.terms(always, pairs)
    resampled = resample(coded.histories, settings)
    beyond = np.empty((len(resampled.tables), 1 << coded.n_bits))
    chosen = np.zeros((len(beyond), possible.size), dtype=np.bool_)
    shape = 1 << coded.n_bits, 1 << (coded.n_bits + len(table.lists))
    tables = resampled.tables
    for part in in_parts(len(tables), settings.watch):
        walk_over_strata(tables[part], tables[0], coded.unplaced, base, possible, shape, beyond[part], chosen[part])
    if not math.isfinite(beyond[0].sum()):
        raise NoEstimate(
            "not even lists that reach all strata alike give a number: there is too little overlap of people whose"
            " stratum is known.",
            todo="Merge strata, or name fewer factors.",
        )
    model = coded.named(always, possible[chosen[0]].tolist())
    answer = _Answer(coded, resampled, beyond[:, coded.codes], settings.level)
    return _put_together(answer, settings, method, model)


@dataclass(frozen=True, slots=True)
class _Answer:
    """How many each stratum has besides those known to be in it, on the table itself and on all resampled ones."""

    coded: CodedStrata
    resampled: Resampled
    beyond: Floats
    level: float

    def people(self, seen: int, there: Ints) -> Floats:
        """Add up the people of some strata, on each table."""
        numbers: Floats = self.beyond[:, there].sum(axis=1) + seen
        return numbers

    def interval(self, values: Floats) -> tuple[Interval | None, tuple[str, ...]]:
        """Make the interval of something that each table has one of."""
        if not self.resampled.n_fewer:
            return None, ("Without a bootstrap there is no interval.",)
        made = self.resampled.bca(self.coded.histories, values, self.level)
        return made.interval, made.warnings


def _pairs(lists: tuple[str, ...], method: str, settings: EstimateSettings) -> tuple[Model, Model]:
    """Say which terms of several lists are there from the beginning, and which may be added."""
    n_lists = len(lists)
    every = tuple(term for term in all_pairs(n_lists) if term.bit_count() > 1) if n_lists > 2 else ()
    if method == "fixed" and not settings.model.strip():
        raise UsageError("fixed needs a model.", todo=f"Name it, as in --model '[{','.join(lists)}]'.")
    named = read_model(settings.model, lists) if method == "fixed" else main_effects(n_lists)
    if (1 << n_lists) - 1 in named:
        raise UsageError("a term of all lists leaves the dark figure open.", todo="Name terms of fewer lists.")
    always = every if method == "all-pairs" else tuple(term for term in named if term.bit_count() > 1)
    return always, every if method == "bic" else ()


def _put_together(answer: _Answer, settings: EstimateSettings, method: str, model: str) -> StrataEstimate:
    table, whole = answer.coded.table, answer.coded.table.known
    everybody = np.arange(len(whole.strata))
    people = answer.people(whole.pooled().seen, everybody)
    interval, warnings = answer.interval(people)
    estimate = PopulationEstimate(
        seen=table.pooled().seen,
        point=float(people[0]),
        intervals=(interval,) if interval else (),
        method=method,
        model=model,
        settings=(
            ("strata", ", ".join(table.factors)),
            ("bootstrap", str(settings.bootstrap)),
            ("level", f"{settings.level:g}"),
        ),
        seed=settings.seed if interval else None,
        warnings=(*_of_unknown(table), *warnings),
    )
    groups, ratios = [], []
    for place, factor in enumerate(whole.factors):
        values = whole.values(place)
        parts = [np.flatnonzero([stratum[place] == value for stratum in whole.strata]) for value in values]
        groups += [_group(f"{factor} {value}", whole, answer, part) for value, part in zip(values, parts, strict=True)]
        names = [f"{factor} {value} to {values[0]}" for value in values[1:]]
        ratios += [_ratio(name, whole, answer, part, parts[0]) for name, part in zip(names, parts[1:], strict=True)]
    strata = [
        _group(", ".join(name), whole, answer, everybody[place : place + 1]) for place, name in enumerate(whole.strata)
    ]
    return StrataEstimate(estimate, tuple(strata), tuple(groups), tuple(ratios))


def _of_unknown(table: StratifiedHistories) -> tuple[str, ...]:
    """Say what is supposed of people whose stratum is not known."""
    share = 1 - table.known.pooled().seen / table.pooled().seen
    if not share:
        return ()
    return (
        f"The stratum of {share:.0%} of the people seen is not known in full: they are shared out as if they were like"
        " those on the same lists of whom it is known.",
    )


def _group(name: str, table: StratifiedHistories, answer: _Answer, there: Ints) -> Group:
    """Say how many there are, unless too few of them are on several lists."""
    seen, shared = _seen(table, there)
    if shared < LEAST_SHARED:
        return Group(name, seen, None, None, f"Fewer than {LEAST_SHARED} are on more than one list.")
    people = answer.people(seen, there)
    return Group(name, seen, float(people[0]), answer.interval(people)[0])


def _ratio(name: str, table: StratifiedHistories, answer: _Answer, there: Ints, first: Ints) -> Group:
    seen, shared = _seen(table, there)
    other, shared_by_first = _seen(table, first)
    if min(shared, shared_by_first) < LEAST_SHARED:
        return Group(name, seen, None, None, f"Fewer than {LEAST_SHARED} are on more than one list.")
    upper, lower = answer.people(seen, there), answer.people(other, first)
    ratios = np.divide(upper, lower, out=np.full_like(upper, np.inf), where=np.isfinite(upper) & np.isfinite(lower))
    return Group(name, seen, float(ratios[0]), answer.interval(ratios)[0])


def _seen(table: StratifiedHistories, there: Ints) -> tuple[int, int]:
    """Count those seen in some strata, and those of them on more than one list."""
    parts = [table.tables[place] for place in there]
    shared = sum(int(part.counts[np.bitwise_count(part.histories) > 1].sum()) for part in parts)
    return sum(part.seen for part in parts), shared
