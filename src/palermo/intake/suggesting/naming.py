"""How like a heading is to what people call a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from palermo.standard import fold

__all__ = ["HUMP", "Likeness", "Names", "keys_of"]

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")
"""Where a word begins in text that is written without spaces."""
_PREFIXES = ("prs", "vic", "per", "cas", "org", "hte", "is", "var")
_LIKE = 84
"""The least likeness, of 100, at which two spellings are taken for one word."""
_WITHIN = 0.8
_SHORTEST = 4
"""A word must have so many letters to be looked for within a heading, or by likeness."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a heading is to a word."""

    score: float
    """From 0 to 1; 1 where they are the same."""
    why: str


_NONE = Likeness(0.0, "")


def keys_of(heading: str) -> tuple[str, ...]:
    """Give the forms in which a heading is compared: its words, and its words without a customary prefix."""
    words = fold(HUMP.sub(" ", heading)).split()
    forms = [" ".join(words)]
    if len(words) > 1 and words[0] in _PREFIXES:
        forms.append(" ".join(words[1:]))
    return tuple(dict.fromkeys([*forms, fold(heading)]))


@dataclass(frozen=True)
class Names:
    """The words for each of several meanings, with where they are from."""

    words: Mapping[str, Mapping[str, str]]
    """Meaning → folded word → where the word is from."""

    @classmethod
    def of(cls, said: Mapping[str, Iterable[tuple[str, str]]]) -> Names:
        """Gather words; the first source of a word counts."""
        words: dict[str, dict[str, str]] = {}
        for meaning, pairs in said.items():
            words[meaning] = {}
            for word, source in pairs:
                for key in keys_of(word):
                    words[meaning].setdefault(key, source)
        return cls(words)

    def likeness(self, heading: str, meaning: str) -> Likeness:
        """Say how like a heading is to the best word for a meaning."""
        return max((self._one(key, meaning) for key in keys_of(heading)), key=lambda found: found.score)

    def _one(self, key: str, meaning: str) -> Likeness:
        words = self.words[meaning]
        if key in words:
            return Likeness(1.0, words[key])
        best = _NONE
        for word, source in words.items():
            if len(word) < _SHORTEST:
                continue
            if f" {word} " in f" {key} ":
                best = max(best, Likeness(_WITHIN, f"holds “{word}”"), key=lambda found: found.score)
            elif (alike := fuzz.ratio(key, word, score_cutoff=_LIKE)) > 0:
                found = Likeness(round(0.9 * alike / 100, 2), f"is like “{word}” ({source})")
                best = max(best, found, key=lambda found: found.score)
        return best
