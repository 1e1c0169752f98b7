"""The dominance rule: a number that is nearly all one contributor's tells the others what that one has."""

from __future__ import annotations

import numpy as np

from palermo.protection.cells import Cells, Integers
from palermo.tables import Policy

__all__ = ["width_needed"]


def width_needed(cells: Cells, policy: Policy) -> Integers:
    """Say how wide the interval of each cell must be if it is withheld: the threshold, and more where it is dominated.

    A cell is dominated where ``largest / number`` exceeds the policy's percentage k. It would not be if its number were
    ``100 / k * largest``; so the interval must be at least twice as wide as the number is away from this.

    References
    ----------
    Hundepool and others (2012), "Statistical Disclosure Control", section 4.2: the (n, k) rule and protection levels.
    """
    usual = np.full(len(cells.keys), policy.threshold, dtype=np.int64)
    if not policy.dominance:
        return usual
    dominated = cells.largest * 100 > policy.dominance * cells.high
    away = -(-100 * cells.largest // policy.dominance) - cells.high
    return np.where(dominated, np.maximum(policy.threshold + 1, 2 * away), usual)
