"""Estimates of people no one has seen: private as a room makes them, and as the gate lets them out."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Estimation", "ReleasedEstimate"]


@dataclass(frozen=True, slots=True)
class Estimation:
    """An estimate that may not be shown until `protection.release` has seen it."""

    name: str
    """What tells it from the others of its group, as in ``stepwise`` or ``without NGO``."""
    group: str
    """What it is compared with: ``method``, ``model``, ``without``, ``merged``, ``setting`` or ``remarks``."""
    model: str
    point: float | None
    """In people; None where there is no estimate, and ``words`` say why."""
    low: float | None
    high: float | None
    level: float
    kind: str
    contributors: int
    """How many people carry it: those on exactly two lists, or on more if they are fewer."""
    words: tuple[str, ...] = ()
    distance: float = 0.0
    """How much worse its model fits than the best of its group, in BIC."""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class ReleasedEstimate:
    """An estimate that may be shown: two digits, and none where it stands on too few."""

    name: str
    group: str
    model: str
    point: int | None
    low: int | None
    high: int | None
    level: float
    kind: str
    status: str
    """``published``, ``withheld``, or ``none`` where there is no estimate."""
    words: tuple[str, ...]
    distance: int
    """In whole points of BIC."""
    percent: int
    """Its weight."""
