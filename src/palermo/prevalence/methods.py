"""Every method by its name."""

from __future__ import annotations

from palermo.prevalence.chao import chao
from palermo.prevalence.chapman import chapman
from palermo.prevalence.estimate import Method

__all__ = ["METHODS"]

METHODS: dict[str, Method] = {
    "chapman": chapman,
    "chao": chao,
}
