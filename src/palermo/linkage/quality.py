"""How good a linkage is, by what the model claims, by what people have judged, and by what blocking can have missed."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from palermo.linkage.candidates import Pairs
from palermo.linkage.comparison import LEVELS
from palermo.linkage.matching import Linkage
from palermo.linkage.resolution import log_odds_of
from palermo.linkage.tokens import KINDS

__all__ = ["Interval", "Quality", "judge_quality", "wilson"]

_COLLAPSED_M = 0.15
_SURE = 0.85
_LOW_OVERLAP = 0.05
_ENOUGH_JUDGED = 100
_Z = 1.959963984540054
_NAMES = {kind for kind in KINDS if "name" in kind and "year" not in kind and "day" not in kind}
_DATES = {"date", "day, citizenship, sex"}


@dataclass(frozen=True, slots=True)
class Interval:
    """A number and what it may be, with 95 % confidence."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be said of a linkage without knowing the truth. Private: it holds exact counts."""

    records: int
    persons: int
    persons_by_threshold: dict[str, int]
    double_count: int
    """Records less persons."""
    links: int
    """Candidate pairs at or above the default threshold."""
    expected_links: float
    precision: Interval | None
    """Claimed by the model, of pairs; its interval knows of chance only, and not that a model can be wrong."""
    recall: Interval | None
    """Claimed by the model, of pairs among the candidates."""
    judged_precision: Interval | None
    """From pairs that people have judged at random above the threshold."""
    judged: int
    candidate_recall: float | None
    """How much of what there is to find blocking has brought together: found by dates against found by names
    (Lincoln and Petersen). High where records that miss a date also miss a name."""
    to_review: int
    """Pairs between .1 and .9."""
    candidates_per_record: float
    dropped_blocks: dict[str, tuple[int, int]]
    alone: int
    verdict: str
    """``usable``, ``review`` (a person must judge a sample before a number of this stands) or ``collapsed``."""
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the report for programs."""
        return asdict(self)


def judge_quality(linkage: Linkage, judged: Pairs, same: npt.NDArray[np.bool_]) -> Quality:
    """Say how good a linkage is.

    Parameters
    ----------
    judged, same
        Rows of judged pairs, and what was said of each.
    """
    posterior, accepted = linkage.model.posterior, linkage.accepted
    n = len(linkage.encodings)
    collapsed, doubts = _signs(linkage, posterior[accepted])
    judged_precision, n_judged = _judged(linkage, judged, same)
    if not collapsed and judged_precision is not None and n_judged >= _ENOUGH_JUDGED and judged_precision.low >= _SURE:
        doubts = []
    return Quality(
        records=n,
        persons=linkage.n_persons,
        persons_by_threshold={f"{each:g}": len(np.unique(rows)) for each, rows in linkage.persons.items()},
        double_count=n - linkage.n_persons,
        links=int(accepted.sum()),
        expected_links=linkage.model.expected,
        precision=_share(posterior[accepted], float(accepted.sum())) if linkage.model.m else None,
        recall=_share(posterior[accepted], linkage.model.expected) if linkage.model.m else None,
        judged_precision=judged_precision,
        judged=n_judged,
        candidate_recall=_candidate_recall(linkage, accepted),
        to_review=int(((posterior >= 0.1) & (posterior <= 0.9)).sum()),
        candidates_per_record=2 * len(posterior) / n,
        dropped_blocks=linkage.candidates.dropped,
        alone=linkage.candidates.n_alone,
        verdict="collapsed" if collapsed else "review" if doubts else "usable",
        reasons=(*collapsed, *doubts),
    )


def wilson(hits: int, n: int) -> Interval:
    """Give a share with the interval of Wilson (1927)."""
    share, spread = hits / n, _Z * _Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return Interval(share, max(middle - half, 0.0), min(middle + half, 1.0))


def _signs(linkage: Linkage, sure: npt.NDArray[np.float64]) -> tuple[list[str], list[str]]:
    """Tell the signs of a model that fell apart, and those of one that must not be trusted on its own word."""
    if not linkage.model.m:
        return [], ["one filter a record is compared by a fixed likeness, which claims nothing of its errors."]
    days = linkage.model.m["month_day"]
    differ = days[LEVELS["month_day"].index("differ")] / max(1 - days[0], 1e-9)
    collapsed, doubts = [], []
    if differ > _COLLAPSED_M:
        collapsed.append(
            "birthdays of what it takes for one person differ too often: it has taken strangers for the same."
        )
    if len(sure) and sure.mean() < _SURE:
        doubts.append("the model itself is not sure of its links.")
    if 2 * linkage.model.expected < _LOW_OVERLAP * len(linkage.encodings):
        doubts.append("few people are there twice, and then the model claims more precision than it has.")
    return collapsed, doubts


def _share(posterior: npt.NDArray[np.float64], whole: float) -> Interval | None:
    if not whole:
        return None
    spread = _Z * math.sqrt(float((posterior * (1 - posterior)).sum())) / whole
    point = float(posterior.sum()) / whole
    return Interval(point, max(point - spread, 0.0), min(point + spread, 1.0))


def _judged(linkage: Linkage, judged: Pairs, same: npt.NDArray[np.bool_]) -> tuple[Interval | None, int]:
    if not len(judged):
        return None, 0
    n = len(linkage.encodings)
    keys = linkage.candidates.pairs.astype(np.int64) @ np.array([n, 1])
    low, high = np.minimum(judged[:, 0], judged[:, 1]).astype(np.int64), np.maximum(judged[:, 0], judged[:, 1])
    places = np.minimum(np.searchsorted(keys, low * n + high), max(len(keys) - 1, 0))
    above = (keys[places] == low * n + high) & (
        linkage.model.log_odds[places] > log_odds_of(linkage.settings.threshold)
    )
    n_above = int(above.sum())
    return (wilson(int(same[above].sum()), n_above) if n_above else None), n_above


def _candidate_recall(linkage: Linkage, accepted: npt.NDArray[np.bool_]) -> float | None:
    if not linkage.model.m:
        return None
    pairs = linkage.candidates.pairs[accepted]
    tokens = linkage.encodings.tokens
    shared = (tokens[pairs[:, 0]] == tokens[pairs[:, 1]]) & (tokens[pairs[:, 0]] != 0)
    by_date = shared[:, [at for at, kind in enumerate(KINDS) if kind in _DATES]].any(axis=1)
    by_name = shared[:, [at for at, kind in enumerate(KINDS) if kind in _NAMES]].any(axis=1)
    both = int((by_date & by_name).sum())
    if not both:
        return None
    whole = (by_date.sum() + 1.0) * (by_name.sum() + 1.0) / (both + 1.0) - 1.0
    return min(float(len(pairs) / max(whole, 1.0)), 1.0)
