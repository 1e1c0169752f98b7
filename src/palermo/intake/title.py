"""What the rows above the headings say of every row below them, such as the year in a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from palermo.intake.mapping import Mapping

__all__ = ["with_above"]


def with_above(mapping: Mapping, above: Sequence[str]) -> tuple[Mapping, tuple[str, ...]]:
    """Fill the fields that the mapping looks for above the headings, and tell which it did not find."""
    text = " ".join(" ".join(cell.split()) for cell in above)
    found = {field: match[1] for field, pattern in mapping.above.items() if (match := re.search(pattern, text))}
    missed = sorted(mapping.above.keys() - found.keys())
    told = tuple(f"Nothing above the headings says the {field}; it stays empty." for field in missed)
    return replace(mapping, constants={**mapping.constants, **found}), told
