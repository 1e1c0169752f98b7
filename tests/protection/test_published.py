"""A release is read back as it was made, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from palermo.errors import ProjectError
from palermo.protection import release, reopen, verify
from palermo.tables import Release, sha256_of
from tests.protection.cubes import table_of

SAFE = release([table_of("places", "place", {"p": 4, "q": 30, "r": 25, "s": 61, "-": 120})])
Manifest = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a release in the form of `palermo run`, as far as it is read back."""
    (tmp_path / "tables").mkdir()
    file = tmp_path / "tables" / "places.parquet"
    SAFE.tables[0].cells.write_parquet(file)
    says = asdict(SAFE) | {"files": {"tables/places.parquet": sha256_of(file)}}
    for table in says["tables"]:
        del table["cells"]
    (tmp_path / "manifest.json").write_text(json.dumps(says), "utf-8")
    return tmp_path


def say(folder: Path, change: Callable[[Manifest], object]) -> None:
    """Change the manifest."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


def rewrite(folder: Path, cells: pl.DataFrame) -> None:
    """Change a table, and cover it up in the manifest."""
    file = folder / "tables" / "places.parquet"
    cells.write_parquet(file)
    say(folder, lambda manifest: manifest["files"].update({"tables/places.parquet": sha256_of(file)}))


def same(left: Release, right: Release) -> bool:
    pairs = zip(left.tables, right.tables, strict=True)
    return (left.policy, left.audit) == (right.policy, right.audit) and all(a.cells.equals(b.cells) for a, b in pairs)


def test_a_release_is_read_back_as_it_was(folder: Path) -> None:
    again = reopen(folder)
    assert same(again, SAFE)
    assert again.tables[0].dimensions == SAFE.tables[0].dimensions


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"no manifest\.json"):
        verify(tmp_path)


def test_a_changed_file_is_named(folder: Path) -> None:
    with (folder / "tables" / "places.parquet").open("ab") as file:
        file.write(b" ")
    with pytest.raises(ProjectError, match=r"changed since the release was made: tables/places\.parquet"):
        reopen(folder)


def test_an_added_file_is_named(folder: Path) -> None:
    (folder / "notes.txt").write_text("p is 4", "utf-8")
    with pytest.raises(ProjectError, match=r"notes\.txt"):
        verify(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "tables" / "places.parquet").unlink()
    with pytest.raises(ProjectError, match=r"tables/places\.parquet"):
        verify(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}', '{"files": {}'])
def test_a_manifest_that_is_none_is_refused(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(ProjectError, match=r"manifest\.json"):
        verify(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.pop("audit"),
        lambda manifest: manifest["policy"].update(noise=3),
        lambda manifest: manifest["tables"][0].pop("unit"),
        lambda manifest: manifest["tables"][0].update(name="../elsewhere"),
        lambda manifest: manifest.update(tables=["places"]),
    ],
)
def test_a_manifest_that_says_too_little_or_too_much_is_refused(
    folder: Path, change: Callable[[Manifest], object]
) -> None:
    say(folder, change)
    with pytest.raises(ProjectError, match=r"manifest\.json"):
        reopen(folder)


def test_a_manifest_that_counts_withheld_cells_wrongly_is_refused(folder: Path) -> None:
    say(folder, lambda manifest: manifest["tables"][0].update(n_withheld=1))
    with pytest.raises(ProjectError, match="places"):
        reopen(folder)


CELLS = SAFE.tables[0].cells


@pytest.mark.parametrize(
    "cells",
    [
        CELLS.with_columns(low=pl.col("low").fill_null(4)),
        CELLS.with_columns(pl.when(pl.col("place") != "q").then("count").alias("count")),
        CELLS.with_columns(cell_status=pl.col("cell_status").replace("published", "shown")),
        CELLS.with_columns(contributors=pl.lit(4)),
    ],
)
def test_a_table_that_the_gate_would_not_have_made_is_refused(folder: Path, cells: pl.DataFrame) -> None:
    rewrite(folder, cells)
    with pytest.raises(ProjectError, match="places"):
        reopen(folder)
