"""Is it to be seen whether somebody is in the file? Trial releases with canaries, and what an attacker makes of them.

The attacker is given more than anybody has: every row of the file but the canary in question, the limits that were
used, and the noisy counts themselves. Records are worked out from these counts, so they tell nobody more than these do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from palermo.protection.private.budget import Budget
from palermo.protection.private.chances import least_rate, most_rate
from palermo.protection.private.counting import CodedRows, clip, count_all
from palermo.protection.private.layout import Codes, Floats, Layout
from palermo.protection.private.measurement import Measured, MeasureSettings, measure
from palermo.protection.private.noise import Sampler

__all__ = ["Membership", "Trials", "attack_difference", "attack_membership", "judge_scores"]

Flags = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Membership:
    """How often canaries are recognised."""

    members: int
    non_members: int
    found_at_one_percent: float
    """True positives, where 1 in 100 of those who are not there are taken to be."""
    found_at_one_in_thousand: float
    rho_at_least: float
    """What the attack proves of ρ: that of noise too small by half is four times what was promised."""
    rho: float
    epsilon_at_least: float
    """What the same threshold proves of ε."""
    epsilon: float
    delta: float

    @property
    def passed(self) -> bool:
        """Whether the attack finds no more than the guarantee allows."""
        return self.rho_at_least <= self.rho


@dataclass(frozen=True, slots=True)
class Trials:
    """How trial releases are made."""

    layout: Layout
    budget: Budget
    sampler: Sampler
    settings: MeasureSettings
    runs: int
    canaries: int
    """In each run; half of them are in the file."""
    seed: int
    """Of who is a canary and who is there; the noise has none."""

    def look(self, codes: Codes) -> Measured:
        """Measure a trial file."""
        return measure(CodedRows(codes, self.layout), self.budget, self.sampler, self.settings)

    def attack(self, codes: Codes, score: Callable[[Codes, Flags], Scores]) -> Membership:
        """Score the canaries of every run, and judge the scores of all runs together."""
        random = np.random.default_rng(self.seed)
        inside, outside = [], []
        for _ in range(self.runs):
            rows = _canaries(codes, self.layout, self.canaries, random)
            there = random.permutation(self.canaries) < self.canaries // 2
            scores = score(rows, there)
            inside.append(scores[there])
            outside.append(scores[~there])
        return judge_scores(np.concatenate(inside), np.concatenate(outside), self.budget)


def attack_membership(codes: Codes, trials: Trials) -> Membership:
    """Release a trial file many times, each time with half of some canaries in it, and score every canary.

    Parameters
    ----------
    codes
        Invented rows, or rows of an earlier private release: never those of the real file.
    """

    def score(rows: Codes, there: Flags) -> Scores:
        return _scores(trials.look(np.concatenate([codes, rows[there]])), codes, rows, there)

    return trials.attack(codes, score)


def attack_difference(codes: Codes, trials: Trials, earlier: Sequence[Budget]) -> Membership:
    """Release a file before and after half of some canaries came, and subtract all that was told before.

    This attacker knows nobody who was there before, since they are gone from the difference, but for the noise; and the
    more releases there were, the less of that is left.

    Parameters
    ----------
    earlier
        The budget of each release before the newcomers.
    """
    before = [replace(trials, budget=budget) for budget in earlier]

    def score(rows: Codes, there: Flags) -> Scores:
        told = [trial.look(codes) for trial in before]
        return _differences(told, trials.look(np.concatenate([codes, rows[there]])), rows, there)

    return trials.attack(codes, score)


def judge_scores(members: Scores, others: Scores, budget: Budget) -> Membership:
    """Turn the scores of those who are there and those who are not into rates, and into bounds on ρ and ε.

    A threshold tells members, above it, or others, below it. It is chosen on one half of the scores and judged on the
    other, each rate taken at the careful end of its interval.
    """
    cuts = np.quantile(others[::2], np.linspace(0.002, 0.998, 200))
    tries = [(members, others, float(cut)) for cut in cuts] + [(-others, -members, float(-cut)) for cut in cuts]
    told, mistaken, cut = max(tries, key=lambda one: _least_rho(*_rates(one[0][::2], one[1][::2], one[2])))
    found, wrong = _rates(told[1::2], mistaken[1::2], cut)
    return Membership(
        members=len(members),
        non_members=len(others),
        found_at_one_percent=float((members > np.quantile(others, 0.99)).mean()),
        found_at_one_in_thousand=float((members > np.quantile(others, 0.999)).mean()),
        rho_at_least=_least_rho(found, wrong),
        rho=budget.rho,
        epsilon_at_least=max(0.0, math.log((found - budget.delta) / wrong)) if found > budget.delta else 0.0,
        epsilon=budget.epsilon,
        delta=budget.delta,
    )


def _rates(told: Scores, mistaken: Scores, cut: float) -> tuple[float, float]:
    """Say how many at least are above a cut of those whom it tells, and how many at most of those who are mistaken."""
    found, wrong = int((told > cut).sum()), int((mistaken > cut).sum())
    return least_rate(found, len(told)), most_rate(wrong, len(mistaken))


def _least_rho(found: float, wrong: float) -> float:
    """Give the least ρ at which some attack can find so many and be so often wrong.

    Under ρ-zCDP ``found ≤ (wrong · exp(ρα))^((α − 1)/α)`` for every order α above 1 (van Erven & Harremoës 2014, data
    processing and Hölder). The α that asks for most gives this.
    """
    if found <= wrong:
        return 0.0
    return (math.sqrt(-math.log(wrong)) - math.sqrt(-math.log(found))) ** 2


def _canaries(codes: Codes, layout: Layout, number: int, random: np.random.Generator) -> Codes:
    """Invent people unlike all others: every value by chance, and empty where somebody's is."""
    columns = [
        random.integers(first, last, number) for first, last in zip(layout.firsts[:-1], layout.firsts[1:], strict=True)
    ]
    rows = np.stack(columns, axis=1).astype(np.int32)
    pattern = codes[random.integers(0, len(codes), number)]
    return np.where(pattern < 0, -1, rows).astype(np.int32)


def _scores(measured: Measured, known: Codes, rows: Codes, there: Flags) -> Scores:
    """Give each canary its log-likelihood ratio, up to a constant: does the file without it, or with it, fit better?"""
    one, two, three = _counts(measured, np.concatenate([known, rows[there]]))
    gaps = (measured.one - one, measured.two - two, measured.three - three)
    return _judge(measured, gaps, tuple(1 / sigma**2 for sigma in _sigmas(measured)), rows, there)


def _differences(before: Sequence[Measured], after: Measured, rows: Codes, there: Flags) -> Scores:
    """Do the same with what the last release differs by from all before; all newcomers but the one are known."""
    newcomers = _counts(after, rows[there])
    gaps, prices = [], []
    for nth, (counts, sigma, came) in enumerate(zip(_noisy(after), _sigmas(after), newcomers, strict=True)):
        trusts = [1 / _sigmas(release)[nth] ** 2 for release in before]
        known = sum(trust * _noisy(release)[nth] for trust, release in zip(trusts, before, strict=True)) / sum(trusts)
        gaps.append(counts - known - came)
        prices.append(1 / (1 / sum(trusts) + sigma**2))
    return _judge(after, tuple(gaps), tuple(prices), rows, there)


def _counts(measured: Measured, rows: Codes) -> tuple[npt.NDArray[Any], ...]:
    _, two, three = count_all(_as_limited(measured, rows), measured.layout)
    return np.bincount(rows[rows >= 0], minlength=measured.layout.n_values), two, three


def _judge(
    measured: Measured, gaps: tuple[npt.NDArray[Any], ...], prices: tuple[Any, ...], rows: Codes, there: Flags
) -> Scores:
    limited = _as_limited(measured, rows)
    scores = [_score(gaps, prices, row, own, measured.layout) for row, own in zip(limited, there, strict=True)]
    return np.array(scores, dtype=np.float64)


def _noisy(measured: Measured) -> tuple[Floats, Floats, Floats]:
    return measured.one, measured.two, measured.three


def _sigmas(measured: Measured) -> tuple[Any, Any, float]:
    return measured.sigma_one, measured.layout.expand(measured.sigma_two), measured.sigma_three


def _as_limited(measured: Measured, rows: Codes) -> Codes:
    weights = np.rint(measured.weights * 2**20).astype(np.int64)
    order = np.random.default_rng(0).integers(0, 2**60, rows.shape).astype(np.uint64)
    return clip(rows, weights, round(measured.most_pairs * 2**20), measured.most_triples, order)


def _score(
    gaps: tuple[npt.NDArray[Any], ...],
    prices: tuple[Any, ...],
    row: npt.NDArray[np.int32],
    own: np.bool_,
    layout: Layout,
) -> float:
    values = row[row >= 0].astype(np.int64)
    left, right = np.triu_indices(len(values), 1)
    pairs = layout.two[values[left]] + values[right]
    i, j, k = _triples(len(values))
    triples = layout.three[values[i]] + layout.two[values[j]] + values[k]
    ones = ((gaps[0][values] + own) * prices[0][values]).sum()
    twos = ((gaps[1][pairs] + own) * prices[1][pairs]).sum()
    return float(ones + twos + ((gaps[2][triples] + own) * prices[2]).sum())


def _triples(m: int) -> tuple[npt.NDArray[np.intp], ...]:
    """List the places of all triples in order."""
    return np.nonzero(np.fromfunction(lambda a, b, c: (a < b) & (b < c), (m, m, m), dtype=int))
