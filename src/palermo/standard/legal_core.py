"""The legal core: trafficking is an act, a means and a purpose; for a child no means is needed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from palermo.tables import NOTHING

__all__ = ["Element", "missing_elements"]

Element = Literal["act", "means", "purpose"]


def missing_elements(
    *, act: Collection[str], means: Collection[str], purpose: Collection[str], child: bool
) -> tuple[Element, ...]:
    """Say which elements of the definition a record does not show.

    A screening aid and never a legal finding: an element that is not recorded is missing here, and may be there.

    Parameters
    ----------
    act, means, purpose
        The codes recorded; codes for nothing do not count.
    child
        Whether the person was under 18. A person of unknown age is not taken for a child.

    References
    ----------
    UN Trafficking in Persons Protocol (2000), article 3 (a), (c) and (d). Consent (3 b) plays no part.
    """
    needed: dict[Element, Collection[str]] = {"act": act, "purpose": purpose}
    if not child:
        needed["means"] = means
    order: tuple[Element, ...] = ("act", "means", "purpose")
    return tuple(element for element in order if element in needed and not set(needed[element]) - set(NOTHING))
