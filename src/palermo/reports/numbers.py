"""How numbers are written: whole units, thousands apart, shares by integer arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "counted",
    "joined",
    "lower_first",
    "percent",
    "percent_between",
    "permille",
    "plural",
    "share_of",
    "upper_first",
    "whole",
]

PLURALS = {"person": "people", "case": "cases"}

FRACTIONS = {
    100: "one in ten",
    200: "one in five",
    250: "one in four",
    333: "one in three",
    400: "two in five",
    500: "one in two",
    600: "three in five",
    667: "two in three",
    750: "three in four",
    800: "four in five",
    900: "nine in ten",
}
NEAR = 12
"""How many thousandths a share may be away from the fraction that names it."""


def whole(number: int) -> str:
    """Write a whole number with its thousands apart."""
    return f"{number:,}"


def plural(unit: str) -> str:
    """Name several of a unit."""
    return PLURALS.get(unit, unit + "s")


def counted(number: int, unit: str) -> str:
    """Write a number with its unit."""
    return f"{whole(number)} {unit if number == 1 else plural(unit)}"


def permille(part: int, total: int) -> int:
    """Say how many in a thousand, halves upwards."""
    return (2000 * part + total) // (2 * total)


def percent(part: int, total: int) -> str:
    """Write a share in percent with one decimal."""
    thousandths = permille(part, total)
    return f"{thousandths // 10}.{thousandths % 10}%"


def percent_between(least: tuple[int, int], most: tuple[int, int]) -> str:
    """Write a share that lies between two, each a part and its whole, in whole percent."""
    low, high = ((200 * part + total) // (2 * total) for part, total in (least, most))
    return f"{low}%" if low == high else f"{low}–{high}%"


def share_of(part: int, total: int, units: str) -> str:
    """Say a share in words where a plain fraction is near, else in whole percent; the units may begin with *of*."""
    of, bare = ("of ", units[3:]) if units.startswith("of ") else ("", units)
    of = "of " if units.startswith("the ") else of
    if part == total:
        return f"all {of}{bare}"
    thousandths = permille(part, total)
    near = min(FRACTIONS, key=lambda fraction: abs(fraction - thousandths))
    away = abs(near - thousandths)
    if away <= NEAR:
        return f"{'about ' if away > 1 else ''}{FRACTIONS[near]} {of}{bare}"
    return f"{(200 * part + total) // (2 * total)}% of {bare}"


def lower_first(words: str) -> str:
    """Put a name inside a sentence."""
    return words[:1].lower() + words[1:]


def joined(words: Sequence[str]) -> str:
    """List words in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def upper_first(words: str) -> str:
    """Begin a sentence."""
    return words[:1].upper() + words[1:]
