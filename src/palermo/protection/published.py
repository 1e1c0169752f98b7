"""Reading a release back from its folder: the same `Release`, if not a byte of it was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from palermo.errors import ProjectError
from palermo.tables import Audit, Dimension, Guarantee, Policy, Release, ReleasedEstimate, ReleasedTable, sha256_of

__all__ = ["reopen", "verify"]

_NUMBERS = ("count", "low", "high", "below_threshold_cells")


def verify(folder: Path) -> Mapping[str, Any]:
    """Compare every file of a release with its manifest, and give the manifest.

    The manifest vouches for the files, and nothing here vouches for the manifest: `palermo.workflows.journal` does.

    Raises
    ------
    ProjectError
        A file was changed, added or taken away since the release was made.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise ProjectError("this is no release: there is no manifest.json.", where=folder.name)
    try:
        manifest = json.loads(path.read_text("utf-8"))
        stated = dict(manifest["files"])
    except (ValueError, KeyError, TypeError):
        raise _changed(folder, path.name) from None
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} - {path.name}
    same = {name for name in there & stated.keys() if sha256_of(folder / name) == stated[name]}
    if odd := (there | stated.keys()) - same:
        raise _changed(folder, *sorted(odd))
    return dict(manifest)


def reopen(folder: Path) -> Release:
    """Read a release that was made before, after `verify`.

    Raises
    ------
    ProjectError
        As `verify`; or the manifest does not say what the files say, or a table shows what it calls withheld.
    """
    manifest = verify(folder)
    try:
        tables = tuple(_table(folder, table, manifest["files"]) for table in manifest["tables"])
        policy, audit = Policy(**manifest["policy"]), Audit(**manifest["audit"])
        guarantee = Guarantee(**manifest["guarantee"]) if manifest.get("guarantee") else None
        estimates = tuple(
            ReleasedEstimate(**estimate | {"words": tuple(estimate["words"])})
            for estimate in manifest.get("estimates", [])
        )
        return Release(tables=tables, policy=policy, audit=audit, estimates=estimates, guarantee=guarantee)
    except (ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError):
        raise _changed(folder, "manifest.json") from None


def _table(folder: Path, said: Mapping[str, Any], files: Mapping[str, str]) -> ReleasedTable:
    name = f"tables/{said['name']}.parquet"
    if name not in files:
        raise ValueError(name)
    table = ReleasedTable(
        name=said["name"],
        title=said["title"],
        dimensions=tuple(Dimension(**dimension) for dimension in said["dimensions"]),
        unit=said["unit"],
        population=said["population"],
        cells=pl.read_parquet(folder / name),
        notes=tuple(said["notes"]),
        kind=said["kind"],
        unlisted=said["unlisted"],
        n_withheld=said["n_withheld"],
        universe=said.get("universe", "records"),
        within=tuple((field, code) for field, code in said.get("within", ())),
        noisy=said.get("noisy", False),
    )
    if not _is_sound(table):
        raise _changed(folder, name)
    return table


def _is_sound(table: ReleasedTable) -> bool:
    """A release has the gate's columns, and a cell is either published with numbers or withheld without."""
    cells = table.cells
    if cells.columns != [*table.fields, *_NUMBERS, "cell_status"]:
        return False
    withheld = cells.filter(cell_status="withheld")
    published = cells.filter(cell_status="published")
    return (
        withheld.height == table.n_withheld
        and withheld.height + published.height == cells.height
        and all(column.is_null().all() for column in withheld.select(_NUMBERS))
        and not any(column.has_nulls() for column in published.select(_NUMBERS))
    )


def _changed(folder: Path, *names: str) -> ProjectError:
    return ProjectError(
        f"changed since the release was made: {', '.join(names)}.",
        where=f"releases/{folder.name}",
        todo="Put the folder aside, and run again to make the release anew.",
    )
