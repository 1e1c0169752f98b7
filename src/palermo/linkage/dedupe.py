"""Within one agency, where names may be seen: who is there twice, by Splink on DuckDB or Spark."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.linkage.candidates import Pairs
from palermo.linkage.leftovers import among_singles
from palermo.linkage.matching import NO_PAIRS
from palermo.linkage.people import People
from palermo.linkage.resolution import log_odds_of, resolve
from palermo.linkage.settings import MatchSettings
from palermo.linkage.splink_model import DATE, NAMES, comparisons_of, fields_of, n_agreeing, weigh
from palermo.linkage.tokens import atoms_of, tokens_of
from palermo.tables import Engine

__all__ = ["Deduplication", "deduplicate", "laid_out"]

_MOST_IN_BLOCK = 200
_NO_KEY = bytes(32)
"""The tokens lie beside the names and go nowhere, and the same file gives the same persons."""
_LEAST = 0.0002
"""Pairs that are less likely by themselves are left out."""
_LEAST_PAIRS = 20
"""Of fewer that agree there is nothing to learn."""


@dataclass(frozen=True, slots=True)
class Deduplication:
    """Which records of one file are the same person, and by what that was told."""

    persons: dict[float, npt.NDArray[np.int64]]
    """By threshold: the row of the first record of each record's person."""
    learnt: bool
    """Whether weights were learnt; otherwise who agrees on both names and the date is one person, and nobody else."""
    compared: tuple[str, ...]
    """The fields that were compared."""
    links: int
    """Pairs at or above the default threshold."""
    pairs: Pairs
    log_odds: npt.NDArray[np.float64]
    """Of each pair that may be one person."""


def deduplicate(people: People, settings: MatchSettings, engine: Engine) -> Deduplication:
    """Say which records of one file are the same person, at each threshold.

    Where too few pairs agree on their names or on their dates to learn from, only who agrees on both is one person.
    """
    n, table = len(people), laid_out(people)
    if min(n_agreeing(table, names) for names in (NAMES, DATE)) < _LEAST_PAIRS:
        persons = dict.fromkeys(settings.all_thresholds, _firsts(table))
        whole = (*NAMES, *DATE)
        return Deduplication(persons, False, (*NAMES, "birth_date"), n_agreeing(table, whole), NO_PAIRS, np.zeros(0))
    pairs, log_odds = weigh(table, comparisons_of(table), engine, least=_LEAST, seed=settings.seed)
    persons = _persons(n, pairs, log_odds, settings)
    log_odds = among_singles(pairs, log_odds, persons[settings.threshold])
    persons = _persons(n, pairs, log_odds, settings)
    links = int((log_odds >= log_odds_of(settings.threshold)).sum())
    return Deduplication(persons, True, fields_of(table), links, pairs, log_odds)


def _persons(
    n: int, pairs: Pairs, log_odds: npt.NDArray[np.float64], settings: MatchSettings
) -> dict[float, npt.NDArray[np.int64]]:
    apart = np.full(n, -1, np.int32)
    kept = log_odds > log_odds_of(min(settings.all_thresholds) / 2)
    pairs, thresholds = pairs[kept], settings.all_thresholds
    return resolve(n, pairs, log_odds[kept], thresholds=thresholds, groups=apart, same=NO_PAIRS, different=NO_PAIRS)


def _firsts(table: pl.DataFrame) -> npt.NDArray[np.int64]:
    """Give the first row that agrees with each on both names and the date; itself where one is not known."""
    whole = pl.all_horizontal(pl.col(*NAMES, *DATE).is_not_null())
    first = pl.when(whole).then(pl.col("unique_id").min().over(*NAMES, *DATE)).otherwise("unique_id")
    return table.select(first.alias("first"))["first"].to_numpy()


def laid_out(people: People) -> pl.DataFrame:
    """Lay people out for Splink: nothing instead of empty, and blocking tokens."""
    text = {
        name: getattr(people, name).tolist() for name in ("first_name", "surname", "sex", "citizenship", "document")
    }
    month, day = people.month_day // 100, people.month_day % 100
    frame = pl.DataFrame(
        {
            "unique_id": np.arange(len(people)),
            **{name: [each or None for each in values] for name, values in text.items()},
            "year": people.year,
            "month": month,
            "day": day,
            "place": [sorted(set(each.split())) or None for each in people.place],
            "token": _tokens(people),
        },
        schema_overrides=dict.fromkeys(text, pl.String) | {"place": pl.List(pl.String), "token": pl.List(pl.String)},
    )
    nobody = [pl.when(pl.col(name) > 0).then(pl.col(name)).alias(name) for name in ("year", "month", "day")]
    return frame.with_columns(nobody)


def _tokens(people: People) -> list[list[str]]:
    """Give the tokens of each record that it shares with others, but not with too many."""
    tokens = tokens_of(atoms_of(people, _NO_KEY, fold=True), _NO_KEY)
    kinds = np.broadcast_to(np.arange(tokens.shape[1]), tokens.shape)
    _, which, counts = np.unique(tokens, return_inverse=True, return_counts=True)
    size = counts[which.reshape(tokens.shape)]
    useful = (tokens != 0) & (size > 1) & (size <= _MOST_IN_BLOCK)
    found = [
        [f"{kind}-{token:x}" for kind, token in zip(kinds[row, kept], tokens[row, kept], strict=True)]
        for row, kept in enumerate(useful)
    ]
    places = _place_tokens(people)
    often = Counter(token for row in places for token in row)
    return [
        own + [token for token in row if 1 < often[token] <= _MOST_IN_BLOCK]
        for own, row in zip(found, places, strict=True)
    ]


def _place_tokens(people: People) -> list[list[str]]:
    """Give tokens of each word of a place with the next, with each name and with the date."""
    columns = (people.place, people.first_name, people.surname, people.year, people.month_day)
    rows = []
    for place, first, last, year, day in zip(*columns, strict=True):
        words = place.split()
        pairs = {f"{one} {other}" for one, other in itertools.pairwise(words)}
        beside = [f"{kind} {value}" for kind, value in zip("flyd", (first, last, year, day), strict=True) if value]
        rows.append(sorted(pairs | {f"{word} {each}" for word in words for each in beside}))
    return rows
