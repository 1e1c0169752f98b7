"""No output takes the place of what a command reads: a file of people or a key may be the only one there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from palermo.errors import UsageError

__all__ = ["must_be_apart", "must_be_distinct"]


def must_be_apart(outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """Refuse outputs that are an input, each other or a folder; what is not given is left out.

    Raises
    ------
    UsageError
        An output would take the place of another file.
    """
    taken = {path.resolve() for path in inputs if path}
    for path in outputs:
        if path is None:
            continue
        if path.is_dir():
            raise UsageError("this is a folder, and a file is made.", where=str(path), todo="Name a file in it.")
        if path.resolve() in taken:
            raise UsageError(
                "an output would take the place of another file.", where=path.name, todo="Name each a file of its own."
            )
        taken.add(path.resolve())


def must_be_distinct(inputs: Sequence[Path]) -> None:
    """Refuse a file that is given twice.

    Raises
    ------
    UsageError
        Two paths lead to one file.
    """
    places = [path.resolve() for path in inputs]
    for path, place in zip(inputs, places, strict=True):
        if places.count(place) > 1:
            raise UsageError("this file is given twice.", where=path.name, todo="Name each file once.")
