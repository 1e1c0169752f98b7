"""What can go wrong, in two branches: what the user can put right, and what is our fault.

A `PalermoError` says where, what, and what to do next. It never quotes a cell of a person's
record: file, row and field only.
"""

from __future__ import annotations

__all__ = ["InputError", "PalermoError", "ProjectError", "ReleaseRefused", "UsageError", "many"]


class PalermoError(Exception):
    """Something the user can put right; shown without a traceback."""

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """Say where, what, and what to do next, as one paragraph."""
        place = f"{self.where}: " if self.where else ""
        return " ".join(part for part in (place + self.what, self.todo) if part)


class UsageError(PalermoError):
    """The words of the command or the question are wrong."""

    exit_code = 2


class InputError(PalermoError):
    """A file or a mapping that the user must mend."""


class ProjectError(PalermoError):
    """A project folder that cannot be used as it is."""


class ReleaseRefused(PalermoError):
    """The gate found no safe way to publish these tables."""


def many(number: int, one: str, others: str) -> str:
    """Write a number with the words that go with it, such as ``many(1, "record is", "records are")``."""
    return f"{number:,} {one if number == 1 else others}"
