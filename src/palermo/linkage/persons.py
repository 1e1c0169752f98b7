"""What a linkage says of each record, of agencies' overlaps, and of who was seen by whom. All of it is private."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.linkage.comparison import LEVELS, MEASURES
from palermo.linkage.matching import Linkage
from palermo.linkage.sample import draws, strata

__all__ = ["called", "capture_histories", "links_of", "overlaps", "persons_of"]


def persons_of(linkage: Linkage) -> pl.DataFrame:
    """Give the person of each record, at the default threshold and at each of the others.

    A person is called by one of its records, so that the same input gives the same names.
    """
    columns = {"source": linkage.encodings.source.tolist(), "record_id": linkage.encodings.record_id.tolist()}
    rows = {"person_id": linkage.persons[linkage.settings.threshold]}
    rows |= {f"person_id_{threshold:g}": each for threshold, each in linkage.persons.items()}
    return pl.DataFrame(columns | {name: called(each) for name, each in rows.items()}).sort("source", "record_id")


def called(rows: npt.NDArray[np.int64]) -> pl.Series:
    """Call each person by the row of its first record."""
    return "p" + pl.Series(rows).cast(pl.String).str.zfill(len(str(len(rows))))


def links_of(linkage: Linkage) -> pl.DataFrame:
    """Give the pairs that may be one person, with how alike they are in words and never in values.

    ``draw`` is the order in which to judge the pairs of a ``stratum``, for a sample that speaks for all of them.
    """
    likely = linkage.likely
    a, b = likely.pairs.T
    ids, sources = linkage.encodings.record_id, linkage.encodings.source
    columns: dict[str, list[str] | pl.Series] = {
        "source_a": sources[a].tolist(),
        "record_a": ids[a].tolist(),
        "source_b": sources[b].tolist(),
        "record_b": ids[b].tolist(),
        "probability": pl.Series(likely.posterior).round(4),
        "stratum": strata(linkage).tolist(),
        "draw": pl.Series(draws(linkage)),
        "match_weight": pl.Series(likely.log_odds / np.log(2)).round(2),
    }
    for at, name in enumerate(MEASURES if linkage.model.m else ()):
        words = np.array(LEVELS[name], dtype=object)
        columns[name] = words[likely.levels[:, at]].tolist()
    frame = pl.DataFrame(columns)
    return frame.sort(["probability", "source_a", "record_a", "source_b", "record_b"], descending=[True] + [False] * 4)


def overlaps(persons: pl.DataFrame, *, person: str = "person_id") -> pl.DataFrame:
    """Count the persons that each two sources share; a source with itself counts its persons."""
    seen = persons.select("source", person).unique()
    both = seen.join(seen, on=person, suffix="_b").filter(pl.col("source") <= pl.col("source_b"))
    counted = both.group_by("source", "source_b").agg(persons=pl.len())
    return counted.rename({"source": "source_a"}).sort("source_a", "source_b")


def capture_histories(persons: pl.DataFrame, *, thresholds: tuple[float, ...]) -> pl.DataFrame:
    """Count the persons by who has seen them: a column a source, a row a history and threshold."""
    sources = persons["source"].unique().sort().to_list()
    tables = []
    for threshold in thresholds:
        person = f"person_id_{threshold:g}"
        seen = persons.group_by(person).agg(*((pl.col("source") == each).any().alias(each) for each in sources))
        counted = seen.group_by(sources).agg(persons=pl.len()).sort(sources, descending=True)
        tables.append(counted.select(pl.lit(threshold).alias("threshold"), *sources, "persons"))
    return pl.concat(tables)
