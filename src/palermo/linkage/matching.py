"""Encodings in, persons out: what the linkage unit does."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from palermo.linkage.candidates import Candidates, Pairs, find_candidates
from palermo.linkage.comparison import LEVELS, MEASURES, compare, pack
from palermo.linkage.encodings import Encodings
from palermo.linkage.estimation import Model, estimate
from palermo.linkage.leftovers import between_lists
from palermo.linkage.resolution import Numbers, log_odds_of, probability_of, resolve
from palermo.linkage.settings import MatchSettings

__all__ = ["LEAST", "NO_PAIRS", "Compared", "Likely", "Linkage", "finish", "match", "sources_of"]

LEAST = 0.1
"""The probability from which on a pair is kept, and shown to people."""

Levels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Compared:
    """How much was compared, and what blocking left out of it."""

    n_pairs: int
    expected: float
    """How many of these pairs are expected to be of one person."""
    dropped: dict[str, tuple[int, int]]
    n_alone: int


@dataclass(frozen=True, slots=True)
class Likely:
    """The compared pairs that are one person's with a probability of `LEAST` or more; of the others none is kept."""

    pairs: Pairs
    levels: Levels
    """Shape (pairs, measures)."""
    log_odds: Numbers

    @property
    def posterior(self) -> Numbers:
        """Give the probability of each pair that both records are one person's."""
        return probability_of(self.log_odds)


@dataclass(frozen=True, slots=True)
class Linkage:
    """Which records are one person's, and why."""

    encodings: Encodings
    settings: MatchSettings
    model: Model
    compared: Compared
    likely: Likely
    persons: dict[float, npt.NDArray[np.int64]]
    """By threshold: the row of the first record of each record's person."""

    @property
    def n_persons(self) -> int:
        """Count the persons at the default threshold."""
        return len(np.unique(self.persons[self.settings.threshold]))

    @property
    def accepted(self) -> npt.NDArray[np.bool_]:
        """Say which likely pairs are one person's at the default threshold."""
        return np.asarray(self.likely.log_odds > log_odds_of(self.settings.threshold))


_SAME = {name: len(LEVELS[name]) - 1 for name in ("year", "document")}
_CLOSE = LEVELS["surname"].index("close")
_ENOUGH = 2
_IN_DOUBT = log_odds_of(0.4)
"""Below the default threshold, and among what people review."""
NO_PAIRS: Pairs = np.zeros((0, 2), np.int32)


def match(
    encodings: Encodings, settings: MatchSettings, *, same: Pairs = NO_PAIRS, different: Pairs = NO_PAIRS
) -> Linkage:
    """Say which records are the same person's.

    Parameters
    ----------
    same, different
        Rows of pairs that a person has judged.
    """
    n = len(encodings)
    candidates = find_candidates(encodings, cap=settings.cap_for(n), most=settings.most)
    n_pairs = n * (n - 1) // 2
    if settings.deduplicated:
        sources = sources_of(encodings)
        candidates = _across(candidates, sources)
        n_pairs -= int(sum(size * (size - 1) // 2 for size in np.bincount(sources).tolist()))
    packed = pack(encodings)
    levels = compare(packed, candidates.pairs)
    model, log_odds = estimate(encodings, packed, candidates.pairs, levels, n_pairs=n_pairs, seed=settings.seed)
    if settings.deduplicated:
        log_odds = between_lists(candidates.pairs, log_odds, sources_of(encodings))
    sure = np.flatnonzero(log_odds > _IN_DOUBT)
    doubted = _thin(encodings, candidates.pairs[sure])
    if settings.doubt_twins:
        doubted |= _twins(levels[sure])
    log_odds[sure[doubted]] = _IN_DOUBT
    return finish(encodings, settings, candidates, levels, log_odds, model, same, different)


def finish(
    encodings: Encodings,
    settings: MatchSettings,
    candidates: Candidates,
    levels: Levels,
    log_odds: Numbers,
    model: Model,
    same: Pairs,
    different: Pairs,
) -> Linkage:
    """Make persons of candidates for which the odds are known."""
    n, pairs = len(encodings), candidates.pairs
    persons = resolve(
        n,
        pairs,
        log_odds,
        thresholds=settings.all_thresholds,
        groups=sources_of(encodings) if settings.deduplicated else np.full(n, -1, np.int32),
        same=same,
        different=different,
    )
    kept = np.flatnonzero(log_odds >= log_odds_of(LEAST))
    expected = float(probability_of(log_odds).sum())
    return Linkage(
        encodings,
        settings,
        model,
        Compared(len(pairs), expected, candidates.dropped, candidates.n_alone),
        Likely(pairs[kept], levels[kept], log_odds[kept]),
        persons,
    )


def sources_of(encodings: Encodings) -> npt.NDArray[np.int32]:
    """Give the source of each record as a number."""
    return np.unique(encodings.source.astype(str), return_inverse=True)[1].astype(np.int32)


def _thin(encodings: Encodings, pairs: Pairs) -> npt.NDArray[np.bool_]:
    """Leave pairs of which both records hold one thing only to people: a name by itself, were it rare, is nobody."""
    filters = encodings.filters
    born = (filters["month_day"] != encodings.january_first).any(axis=1)  # 1 January is a day that nobody knows
    held = (filters["month_day"].any(axis=1) & born).astype(int)
    for name in ("first_name", "surname", "document"):
        held += filters[name].any(axis=1)
    thin = held < _ENOUGH
    return np.asarray(thin[pairs[:, 0]] & thin[pairs[:, 1]])


def _twins(levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Leave to people those who share all but a first name: they may be twins, and a model of fields cannot know."""
    at = {name: levels[:, place] for place, name in enumerate(MEASURES)}
    first = np.isin(at["first_name"], (1, 2, 3)) & (at["swapped"] == 0)
    born = (at["year"] == _SAME["year"]) & (at["month_day"] == LEVELS["month_day"].index("same"))
    return np.asarray(first & born & (at["surname"] >= _CLOSE) & (at["document"] != _SAME["document"]))


def _across(candidates: Candidates, sources: npt.NDArray[np.int32]) -> Candidates:
    apart = sources[candidates.pairs[:, 0]] != sources[candidates.pairs[:, 1]]
    return replace(candidates, pairs=candidates.pairs[apart])
