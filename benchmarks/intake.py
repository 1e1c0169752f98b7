"""What it takes to read a workbook of 60,000 rows, and to check a CSV file of ten million."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import xlsxwriter
from measure import PALERMO, measure

from palermo.intake import Mapping, load_mapping
from palermo.intake.reading import read_file
from palermo.standard import load_standard

MAPPING = """
name = "own"
title = "Invented records"
shape = "records"
unit = "record"
required = ["day", "sex", "age", "citizenship", "form"]
[fields]
registered_on = "day"
sex = "sex"
age = "age"
citizenship = "citizenship"
form_of_exploitation = "form"
"""
HEADINGS = MAPPING.split("[")[1].split("]")[0].replace('"', "").split(", ")
COUNTRIES = ("PHL", "UKR", "MDA", "NGA", "ROU", "IDN", "KHM", "COL")
FORMS = ("sexual", "forced-labour", "forced-begging", "other", "")


def invent(rows: int, seed: int = 1) -> list[tuple[str, ...]]:
    """Invent records of nobody."""
    chance = random.Random(seed)
    return [
        (
            f"20{chance.randint(15, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            chance.choice(("female", "male", "other", "")),
            str(chance.randint(0, 80)),
            chance.choice(COUNTRIES),
            chance.choice(FORMS),
        )
        for _ in range(rows)
    ]


def write_workbook(path: Path, rows: list[tuple[str, ...]]) -> None:
    """Write records into the first sheet of a workbook."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for place, row in enumerate((HEADINGS, *rows)):
            page.write_row(place, 0, row)


def least(work: Callable[[], object], times: int = 5) -> float:
    """Take the least CPU seconds of several runs, all threads together."""
    taken = []
    for _ in range(times):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return min(taken)


def of_workbook(folder: Path, mapping: Mapping) -> None:
    """Read 60,000 rows of five columns, and open the same sheet with fastexcel alone."""
    import fastexcel

    path = folder / "records.xlsx"
    write_workbook(path, invent(60_000))

    def opened() -> pl.DataFrame:
        return fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()

    read_file(path, mapping, folder / "raw.parquet")
    ours, alone = least(lambda: read_file(path, mapping, folder / "raw.parquet")), least(opened)
    print(f"a workbook of 60,000 × 5, read: {ours:.2f} CPU s; fastexcel alone {alone:.2f}, ratio {ours / alone:.2f}")


def of_text(folder: Path, rows: int) -> None:
    """Check a CSV file of many rows, as a user does."""
    path, block = folder / "records.csv", invent(100_000)
    lines = "".join(",".join(row) + "\n" for row in block)
    with path.open("w") as file:
        file.write(",".join(HEADINGS) + "\n")
        for _ in range(rows // len(block)):
            file.write(lines)
    size = path.stat().st_size / 1e6
    cost = measure(*PALERMO, "check", path, "--mapping", folder / "own.toml")
    print(f"palermo check, a CSV file of {rows:,} × 5 ({size:,.0f} MB): {cost}")


def main() -> None:
    """Print both; the number of rows of the text can be given."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "own.toml").write_text(MAPPING, encoding="utf-8")
        of_workbook(folder, load_mapping(str(folder / "own.toml"), load_standard()))
        of_text(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)


if __name__ == "__main__":
    main()
