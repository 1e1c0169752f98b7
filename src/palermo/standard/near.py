"""What somebody may have meant by a name that is none."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean"]


def did_you_mean(said: str, known: Iterable[str]) -> str:
    """Offer the nearest of the names there are, and a space after it; nothing where none is near."""
    names = {name.casefold(): name for name in known}
    text = said.strip().casefold().replace(" ", "_")
    near = get_close_matches(text, names, n=1) or [name for name in names if text and name.startswith(text)][:1]
    return f"Did you mean {names[near[0]]}? " if near else ""
