"""A folder with the invented country in it: sources, mappings, the publication's settings, and the truth."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from palermo.standard import load_standard
from palermo.workflows.demonstration.agency import Agency, load_agency
from palermo.workflows.demonstration.dirt import soil
from palermo.workflows.demonstration.encounters import meet
from palermo.workflows.demonstration.patterns import DATA, load
from palermo.workflows.demonstration.people import AGENCIES, draw_people
from palermo.workflows.demonstration.records import write_down
from palermo.workflows.demonstration.writing import frame_of, write_text, write_workbook

__all__ = ["make_country"]

_CHUNK = 250_000
_TOO_MANY_FOR_A_SHEET = 500_000
_READ_ME = """# Valmara

Valmara is an invented island State. Its people, agencies and figures are made up by `palermo demo`; nobody in these
files has ever lived, and nothing here says anything about a real State.

- `sources/`: four agencies' files as such files are, with names, gaps and mistakes. Real ones stay at the agency.
- `mappings/`: how each file becomes records in the standard, written to be read and copied.
- `encodings/`: what the agencies sent so that their records can be linked; no name and no key is in it.
- `truth/persons.csv`: which records are the same person. Only an invented country can know.
- `palermo.toml`: who publishes what. Run the whole chain again with: palermo run
"""
_TRUTH = ("source", "record_id", "person_id")

Batch = dict[str, tuple[pl.DataFrame, pl.DataFrame]]
"""Of each agency: the rows of its file, and whose they are."""


def make_country(folder: Path, *, victims: int = 3000, seed: int = 1, parquet: bool = False) -> Path:
    """Write the demonstration country's project folder.

    Parameters
    ----------
    victims
        Persons; each is met by one to four agencies. Above 500,000 the files are Parquet.
    seed
        The same seed and number give the same bytes.
    """
    parquet = parquet or victims > _TOO_MANY_FOR_A_SHEET
    for name in ("sources", "mappings", "standard", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "truth" / "persons.csv").write_text(",".join(_TRUTH) + "\n", "utf-8")
    agencies = [load_agency(name, load_standard()) for name in AGENCIES]
    files = _write_settings(folder, parquet=parquet)
    batches = _batches(agencies, victims, seed)
    if parquet:
        _write_parquet(folder, batches, files)
    else:
        _write_files(folder, _whole(batches), agencies, files, seed)
    (folder / "README.md").write_text(_READ_ME, "utf-8")
    return folder


def _batches(agencies: list[Agency], victims: int, seed: int) -> Iterator[Batch]:
    world = load("patterns")
    last = dict.fromkeys(AGENCIES, 0)
    for first in range(0, victims, _CHUNK):
        rng = np.random.Generator(np.random.PCG64([seed, first]))
        people = draw_people(rng, min(_CHUNK, victims - first), first=first + 1)
        batch: Batch = {}
        for agency in agencies:
            met = meet(rng, people, agency.name, world, returns=agency.habits.get("returns", False))
            written = write_down(rng, people, met, agency, after=last[agency.name])
            last[agency.name] += len(written.person)
            records = soil(rng, written, agency)
            truth = pl.DataFrame(
                {
                    "source": [agency.name] * len(records.person),
                    "record_id": pl.Series(records.number.tolist(), dtype=pl.String),
                    "person_id": [f"P{person:08}" for person in records.person],
                }
            )
            batch[agency.name] = (frame_of(records), truth)
        yield batch


def _whole(batches: Iterator[Batch]) -> Batch:
    """Put batches that fit into memory together."""
    found = list(batches)
    return {
        name: (pl.concat([batch[name][0] for batch in found]), pl.concat([batch[name][1] for batch in found]))
        for name in AGENCIES
    }


def _write_settings(folder: Path, *, parquet: bool) -> dict[str, Path]:
    """Copy mappings, country table and settings, and say where each agency's file goes."""
    for file in sorted((DATA / "mappings").iterdir()):
        shutil.copyfile(file, folder / "mappings" / file.name)
    shutil.copyfile(DATA / "project" / "countries.csv", folder / "standard" / "countries.csv")
    for name in ("policy.toml", "DOMAIN.toml"):
        shutil.copyfile(DATA / "project" / name, folder / name)
    settings = (DATA / "project" / "palermo.toml").read_text("utf-8")
    endings = {name: ".xlsx" if name == "police" else ".csv" for name in AGENCIES}
    if parquet:
        for name, ending in endings.items():
            settings = settings.replace(f"sources/{name}{ending}", f"sources/{name}.parquet")
        endings = dict.fromkeys(AGENCIES, ".parquet")
    (folder / "palermo.toml").write_text(settings, "utf-8")
    shutil.rmtree(folder / "sources")
    (folder / "sources").mkdir()
    return {name: folder / "sources" / f"{name}{ending}" for name, ending in endings.items()}


def _write_files(folder: Path, batch: Batch, agencies: list[Agency], files: dict[str, Path], seed: int) -> None:
    truth = pl.concat([batch[name][1] for name in AGENCIES])
    truth.write_csv(folder / "truth" / "persons.csv")
    for at, agency in enumerate(agencies):
        frame, path = batch[agency.name][0], files[agency.name]
        if agency.habits["kind"] == "workbook":
            write_workbook(path, frame, agency)
        else:
            write_text(path, frame, agency, np.random.Generator(np.random.PCG64([seed, at, 1])))


def _write_parquet(folder: Path, batches: Iterator[Batch], files: dict[str, Path]) -> None:
    parts = folder / "sources" / "parts"
    parts.mkdir()
    with (folder / "truth" / "persons.csv").open("ab") as truth:
        for at, batch in enumerate(batches):
            for name in AGENCIES:
                frame, persons = batch[name]
                frame.write_parquet(parts / f"{name}-{at:05}.parquet")
                persons.write_csv(truth, include_header=False)
    for name, path in files.items():
        pl.scan_parquet(sorted(parts.glob(f"{name}-*.parquet"))).sink_parquet(path)
    shutil.rmtree(parts)
