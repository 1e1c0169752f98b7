"""At one agency, where names may be seen: each person once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from palermo import linkage
from palermo.errors import UsageError
from palermo.standard import load_standard
from palermo.tables import ENGINES, EngineKind, atomic_file, open_engine
from palermo.workflows.linking.apart import must_be_apart
from palermo.workflows.linking.notes import notes_on

if TYPE_CHECKING:
    from palermo.linkage.dedupe import Deduplication

__all__ = ["Deduped", "dedupe"]

_APART = 0.05
"""By which share of persons thresholds may differ before one number must not be quoted alone."""


@dataclass(frozen=True, slots=True)
class Deduped:
    """How many people a file holds, and how they were counted."""

    engine: str
    by: str
    """``weights``, learnt from the file by Splink, or ``equality`` of both names and the date."""
    compared: tuple[str, ...]
    threshold: float
    records: int
    persons: int
    persons_by_threshold: dict[str, int]
    double_count: int
    """Records less persons."""
    links: int
    """Pairs that are one person's, at the threshold."""
    bare: int
    """Records with so little in them that hardly anything can be found by them."""
    unreadable: dict[str, int]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the answer for programs."""
        return {"private": True, **asdict(self)}


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

    if engine not in ENGINES:
        raise UsageError(f"there is no engine {engine!r}.", todo=f"Take one of: {', '.join(ENGINES)}.")
    must_be_apart((out,), (file, mapping))
    countries = {each.alpha_2: code for code, each in load_standard().countries.items() if each.alpha_2}
    people = linkage.read_people(file, mapping, countries)
    with open_engine(cast(EngineKind, engine)) as opened:
        found = deduplicate(people, settings, opened)
    _write(people, found, settings, out)
    persons = {f"{each:g}": len(set(rows.tolist())) for each, rows in found.persons.items()}
    counted = persons[f"{settings.threshold:g}"]
    return Deduped(
        engine=engine,
        by="weights" if found.learnt else "equality",
        compared=found.compared,
        threshold=settings.threshold,
        records=len(people),
        persons=counted,
        persons_by_threshold=persons,
        double_count=len(people) - counted,
        links=found.links,
        bare=people.n_bare,
        unreadable={field: count for field, count in people.unreadable.items() if count},
        notes=(*notes_on(people), *_notes_on(found, persons)),
    )


def _write(people: linkage.People, found: Deduplication, settings: linkage.MatchSettings, out: Path) -> None:
    from palermo.linkage.persons import called

    columns = {"person_id": found.persons[settings.threshold]}
    columns |= {f"person_id_{threshold:g}": rows for threshold, rows in found.persons.items()}
    table = pl.DataFrame({"record_id": people.record_id} | {name: called(rows) for name, rows in columns.items()})
    with atomic_file(out) as unfinished:
        unfinished.touch(mode=0o600)
        table.write_csv(unfinished) if out.suffix.lower() == ".csv" else table.write_parquet(unfinished)


def _notes_on(found: Deduplication, persons: dict[str, int]) -> tuple[str, ...]:
    """Say where the count deserves doubt."""
    if not found.learnt:
        return (
            "Too few records agree on names or on dates to learn from. Only those that agree on first name, surname and"
            " birth date are counted as one person; one misspelt name makes two.",
        )
    few, most = min(persons.values()), max(persons.values())
    if most - few > _APART * most:
        lowest, highest = min(persons, key=float), max(persons, key=float)
        return (
            f"There are {few:,} persons at {lowest} and {most:,} at {highest}. Quote the range, and not one of them.",
        )
    return ()
