"""What the data files beside this module say, as tables of weights that can be drawn from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DATA", "chances", "load", "pick", "weights"]

DATA = Path(__file__).with_name("data")


def load(name: str) -> dict[str, Any]:
    """Read one of the TOML files of the invented country."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def weights(groups: Sequence[Mapping[str, float]], options: Sequence[str]) -> NDArray[np.float64]:
    """Give a row for each group with its weight for each option; what a group doesn't name weighs nothing."""
    return np.array([[float(group.get(option, 0)) for option in options] for group in groups])


def pick(rng: np.random.Generator, group: NDArray[np.int64], table: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draw an option for each member, by the weights of the member's group."""
    upto = table.cumsum(axis=1)
    upto /= upto[:, -1:]
    drawn: NDArray[np.int64] = (rng.random(len(group))[:, None] >= upto[group]).sum(axis=1)
    return drawn


def chances(rng: np.random.Generator, group: NDArray[np.int64], table: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Draw for each member which options hold, each by itself, by the shares of the member's group."""
    drawn: NDArray[np.bool_] = rng.random((len(group), table.shape[1])) < table[group]
    return drawn
