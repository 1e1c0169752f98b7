"""Within one agency, where names may be seen: who is there twice, by Splink on DuckDB or Spark.

Citizenship is part of the comparison of names, since the two go together among different people too.
"""

from __future__ import annotations

import itertools
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.errors import ProjectError, UsageError
from palermo.linkage.people import People
from palermo.linkage.resolution import resolve
from palermo.linkage.settings import MatchSettings
from palermo.linkage.tokens import atoms_of, tokens_of

__all__ = ["BACKENDS", "deduplicate"]

_CLOSE = 0.88
_SEEN_TWICE = 0.6
"""The share of people there twice of whom both names and the date agree, before anything is learnt."""
_NAMES, _DATE = ("first_name", "surname"), ("year", "month", "day")
_MOST_IN_BLOCK = 200
_ENOUGH = 100
_LEAST_PAIRS = 20
"""Of fewer that agree there is nothing to learn."""


Persons = dict[float, npt.NDArray[np.int64]]
"""By threshold: the row of the first record of each record's person."""


def deduplicate(
    people: People, settings: MatchSettings, *, engine: str = "duckdb", master: str = "local[*]"
) -> Persons:
    """Say which records of one file are the same person, at each threshold.

    Where too few pairs agree on their names or on their dates to learn from, only who agrees on both is one person.

    Parameters
    ----------
    engine
        ``duckdb`` or ``spark``.
    master
        Which cluster Spark works on.
    """
    if engine not in BACKENDS:
        raise UsageError(f"there is no engine {engine!r}.", todo=f"Take one of: {', '.join(BACKENDS)}.")
    n, table = len(people), _table(people)
    if min(_n_agreeing(table, names) for names in (_NAMES, _DATE)) < _LEAST_PAIRS:
        return dict.fromkeys(settings.all_thresholds, _firsts(table))
    with _quietly(), BACKENDS[engine](master) as backend:
        pairs, log_odds = _predict(table, backend, settings)
    apart, nothing = np.full(n, -1, np.int32), np.zeros((0, 2), np.int32)
    return resolve(
        n, pairs, log_odds, thresholds=settings.all_thresholds, groups=apart, same=nothing, different=nothing
    )


def _n_agreeing(table: pl.DataFrame, names: tuple[str, ...]) -> int:
    """Count the pairs of records that agree on columns, all of them known."""
    often = table.select(names).drop_nulls().group_by(names).len()["len"].cast(pl.Int64)
    return int((often * (often - 1) // 2).sum())


def _firsts(table: pl.DataFrame) -> npt.NDArray[np.int64]:
    """Give the first row that agrees with each on both names and the date; itself where one is not known."""
    whole = pl.all_horizontal(pl.col(*_NAMES, *_DATE).is_not_null())
    first = pl.when(whole).then(pl.col("unique_id").min().over(*_NAMES, *_DATE)).otherwise("unique_id")
    return table.select(first.alias("first"))["first"].to_numpy()


def _table(people: People) -> pl.DataFrame:
    """Lay people out for Splink: nothing instead of empty, and blocking tokens under a key that nobody keeps."""
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
    key = secrets.token_bytes(32)
    tokens = tokens_of(atoms_of(people, key, fold=True), key)
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


def _predict(
    table: pl.DataFrame, backend: Any, settings: MatchSettings
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    from splink import Linker, SettingsCreator, block_on

    model = SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(table),
        blocking_rules_to_generate_predictions=[block_on("token", arrays_to_explode=["token"])],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        probability_two_random_records_match=_expected(table),
        max_iterations=50,
    )
    linker = Linker(backend.register(table.to_arrow()), model, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=settings.seed)
    for rule in (block_on(*_DATE), block_on(*_NAMES)):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    least = min(settings.all_thresholds) / 2
    found = linker.inference.predict(threshold_match_probability=least).as_pandas_dataframe()  # type: ignore[no-untyped-call]
    pairs = found[["unique_id_l", "unique_id_r"]].to_numpy(np.int32)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], found["match_weight"].to_numpy(np.float64)[order] * np.log(2)


def _expected(table: pl.DataFrame) -> float:
    """Give the share of all pairs that are one person's, by those of whom both names and the date agree."""
    agree = max(_n_agreeing(table, (*_NAMES, *_DATE)), 1)
    return min(agree / _SEEN_TWICE / (table.height * (table.height - 1) / 2), 0.5)


def _comparisons(table: pl.DataFrame) -> list[Any]:
    """Say what is compared: names with citizenship, the date as a whole, and what else enough records have."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    filled = {name: table[name].count() for name in ("sex", "document", "place")}
    found: list[Any] = [cl.CustomComparison(output_column_name="born", comparison_levels=_date_levels(cll))]
    if table["citizenship"].count() > _ENOUGH:
        found.append(cl.CustomComparison(output_column_name="names", comparison_levels=_name_levels(cll)))
    else:
        found += [
            cl.CustomComparison(output_column_name=f"{name}s", comparison_levels=_one_name(cll, name, other))
            for name, other in (("first_name", "surname"), ("surname", "first_name"))
        ]
    if filled["sex"] > _ENOUGH:
        found.append(cl.ExactMatch("sex"))
    if filled["document"] > _ENOUGH:
        found.append(cl.LevenshteinAtThresholds("document", 1))
    if filled["place"] > _ENOUGH:
        found.append(cl.ArrayIntersectAtSizes("place", [6, 5, 4, 3, 2, 1]))
    return found


def _name_levels(cll: Any) -> list[Any]:
    first, last = cll.ExactMatchLevel("first_name"), cll.ExactMatchLevel("surname")
    first_close, last_close = cll.JaroWinklerLevel("first_name", _CLOSE), cll.JaroWinklerLevel("surname", _CLOSE)
    alike = [
        cll.And(first, last),
        cll.ColumnsReversedLevel("first_name", "surname", symmetrical=True),
        cll.And(first_close, last),
        cll.And(first, last_close),
        cll.And(first_close, last_close),
        last,
        first,
        last_close,
        first_close,
    ]
    nobody = cll.CustomLevel(
        "(first_name_l is null and surname_l is null) or (first_name_r is null and surname_r is null)", "nothing known"
    ).configure(is_null_level=True)
    citizens = cll.ExactMatchLevel("citizenship")
    return [nobody, *(each for one in alike for each in (cll.And(one, citizens), one)), cll.ElseLevel()]


def _one_name(cll: Any, name: str, other: str) -> list[Any]:
    """Compare a name alone, where citizenship tells nothing of it; agreeing on a rare one says more."""
    swapped = f"{name}_l = {other}_r and {other}_l = {name}_r"
    return [
        cll.NullLevel(name),
        cll.ExactMatchLevel(name, term_frequency_adjustments=True),
        cll.CustomLevel(swapped, "swapped"),
        cll.JaroWinklerLevel(name, 0.92),
        cll.JaroWinklerLevel(name, 0.8),
        cll.ElseLevel(),
    ]


def _date_levels(cll: Any) -> list[Any]:
    year, day = "year_l = year_r", "month_l = month_r and day_l = day_r"
    january = "(month_l = 1 and day_l = 1 or month_r = 1 and day_r = 1)"
    rules = {
        "same date": f"{year} and {day} and not {january}",
        "day and month swapped": f"{year} and month_l = day_r and day_l = month_r and not {january}",
        "both 1 January of a year": f"{year} and {day}",
        "one year apart": f"abs(year_l - year_r) = 1 and {day} and not {january}",
        "one digit of the day": f"{year} and (month_l = month_r or day_l = day_r) and not {january}",
        "same day of another year": f"{day} and not {january}",
        "same year": year,
        "one year apart, another day": "abs(year_l - year_r) = 1",
    }
    nobody = cll.CustomLevel("year_l is null or year_r is null", "nothing known").configure(is_null_level=True)
    return [nobody, *(cll.CustomLevel(rule, label) for label, rule in rules.items()), cll.ElseLevel()]


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep Splink from logging, which would show values of records."""
    log, silent = logging.getLogger("splink"), logging.NullHandler()
    log.addHandler(silent)
    before, log.propagate = log.propagate, False
    try:
        yield
    finally:
        log.removeHandler(silent)
        log.propagate = before


@contextmanager
def _on_duckdb(_: str) -> Iterator[Any]:
    from splink import DuckDBAPI

    yield DuckDBAPI()


@contextmanager
def _on_spark(master: str) -> Iterator[Any]:
    """Start Spark with Splink's functions for likeness, which each worker must be given."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise ProjectError("the engine Spark is not installed.", todo="Install palermo[spark].") from missing
    from splink import SparkAPI
    from splink.backends.spark import similarity_jar_location

    session = (
        SparkSession.builder.appName("palermo")
        .master(master)
        .config("spark.jars", similarity_jar_location())
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    with TemporaryDirectory() as scratch:
        try:
            session.sparkContext.setCheckpointDir(scratch)
            yield SparkAPI(spark_session=session)  # type: ignore[no-untyped-call]
        finally:
            session.stop()


BACKENDS: dict[str, Callable[[str], Any]] = {"duckdb": _on_duckdb, "spark": _on_spark}
