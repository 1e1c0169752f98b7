"""How right and how fast linkage is, on invented people: ``python -m benchmarks.linkage [only] [RECORDS …]``.

The invented people are made by ``../shared/bench/gen_people.py``, which is not part of the project, and by the second
error model of ``tests/linkage/invented.py``, on which no constant was ever tuned. CPU seconds are of whole commands,
Python's start included; compiled loops are taken from the cache, which the first small run fills.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
import polars as pl

from benchmarks.measure import PALERMO, measure
from benchmarks.pairs import pairs_within
from palermo.linkage import MatchSettings, encode, load_schema, read_encodings, read_key, read_people, together
from palermo.linkage.bits import count_pairs_above
from palermo.linkage.candidates import find_candidates
from palermo.linkage.comparison import compare, pack
from palermo.linkage.tokens import atoms_of, tokens_of
from tests.linkage.invented import invent

GENERATOR = Path(__file__).parents[2] / "shared/bench/gen_people.py"
MANY = 2_000_000
"""Records; of so many this script does not look at the candidates themselves, which would take as much memory again."""
COLUMNS = {"unique_id": "record_id", "dob": "birth_date", "nationality": "citizenship"}


def invented(n: int, share: float, seed: int, folder: Path) -> tuple[Path, pl.DataFrame]:
    """Make people with the shared generator; give their file, and who each record is."""
    spec = importlib.util.spec_from_file_location("gen_people", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    frame = pl.from_pandas(module.generate(n, share, seed)).with_columns(pl.col("unique_id").cast(pl.String))
    truth = frame.select(record_id="unique_id", truth=pl.col("entity").cast(pl.Int64))
    path = folder / "people.parquet"
    frame.drop("entity").rename(COLUMNS).write_parquet(path)
    return path, truth


def second(n: int, seed: int, folder: Path) -> tuple[Path, pl.DataFrame]:
    """Make people with the second error model."""
    rows, who = invent(n, seed=seed)
    frame = pl.DataFrame(rows)
    path = folder / "people.parquet"
    frame.write_parquet(path)
    return path, pl.DataFrame({"record_id": frame["record_id"], "truth": who})


def scores(hits: int, found: int, true: int) -> str:
    """Write precision, recall and F1."""
    precision, recall = hits / max(found, 1), hits / max(true, 1)
    return f"{precision:.3f} / {recall:.3f} / {2 * hits / max(found + true, 1):.3f}"


def run(name: str, people: Path, truth: pl.DataFrame, folder: Path, schema: str = "field") -> None:
    """Encode and match one file by the commands, and print what came of it."""
    key, encodings, persons, links = (folder / each for each in ("key/k", "e.parquet", "p.parquet", "l.parquet"))
    if not key.exists():
        measure(*PALERMO, "link", "key", "new", "--out", key)
    one = measure(*PALERMO, "link", "encode", people, "--key", key, "--schema", schema, "--out", encodings)
    words = ("link", "match", encodings, "--out", persons, "--links", links, "--json")
    two = measure(*PALERMO, *words, out=folder / "said.json")
    said = json.loads((folder / "said.json").read_bytes())
    found = pl.read_parquet(persons).join(truth, on="record_id")
    linked = pl.read_parquet(links, columns=["record_a", "record_b", "stratum"]).filter(stratum="link")
    for side in ("a", "b"):
        linked = linked.join(truth.rename({"record_id": f"record_{side}", "truth": f"is_{side}"}), on=f"record_{side}")
    true = pairs_within(found["truth"])
    pairs = scores(int((linked["is_a"] == linked["is_b"]).sum()), linked.height, true)
    clusters = scores(pairs_within(found["person_id"], found["truth"]), pairs_within(found["person_id"]), true)
    error = found["person_id"].n_unique() / found["truth"].n_unique() - 1
    claims = f"{said['precision']['point']:.3f}" if said["precision"] else "nothing"
    print(
        f"{name} | pairs {pairs} | clusters {clusters} | persons {error:+.1%} | claims {claims}, {said['verdict']}"
        f" | encode {one}, match {two}; {said['candidates_per_record']:.0f} candidates a record",
        flush=True,
    )
    if schema == "field":
        encoding(people, folder)
    if schema == "field" and found.height < MANY:
        candidates(encodings, dict(truth.iter_rows()), true)


def candidates(encodings: Path, ids: dict[str, int], true: int) -> None:
    """Print how many of the true pairs are among the candidates, and how fast they are compared."""
    read = together([read_encodings(encodings)], [encodings.name])
    found = find_candidates(read, cap=MatchSettings().cap_for(len(read)), most=30)
    who = np.array([ids[each] for each in read.record_id])
    packed, pairs = pack(read), found.pairs
    hits = int((who[pairs[:, 0]] == who[pairs[:, 1]]).sum())
    began = process_time()
    compare(packed, pairs)
    rate = len(pairs) / (process_time() - began) / 1e6
    print(
        f"    candidates: recall {hits / true:.4f}, {2 * len(pairs) / len(who):.1f} a record,"
        f" {found.n_enumerated / len(who):.0f} met; compared at {rate:.0f} M pairs a CPU second",
        flush=True,
    )


def encoding(people: Path, folder: Path) -> None:
    """Print how fast people who have been read are encoded, with and without the blocking tokens."""
    read, key, schema = read_people(people, None, {}), read_key(folder / "key/k"), load_schema("field")
    began = process_time()
    encode(read, key, schema, source="a")
    whole = process_time() - began
    began = process_time()
    tokens_of(atoms_of(read, key.derive("atoms"), fold=True), key.derive("tokens"))
    tokens = process_time() - began
    n = len(read)
    print(f"    encoded at {n / (whole - tokens):,.0f} records a CPU second, with tokens {n / whole:,.0f}", flush=True)


def all_pairs(n: int = 20_000) -> None:
    """Print how fast all pairs of filters are compared."""
    words = np.random.default_rng(1).integers(0, 2**63, (n, 16), dtype=np.uint64)
    count_pairs_above(words[:64], 0.8)
    began = process_time()
    count_pairs_above(words, 0.8)
    compiled = n * (n - 1) / 2 / (process_time() - began)
    counts, columns = np.bitwise_count(words).sum(axis=1, dtype=np.int32), np.ascontiguousarray(words[:4000].T)
    began = process_time()
    for row in range(400):
        shared = np.bitwise_count(columns & columns[:, row, None]).sum(axis=0, dtype=np.int32)
        np.count_nonzero(2 * shared >= 0.8 * (counts[:4000] + counts[row]))
    plain = 400 * 4000 / (process_time() - began)
    print(f"all pairs of 1024 bits: compiled {compiled / 1e6:.0f} M, numpy {plain / 1e6:.0f} M pairs a CPU second")


def main() -> None:
    """Measure every size that was asked for, and all else unless only sizes were asked for."""
    only = sys.argv[1:2] == ["only"]
    sizes = [int(each) for each in sys.argv[1 + only :]] or [12_800, 50_000, 200_000]
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run("warm, 2,000", *invented(2000, 0.35, 3, folder), folder)
        if only:
            for n in sizes:
                for seed in (3,) if n >= MANY else (3, 4):
                    run(f"{n:,}, seed {seed}", *invented(n, 0.35, seed, folder), folder)
            return
        all_pairs()
        for n in sizes:
            for seed in (3, 4):
                run(f"{n:,}, seed {seed}", *invented(n, 0.35, seed, folder), folder)
        for n in (20_000, 100_000):
            for seed in (3, 4):
                run(f"{n:,}, 1 % twice, seed {seed}", *invented(n, 0.01, seed, folder), folder)
        for seed in (7, 8):
            run(f"50,000, second error model, seed {seed}", *second(50_000, seed, folder), folder)
        people, truth = invented(50_000, 0.35, 3, folder)
        run("50,000, record profile", people, truth, folder, schema="record")
        plain = folder / "plain.toml"
        plain.write_text('profile = "record"\nversion = 1\nlike = 0.84\n')
        run("50,000, record profile, not hardened", people, truth, folder, schema=str(plain))


if __name__ == "__main__":
    main()
