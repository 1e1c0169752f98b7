"""Estimates and what there is to doubt of them → JSON, in the words that programs rely on."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from palermo import prevalence
from palermo.tables import ReleasedEstimate
from palermo.workflows.prevalence import Answered, Compared

__all__ = ["answer_as_json", "comparison_as_json", "diagnosis_as_json"]


def _as_json(found: prevalence.PopulationEstimate) -> dict[str, Any]:
    """Say an estimate for programs, in the words they rely on; a limit that is not there is null."""
    return {
        "seen": found.seen,
        "point": found.point,
        "interval": _interval(found.interval),
        "method": found.method,
        "model": found.model,
        "warnings": list(found.warnings),
    }


def answer_as_json(found: Answered) -> dict[str, Any]:
    """Say an estimate for programs, with those of each linkage or stratum."""
    told = _as_json(found.estimate)
    if found.linkages:
        told["linkages"] = [
            {"linkage": each.name, "estimate": _as_json(each.estimate) if each.estimate else None,
             "why": each.why}
            for each in found.linkages
        ]  # fmt: skip
    if found.strata:
        for name in ("strata", "groups", "ratios"):
            told[name] = [
                {"name": each.name, "seen": each.seen, "point": each.point, "interval": _interval(each.interval),
                 "why": each.why}
                for each in getattr(found.strata, name)
            ]  # fmt: skip
    return told


def comparison_as_json(found: Compared) -> dict[str, Any]:
    """Say all estimates for programs as the gate lets them out; as they are, and how they were made, if private."""
    if found.is_private:
        estimates = [_made_as_json(each) for each in found.estimates]
    else:
        estimates = [_released(each) for each in found.release.estimates if each.group == "method"]
        estimates = [each for each in estimates if each["point"] is not None or each["status"] == "withheld"]
    failures = [{"method": name, "why": why} for name, why in found.failures]
    return {
        "private": found.is_private,
        "estimates": estimates,
        "failures": failures,
        "doubts": list(found.doubts),
    }


def _released(found: ReleasedEstimate) -> dict[str, Any]:
    interval = {"level": found.level, "low": found.low, "high": found.high, "kind": found.kind}
    return {
        "point": found.point,
        "interval": interval if found.kind and found.status == "published" else None,
        "method": found.name,
        "model": found.model,
        "status": found.status,
        "warnings": list(found.words),
    }


def _made_as_json(found: prevalence.PopulationEstimate) -> dict[str, Any]:
    """Say an estimate for programs, with all its intervals and how it was made."""
    return _as_json(found) | {
        "intervals": [_interval(interval) for interval in found.intervals],
        "settings": dict(found.settings),
        "seed": found.seed,
    }


def _interval(found: prevalence.Interval | None) -> dict[str, Any] | None:
    return asdict(found) | {"low": _finite(found.low), "high": _finite(found.high)} if found else None


def _finite(number: float | None) -> float | None:
    """Give nothing for what is endless: JSON has no word for it."""
    return number if number is not None and math.isfinite(number) else None


def diagnosis_as_json(found: prevalence.Diagnosis, *, threshold: int) -> dict[str, Any]:
    """Say a diagnosis for programs inside; overlaps of fewer than the threshold are told as such.

    It is private all the same: what is told beside them can give them away.
    """
    told = {"private": True} | asdict(found)
    told["pairs"] = [{"lists": [pair.one, pair.other], "count": _small(pair.count, threshold)} for pair in found.pairs]
    told["times"] = [_small(count, threshold) for count in found.times]
    told["sizes"] = {name: _small(size, threshold) for name, size in zip(found.lists, found.sizes, strict=True)}
    told["share_on_several"] = round(found.share_on_several, 3)
    told["empty_pairs"] = [[pair.one, pair.other] for pair in found.empty_pairs]
    told["defensible"] = not found.doubts
    for trial in ("without", "merged", "consistency", "thresholds", "tops", "priors", "grids"):
        told[trial] = [_outcome(outcome, threshold) for outcome in getattr(found, trial)]
    return told


def _outcome(outcome: prevalence.Outcome, threshold: int) -> dict[str, Any]:
    told = asdict(outcome) | {"low": _finite(outcome.low), "high": _finite(outcome.high)}
    told.pop("carriers")
    if outcome.truth is not None:
        told |= {"truth": _small(outcome.truth, threshold), "covers": outcome.covers}
    else:
        told.pop("truth")
    return told


def _small(count: int, threshold: int) -> int | str:
    return f"<{threshold}" if 0 < count < threshold else count
