"""What becomes of an estimate when something that need not be so is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from palermo.errors import PalermoError
from palermo.prevalence.bayes_threshold import ThresholdSettings, bayes_threshold
from palermo.prevalence.bic import settledness
from palermo.prevalence.decomposable import decomposable
from palermo.prevalence.estimate import EstimateSettings, Interval, NoEstimate
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.methods import METHODS
from palermo.prevalence.tabulation import carriers

__all__ = ["Outcome", "grids", "merged", "spreads", "taken_as_truth", "thresholds", "tops", "without"]

THRESHOLDS = (0.001, 0.005, 0.01, 0.02, 0.05, 0.1)
SPREADS = (0.5, 1.0, 2.0)
GRIDS = (10, 30, 100)
_WIDEST_GRID = 300_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes out when something is changed, or why nothing does."""

    changed: str
    model: str
    point: float | None
    low: float | None = None
    high: float | None = None
    truth: int | None = None
    """The known number, where a list is taken as the whole."""
    why: str = ""
    carriers: int = 0
    """How many people on exactly two lists it stands on."""

    @property
    def covers(self) -> bool | None:
        """Whether the interval holds the known number."""
        if self.truth is None or self.low is None or self.high is None:
            return None
        return self.low <= self.truth <= self.high


def without(histories: CaptureHistories, method: str, settings: EstimateSettings) -> tuple[Outcome, ...]:
    """Leave each list out."""
    return tuple(_try(f"without {name}", histories.without(name), method, settings) for name in histories.lists)


def merged(histories: CaptureHistories, method: str, settings: EstimateSettings) -> tuple[Outcome, ...]:
    """Take each pair of lists for one."""
    return tuple(
        _try(f"{one} and {other} as one", histories.merged(one, other), method, settings)
        for one, other in combinations(histories.lists, 2)
    )


def taken_as_truth(histories: CaptureHistories, method: str, settings: EstimateSettings) -> tuple[Outcome, ...]:
    """Take each list for all there are, and estimate its size from the others (Binette and Steorts 2022)."""
    found = []
    for name, size in zip(histories.lists, histories.sizes.tolist(), strict=True):
        mask = histories.mask([name])
        there = {
            history: count if history & mask else 0
            for history, count in zip(histories.histories.tolist(), histories.counts.tolist(), strict=True)
        }
        own = CaptureHistories.of(histories.lists, there)
        strangers = [other for other in own.lists if not own.together(other)]
        if len(strangers) < own.n_lists - 2:
            seen = own.without(name, *strangers)
            found.append(replace(_try(f"people on {name}", seen, method, settings), truth=size))
        else:
            why = "fewer than two other lists share people with it."
            found.append(Outcome(f"people on {name}", "", None, truth=size, why=why))
    return tuple(found)


def thresholds(histories: CaptureHistories, settings: EstimateSettings) -> tuple[Outcome, ...]:
    """Move the p-value below which a pair enters the stepwise model."""
    return tuple(
        _try(f"stepwise, threshold {least:g}", histories, "stepwise", replace(settings, threshold=least))
        for least in THRESHOLDS
    )


def tops(histories: CaptureHistories, settings: EstimateSettings) -> tuple[Outcome, ...]:
    """Let resampled tables choose among more and more models, until the interval settles."""
    if not settings.bootstrap:
        return ()
    try:
        found = settledness(histories, settings)
        chosen = METHODS["bic"](histories, replace(settings, bootstrap=0))
    except NoEstimate:
        return ()
    return tuple(
        Outcome(
            f"bic, top {settled.top}", chosen.model, chosen.point, settled.bca.interval.low, settled.bca.interval.high
        )
        for settled in found
    )


def spreads(histories: CaptureHistories, settings: EstimateSettings) -> tuple[Outcome, ...]:
    """Let `bayes-threshold` believe beforehand that pairs depend on each other less, and more."""
    try:
        made = [(each, bayes_threshold(histories, settings, ThresholdSettings(spread=each))) for each in SPREADS]
    except NoEstimate:
        return ()
    return tuple(
        Outcome(f"bayes-threshold, spread {spread:g}", found.model, found.point, *_limits(found.interval))
        for spread, found in made
    )


def grids(histories: CaptureHistories, settings: EstimateSettings) -> tuple[Outcome, ...]:
    """Move the end of the grid of `decomposable`, which is a part of its prior."""
    furthest: Sequence[int] = [many for many in GRIDS if many * histories.seen <= _WIDEST_GRID]
    try:
        made = [(many, decomposable(histories, settings, furthest=many)) for many in furthest]
    except NoEstimate:
        return ()
    return tuple(
        Outcome(f"decomposable, grid ×{many}", "", estimate.point, *_limits(estimate.interval))
        for many, estimate in made
    )


def _limits(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)


def _try(changed: str, histories: CaptureHistories, method: str, settings: EstimateSettings) -> Outcome:
    """Estimate from a changed table, which may well be one from which nothing can be estimated."""
    try:
        estimate = METHODS[method](histories.checked(), settings)
    except PalermoError as error:
        return Outcome(changed, "", None, why=error.what)
    low, high = _limits(estimate.interval)
    return Outcome(changed, estimate.model, estimate.point, low, high, carriers=carriers(histories))
