"""Five rules on a million rows: palermo, a hand-written query, and other programs that validate rows.

    python -m venv PEERS
    PEERS/bin/python -m pip install dataframely patito "pandera[polars]" pydantic frictionless
    .venv/bin/python benchmarks/rules.py PEERS/bin/python [ROWS]

All read the same Parquet file, as palermo writes it after the cells are read, and must find the same. pydantic and
frictionless go row by row: they read the first 50,000 rows, frictionless from a CSV file, and their time is multiplied.
Measured are the CPU seconds of all threads from the file to what breaks the rules, without the start of the program and
without the statement of the rules. patito says how often each rule is broken and not by which rows, and is compared
with palermo counting likewise. pydantic asks a rule over several fields only of rows whose fields are each right, and
so finds fewer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
from ibis.expr.types import Table
from rule_peers import timed

from palermo.intake import load_rules
from palermo.intake.coding import Coded
from palermo.intake.rules import Rule, find
from palermo.standard import load_standard
from palermo.tables import Engine, open_engine

RULES = {
    "age": "age between 0 and 110",
    "core": "means is not null",
    "group": "(age_group = 'child' and age < 18) or (age_group = 'adult' and age >= 18)",
    "order": "detected_on <= registered_on",
    "sex": "sex in ('female', 'male')",
}
WHEN = {"core": "age_group = 'adult' and purpose is not null"}
BY_HAND = """
    SELECT source_row, 'age' AS rule FROM '{file}' WHERE NOT age BETWEEN 0 AND 110
    UNION ALL SELECT source_row, 'sex' FROM '{file}' WHERE sex NOT IN ('female', 'male')
    UNION ALL SELECT source_row, 'order' FROM '{file}' WHERE detected_on > registered_on
    UNION ALL SELECT source_row, 'group' FROM '{file}' WHERE (age_group = 'child') <> (age < 18)
    UNION ALL SELECT source_row, 'core' FROM '{file}'
        WHERE age_group = 'adult' AND purpose IS NOT NULL AND means IS NULL
"""
PART = 50_000
TIMES = 7


def invent(rows: int, seed: int = 1) -> pl.DataFrame:
    """Invent records of nobody, of which some break each rule."""
    draw = np.random.default_rng(seed)
    age = draw.integers(0, 112, rows)
    detected = draw.integers(0, 3000, rows)
    group = np.where((age < 18) ^ (draw.random(rows) < 0.01), "child", "adult")
    days = pl.Series(detected).cast(pl.Int64)
    later = pl.Series(draw.integers(-1, 200, rows)).cast(pl.Int64)
    frame = pl.DataFrame(
        {
            "source_row": np.arange(2, rows + 2),
            "age": age,
            "age_group": group,
            "sex": draw.choice(["female", "male", "other"], rows, p=[0.64, 0.35, 0.01]),
            "detected_on": _day(days),
            "registered_on": _day(days + later),
            "means": draw.choice(["deception", "threat", ""], rows, p=[0.7, 0.29, 0.01]),
            "purpose": draw.choice(["sexual", "labour", ""], rows),
        }
    )
    holes = {name: pl.Series(draw.random(rows) < 0.1) for name in ("age", "age_group", "sex", "detected_on")}
    empty = [pl.when(~hole).then(pl.col(name)).alias(name) for name, hole in holes.items()]
    return frame.with_columns(*empty, pl.col("means", "purpose").replace("", None))


def _day(days: pl.Series) -> pl.Series:
    return pl.select((pl.lit(date(2015, 1, 1)) + pl.duration(days=days)).cast(pl.Date)).to_series()


@dataclass(frozen=True, slots=True)
class Ours:
    """palermo, with the rules read."""

    engine: Engine
    rules: tuple[Rule, ...]

    def found(self, file: Path) -> dict[str, int]:
        """Say which rows break which rule, as `palermo check` does after the cells are read."""
        return _counted(self.engine.collect(self._find(file)))

    def counted(self, file: Path) -> dict[str, int]:
        """Say how many rows break each rule."""
        found = self._find(file)
        return dict(self.engine.collect(found.group_by("rule").agg(rows=found.count())).sort("rule").rows())

    def _find(self, file: Path) -> Table:
        return find(Coded(self.engine.read_parquet(file), (), (), frozenset(), pl.DataFrame()), self.rules)


def by_hand(file: Path) -> dict[str, int]:
    """Ask DuckDB as somebody would who knows it well."""
    with duckdb.connect() as base:
        return _counted(base.sql(BY_HAND.format(file=file)).pl())


def _counted(findings: pl.DataFrame) -> dict[str, int]:
    return dict(findings.group_by("rule").len().sort("rule").rows())


def _by_peer(python: str, name: str, file: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("rule_peers.py")
    done = subprocess.run([python, script, name, file], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print what each of them takes, and the ratio to palermo."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with open_engine() as engine:
        folder = engine.scratch
        file, part = folder / "records.parquet", folder / "part.parquet"
        records = invent(rows)
        engine.write_parquet(engine.from_frame(records), file)
        records.head(PART).write_parquet(part)
        records.head(PART).write_csv(part.with_suffix(".csv"))
        (folder / "rules.toml").write_text("\n".join(map(_written, RULES)), encoding="utf-8")
        palermo = Ours(engine, load_rules(folder / "rules.toml", load_standard()))
        _compare(palermo, sys.argv[1], file, part, rows / PART)


def _compare(palermo: Ours, python: str, file: Path, part: Path, more: float) -> None:
    own = timed(lambda: palermo.found(file), TIMES)
    counting = timed(lambda: palermo.counted(file), TIMES)
    of_part = timed(lambda: palermo.found(part), TIMES)
    _say("palermo", own, own)
    _say("palermo, counting only", counting, own)
    _say("DuckDB, written by hand", timed(lambda: by_hand(file), TIMES), own)
    for peer in ("dataframely", "pandera"):
        _say(peer, _by_peer(python, peer, file), own)
    _say("patito, counting only", _by_peer(python, "patito", file), counting)
    for peer in ("pydantic", "frictionless"):
        found = _by_peer(python, peer, part)
        _say(f"{peer}, from {PART:,} rows", {**found, "cpu": found["cpu"] * more}, {**of_part, "cpu": own["cpu"]})


def _written(name: str) -> str:
    when = f'when = "{WHEN[name]}"\n' if name in WHEN else ""
    return f'[[rules]]\nname = "{name}"\nsentence = "{name}"\nholds = "{RULES[name]}"\n{when}'


def _say(name: str, found: dict[str, Any], own: dict[str, Any]) -> None:
    agree = "" if found["counts"] == own["counts"] else f"; found {found['counts']}"
    print(f"{name}: {found['cpu']:.3f} CPU s, {found['cpu'] / own['cpu']:.2f} times palermo{agree}", flush=True)


if __name__ == "__main__":
    main()
