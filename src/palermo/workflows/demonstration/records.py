"""What an agency writes down of the people it meets: its words, its gaps, its slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.workflows.demonstration.agency import Agency
from palermo.workflows.demonstration.encounters import Encounters
from palermo.workflows.demonstration.patterns import pick, weights
from palermo.workflows.demonstration.people import AS_OF, People

__all__ = ["Columns", "Records", "write_down"]

Columns = dict[str, NDArray[np.object_]]
Days = NDArray[np.datetime64]
_FIRST_YEAR, _YEARS = 2014, 9


@dataclass(frozen=True, slots=True)
class Records:
    """A file's columns before its layout, and whose each row is."""

    columns: Columns
    number: NDArray[np.object_]
    person: NDArray[np.int64]


def write_down(rng: np.random.Generator, people: People, met: Encounters, agency: Agency, *, after: int) -> Records:
    """Write a record for each encounter; ``after`` is the last number given."""
    who, days = met
    registered = days + rng.exponential(agency.habits["days_to_register"], len(who)).astype(np.int64)
    kept = np.flatnonzero(registered <= AS_OF)
    kept = kept[np.argsort(registered[kept], kind="stable")]
    clerk = _Clerk(rng, people, agency, who[kept], days[kept], registered[kept])
    number = clerk.numbers(after)
    clerk.write("record_id", number)
    clerk.write_codes()
    clerk.write_days()
    clerk.write_identity()
    clerk.write_status()
    clerk.write_free()
    names = agency.habits["columns"]
    empty = np.full(len(kept), "", dtype=object)
    return Records({name: clerk.columns.get(name, empty) for name in names}, number, people.person[clerk.who])


class _Clerk:
    def __init__(
        self,
        rng: np.random.Generator,
        people: People,
        agency: Agency,
        who: NDArray[np.int64],
        met_on: Days,
        registered: Days,
    ) -> None:
        self.rng, self.people, self.agency, self.who = rng, people, agency, who
        self.met_on, self.registered = met_on, registered
        self.year = registered.astype("datetime64[Y]").astype(np.int64) + 1970
        self.columns: Columns = {}
        self._gone: dict[str, NDArray[np.bool_]] = {}

    def numbers(self, after: int) -> NDArray[np.object_]:
        form = self.agency.habits["number"]
        each = enumerate(self.year, start=after + 1)
        return np.array([form.format(year=year, sequence=f"{at:05}") for at, year in each], dtype=object)

    def write(self, field: str, cells: NDArray[np.object_], *, says: bool = True) -> None:
        """Put cells into a field's column, with gaps; ``says``: a gap may say why."""
        column = self.agency.column(field)
        if column:
            self.columns[column] = self._with_gaps(field, cells, says=says)

    def write_codes(self) -> None:
        for field, (codes, at) in self.people.picked.items():
            variant = (self.rng.random(len(self.who)) < 0.3).astype(np.int64)
            self.write(field, self.agency.words(field, codes)[at[self.who], variant])
        for field, (codes, has) in self.people.held.items():
            for column, code in self.agency.flags(field).items():
                self.columns[column] = self._flag(field, has[self.who, codes.index(code)])
            if self.agency.column(field):
                self.write(field, self._several(field, codes, has[self.who]))

    def write_days(self) -> None:
        self.write("registered_on", self._days("registered_on", self.registered))
        self.write("detected_on", self._days("detected_on", self.met_on), says=False)
        self.write("year", self.year.astype(str).astype(object))
        age = self.people.age[self.who]
        self.write("age", age.astype(str).astype(object), says=False)
        then = np.maximum(age - self.people.months[self.who] // 12, 0)
        self.write("age_at_trafficking", then.astype(str).astype(object), says=False)

    def write_identity(self) -> None:
        habits, n = self.agency.habits["names"], len(self.who)
        spelling = np.where(self._luck(habits["other_spelling"]), self.rng.integers(1, 4, n), 0)
        first, last = self.people.first_name[self.who, spelling], self.people.surname[self.who, spelling]
        for at in np.flatnonzero(self._luck(habits["typing_error"])):
            last[at] = _typed(last[at], int(self.rng.integers(0, max(1, len(last[at]) - 1))))
        if habits["capitals"]:
            last = np.array([name.upper() for name in last], dtype=object)
        swapped = self._luck(habits["swapped"])
        first, last = np.where(swapped, last, first), np.where(swapped, first, last)
        self.write("first_name", np.where(self._luck(habits["one_missing"]), "", first))
        self.write("surname", last)
        self.write("document", self.people.document[self.who], says=False)
        self.write("birth_date", self._days("birth_date", self._born()), says=False)

    def write_status(self) -> None:
        shares = self.agency.habits["status"]["shares"]
        codes, n = tuple(shares), len(self.who)
        status = pick(self.rng, np.zeros(n, np.int64), weights([shares], codes))
        means = self.agency.habits["status"]["days"]
        wait = self.rng.exponential(np.array([float(means.get(code, 1)) for code in codes])[status])
        decided_on = self.registered + wait.astype(np.int64)
        status = np.where(decided_on > AS_OF, 0, status)
        decided_on = np.minimum(decided_on, AS_OF)
        self.write("status", self.agency.words("status", codes)[status, 0])
        deciders, by = self._deciders(codes, status)
        decided = by >= 0
        self.write("status_decided_by", self.agency.words("status_decided_by", deciders)[by, 0])
        self.write("status_on", np.where(decided, self._days("status_on", decided_on), ""))

    def write_free(self) -> None:
        last = self.agency.habits["columns"][-1]
        for column, words in self.agency.habits["free"].items():
            at = self.rng.integers(0, len(words) * (2 if column == last else 1), len(self.who))
            self.columns[column] = np.array([*words, *[""] * len(words)], dtype=object)[at]

    def _deciders(self, codes: tuple[str, ...], status: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        by = self.agency.habits["status"]["decided_by"]
        deciders = tuple(dict.fromkeys(who for shares in by.values() for who in shares))
        table = np.hstack(
            [weights([by.get(c, {}) for c in codes], deciders), [[0.0 if c in by else 1.0] for c in codes]]
        )
        drawn = pick(self.rng, status, table)
        return deciders, np.where(drawn == len(deciders), -1, drawn)

    def _born(self) -> Days:
        habits, born = self.agency.habits["birth"], self.people.born_on[self.who]
        year, month = born.astype("datetime64[Y]"), born.astype("datetime64[M]")
        day = (born - month.astype("datetime64[D]")).astype(np.int64)
        in_year = (month - year).astype(np.int64)
        swap = self._luck(habits["day_month_swapped"]) & (day < 12) & (in_year < 28)
        swapped = (year.astype("datetime64[M]") + day).astype("datetime64[D]") + in_year
        born = np.where(swap, swapped, born)
        new_year = self.people.only_year[self.who] | self._luck(habits["first_january"])
        born = np.where(new_year, year.astype("datetime64[D]"), born)
        moved: Days = np.where(self._luck(habits["other_year"]), born - 3 * 365, born)
        return moved

    def _several(self, field: str, codes: tuple[str, ...], has: NDArray[np.bool_]) -> NDArray[np.object_]:
        """Join the words of all codes that hold; each pattern of codes is joined once."""
        words, splitter = self.agency.words(field, codes), self.agency.splitter(field) + " "
        pattern = has @ (1 << np.arange(len(codes))) * 2 + (self.rng.random(len(has)) < 0.3)
        patterns, inverse = np.unique(pattern, return_inverse=True)
        joined = [
            splitter.join(
                dict.fromkeys(
                    words[at, key & 1] for at in range(len(codes)) if key >> (at + 1) & 1 and words[at, key & 1]
                )
            )
            for key in patterns.tolist()
        ]
        return np.array(joined, dtype=object)[inverse]

    def _flag(self, field: str, has: NDArray[np.bool_]) -> NDArray[np.object_]:
        marks: NDArray[np.object_] = np.where(has & ~self._missing(field), "x", "").astype(object)
        return marks

    def _days(self, field: str, days: Days) -> NDArray[np.object_]:
        form = "%d/%m/%Y" if self.agency.day_first(field) else "%Y-%m-%d"
        return pl.Series(days.astype("datetime64[ms]")).dt.strftime(form).to_numpy().astype(object)

    def _luck(self, share: float) -> NDArray[np.bool_]:
        return self.rng.random(len(self.who)) < share

    def _missing(self, field: str) -> NDArray[np.bool_]:
        """Say whose answer is missing; fields that are asked together are missing together."""
        together = self.agency.habits.get("together", [])
        field = together[-1] if field in together else field
        if field not in self._gone:
            then, now = self.agency.habits["missing"].get(field, (0.0, 0.0))
            share = then + (now - then) * np.clip((self.year - _FIRST_YEAR) / _YEARS, 0, 1)
            self._gone[field] = self.rng.random(len(self.who)) < share
        return self._gone[field]

    def _with_gaps(self, field: str, cells: NDArray[np.object_], *, says: bool) -> NDArray[np.object_]:
        habits: dict[str, Any] = self.agency.habits["nothing"]
        word = self.agency.mapping["missing"][0]
        unknown, withheld = (self.agency.word(field, code)[0] if says else "" for code in ("unknown", "withheld"))
        reasons = np.array([unknown, word, withheld, ""], dtype=object)
        share = (habits["unknown"], habits["word"], habits["withheld"])
        why = np.searchsorted(np.cumsum(share), self.rng.random(len(cells)), side="right")
        gaps: NDArray[np.object_] = np.where(self._missing(field), reasons[why], cells)
        return gaps


def _typed(name: str, at: int) -> str:
    """Swap two neighbouring letters, as hurried fingers do."""
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
