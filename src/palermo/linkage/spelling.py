"""Names in any script, brought to Latin letters in one way, and to how they sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from anyascii import anyascii

__all__ = ["normalised", "over_distinct", "sound"]

_PARTICLES = frozenset(
    "al el bin ibn ben bint binti abu umm van von der den de da do dos das del della di du la le y e of".split()  # noqa: SIM905
)
_ARTICLE = re.compile(r"\bال(?=\w{2})")
"""The Arabic article, which is written as one with its name."""
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


def over_distinct(texts: npt.NDArray[np.object_], change: Callable[[str], str]) -> npt.NDArray[np.object_]:
    """Apply a change of text once to each distinct text."""
    return _gathered(texts, {text: change(text) for text in set(texts)})


def _gathered(texts: Iterable[str], changed: dict[str, str]) -> npt.NDArray[np.object_]:
    return np.array([changed[text] for text in texts], dtype=object)
