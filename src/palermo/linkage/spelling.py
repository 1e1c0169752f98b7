"""Names in any script, brought to Latin letters in one way, and to how they sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from anyascii import anyascii

__all__ = ["distinct", "normalised", "over_distinct", "skeleton", "sound"]

_PARTICLES = frozenset(
    "al el bin ibn ben bint binti abu umm van von der den de da do dos das del della di du la le y e of".split()  # noqa: SIM905
)
_ARTICLE = re.compile(r"\bال(?=\w{2})")
"""The Arabic article, which is written as one with its name."""
_VOWELS = re.compile("[aiu]+")
_APART = re.compile(r"[^a-z]+")
_NOBODY = frozenset({"unknown", "unk", "null", "nil", "missing", "notknown", "notgiven", "refused", "anonymous"})
_SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        ("ph", "f"), ("t?sch|[csz]h|d?j", "s"), ("x", "ks"), ("kh", "h"), ("ck|q|c|gh", "k"), ("th", "t"), ("dh", "d"),
        ("dz|ds", "z"), ("w", "v"), ("ee|y|i|e", "i"), ("oo|ou|u|o", "u"), ("h", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def normalised(text: str) -> str:
    """Write a name in Latin letters without marks or case: its parts, without particles, with a space between.

    Empty where nothing of a name is there. Arabic keeps only the vowels that are written.
    """
    latin = anyascii(_ARTICLE.sub("", unicodedata.normalize("NFKC", text))).lower().replace("'", "").replace("`", "")
    parts = [part for part in _APART.split(latin) if part]
    if "".join(parts) in _NOBODY:
        return ""
    return " ".join([part for part in parts if part not in _PARTICLES] or parts)


def sound(name: str) -> str:
    """Spell a normalised name as it sounds, roughly, in the order of the letters of its parts."""
    heard = "".join(sorted(name.split(" ")))
    for pattern, by in _SOUNDS:
        heard = pattern.sub(by, heard)
    return heard or name


def skeleton(heard: str) -> str:
    """Leave the consonants of a name spelled by `sound`, which are what scripts without vowels write."""
    return _VOWELS.sub("", heard).replace("v", "") or heard


def over_distinct(texts: npt.NDArray[np.object_], change: Callable[[str], str]) -> npt.NDArray[np.object_]:
    """Apply a change of text once to each distinct text."""
    found, which = distinct(texts)
    return np.array([change(text) for text in found], dtype=object)[which]


def distinct(values: npt.NDArray[Any]) -> tuple[list[Any], npt.NDArray[np.int64]]:
    """Give the distinct values as they come, and which of them each value is; sorting texts would take longer."""
    places: dict[Any, int] = {}
    which = np.array([places.setdefault(value, len(places)) for value in values.tolist()], np.int64)
    return list(places), which
