"""How words are compared: without regard to capitals, spaces and marks that nobody sees."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["normal", "visible"]


def visible(text: str) -> str:
    """Leave out what cannot be seen, such as marks of the direction of writing or of where a word may break."""
    if text.isascii():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


@lru_cache(1 << 16)
def normal(text: str) -> str:
    """Bring a value to the form in which values are compared: no case, no outer or double spaces, no unseen marks."""
    return " ".join(visible(text).split()).casefold()
