"""What an attacker can work out: the least and the greatest value of a withheld cell that fit everything published."""

from __future__ import annotations

import highspy
import numpy as np
import numpy.typing as npt

from palermo.protection.cells import Flags, Integers
from palermo.protection.components import Component
from palermo.protection.programme import Extremes, programme

__all__ = ["narrowest_interval"]


def narrowest_interval(component: Component, withheld: Flags, proven: Integers, furthest: int) -> int:
    """Find the narrowest interval that linear programming infers for a withheld cell; there must be one.

    Parameters
    ----------
    proven : shape (cells,)
        Widths that other truths have shown; a cell proven at least as wide as the narrowest one found needs no attack.
    furthest : int
        How far a cell that no relation bounds is taken to move.
    """
    unknown = np.flatnonzero(withheld)
    attackers = [_extremes(component, layer, unknown, furthest) for layer in range(len(component.parts))]
    narrowest = 2 * furthest * len(attackers)
    for index in np.argsort(proven[unknown], kind="stable"):
        known = max(int(proven[unknown[index]]), sum(attacker.seen(index) for attacker in attackers))
        if known < narrowest:
            narrowest = min(narrowest, sum(attacker.width(index) for attacker in attackers))
    return narrowest


def _extremes(component: Component, layer: int, unknown: npt.NDArray[np.intp], furthest: int) -> Extremes:
    """Pose the attacker's problem on one layer: the withheld cells are unknown, all else is given.

    It is written in distances from the truth, which keeps its numbers small and its answers exact, and changes nothing.
    """
    model = programme(
        component.matrix[:, unknown],
        0.0,
        (-component.room[layer, unknown], furthest),
        (-component.slack[layer], np.where(component.equations, 0.0, highspy.kHighsInf)),
    )
    return Extremes(model, np.zeros(len(unknown)))
