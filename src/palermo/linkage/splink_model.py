"""What Splink compares, learns and says of people whose names may be seen.

It learns on DuckDB, from a sample that one machine holds, and compares on the engine that was asked for: so each engine
gives the same pairs the same weights. Names are compared by edit distance, which engines count alike; their
Jaro-Winkler is not the same. Citizenship is part of the comparison of names, since the two go together among
different people too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.linkage.candidates import Pairs
from palermo.linkage.resolution import log_odds_of, probability_of
from palermo.tables import Engine

__all__ = ["DATE", "NAMES", "comparisons_of", "date_levels", "fields_of", "n_agreeing", "one_name", "weigh"]

NAMES, DATE = ("first_name", "surname"), ("year", "month", "day")
_SEEN_TWICE = 0.6
"""The share of people there twice of whom both names and the date agree, before anything is learnt."""
_ENOUGH = 100
"""A field that fewer records have is not compared."""
_CLOSE = 0.25
"""Names are close if one letter in four is another."""
_SEEN = 1e-4
"""Pairs less likely than this, at first, do not add up to anything."""
_MOVES = 200
_ROUNDS = (8, 4, 2)
"""More rounds of EM move F1 by less than .001. Splink ends in an error where the share of a level among pairs of one
person falls below 1e-300, as it may for a level that no such pair has; then fewer rounds are taken."""


def n_agreeing(table: pl.DataFrame, names: tuple[str, ...]) -> int:
    """Count the pairs of records that agree on columns, all of them known."""
    often = table.select(names).drop_nulls().group_by(names).len()["len"].cast(pl.Int64)
    return int((often * (often - 1) // 2).sum())


def weigh(
    table: pl.DataFrame, comparisons: Sequence[Any], engine: Engine, *, least: float, seed: int
) -> tuple[Pairs, npt.NDArray[np.float64]]:
    """Give the pairs that share a token and may be one person, in order, and the log odds that they are.

    Parameters
    ----------
    table
        A row a record, with ``unique_id``, the columns that are compared, and ``token``, a list.
    comparisons
        Such as `comparisons_of` gives.
    least
        The probability below which a pair is left out.
    """
    from splink import Linker

    with _quietly():
        api = _APIS[engine.kind](engine)
        linker = Linker(api.register(table.to_arrow()), _learnt(table, comparisons, seed, engine.kind), log_level=None)
        found = linker.inference.predict().physical_name
        # A threshold inside of Splink's own statement makes Spark repeat each comparison in it, to more than it can
        # compile.
        weight = log_odds_of(min(least, _SEEN)) / np.log(2)
        text = f"select unique_id_l, unique_id_r, match_weight from {found} where match_weight >= {weight}"
        answer = linker.misc.query_sql(text)  # type: ignore[no-untyped-call]
        kept = pl.DataFrame(pl.from_arrow(answer.as_pyarrow_table()))
    kept = kept.sort("unique_id_l", "unique_id_r")
    pairs = kept.select("unique_id_l", "unique_id_r").to_numpy().astype(np.int32)
    log_odds = _moved(kept["match_weight"].to_numpy() * np.log(2), _expected(table), table.height)
    likely = log_odds >= log_odds_of(least)
    return pairs[likely], log_odds[likely]


def _moved(log_odds: npt.NDArray[np.float64], expected: float, n: int) -> npt.NDArray[np.float64]:
    """Move log odds until as many pairs are expected to be one person's as they add up to."""
    share, moved = expected, log_odds
    for _ in range(_MOVES):
        moved = log_odds + log_odds_of(share) - log_odds_of(expected)
        found = min(float(probability_of(moved).sum()) / (n * (n - 1) / 2), 0.5)
        if not found or abs(found - share) < 1e-6 * share:
            break
        share = found
    return moved


def _learnt(table: pl.DataFrame, comparisons: Sequence[Any], seed: int, dialect: str) -> dict[str, Any]:
    """Give the model as Splink is told it, in an engine's dialect, with what was learnt on DuckDB."""
    learnt = _learn(table, comparisons, seed)
    model: dict[str, Any] = _model(table, comparisons, _ROUNDS[0]).create_settings_dict(dialect)
    for mine, theirs in zip(model["comparisons"], learnt["comparisons"], strict=True):
        for level, taught in zip(mine["comparison_levels"], theirs["comparison_levels"], strict=True):
            level |= {name: taught[name] for name in ("m_probability", "u_probability") if name in taught}
    return model


def _learn(table: pl.DataFrame, comparisons: Sequence[Any], seed: int) -> dict[str, Any]:
    *more, fewest = _ROUNDS
    for rounds in more:
        with suppress(ValueError):
            return _learn_in(rounds, table, comparisons, seed)
    return _learn_in(fewest, table, comparisons, seed)


def _learn_in(rounds: int, table: pl.DataFrame, comparisons: Sequence[Any], seed: int) -> dict[str, Any]:
    from splink import DuckDBAPI, Linker, block_on

    linker = Linker(DuckDBAPI().register(table.to_arrow()), _model(table, comparisons, rounds), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=seed)
    for rule in (block_on(*DATE), block_on(*NAMES)):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    learnt: dict[str, Any] = linker.misc.save_model_to_json()
    return learnt


def _model(table: pl.DataFrame, comparisons: Sequence[Any], rounds: int) -> Any:
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=list(comparisons),
        blocking_rules_to_generate_predictions=[block_on("token", arrays_to_explode=["token"])],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        probability_two_random_records_match=_expected(table),
        max_iterations=rounds,
    )


def _expected(table: pl.DataFrame) -> float:
    """Give the share of all pairs that are one person's, by those of whom both names and the date agree."""
    agree = max(n_agreeing(table, (*NAMES, *DATE)), 1)
    return min(agree / _SEEN_TWICE / (table.height * (table.height - 1) / 2), 0.5)


def fields_of(table: pl.DataFrame) -> tuple[str, ...]:
    """Say which fields are compared: names and dates, and what else enough records have."""
    others = ("citizenship", "sex", "document", "place")
    return (*NAMES, "birth_date", *(name for name in others if table[name].count() > _ENOUGH))


def comparisons_of(table: pl.DataFrame) -> list[Any]:
    """Say how the fields of `fields_of` are compared: names with citizenship, and the date as a whole."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    fields = fields_of(table)
    found: list[Any] = [cl.CustomComparison(output_column_name="born", comparison_levels=date_levels(cll))]
    if "citizenship" in fields:
        found.append(cl.CustomComparison(output_column_name="names", comparison_levels=_name_levels(cll)))
    else:
        found += [
            cl.CustomComparison(output_column_name=f"{name}s", comparison_levels=one_name(cll, name, other))
            for name, other in (NAMES, NAMES[::-1])
        ]
    if "sex" in fields:
        found.append(cl.ExactMatch("sex"))
    if "document" in fields:
        found.append(cl.LevenshteinAtThresholds("document", 1))
    if "place" in fields:
        found.append(cl.ArrayIntersectAtSizes("place", [6, 5, 4, 3, 2, 1]))
    return found


def _name_levels(cll: Any) -> list[Any]:
    first, last = cll.ExactMatchLevel("first_name"), cll.ExactMatchLevel("surname")
    first_close, last_close = _close(cll, "first_name", _CLOSE), _close(cll, "surname", _CLOSE)
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


def one_name(cll: Any, name: str, other: str) -> list[Any]:
    """Compare a name alone, where citizenship tells nothing of it; agreeing on a rare one says more."""
    swapped = f"{name}_l = {other}_r and {other}_l = {name}_r"
    return [
        cll.NullLevel(name),
        cll.ExactMatchLevel(name, term_frequency_adjustments=True),
        cll.CustomLevel(swapped, "swapped"),
        _close(cll, name, 0.2),
        _close(cll, name, 0.4),
        cll.ElseLevel(),
    ]


def _close(cll: Any, name: str, share: float) -> Any:
    """Take two names for close if no more than a share of the letters of the longer one must be changed."""
    most = f"{share} * greatest(length({name}_l), length({name}_r))"
    return cll.CustomLevel(f"levenshtein({name}_l, {name}_r) <= {most}", f"{name}, {share:g} changed")


def date_levels(cll: Any) -> list[Any]:
    """Compare the date as a whole, by the ways in which one comes to be another."""
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


def _on_duckdb(engine: Engine) -> Any:
    from splink import DuckDBAPI

    return DuckDBAPI(connection=engine.backend.con)


def _on_spark(engine: Engine) -> Any:
    """Keep what was computed in the workers' memory, so that nothing of a record is written to a disk they share."""
    from splink import SparkAPI

    return SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=engine.backend._session, break_lineage_method="persist", register_udfs_automatically=False
    )


_APIS: dict[str, Callable[[Engine], Any]] = {"duckdb": _on_duckdb, "spark": _on_spark}
