"""Loops that are compiled at their first use and kept beside the source for the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

__all__ = ["compiled"]

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile a function of numbers and arrays; where nothing can be kept, it is compiled anew each time."""
    try:
        made = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # there is no folder that may be written to
        made = numba.njit(nogil=True, error_model="numpy")(function)
    return cast(Function, made)
