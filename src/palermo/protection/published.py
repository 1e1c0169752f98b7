"""Reading a release back from its folder: the same `Release`, if not a byte of it was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from palermo.errors import ProjectError
from palermo.tables import Audit, Dimension, Policy, Release, ReleasedTable, sha256_of

__all__ = ["reopen", "verify"]


def verify(folder: Path) -> Mapping[str, Any]:
    """Compare every file of a release with its manifest, and give the manifest.

    Raises
    ------
    ProjectError
        A file was changed, added or taken away since the release was made.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise ProjectError("this is no release: there is no manifest.json.", where=folder.name)
    manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    stated: dict[str, str] = manifest["files"]
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} - {path.name}
    changed = {name for name in stated if name not in there or sha256_of(folder / name) != stated[name]}
    odd = sorted(changed | (there - stated.keys()))
    if odd:
        raise ProjectError(
            f"changed since the release was made: {', '.join(odd)}.",
            where=f"releases/{folder.name}",
            todo="Put the folder aside, and run again to make the release anew.",
        )
    return manifest


def reopen(folder: Path) -> Release:
    """Read a release that was made before, after `verify`."""
    manifest = verify(folder)
    return Release(
        tables=tuple(_table(folder, table) for table in manifest["tables"]),
        policy=Policy(**manifest["policy"]),
        audit=Audit(**manifest["audit"]),
    )


def _table(folder: Path, table: Mapping[str, Any]) -> ReleasedTable:
    return ReleasedTable(
        name=table["name"],
        title=table["title"],
        dimensions=tuple(Dimension(**dimension) for dimension in table["dimensions"]),
        unit=table["unit"],
        population=table["population"],
        cells=pl.read_parquet(folder / "tables" / f"{table['name']}.parquet"),
        notes=tuple(table["notes"]),
        kind=table["kind"],
        n_withheld=table["n_withheld"],
    )
