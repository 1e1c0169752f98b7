"""Drawing who is who from the probabilities of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import expit, logit

from palermo.errors import InputError, UsageError
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.linkages import Linkages
from palermo.prevalence.newton import Floats, Ints

__all__ = ["draw_linkages"]

_LINK = ("source_a", "record_a", "source_b", "record_b", "probability")
_LINKS = "Name the persons and the links that palermo link match has written."
_FEWEST = 2
_WEIGHED = 2_000_000
"""So many links are drawn to find the shift, or twenty draws if these are more."""
_FURTHEST = 6.0
_HALVINGS = 14


def draw_linkages(persons: pl.DataFrame, links: pl.DataFrame, *, n_draws: int, seed: int) -> Linkages:
    """Draw who is who: links hold with their probabilities, and what hangs together is a person.

    A person is once on a list, unless some links are within it: a link that would put two of its records together does
    not hold, and the likelier of two such links comes first. Such links are lost, and others follow from those that
    hold; so the odds of all are multiplied by what makes the pairs that are together as many, on average, as the
    probabilities add up to. Pairs that the linkage has not told are no links.

    Parameters
    ----------
    persons
        A row for each record: ``source`` and ``record_id``.
    links
        A row for each pair that may be one person: ``source_a``, ``record_a``, ``source_b``, ``record_b`` and
        ``probability``.

    Raises
    ------
    InputError
        A column is missing, a link is of a record that is not there, or a probability is none.
    UsageError
        There are fewer than two draws.
    """
    if n_draws < _FEWEST:
        raise UsageError(f"fewer than {_FEWEST} draws say nothing of what is unsure.", todo="Take 20.")
    told = _told(persons, links)
    shift = _shift(told, [told.chance(seed, draw) for draw in range(told.n_weighed(n_draws))])
    tables = tuple(told.table(told.together(told.chance(seed, draw), shift)) for draw in range(n_draws))
    return Linkages("draws", tuple(f"draw {number}" for number in range(1, n_draws + 1)), tables)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a linkage tells: records by their list, and pairs of them with the logarithm of their odds."""

    lists: tuple[str, ...]
    bits: Ints
    """The history of somebody of whom this is the only record."""
    once: int
    """The lists on which nobody can be twice."""
    one: Ints
    other: Ints
    odds: Floats

    def n_weighed(self, n_draws: int) -> int:
        """Say how many draws are enough to find the shift."""
        return min(n_draws, max(20, _WEIGHED // max(1, self.odds.size)))

    def chance(self, seed: int, draw: int) -> tuple[Floats, Ints]:
        """Draw what decides whether each link holds, and which comes first."""
        generator = np.random.default_rng((seed, draw))
        uniform = generator.random(self.odds.size)
        return uniform, np.argsort(-(self.odds + generator.gumbel(size=self.odds.size)), kind="stable")

    def together(self, chance: tuple[Floats, Ints], shift: float) -> Ints:
        """Give each record the number of its person."""
        from palermo.prevalence.joining import join

        uniform, order = chance
        held = order[uniform[order] < expit(self.odds[order] + shift)]
        person: Ints = join(self.bits, self.once, self.one[held], self.other[held])
        return person

    def table(self, person: Ints) -> CaptureHistories:
        """Count the histories of persons."""
        histories = np.zeros(self.bits.size, dtype=np.int64)
        np.bitwise_or.at(histories, person, self.bits)
        counted = np.bincount(histories[np.unique(person)], minlength=1 << len(self.lists))
        return CaptureHistories.of(self.lists, dict(enumerate(counted.tolist())))


def _shift(told: _Told, chances: Sequence[tuple[Floats, Ints]]) -> float:
    """Find what must be added to all odds so that as many pairs are together as the probabilities add up to."""
    wanted = len(chances) * expit(told.odds).sum()

    def too_many(shift: float) -> bool:
        persons = (told.together(chance, shift) for chance in chances)
        return bool(sum(int((person[told.one] == person[told.other]).sum()) for person in persons) > wanted)

    low, high = -_FURTHEST, _FURTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if too_many(middle) else (middle, high)
    return (low + high) / 2


def _told(persons: pl.DataFrame, links: pl.DataFrame) -> _Told:
    for frame, columns in ((persons, ("source", "record_id")), (links, _LINK)):
        if missing := [name for name in columns if name not in frame.columns]:
            raise InputError(f"there is no column {', '.join(missing)}.", todo=_LINKS)
    records = persons.select(pl.col("source", "record_id").cast(pl.String)).with_row_index("row")
    one, other = (_rows_of(records, links, side) for side in "ab")
    chances = links["probability"].cast(pl.Float64, strict=False)
    if chances.null_count() or not chances.is_between(0, 1).all():
        raise InputError("column probability holds something else than numbers between 0 and 1.", todo=_LINKS)
    lists = tuple(records["source"].unique().sort())
    bits = np.array([1 << lists.index(name) for name in records["source"]], dtype=np.int64)
    twice = int(np.bitwise_or.reduce(bits[one][bits[one] == bits[other]], initial=0))
    return _Told(lists, bits, ((1 << len(lists)) - 1) & ~twice, one, other, logit(chances.to_numpy()))


def _rows_of(records: pl.DataFrame, links: pl.DataFrame, side: str) -> npt.NDArray[np.int64]:
    names = links.select(
        pl.col(f"source_{side}").cast(pl.String).alias("source"),
        pl.col(f"record_{side}").cast(pl.String).alias("record_id"),
    )
    rows = names.join(records, on=["source", "record_id"], how="left", maintain_order="left")["row"]
    if rows.null_count() or rows.len() != links.height:
        raise InputError("some links are of records that are not among the persons, or there twice.", todo=_LINKS)
    return rows.cast(pl.Int64).to_numpy()
