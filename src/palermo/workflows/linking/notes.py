"""What must be said of an agency's people before anything is made of them: counts of records, and no value."""

from __future__ import annotations

from palermo.errors import many
from palermo.linkage import People

__all__ = ["n_january_first", "notes_on"]

_HEAP = 0.2
"""The share of records of 1 January from which on it is said."""
_COLUMNS = {
    "first_name": "first_name",
    "surname": "surname",
    "birth_date": "year",
    "sex": "sex",
    "citizenship": "citizenship",
}
"""The fields that most files of people have, and where they are kept."""


def n_january_first(people: People) -> int:
    """Count the records of 1 January, the day that stands for one that nobody knows."""
    return int((people.month_day == 101).sum())


def notes_on(people: People) -> tuple[str, ...]:
    """Say what no record has, which hold too little, whether 1 January is heaped up, and what could not be read."""
    notes, january = [], n_january_first(people)
    empty = [field for field, column in _COLUMNS.items() if not getattr(people, column).astype(bool).any()]
    if empty:
        notes.append(f"No record has {' or '.join(empty)}. Columns are found by these names, or by a mapping.")
    if people.n_bare:
        holds = many(people.n_bare, "record holds", "records hold")
        own = "a person of its own" if people.n_bare == 1 else "persons of their own"
        notes.append(f"{holds} too little to be found again by, and will count as {own}.")
    if january > _HEAP * len(people):
        are = many(january, "record is", "records are")
        notes.append(f"{are} of 1 January, which is taken for a day that is not known.")
    for field, count in people.unreadable.items():
        if count:
            counts = "and counts" if count == 1 else "and count"
            notes.append(f"{many(count, 'cell', 'cells')} of {field} could not be read, {counts} as not known.")
    return tuple(notes)
