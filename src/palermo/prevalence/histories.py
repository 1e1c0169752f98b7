"""Capture histories: who is on which lists, counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.errors import InputError, UsageError

__all__ = ["MOST_LISTS", "CaptureHistories", "StratifiedHistories"]

Ints = npt.NDArray[np.int64]

MOST_LISTS = 16
"""Beyond, the 2^t cells of a table outgrow the memory long before the table says anything."""


@dataclass(frozen=True, slots=True, eq=False)
class CaptureHistories:
    """How many people have each history: the set of lists on which a person is.

    A history is a whole number whose bit ``j`` says whether the person is on ``lists[j]``. Histories are sorted, each
    is there once, and none is zero: nobody can observe those on no list.

    Raises
    ------
    InputError
        Counts are negative, or histories are zero, double, or of lists that are not there.
    """

    lists: tuple[str, ...]
    histories: Ints
    counts: Ints

    def __post_init__(self) -> None:
        _must_be_names(self.lists)
        inside = (self.histories > 0) & (self.histories < 2 ** len(self.lists))
        if not inside.all():
            raise InputError(
                "a history is on no list, or on one that is not there.",
                todo="Leave out the row for people on no list: it is what is to be estimated.",
            )
        if self.histories.shape != self.counts.shape or (np.diff(self.histories) <= 0).any():
            raise InputError("the histories are not in order, or one is there twice.", todo="Add their counts up.")
        if (self.counts <= 0).any():
            raise InputError("a count is below one.", todo="Counts are whole numbers of people.")

    @classmethod
    def of(cls, lists: Sequence[str], counted: Mapping[int, int]) -> CaptureHistories:
        """Make the table from counts by history, in whatever order; histories that nobody has are left out."""
        there = sorted((history, count) for history, count in counted.items() if count)
        histories, counts = (np.array([pair[side] for pair in there], dtype=np.int64) for side in (0, 1))
        return cls(tuple(lists), histories, counts)

    @classmethod
    def from_memberships(
        cls, frame: pl.DataFrame, *, person: str = "person_id", on: str = "source", lists: Sequence[str] = ()
    ) -> CaptureHistories:
        """Count persons from a table with a row for each time that somebody is on a list, as linkage gives it."""
        _must_have(frame, (person, on))
        known = tuple(lists) or tuple(sorted(frame[on].drop_nulls().cast(pl.String).unique()))
        pairs = frame.select(who=pl.col(person), name=pl.col(on).cast(pl.String)).unique()
        if pairs.null_count().row(0) != (0, 0):
            raise InputError(f"some rows have no {person} or no {on}.", todo="Leave these rows out, or complete them.")
        if pairs.filter(~pl.col("name").is_in(known)).height:
            raise InputError(f"column {on} names a list that is not among those to be counted.")
        bits = pl.DataFrame({"name": known, "bit": [2**place for place in range(len(known))]})
        each = pairs.join(bits, on="name").group_by("who").agg(history=pl.col("bit").sum())
        return cls.of(known, dict(each.group_by("history").len().rows()))

    @classmethod
    def from_indicators(cls, frame: pl.DataFrame, lists: Sequence[str]) -> CaptureHistories:
        """Count persons from a table with a row for each person and a column of 0 and 1 for each list."""
        _must_have(frame, lists)
        signs = frame.select(pl.col(name).cast(pl.Int64, strict=False) for name in lists)
        if any(not signs[name].is_in([0, 1]).fill_null(value=False).all() for name in lists):
            raise InputError("a column of a list holds something else than 0 and 1.", todo="Mend the column.")
        history = reduce(lambda total, pair: total + pl.col(pair[1]) * 2 ** pair[0], enumerate(lists), pl.lit(0))
        each = signs.select(history=history.cast(pl.Int64))
        return cls.of(lists, dict(each.group_by("history").len().rows()))

    @property
    def n_lists(self) -> int:
        """How many lists there are."""
        return len(self.lists)

    @property
    def seen(self) -> int:
        """How many people are on at least one list."""
        return int(self.counts.sum())

    @property
    def cells(self) -> Ints:
        """The counts of all ``2**n_lists`` histories, the first of which is that of the people on no list, and zero."""
        cells = np.zeros(2**self.n_lists, dtype=np.int64)
        cells[self.histories] = self.counts
        return cells

    @property
    def sizes(self) -> Ints:
        """How many people are on each list."""
        return np.array([self.together(name) for name in self.lists], dtype=np.int64)

    def together(self, *names: str) -> int:
        """How many people are on all of these lists."""
        mask = self.mask(names)
        return int(self.counts[(self.histories & mask) == mask].sum())

    def mask(self, names: Iterable[str]) -> int:
        """Give the history of those who are on these lists and no other.

        Raises
        ------
        UsageError
            There is no such list.
        """
        names = tuple(names)
        if unknown := [name for name in names if name not in self.lists]:
            raise UsageError(f"there is no list {unknown[0]}.", todo=f"The lists are: {', '.join(self.lists)}.")
        return sum(2 ** self.lists.index(name) for name in set(names))

    def merged(self, *names: str, into: str = "") -> CaptureHistories:
        """Take several lists for one, in the place of the first: whoever is on any of them is on it."""
        self.mask(names)
        kept = [name for name in self.lists if name not in names[1:]]
        lists = [(into or "".join(names)) if name == names[0] else name for name in kept]
        return self._moved(lists, [kept.index(names[0] if name in names else name) for name in self.lists])

    def without(self, *names: str) -> CaptureHistories:
        """Leave lists out; people who are on no other are no longer seen."""
        self.mask(names)
        lists = [name for name in self.lists if name not in names]
        return self._moved(lists, [None if name in names else lists.index(name) for name in self.lists])

    def reordered(self, *names: str) -> CaptureHistories:
        """Put the same lists into another order."""
        if sorted(names) != sorted(self.lists):
            raise UsageError("these are not the same lists.", todo=f"The lists are: {', '.join(self.lists)}.")
        return self._moved(names, [names.index(name) for name in self.lists])

    def _moved(self, lists: Sequence[str], places: Sequence[int | None]) -> CaptureHistories:
        counted: dict[int, int] = {}
        for history, count in zip(self.histories.tolist(), self.counts.tolist(), strict=True):
            held = {place for bit, place in enumerate(places) if history >> bit & 1 and place is not None}
            if held:
                new = sum(2**place for place in held)
                counted[new] = counted.get(new, 0) + count
        return CaptureHistories.of(lists, counted)

    def checked(self, *, where: str = "") -> CaptureHistories:
        """Give the table back if an estimate can be tried on it.

        Raises
        ------
        InputError
            There are fewer than two lists, one is empty, two are copies of each other, or no two share a person.
        """
        if self.n_lists < 2:
            raise InputError(
                "there are fewer than two lists.",
                where=where,
                todo="People on no list can be estimated from overlaps only.",
            )
        if empty := [name for name in self.lists if not self.together(name)]:
            raise InputError(f"nobody is on list {empty[0]}.", where=where, todo="Leave the list out.")
        for one, other in combinations(self.lists, 2):
            if self.together(one, other) == self.together(one) == self.together(other):
                raise InputError(
                    f"lists {one} and {other} are copies: the same people are on both.",
                    where=where,
                    todo="Leave one of them out.",
                )
        if not (self.histories & (self.histories - 1)).any():
            raise InputError(
                "no two lists share a person.",
                where=where,
                todo="Without any overlap no number can be defended. See whether the lists were linked at all.",
            )
        return self

    def __eq__(self, other: object) -> bool:
        """Say whether lists, histories and counts are the same."""
        return isinstance(other, CaptureHistories) and self._content == other._content

    def __hash__(self) -> int:
        """Hash the content."""
        return hash(self._content)

    @property
    def _content(self) -> tuple[tuple[str, ...], bytes, bytes]:
        return self.lists, self.histories.tobytes(), self.counts.tobytes()


@dataclass(frozen=True, slots=True)
class StratifiedHistories:
    """A table of capture histories for each stratum, all with the same lists.

    A stratum may be too small for an estimate of its own; its table is held as it is.
    """

    factors: tuple[str, ...]
    """What the strata differ in, as in region and sex."""
    strata: tuple[tuple[str, ...], ...]
    """The values of the factors in each stratum; empty where one is not known."""
    tables: tuple[CaptureHistories, ...]

    def __post_init__(self) -> None:
        if not self.tables or len(self.tables) != len(self.strata) or len(set(self.strata)) != len(self.strata):
            raise InputError("there are no strata, or one is there twice.")
        if any(table.lists != self.lists for table in self.tables):
            raise InputError("the strata do not have the same lists.")

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that all strata share."""
        return self.tables[0].lists

    @property
    def known(self) -> StratifiedHistories:
        """The strata all of whose values are known.

        Raises
        ------
        InputError
            There are none.
        """
        there = [place for place, stratum in enumerate(self.strata) if all(stratum)]
        if not there:
            raise InputError("nobody is known in all that tells strata apart.", todo="Name fewer factors.")
        strata, tables = tuple(self.strata[place] for place in there), tuple(self.tables[place] for place in there)
        return StratifiedHistories(self.factors, strata, tables)

    @property
    def unknown(self) -> tuple[tuple[str, ...], ...]:
        """The strata some of whose values are not known."""
        return tuple(stratum for stratum in self.strata if not all(stratum))

    def values(self, place: int) -> tuple[str, ...]:
        """Give the values of the factor in this place, each once."""
        return tuple(dict.fromkeys(stratum[place] for stratum in self.strata if stratum[place]))

    def pooled(self) -> CaptureHistories:
        """Count over all strata."""
        cells = np.sum([table.cells for table in self.tables], axis=0)
        return CaptureHistories.of(self.lists, dict(enumerate(cells.tolist())))


def _must_be_names(lists: tuple[str, ...]) -> None:
    if not all(lists) or len(set(lists)) != len(lists):
        raise InputError("a list has no name, or the name of another.", todo="Give each list a name of its own.")
    if len(lists) > MOST_LISTS:
        raise InputError(
            f"there are more than {MOST_LISTS} lists.", todo="Merge lists that are kept by the same kind of agency."
        )


def _must_have(frame: pl.DataFrame, columns: Sequence[str]) -> None:
    if missing := [name for name in columns if name not in frame.columns]:
        raise InputError(f"there is no column {', '.join(missing)}.")
