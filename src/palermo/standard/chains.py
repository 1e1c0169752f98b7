"""From one standard to another through the profile: what each of their values becomes, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.standard.crosswalk import ANY, Crossing, Crosswalk, Match

__all__ = ["Chain", "Stranded", "chain", "stranded"]

_KNOWN: tuple[Match, ...] = ("exact", "broader", "narrower")
_TURNED: dict[Match, Match] = {"exact": "exact", "broader": "narrower", "narrower": "broader", "none": "none"}


@dataclass(frozen=True, slots=True)
class Chain:
    """One value of a standard, the field and code of the profile that it passes, and a value of another standard."""

    first: Crossing
    second: Crossing
    match: Match
    """What the second standard's value is beside the first one's."""

    @property
    def lost(self) -> str:
        """What either step loses; or that the two values overlap, so that neither follows from the other."""
        steps = dict.fromkeys(row.lost for row in (self.first, self.second) if row.match != "exact")
        if self.match == "exact":
            return ""
        overlap = ["They overlap: neither follows from the other."] if self.match == "none" else []
        return " ".join([*overlap, *steps])


def chain(first: Crosswalk, second: Crosswalk) -> tuple[Chain, ...]:
    """Say of each two values that meet in the profile, once, what the second is beside the first."""
    met: dict[tuple[str, ...], Chain] = {}
    for row in first.rows:
        for other in second.outward(row.field, row.code) if row.match != "none" and row.field != ANY else ():
            if other.match != "none":
                ends = (row.their_field, row.their_code, other.their_field, other.their_code)
                met.setdefault(ends, Chain(row, other, _together(row, other, first, second)))
    return tuple(met.values())


@dataclass(frozen=True, slots=True)
class Stranded:
    """One value of a standard that becomes nothing in another."""

    first: Crossing
    lost: str
    """Why: the profile has no place for it, or the other standard has none."""


def stranded(first: Crosswalk, second: Crosswalk) -> tuple[Stranded, ...]:
    """Name the values of the first standard that become nothing in the second, each once, with the reason."""
    met = {(at.first.their_field, at.first.their_code) for at in chain(first, second)}
    left: dict[tuple[str, str], Stranded] = {}
    for row in first.rows:
        ends = (row.their_field, row.their_code)
        if row.their_field in ("", ANY) or ends in met:
            continue
        others = second.outward(row.field, row.code) if row.match != "none" else (row,)
        lost = " ".join(dict.fromkeys(other.lost for other in others if other.lost))
        left.setdefault(ends, Stranded(row, lost or f"Nothing in {second.name} says so."))
    return tuple(left.values())


def _together(row: Crossing, other: Crossing, first: Crosswalk, second: Crosswalk) -> Match:
    """Compare what the two values cover, where the profile can say it; otherwise follow the two steps."""
    one, two = _extent(row, first), _extent(other, second)
    if one and two:
        return _compared(one, two)
    steps = {_TURNED[row.match], other.match} - {"exact"}
    return steps.pop() if len(steps) == 1 else "none" if steps else "exact"


def _compared(one: frozenset[str], two: frozenset[str]) -> Match:
    if one == two:
        return "exact"
    return "broader" if one < two else "narrower" if one > two else "none"


def _extent(row: Crossing, walk: Crosswalk) -> frozenset[str]:
    """The codes of the profile that a value of theirs is made of; none where it is not made of whole codes."""
    rows = [other for other in walk.homeward(row.their_field, row.their_code) if other.field == row.field]
    exact, broader, narrower = ({other.code for other in rows if other.match == match} for match in _KNOWN)
    if "" in exact | broader or (narrower and not exact):
        return frozenset()
    return frozenset(exact | broader) if exact or len(broader) > 1 else frozenset()
