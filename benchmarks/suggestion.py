"""Suggest a mapping for 100 columns and a million rows, as CSV and as Parquet."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from measure import PALERMO, measure

HEADINGS = ("case id", "sex", "nationality", "age", "date of registration", "form of exploitation", "status")
ROWS = 1_000_000


def main() -> None:
    """Print what `palermo map` costs for each kind of file."""
    with tempfile.TemporaryDirectory() as folder:
        frame = _invented()
        frame.write_csv(Path(folder) / "wide.csv")
        frame.write_parquet(Path(folder) / "wide.parquet")
        for name in ("wide.csv", "wide.parquet"):
            cost = measure(*PALERMO, "map", Path(folder) / name, "--json")
            print(f"palermo map, 100 columns, {ROWS:,} rows, {name.partition('.')[2]}: {cost.cpu:.2f} CPU s")


def _invented() -> pl.DataFrame:
    draw = np.random.default_rng(1)
    known = [
        np.arange(ROWS).astype(str),
        draw.choice(["F", "M"], ROWS),
        draw.choice(["Ukraine", "Moldova", "Nigeria"], ROWS),
        draw.integers(5, 60, ROWS).astype(str),
        draw.choice(["12/03/2020", "25/11/2019"], ROWS),
        draw.choice(["sexual", "labour"], ROWS),
        draw.choice(["presumed", "identified"], ROWS),
    ]
    others = {f"question {at}": draw.choice(["yes", "no", "", "maybe"], ROWS) for at in range(93)}
    return pl.DataFrame(dict(zip(HEADINGS, known, strict=True)) | others)


if __name__ == "__main__":
    main()
