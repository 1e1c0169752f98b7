"""Make the provisions of the Global Plan and of the resolution from our notes on them: facts only, in our own form.

Run as ``python tools/make_provisions.py ../shared/data/commitments``. The text of resolution 64/293 could not be
obtained, so its rows carry how far each can be trusted.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/palermo/commitments/provisions/data/provisions.csv"
COLUMNS = [
    "id", "text", "number", "pillar", "gist", "addressee", "certainty", "number_confidence", "content_confidence",
    "due_on", "note", "source",
]  # fmt: skip
PILLARS = {
    "General provisions": "general",
    "I Preventing trafficking": "prevention",
    "II Protecting and assisting victims": "protection",
    "III Prosecuting crimes": "prosecution",
    "IV Strengthening partnerships": "partnership",
}


def main(folder: Path) -> None:
    """Write the provisions in the order of their texts."""
    rows = [_plan(row) for row in _rows(folder / "gpa_provisions.csv")]
    rows += [_operative(row) for row in _rows(folder / "seed_operative.csv")]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _plan(row: dict[str, str]) -> dict[str, str]:
    return {
        "id": f"gpa-{row['number']}",
        "text": "A/RES/64/293, annex",
        "number": row["number"],
        "pillar": PILLARS[row["pillar"]],
        "gist": row["paraphrase"],
        "addressee": row["addressee"],
        "certainty": "reconstructed",
        "number_confidence": row["number_confidence"],
        "content_confidence": row["content_confidence"],
        "due_on": "",
        "note": row["note"],
        "source": "reconstructed from recall and secondary sources",
    }


def _operative(row: dict[str, str]) -> dict[str, str]:
    due = row["due_date"]
    is_day = due[:2] == "20"
    return {
        "id": f"res-{row['number']}",
        "text": "Draft resolution of 13 November 2012",
        "number": row["number"],
        "pillar": "",
        "gist": f"{row['verb']}: {row['action']}",
        "addressee": row["addressee"],
        "certainty": "read",
        "number_confidence": "high",
        "content_confidence": "high",
        "due_on": due if is_day else "",
        "note": "" if is_day or not due else f"Due: {due}",
        "source": "read in the draft resolution",
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
