"""What can be chosen when records are matched."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.errors import UsageError

__all__ = ["MatchSettings"]

_LARGE = 500_000


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """How to match; what is not said is fixed, and was fixed without looking at a truth."""

    threshold: float = 0.5
    """The probability from which on two records count as one person's."""
    thresholds: tuple[float, ...] = (0.3, 0.5, 0.7, 0.9)
    """At which thresholds persons are given, for what stands on them."""
    deduplicated: bool = False
    """Whether each source has counted its own people once: then no two of its records are put together."""
    doubt_twins: bool = True
    """Whether those who share all but a first name are left to people to judge."""
    cap: int | None = None
    """The largest block; 200, or 80 in large files."""
    most: int = 30
    """How many partners a record may choose."""
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not all(0.2 <= each < 1 for each in (self.threshold, *self.thresholds)):
            raise UsageError("a threshold must be at least 0.2 and below 1.", todo="Ask for one such as 0.5.")
        if self.most < 1 or (self.cap is not None and self.cap < 2):
            raise UsageError("a block must hold 2 records or more, and a record choose 1 partner or more.")

    @property
    def all_thresholds(self) -> tuple[float, ...]:
        """Give the thresholds in order, the default one among them."""
        return tuple(sorted({self.threshold, *self.thresholds}))

    def cap_for(self, n: int) -> int:
        """Give the largest block for a file of ``n`` records."""
        return self.cap or (80 if n > _LARGE else 200)
