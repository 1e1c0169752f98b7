"""Make the dated events around the Global Plan that palermo ships from our notes: facts only, in our own form.

Run as ``python tools/make_events.py ../shared/data/commitments/followup_timeline.csv``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/palermo/commitments/section/data/events.csv"
RECORDED = "2026-11-25"
TOPICS = {
    "World Day": "world_day",
    "ICAT": "icat",
    "Trust Fund": "trust_fund",
    "GRETA": "region",
    "review": "review",
    "REVMOD": "review",
}
"""The first word found names the topic; what has none is about the plan."""


def main(timeline: Path) -> None:
    """Write one record for each event."""
    with timeline.open(encoding="utf-8", newline="") as lines:
        rows = [_event(row, number) for number, row in enumerate(csv.DictReader(lines), start=1)]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _event(row: dict[str, str], number: int) -> dict[str, str]:
    event = row["event"].replace("Seed draft resolution", "Draft of the resolution")
    return {
        "id": f"event-{number}",
        "recorded_on": RECORDED,
        "source": "the draft resolution" if row["source"] == "seed" else row["source"],
        "corrects": "",
        "withdrawn": "",
        "topic": next((topic for word, topic in TOPICS.items() if word in event), "plan"),
        "happened_on": row["date"],
        "says": event,
        "certainty": "recalled" if "recalled" in event + row["source"] else "read",
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
