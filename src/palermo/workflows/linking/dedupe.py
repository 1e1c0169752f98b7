"""At one agency, where names may be seen: each person once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from palermo import linkage
from palermo.errors import UsageError
from palermo.standard import load_standard
from palermo.tables import atomic_file

__all__ = ["Deduped", "dedupe"]


@dataclass(frozen=True, slots=True)
class Deduped:
    """How many people a file holds."""

    records: int
    persons: int
    persons_by_threshold: dict[str, int]
    bare: int

    def as_json(self) -> dict[str, Any]:
        """Give the answer for programs."""
        return {
            "private": True,
            "records": self.records,
            "persons": self.persons,
            "persons_by_threshold": self.persons_by_threshold,
            "bare": self.bare,
        }


def dedupe(
    file: Path, out: Path, *, settings: linkage.MatchSettings, mapping: Path | None = None, engine: str = "duckdb"
) -> Deduped:
    """Say which records of one agency's file are the same person, by their names as they are.

    Raises
    ------
    PalermoError
        The file or the mapping must be mended.
    """
    from palermo.linkage.dedupe import deduplicate
    from palermo.linkage.persons import called

    if out.resolve() == file.resolve():
        raise UsageError("the persons would take the place of the people.", todo="Name another file after --out.")
    countries = {each.alpha_2: code for code, each in load_standard().countries.items() if each.alpha_2}
    people = linkage.read_people(file, mapping, countries)
    found = deduplicate(people, settings, engine=engine)
    columns = {"person_id": found[settings.threshold]}
    columns |= {f"person_id_{threshold:g}": rows for threshold, rows in found.items()}
    table = pl.DataFrame({"record_id": people.record_id} | {name: called(rows) for name, rows in columns.items()})
    with atomic_file(out) as unfinished:
        unfinished.touch(mode=0o600)
        table.write_csv(unfinished) if out.suffix.lower() == ".csv" else table.write_parquet(unfinished)
    return Deduped(
        records=len(people),
        persons=table["person_id"].n_unique(),
        persons_by_threshold={f"{each:g}": table[f"person_id_{each:g}"].n_unique() for each in settings.all_thresholds},
        bare=people.n_bare,
    )
