"""Strata: people of different groups may be met by different lists, and each group has a dark figure of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np

from palermo.errors import InputError, UsageError
from palermo.prevalence.bootstrap import Resampled, resample
from palermo.prevalence.estimate import EstimateSettings, Interval, NoEstimate, PopulationEstimate
from palermo.prevalence.histories import MOST_LISTS, CaptureHistories, StratifiedHistories
from palermo.prevalence.models import Model, all_pairs, close, main_effects, name_model, read_model
from palermo.prevalence.newton import Floats, Ints
from palermo.prevalence.strata_walk import walk_over_strata

__all__ = ["LEAST_SHARED", "Group", "StrataEstimate", "estimate_strata"]

LEAST_SHARED = 10
"""With fewer people on more than one list, a stratum counts in the sum and has no number of its own."""

_CHOICES = ("main-effects", "all-pairs", "fixed", "bic")


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a stratum, or of all strata that share a value; or how many times as many one is as another."""

    name: str
    seen: int
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
    is chosen anew on each resampled table.

    Raises
    ------
    NoEstimate
        Not even independent lists have an estimate in every stratum.
    InputError
        There are too many strata.
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
    coded = _coded(table)
    always, pairs = _pairs(table.lists, method, settings)
    base, possible = _terms(coded, len(table.lists), always, pairs)
    resampled = resample(coded.histories, settings)
    dark = np.empty((len(resampled.tables), 1 << coded.n_bits))
    chosen = np.zeros((len(dark), possible.size), dtype=np.bool_)
    walk_over_strata(resampled.tables, base, possible, 1 << coded.n_bits, dark, chosen)
    if not math.isfinite(dark[0].sum()):
        raise NoEstimate(
            "not even lists that reach all strata alike give a number: there is too little overlap.",
            todo="Merge strata, or name fewer factors.",
        )
    model = _named(table, coded, always, possible[chosen[0]].tolist())
    answer = _Answer(coded, resampled, dark[:, coded.codes], settings.level)
    return _put_together(table, answer, settings, method, model)


@dataclass(frozen=True, slots=True)
class _Coded:
    """Strata as bits below those of the lists: each value of a factor but its first is a bit."""

    n_bits: int
    codes: Ints
    """The cell of each stratum."""
    bits: tuple[tuple[int, ...], ...]
    """The terms of each factor, one a value but the first."""
    histories: CaptureHistories


@dataclass(frozen=True, slots=True)
class _Answer:
    """The dark figure of each stratum on the table itself and on all resampled ones."""

    coded: _Coded
    resampled: Resampled
    dark: Floats
    level: float

    def people(self, seen: int, there: Ints) -> Floats:
        """Add up the people of some strata, on each table."""
        numbers: Floats = self.dark[:, there].sum(axis=1) + seen
        return numbers

    def interval(self, values: Floats) -> tuple[Interval | None, tuple[str, ...]]:
        """Make the interval of something that each table has one of."""
        if not self.resampled.n_fewer:
            return None, ("Without a bootstrap there is no interval.",)
        made = self.resampled.bca(self.coded.histories, values, self.level)
        return made.interval, made.warnings


def _coded(table: StratifiedHistories) -> _Coded:
    """Put strata and histories into one table."""
    levels = [_values(table, place) for place in range(len(table.factors))]
    n_bits = sum(len(values) - 1 for values in levels)
    if n_bits + len(table.lists) > MOST_LISTS:
        raise InputError("there are too many strata for one model.", todo="Name fewer factors, or merge their values.")
    bits: list[tuple[int, ...]] = []
    for values in levels:
        below = sum(len(others) for others in bits)
        bits.append(tuple(1 << (below + place) for place in range(len(values) - 1)))
    codes = [
        sum((0, *own)[values.index(value)] for value, values, own in zip(stratum, levels, bits, strict=True))
        for stratum in table.strata
    ]
    counted = {
        (history << n_bits) | code: count
        for code, part in zip(codes, table.tables, strict=True)
        for history, count in zip(part.histories.tolist(), part.counts.tolist(), strict=True)
    }
    names = [f"value {place}" for place in range(n_bits)] + [f"list {name}" for name in table.lists]
    return _Coded(n_bits, np.array(codes), tuple(bits), CaptureHistories.of(names, counted))


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


def _terms(coded: _Coded, n_lists: int, always: Model, pairs: Model) -> tuple[Ints, Ints]:
    """Give the terms that are always there, and those that may be added: pairs, and a list with a value.

    Two values of one factor are a term as well: nobody has both, which strikes their cells.
    """
    strata = {sum(chosen) for chosen in product(*((0, *own) for own in coded.bits))}
    both = {one | other for own in coded.bits for one in own for other in own}
    lists = [1 << place << coded.n_bits for place in range(n_lists)]
    base = strata | both | {*lists} | {term << coded.n_bits for term in always}
    values = [bit for own in coded.bits for bit in own]
    possible = [one | value for one in lists for value in values] + [pair << coded.n_bits for pair in pairs]
    return (
        np.array(sorted(base, key=lambda term: (term.bit_count(), term)), dtype=np.int64),
        np.array(possible, dtype=np.int64),
    )


def _named(table: StratifiedHistories, coded: _Coded, always: Model, chosen: list[int]) -> str:
    """Write the terms of lists as a model, and which lists reach which values in their own measure."""
    inside = (1 << coded.n_bits) - 1
    pairs = [term >> coded.n_bits for term in chosen if not term & inside]
    model = name_model(close(len(table.lists), (*always, *pairs)), table.lists)
    values = {
        bit: f"{factor} {value}"
        for place, (factor, own) in enumerate(zip(table.factors, coded.bits, strict=True))
        for bit, value in zip(own, _values(table, place)[1:], strict=True)
    }
    own = [f"{table.lists[(term >> coded.n_bits).bit_length() - 1]} with {values[term & inside]}"
           for term in chosen if term & inside]  # fmt: skip
    return f"{model}; {', '.join(own)}" if own else f"{model}; all strata alike"


def _values(table: StratifiedHistories, place: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stratum[place] for stratum in table.strata))


def _put_together(
    table: StratifiedHistories, answer: _Answer, settings: EstimateSettings, method: str, model: str
) -> StrataEstimate:
    seen = np.array([part.seen for part in table.tables])
    everybody = np.arange(seen.size)
    whole = answer.people(int(seen.sum()), everybody)
    interval, warnings = answer.interval(whole)
    estimate = PopulationEstimate(
        seen=int(seen.sum()),
        point=float(whole[0]),
        intervals=(interval,) if interval else (),
        method=method,
        model=model,
        settings=(
            ("strata", ", ".join(table.factors)),
            ("bootstrap", str(settings.bootstrap)),
            ("level", f"{settings.level:g}"),
        ),
        seed=settings.seed if interval else None,
        warnings=warnings,
    )
    groups, ratios = [], []
    for place, factor in enumerate(table.factors):
        values = _values(table, place)
        parts = [np.flatnonzero([stratum[place] == value for stratum in table.strata]) for value in values]
        groups += [_group(f"{factor} {value}", table, answer, part) for value, part in zip(values, parts, strict=True)]
        names = [f"{factor} {value} to {values[0]}" for value in values[1:]]
        ratios += [_ratio(name, table, answer, part, parts[0]) for name, part in zip(names, parts[1:], strict=True)]
    strata = [
        _group(", ".join(name), table, answer, everybody[place : place + 1]) for place, name in enumerate(table.strata)
    ]
    return StrataEstimate(estimate, tuple(strata), tuple(groups), tuple(ratios))


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
