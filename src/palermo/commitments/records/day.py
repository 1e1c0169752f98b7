"""Days as sources know them: a day, a month, a year, between two of them, or only "by then".

The notation is the extended date format of ISO 8601-2: ``2010-02-17``, ``2010-02``, ``2010``, ``2016-10/2018-07``,
``../2020-08-04``. A year is never given a day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

__all__ = ["Span", "read_span"]

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_OPEN = ".."


@dataclass(frozen=True, slots=True)
class Span:
    """When something happened, as far as it is known: not before `earliest`, not after `latest`."""

    earliest: date | None
    latest: date | None

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.earliest if self.earliest == self.latest else None


def read_span(text: str) -> Span:
    """Read a day, a month, a year or an interval; nothing where nothing is known.

    Raises
    ------
    ValueError
        The text is none of these, or its end lies before its beginning.
    """
    text = text.strip()
    if not text:
        return Span(None, None)
    begin, slash, end = text.partition("/")
    earliest = None if slash and begin == _OPEN else _bounds(begin)[0]
    latest = None if slash and end == _OPEN else _bounds(end if slash else begin)[1]
    if earliest and latest and latest < earliest:
        raise ValueError("the end lies before the beginning")
    return Span(earliest, latest)


def _bounds(text: str) -> tuple[date, date]:
    found = _PART.fullmatch(text)
    if found is None:
        raise ValueError("no day, month or year")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
