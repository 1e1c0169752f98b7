"""What an estimate is, what it is made with, and what is said where no number can be defended."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from palermo.errors import PalermoError
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.watching import Watch, unwatched

__all__ = ["EstimateSettings", "Interval", "IntervalKind", "Method", "NoEstimate", "PopulationEstimate", "roughly"]

IntervalKind = Literal["log-normal", "profile", "bca", "posterior"]


class NoEstimate(PalermoError):
    """No number can be defended: a proper result, with its reason."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Two numbers of people between which the truth is said to lie."""

    level: float
    low: float
    high: float
    kind: IntervalKind


@dataclass(frozen=True, slots=True)
class EstimateSettings:
    """How an estimate is to be made; what a method has no use for, it does not look at."""

    level: float = 0.95
    order: int | None = None
    """How many lists a term of the model may name; as many as the method can search if not said."""
    threshold: float | None = None
    """How surprising an overlap must be to enter the model; the method's own default if not said."""
    top: int | None = None
    """Among how many of the best models each resampled table chooses."""
    model: str = ""
    """The fixed model, as in ``[AB,C]``."""
    bootstrap: int = 1000
    """How many tables are resampled; none, and no bootstrap interval, if zero."""
    seed: int = 1
    watch: Watch = field(default=unwatched, compare=False, repr=False)
    """Is told how far the work has come, where it may take long."""


@dataclass(frozen=True, slots=True)
class PopulationEstimate:
    """How many people there are, seen or unseen."""

    seen: int
    point: float
    intervals: tuple[Interval, ...]
    """The first is the one to publish."""
    method: str
    model: str
    """The terms of a log-linear model, or the model in words."""
    settings: tuple[tuple[str, str], ...]
    """What decided the number, by name."""
    seed: int | None = None
    """None if nothing was drawn."""
    warnings: tuple[str, ...] = ()
    """Sentences that must stand beside the number."""

    @property
    def unseen(self) -> float:
        """The dark figure: people on no list."""
        return self.point - self.seen

    @property
    def interval(self) -> Interval | None:
        """The interval to publish, if there is one."""
        return self.intervals[0] if self.intervals else None


def roughly(people: float) -> str:
    """Say a number of people to two digits, as a sentence must that is published: more would tell of single people."""
    if not math.isfinite(people):
        return "endlessly many"
    whole = math.floor(people + 0.5)
    base = 10 ** max(0, len(str(whole)) - 2)
    return f"about {(whole + base // 2) // base * base:,}"


Method = Callable[[CaptureHistories, EstimateSettings], PopulationEstimate]
"""Makes an estimate, or raises `NoEstimate`."""
