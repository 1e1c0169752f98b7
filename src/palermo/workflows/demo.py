"""The demonstration country, from nothing to its publication."""

from __future__ import annotations

from pathlib import Path

from palermo.errors import ProjectError
from palermo.workflows.demonstration import MOST_LINKED, encode_country, make_country
from palermo.workflows.run import Run, Step, run

__all__ = ["demo"]

_MARK = "truth/persons.csv"


def demo(folder: Path, *, victims: int, seed: int, parquet: bool, step: Step) -> Run:
    """Build the invented country in a folder and run the whole chain on it.

    Raises
    ------
    ProjectError
        The folder holds something that is no demonstration country.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise ProjectError(
            "the folder is there and holds something else.", where=str(folder), todo="Name another folder after --out."
        )
    with step(f"Invent a country with {victims:,} victims"):
        make_country(folder, victims=victims, seed=seed, parquet=parquet)
    if victims <= MOST_LINKED:
        with step("Encode the people at the four agencies"):
            encode_country(folder, seed=seed)
    return run(folder, step=step)
