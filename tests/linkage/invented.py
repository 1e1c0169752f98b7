"""Invented people, with errors of a kind of our own: nothing of the matching was tuned on it."""

from __future__ import annotations

import numpy as np
import polars as pl

__all__ = ["KEY", "encodings_of", "invent", "people_frame"]

from palermo.linkage import COLUMNS, Key, encode, load_schema, people_from

KEY = Key("invented", 1, "2026-01-01", bytes(range(32)))
_STARTS = ["Be", "Ka", "Lo", "Mi", "Na", "Pe", "Ro", "Sa", "Ti", "Vu", "Ze", "Ho", "Gra", "Dri", "Stu", "Fle"]
_ENDS = ["lin", "mar", "nov", "rack", "sta", "tel", "von", "wick", "zan", "bert", "das", "fur", "gon", "hild", "jan"]


def people_frame(rows):
    """Make a table of people of dictionaries, with nothing where nothing is said."""
    return pl.DataFrame([{name: row.get(name, "") for name in COLUMNS} for row in rows])


def encodings_of(rows, *, source="a", key=KEY, schema="field"):
    """Encode dictionaries of people."""
    people = people_from(people_frame(rows), {"PH": "PHL"}, where="invented")
    return encode(people, key, load_schema(schema), source=source)


def invent(n, *, twice=0.3, seed=7):
    """Invent ``n`` records of people, some of them there twice; give the rows and who each is."""
    rng = np.random.default_rng(seed)
    n_people = int(n * (1 - twice))
    name = lambda: str(rng.choice(_STARTS)) + str(rng.choice(_ENDS)) + str(rng.choice(_ENDS))  # noqa: E731
    people = [
        {
            "first_name": name(),
            "surname": name(),
            "birth_date": f"{rng.integers(1960, 2010)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}",
            "sex": str(rng.choice(["f", "m"])),
            "citizenship": f"C{min(rng.geometric(0.2), 15)}",
        }
        for _ in range(n_people)
    ]
    who = [*range(n_people), *rng.integers(0, n_people, n - n_people).tolist()]
    rows = [dict(people[each]) for each in who]
    for row in rows[n_people:]:
        _spoil(row, rng)
    order = rng.permutation(n).tolist()
    return [{"record_id": f"r{at}", **rows[each]} for at, each in enumerate(order)], [who[each] for each in order]


def _spoil(row, rng):
    """Lose a part, hear a letter wrongly, take a nickname, misread a digit, or leave a field empty."""
    drawn = rng.random(5)
    if drawn[0] < 0.2:
        row["first_name"] = row["first_name"][:5]
    if drawn[1] < 0.2:
        at = int(rng.integers(1, len(row["surname"])))
        row["surname"] = row["surname"][:at] + str(rng.choice(list("aeioust"))) + row["surname"][at + 1 :]
    if drawn[2] < 0.1:
        row["birth_date"] = row["birth_date"][:-1] + str(rng.integers(0, 10))
    elif drawn[2] < 0.15:
        row["birth_date"] = row["birth_date"][:4]
    if drawn[3] < 0.05:
        row["citizenship"] = ""
    if drawn[4] < 0.03:
        row["first_name"], row["surname"] = row["surname"], row["first_name"]
