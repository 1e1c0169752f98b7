"""Which agency meets whom, and when: the overlap that linkage is to find."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from palermo.workflows.demonstration.people import AGENCIES, AS_OF, People

__all__ = ["Encounters", "meet"]

Encounters = tuple[NDArray[np.int64], NDArray[np.datetime64]]
"""Positions of persons, and the day on which the agency met each."""


def meet(rng: np.random.Generator, people: People, agency: str, world: dict[str, Any], *, returns: bool) -> Encounters:
    """Say whom an agency meets: first of all, after another agency, or anew."""
    at = AGENCIES.index(agency)
    follows = np.array([world["follow"][first].get(agency, 0.0) for first in AGENCIES])
    first = people.first_agency == at
    later = rng.random(len(first)) < follows[people.first_agency]
    lag = rng.exponential(world["lag"]["mean_days"], len(first)).astype(np.int64) + 1
    who = np.flatnonzero(first | later)
    days = people.met_on[who] + np.where(first, 0, lag)[who]
    if returns:
        again = rng.random(len(who)) < world["lag"]["returns"]
        wait = rng.exponential(world["lag"]["return_after_days"], int(again.sum())).astype(np.int64) + 1
        who, days = np.concatenate([who, who[again]]), np.concatenate([days, days[again] + wait])
    known = days <= AS_OF
    return who[known], days[known]
