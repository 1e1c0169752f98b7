"""The encoded match beside its peers, on the same candidates: ``python -m benchmarks.linkage_peers [RECORDS …]``.

*In plain text* is the same model without encoding: each piece of a value, such as a bigram of a name, has bits that
nothing else has, so that a Dice coefficient is that of the pieces themselves. Levels, weights and rules are the same.

*Splink* compares the candidates by names as they are, in two ways: as `palermo link dedupe` does, and each field by
itself, with frequencies. Its threshold is chosen on the truth, which nobody has: it is the best that it could do. Ours
is .5. F1 is of pairs, and what is not among the candidates is missed by all.

Last comes `palermo link dedupe` as it is, with candidates and a threshold of its own.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np
import polars as pl
import splink.comparison_level_library as cll
import splink.comparison_library as cl

from benchmarks.linkage import invented, scores
from benchmarks.pairs import pairs_within
from palermo.linkage import Encodings, MatchSettings, People, encode, load_schema, new_key, read_people, together
from palermo.linkage.candidates import find_candidates
from palermo.linkage.dedupe import deduplicate, laid_out
from palermo.linkage.encode import _day_pieces
from palermo.linkage.matching import match
from palermo.linkage.persons import links_of
from palermo.linkage.splink_model import NAMES, comparisons_of, date_levels, one_name, weigh
from palermo.tables import open_engine

LEAST = 1e-6
"""The probability from which on Splink's pairs are looked at."""
COLUMNS = ("first_name", "surname", "year", "month_day", "sex", "citizenship", "document", "place")


def in_plain_text(encodings: Encodings, people: People) -> Encodings:
    """Put the values themselves in the place of the filters; the tokens, and so the candidates, stay."""
    first, last = bits([people.first_name, people.surname], bigrams)
    day, january = bits([people.month_day, np.array([101])], _day_pieces)
    (year,) = bits([people.year], lambda value: [(str(value + step), 12) for step in (-1, 0, 1)])
    (citizenship,), (sex,) = (bits([each], lambda value: [(value, 1)]) for each in (people.citizenship, people.sex))
    plain = {"first_name": first, "surname": last, "year": year, "month_day": day, "citizenship": citizenship}
    return replace(encodings, filters=encodings.filters | plain | {"sex": sex}, january_first=january)


def bits(columns: Sequence[np.ndarray], pieces: Callable[[Any], list[tuple[str, int]]]) -> list[np.ndarray]:
    """Make packed filters in which each piece has bits of its own, in the proportions that encoding gives them."""
    values = np.concatenate(columns)
    distinct, which = np.unique(values.astype(str) if values.dtype == object else values, return_inverse=True)
    held = [pieces(value) if value else [] for value in distinct.tolist()]
    unit = math.gcd(*(positions for found in held for _, positions in found))
    places: dict[str, slice] = {}
    end = 0
    for piece, positions in (each for found in held for each in found):
        if piece not in places:
            places[piece] = slice(end, end + positions // unit)
            end = places[piece].stop
    rows = np.zeros((len(distinct), -(-end // 64) * 64), np.uint8)
    for row, found in zip(rows, held, strict=True):
        for piece, _ in found:
            row[places[piece]] = 1
    packed = np.packbits(rows, axis=1, bitorder="little").view(np.uint64)[which]
    return [np.ascontiguousarray(each) for each in np.split(packed, np.cumsum([len(each) for each in columns])[:-1])]


def bigrams(name: str) -> list[tuple[str, int]]:
    """Take a name apart as encoding does."""
    marked = [f"^{part}$" for part in name.split(" ")]
    return [(piece, 1) for piece in sorted({each[at : at + 2] for each in marked for at in range(len(each) - 1)})]


def apart(_: pl.DataFrame) -> list[Any]:
    """Compare each field by itself, names and citizenship by how frequent they are."""
    names = [
        cl.CustomComparison(output_column_name=name, comparison_levels=one_name(cll, name, other))
        for name, other in (NAMES, NAMES[::-1])
    ]
    born = cl.CustomComparison(output_column_name="born", comparison_levels=date_levels(cll))
    return [born, *names, cl.ExactMatch("citizenship").configure(term_frequency_adjustments=True), cl.ExactMatch("sex")]


SPLINK = {"Splink, as dedupe": comparisons_of, "Splink, each field by itself": apart}


def by_splink(
    people: People, pairs: np.ndarray, comparisons: Callable[[pl.DataFrame], list[Any]]
) -> tuple[np.ndarray, np.ndarray]:
    """Let Splink weigh the candidates: each pair is a token that two records share."""
    tokens = pl.DataFrame({"unique_id": pairs.T.ravel(), "token": np.tile(np.arange(len(pairs)), 2)})
    tokens = tokens.with_columns(pl.all().cast(pl.Int64)).group_by("unique_id").agg(pl.col("token"))
    table = laid_out(people).drop("token").join(tokens, on="unique_id", how="left")
    with open_engine() as engine:
        return weigh(table, comparisons(table), engine, least=LEAST, seed=1)


def best(right: np.ndarray, weights: np.ndarray, true: int) -> str:
    """Give precision, recall and F1 at the threshold at which F1 is largest."""
    order = np.argsort(-weights, kind="stable")
    ends = np.flatnonzero(np.r_[np.diff(weights[order]) != 0, True])
    hits, found = np.cumsum(right[order])[ends], ends + 1
    at = int(np.argmax(2 * hits / (found + true)))
    return scores(int(hits[at]), int(found[at]), true)


@dataclass(frozen=True, slots=True)
class File:
    """One invented file."""

    name: str
    people: People
    """In the order of their encodings."""
    encodings: Encodings
    who: np.ndarray

    def say(self, of: str, found: str, cpu: float) -> None:
        """Print a line of the table."""
        print(f"{self.name} | {of} | {found} | {cpu:.1f} CPU s", flush=True)

    @property
    def of(self) -> dict[str, int]:
        """Say who each record is, by its id."""
        return dict(zip(self.people.record_id, self.who.tolist(), strict=True))


def made(n: int, seed: int, folder: Path) -> File:
    """Invent a file and encode it."""
    path, truth = invented(n, 0.35, seed, folder)
    people = read_people(path, None, {})
    key, schema = new_key("peers", as_of=date(2026, 1, 1)), load_schema("field")
    encodings = together([encode(people, key, schema, source="a")], ["a"])
    rows = {each: row for row, each in enumerate(people.record_id)}
    order = np.array([rows[each] for each in encodings.record_id])
    sorted_columns = {name: getattr(people, name)[order] for name in COLUMNS}
    sorted_people = replace(people, record_id=encodings.record_id.tolist(), **sorted_columns)
    return File(f"{n:,}, seed {seed}", sorted_people, encodings, truth["truth"].to_numpy()[order])


def run(file: File) -> None:
    """Measure one file by each way."""
    true, of, settings = pairs_within(file.who), file.of, MatchSettings()
    for name, given in (("encoded", file.encodings), ("in plain text", in_plain_text(file.encodings, file.people))):
        began = process_time()
        links = links_of(match(given, settings)).filter(stratum="link")
        hits = sum(of[a] == of[b] for a, b in links.select("record_a", "record_b").iter_rows())
        file.say(name, scores(hits, links.height, true), process_time() - began)
    candidates = find_candidates(file.encodings, cap=settings.cap_for(len(file.people)), most=settings.most).pairs
    for name, comparisons in SPLINK.items():
        began = process_time()
        pairs, weights = by_splink(file.people, candidates, comparisons)
        right = file.who[pairs[:, 0]] == file.who[pairs[:, 1]]
        file.say(f"{name}, best threshold", best(right, weights, true), process_time() - began)
    began = process_time()
    with open_engine() as engine:
        persons = deduplicate(file.people, settings, engine).persons[settings.threshold]
    clusters = scores(pairs_within(persons, file.who), pairs_within(persons), true)
    error = len(np.unique(persons)) / len(np.unique(file.who)) - 1
    file.say(f"palermo link dedupe, clusters at .5, persons {error:+.1%}", clusters, process_time() - began)


def main() -> None:
    """Measure every size that was asked for."""
    sizes = [int(each) for each in sys.argv[1:]] or [50_000, 200_000]
    with TemporaryDirectory() as scratch:
        for n in sizes:
            for seed in (3, 4):
                run(made(n, seed, Path(scratch)))


if __name__ == "__main__":
    main()
