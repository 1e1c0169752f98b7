"""An estimate over several linkages, whose interval says what the linkage does not know as well.

References
----------
Rubin (1987), Multiple Imputation for Nonresponse in Surveys, Wiley, chapter 3, for estimates on draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri, stdtrit

from palermo.errors import PalermoError
from palermo.prevalence.estimate import EstimateSettings, Interval, Method, NoEstimate, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.linkages import Linkages
from palermo.prevalence.newton import Floats
from palermo.prevalence.watching import unwatched

__all__ = ["LinkageAware", "OneLinkage", "estimate_over_linkages"]


@dataclass(frozen=True, slots=True)
class OneLinkage:
    """What comes out if one linkage is taken for true, or why nothing does."""

    name: str
    estimate: PopulationEstimate | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class LinkageAware:
    """An estimate over several linkages, and those on each."""

    estimate: PopulationEstimate
    linkages: tuple[OneLinkage, ...]


def estimate_over_linkages(linkages: Linkages, method: Method, settings: EstimateSettings) -> LinkageAware:
    """Estimate on each linkage, and combine.

    Draws are averaged over by Rubin's rules, on the logarithm of the people beyond the least number seen, and on each
    side of the estimate with that side's spread. Of thresholds nobody knows the right one: the number is that of the
    linkage's own, and the interval reaches over the intervals of all.

    Raises
    ------
    NoEstimate
        No draw gives a number, or the linkage's own threshold gives none.
    UsageError
        The method does not suit the table, or a setting makes no sense.
    """
    each = tuple(_each(linkages, method, settings))
    found = [one.estimate for one in each if one.estimate]
    own = each[linkages.chosen]
    centre = own.estimate if linkages.kind == "thresholds" else next(iter(found), None)
    if centre is None:
        raise NoEstimate(f"linkage {own.name} gives no number: {own.why}", todo="See the table of this linkage.")
    combined = _over_draws(found, settings.level) if linkages.kind == "draws" else _over_thresholds(found, centre)
    share_lost = 1 - len(found) / len(each)
    if linkages.kind == "draws" and share_lost >= (1 - settings.level) / 2:
        endless = tuple(replace(interval, high=math.inf) for interval in combined.intervals)
        combined = replace(combined, intervals=endless)
    return LinkageAware(_told(combined, linkages, len(each) - len(found)), each)


def _each(linkages: Linkages, method: Method, settings: EstimateSettings) -> Iterator[OneLinkage]:
    """Estimate on one linkage after the other, and tell how many are done."""
    alone, many = replace(settings, watch=unwatched), len(linkages.tables)
    for done, (name, table) in enumerate(zip(linkages.names, linkages.tables, strict=True), start=1):
        yield _try(name, table, method, alone)
        settings.watch(done, many)


def _try(name: str, table: CaptureHistories, method: Method, settings: EstimateSettings) -> OneLinkage:
    try:
        return OneLinkage(name, method(table.checked(where=f"linkage {name}"), settings))
    except PalermoError as error:
        if error.exit_code == NoEstimate.exit_code:
            return OneLinkage(name, None, error.what)
        raise


def _over_thresholds(found: Sequence[PopulationEstimate], own: PopulationEstimate) -> PopulationEstimate:
    """Reach over all intervals; one without an interval leaves the whole without."""
    intervals = [each.interval for each in found if each.interval]
    if len(intervals) < len(found) or not own.interval:
        return replace(own, intervals=())
    low, high = min(each.low for each in intervals), max(each.high for each in intervals)
    return replace(own, intervals=(replace(own.interval, low=low, high=high),))


def _over_draws(found: Sequence[PopulationEstimate], level: float) -> PopulationEstimate:
    """Average over draws."""
    floor = min(each.seen for each in found) - 1
    points = np.log([each.point - floor for each in found])
    seen = round(float(np.mean([each.seen for each in found])))
    combined = replace(found[0], seen=seen, point=floor + math.exp(points.mean()), intervals=())
    intervals = [each.interval for each in found if each.interval]
    if len(intervals) < len(found):
        return combined
    between = float(points.var(ddof=1)) * (1 + 1 / len(found)) if len(found) > 1 else 0.0
    low, high = (
        _limit(points, np.log([limit - floor for limit in limits]), between, level)
        for limits in ([each.low for each in intervals], [each.high for each in intervals])
    )
    most = floor + math.exp(high) if math.isfinite(high) else math.inf
    interval = Interval(level, max(floor + math.exp(low), floor + 1), most, intervals[0].kind)
    return replace(combined, intervals=(interval,))


def _limit(points: Floats, limits: Floats, between: float, level: float) -> float:
    """Move from the average by the spread within draws and between them (Rubin 1987, 3.1.2 to 3.1.8)."""
    away = limits - points
    within = float(np.mean((away / ndtri(0.5 + level / 2)) ** 2))
    if not math.isfinite(within):
        return math.inf
    total = within + between
    freedom = (points.size - 1) * (total / between) ** 2 if between > 0 else math.inf
    quantile = float(stdtrit(freedom, 0.5 + level / 2) if math.isfinite(freedom) else ndtri(0.5 + level / 2))
    return float(points.mean()) + math.copysign(quantile * math.sqrt(total), float(away.sum()))


def _told(combined: PopulationEstimate, linkages: Linkages, lost: int) -> PopulationEstimate:
    """Say over how many linkages this was made, and what that means."""
    many = len(linkages.tables)
    said = {
        "draws": f"Averaged over {many} draws of the linkage: the interval holds what the linkage does not know, too.",
        "thresholds": f"The interval reaches over {many} thresholds of the linkage; the number is that of threshold"
        f" {linkages.names[linkages.chosen]}.",
    }[linkages.kind]
    warnings = [said, *combined.warnings]
    if many == 1:
        warnings[0] = "There is one linkage, which is taken for true: the interval knows nothing of wrong links."
    if lost:
        warnings.append(f"{lost} of {many} linkages gave no number.")
    return replace(
        combined,
        settings=(*combined.settings, (linkages.kind, ", ".join(linkages.names))),
        warnings=tuple(warnings),
    )
