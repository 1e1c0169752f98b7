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
from palermo.linkage.sample import Sample, interval, sampled
from palermo.linkage.tokens import KINDS, Hashes

__all__ = ["Interval", "Quality", "judge_quality", "wilson"]

_COLLAPSED_M = 0.15
_SURE = 0.85
_LOW_OVERLAP = 0.05
_ENOUGH = 100
"""Links of which 95 in 100 are right are known to be so within .05, as a sample of people's judgements is."""
_Z = 1.959963984540054
_NOTHING = Sample(0, 0, 0)
_Shares = npt.NDArray[np.float64]
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
    """From the links that people have judged in the order of `palermo.linkage.sample`."""
    judged_recall: Interval | None
    """Also from the pairs in doubt that they have judged so; of pairs among the candidates. What lies below these is
    taken from the model."""
    judged: int
    """How many links people have judged in that order."""
    judged_in_doubt: int
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


def judge_quality(linkage: Linkage, judged: Pairs, same: npt.NDArray[np.float64]) -> Quality:
    """Say how good a linkage is.

    Parameters
    ----------
    judged, same
        Rows of judged pairs, and what was said of each: 1 the same, 0 different, not a number where unsure.
    """
    posterior, accepted = linkage.likely.posterior, linkage.accepted
    n, compared = len(linkage.encodings), linkage.compared
    collapsed, doubts = _signs(linkage, posterior[accepted])
    links, in_doubt = sampled(linkage, judged, same).values() if len(judged) else (_NOTHING, _NOTHING)
    judged_precision = wilson(links.same, links.judged) if links.judged else None
    enough = links.judged >= min(_ENOUGH, links.pairs)
    if judged_precision and not collapsed and enough and judged_precision.low >= _SURE:
        doubts = []
    return Quality(
        records=n,
        persons=linkage.n_persons,
        persons_by_threshold={f"{each:g}": len(np.unique(rows)) for each, rows in linkage.persons.items()},
        double_count=n - linkage.n_persons,
        links=int(accepted.sum()),
        expected_links=compared.expected,
        precision=_share(posterior[accepted], float(accepted.sum())) if linkage.model.m else None,
        recall=_share(posterior[accepted], compared.expected) if linkage.model.m else None,
        judged_precision=judged_precision,
        judged_recall=_judged_recall(links, in_doubt, compared.expected - float(posterior.sum())),
        judged=links.judged,
        judged_in_doubt=in_doubt.judged,
        candidate_recall=_candidate_recall(linkage, accepted),
        to_review=int((posterior <= 0.9).sum()),
        candidates_per_record=2 * compared.n_pairs / n,
        dropped_blocks=compared.dropped,
        alone=compared.n_alone,
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
    if linkage.compared.expected < _ENOUGH:
        doubts.append(
            f"fewer than {_ENOUGH} links are expected, too few to learn from or to tell how many are wrong: let people"
            " judge every one."
        )
    if 2 * linkage.compared.expected < _LOW_OVERLAP * len(linkage.encodings):
        doubts.append("few people are there twice, and then the model claims more precision than it has.")
    return collapsed, doubts


def _share(posterior: npt.NDArray[np.float64], whole: float) -> Interval | None:
    if not whole:
        return None
    spread = _Z * math.sqrt(float((posterior * (1 - posterior)).sum())) / whole
    point = float(posterior.sum()) / whole
    return Interval(point, max(point - spread, 0.0), min(point + spread, 1.0))


def _judged_recall(links: Sample, in_doubt: Sample, below: float) -> Interval | None:
    """Say how much of what belongs together is a link: by what people judged, and below that by what the model has."""
    if not links.judged or (in_doubt.pairs and not in_doubt.judged):
        return None

    def share(right: _Shares, missed: _Shares) -> _Shares:
        return links.pairs * right / (links.pairs * right + in_doubt.pairs * missed + below)

    missed = in_doubt.same / in_doubt.judged if in_doubt.judged else 0.0
    low, high = interval(share(links.shares(seed=1), in_doubt.shares(seed=2)))
    point = share(np.array(links.same / links.judged), np.array(missed))
    return Interval(float(point), low, high) if links.same else None


def _candidate_recall(linkage: Linkage, accepted: npt.NDArray[np.bool_]) -> float | None:
    if not linkage.model.m:
        return None
    pairs, tokens = linkage.likely.pairs[accepted], linkage.encodings.tokens
    by_date, by_name = _share_a_token(tokens, pairs, _DATES), _share_a_token(tokens, pairs, _NAMES)
    both = int((by_date & by_name).sum())
    if not both:
        return None
    whole = (by_date.sum() + 1.0) * (by_name.sum() + 1.0) / (both + 1.0) - 1.0
    return min(float(len(pairs) / max(whole, 1.0)), 1.0)


def _share_a_token(tokens: Hashes, pairs: Pairs, kinds: set[str]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(pairs), np.bool_)
    for at in (KINDS.index(kind) for kind in kinds):
        mine = tokens[pairs[:, 0], at]
        found |= (mine != 0) & (mine == tokens[pairs[:, 1], at])
    return found
