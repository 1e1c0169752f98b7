"""Make the code lists of other standards from the folder of lists that were read: facts only, each with its source.

Run as ``python tools/make_lists.py ../shared/standards``. Which lists there are, and how certain each is, says
``lists.csv`` of the standard; a list that was written from general knowledge keeps that mark in every row.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[1] / "src/palermo/standard/data"
RECALLED = "From general knowledge"


def main(read: Path) -> None:
    """Write every list, and stop if a certainty says more than the list itself does."""
    with (DATA / "lists.csv").open(encoding="utf-8", newline="") as lines:
        for listed in csv.DictReader(lines):
            name = listed["list"]
            found = next(
                path for path in (read / f"{name}.csv", read / "reconstructed" / f"{name}.csv") if path.exists()
            )
            rows = list(_rows(found, listed))
            with (DATA / "lists" / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def _rows(path: Path, listed: dict[str, str]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            recalled = row["source"].startswith(RECALLED)
            if recalled != (listed["certainty"] == "recalled"):
                sys.exit(f"{path.name}: the certainty in lists.csv is not that of the list.")
            more = {key: value for key, value in row.items() if key not in ("code", "label", "definition", "source")}
            known = {"code": row["code"] or "empty", "label": row["label"], "definition": row["definition"]}
            yield known | more | {"certainty": listed["certainty"], "source": listed["source"]}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
