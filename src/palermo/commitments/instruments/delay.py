"""How long after a deposit a treaty binds, as its final clauses put it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Delay", "read_delay"]

_TEXT = re.compile(r"(?P<first>first of month after )?(?P<n>\d+) (?P<unit>day|month|year)s?")
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Delay:
    """So many days and months, and perhaps the first day of the month that follows."""

    days: int = 0
    months: int = 0
    first_of_month: bool = False

    def after(self, day: date) -> date:
        """Give the day that lies so long after another one; a month ends on its last day."""
        year, month = divmod(day.year * _YEAR + day.month - 1 + self.months + self.first_of_month, _YEAR)
        last = 1 if self.first_of_month else min(day.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, last) + timedelta(self.days)


def read_delay(text: str) -> Delay:
    """Read ``30 days``, ``1 month``, ``1 year`` or ``first of month after 3 months``.

    Raises
    ------
    ValueError
        The text is none of these.
    """
    found = _TEXT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no delay")
    n, first = int(found["n"]), bool(found["first"])
    if found["unit"] == "day":
        return Delay(days=n, first_of_month=first)
    return Delay(months=n * (_YEAR if found["unit"] == "year" else 1), first_of_month=first)
