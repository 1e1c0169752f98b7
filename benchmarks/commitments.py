"""Commitments: the count of parties beside a hand-written query, near-duplicates beside all pairs, and the commands."""

import csv
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from measure import PALERMO, measure
from rapidfuzz import fuzz, process

from palermo.commitments import instruments
from palermo.commitments.instruments import Basis
from palermo.commitments.provisions import load_provisions
from palermo.commitments.recommendations import DEFAULT_LIKENESS, cluster

DAY = date(2012, 11, 13)
N_TEXTS = 4_000
N_RECORDS = 20_000
WORDS = sorted({word for each in load_provisions().values() for word in each.gist.split()})
BY_HAND = """
    SELECT count(*) FROM (
        SELECT state, arg_max(action, made_on) AS last FROM (
            SELECT state, action, try_cast(made_on AS DATE) AS made_on FROM read_csv('{path}', all_varchar = true)
            WHERE instrument = 'untoc' AND action NOT IN ('signature', 'succession_to_signature'))
        WHERE made_on <= DATE '{day}' GROUP BY state)
    WHERE last <> 'denunciation'
"""
"""Parties by deposit. It knows no corrections, no years without a day, and no former States."""


def main() -> None:
    """Print each figure on a line of its own."""
    _count()
    _near_duplicates()
    with tempfile.TemporaryDirectory() as folder:
        _commands(Path(folder))


def _count() -> None:
    actions, coverage = instruments.load_actions(), instruments.load_coverage()
    untoc = instruments.find_instrument("untoc")
    path = Path(instruments.__file__).with_name("data") / "treaty_actions.csv"
    query = BY_HAND.format(path=path, day=DAY)
    ours = instruments.status(actions, untoc, DAY, basis=Basis.DEPOSIT, coverage=coverage)
    theirs = duckdb.sql(query).fetchall()[0][0]
    mine = _least(lambda: instruments.status(actions, untoc, DAY, basis=Basis.DEPOSIT, coverage=coverage))
    hand = _least(lambda: duckdb.sql(query).fetchall())
    print(f"parties on {DAY}: {len(ours.parties)}, by hand {theirs}")
    print(
        f"count: {1000 * mine:.1f} CPU ms; by hand, with reading the file: {1000 * hand:.1f}; ratio {mine / hand:.2f}"
    )


def _near_duplicates() -> None:
    texts = [text for _, text in _recommendations(N_TEXTS)]
    table = pl.DataFrame({
        "id": [f"r{number}" for number in range(N_TEXTS)],
        "state": "KEN",
        "published_on": "2012",
        "text": texts,
    })  # fmt: skip
    found = cluster(table)["cluster"].n_unique()
    ours = _least(lambda: cluster(table), times=3)
    pairs = _least(lambda: process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=DEFAULT_LIKENESS), 3)
    print(f"near-duplicates of {N_TEXTS:,} texts to one State: {found:,} clusters, {ours:.1f} CPU s")
    print(f"every pair with rapidfuzz: {pairs:.1f} CPU s; ratio {ours / pairs:.2f}")


def _commands(folder: Path) -> None:
    day = ("--as-of", DAY)
    for words in (
        ("treaties", "status", "--instrument", "untoc", *day),
        ("treaties", "matrix", *day, "--all"),
        ("appraise", "--scope", "world", "--from", "2010", "--to", DAY),
        ("sg-section", *day),
    ):
        print(f"palermo {' '.join(map(str, words[:2]))}: {measure(*PALERMO, *words, '--json')}")
    (folder / "register").mkdir()
    with (folder / "register/recommendations.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("id", "recorded_on", "source", "state", "mechanism", "body", "text", "published_on"))
        for state, text in _recommendations(N_RECORDS):
            number = out.tell()
            writer.writerow((f"r-{number}", "2012-01-05", "invented", state, "treaty_body", "CEDAW", text, "2011"))
    cost = measure(*PALERMO, "register", "check", folder)
    print(f"palermo register check, {N_RECORDS:,} recommendations: {cost}")


def _recommendations(n: int) -> list[tuple[str, str]]:
    """Invent recommendations, a third of which say nearly what another one says."""
    chance = random.Random(1)
    members = sorted(instruments.un_members(DAY))
    texts = [chance.choices(WORDS, k=chance.randint(8, 30)) for _ in range(n * 2 // 3)]
    texts += [[*chance.choice(texts)[:-1], chance.choice(WORDS)] for _ in range(n - len(texts))]
    chance.shuffle(texts)
    return [(chance.choice(members), " ".join(text)) for text in texts]


def _least(work: Callable[[], object], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


main()
