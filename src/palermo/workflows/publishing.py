"""A release and its report → the files of a public folder."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from palermo.standard import Standard
from palermo.tables import Edition, Release, ReleasedTable, sha256_of, text_of, write_csv
from palermo.workflows.imprint import Inputs
from palermo.workflows.labels import ReportLabels

__all__ = ["write_release"]

_MEASURES = {
    "count": "The exact part of the count; empty where the cell is withheld.",
    "low": "The least that the count can be.",
    "high": "The most that the count can be.",
    "below_threshold_cells": "How many figures of the source stand in it that say only that they are small.",
    "cell_status": "published, or withheld to protect people. A withheld cell is never zero.",
}
_NOISY = {
    "count": "The count with noise; below zero is put to zero.",
    "low": "The lower end of an interval that holds the count 95 times in 100.",
    "high": "The upper end of that interval.",
}
_UNLISTED = {
    "zero": "Cells that are not listed are zero.",
    "not-reported": "Cells that are not listed were not reported, which is not zero.",
}


def write_release(
    folder: Path,
    release: Release,
    edition: Edition,
    report: str,
    inputs: Inputs,
    labels: ReportLabels,
    *,
    private: Path | None = None,
) -> None:
    """Fill the folder of a release: tables, dictionary, data package, report and, last, the manifest of all hashes.

    Parameters
    ----------
    private
        A folder with synthetic records and all noisy tables, if some were paid for.
    """
    if private is not None:
        shutil.copytree(private, folder / "private")
    (folder / "tables").mkdir()
    for table in release.tables:
        write_csv(table.cells, folder / "tables" / f"{table.name}.csv")
        table.cells.write_parquet(folder / "tables" / f"{table.name}.parquet", statistics=False)
    write_csv(_dictionary(release, labels), folder / "dictionary.csv")
    (folder / "datapackage.json").write_text(
        text_of(_data_package(release, edition, labels.standard)), "utf-8", newline="\n"
    )
    (folder / "report.html").write_text(report, "utf-8", newline="\n")
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = {
        "id": edition.id,
        "previous": edition.previous,
        "inputs": list(inputs.files),
        "settings": inputs.settings,
        "edition": asdict(edition),
        "policy": asdict(release.policy),
        "audit": asdict(release.audit),
        "guarantee": asdict(release.guarantee) if release.guarantee else None,
        "tables": [_about(table) for table in release.tables],
        "estimates": [asdict(estimate) for estimate in release.estimates],
        "files": {name: sha256_of(path) for name, path in files.items()},
    }
    (folder / "manifest.json").write_text(text_of(manifest), "utf-8", newline="\n")


def _about(table: ReleasedTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "dimensions": [asdict(dimension) for dimension in table.dimensions],
        "unit": table.unit,
        "population": table.population,
        "notes": list(table.notes),
        "kind": table.kind,
        "unlisted": table.unlisted,
        "n_withheld": table.n_withheld,
        "universe": table.universe,
        "within": [list(pair) for pair in table.within],
        "noisy": table.noisy,
    }


def _dictionary(release: Release, labels: ReportLabels) -> pl.DataFrame:
    """List every field and code that a table of the release holds, with what they mean and how sure that is."""
    seen = {field: set[str]() for table in release.tables for field in table.fields}
    for table in release.tables:
        for field in table.fields:
            seen[field] |= set(table.cells[field])
    standard, rows = labels.standard, []
    for field, codes in sorted(seen.items()):
        known = standard.fields.get(field)
        meaning = (known.definition, known.certainty, known.source) if known else ("", "project", "project")
        rows.append((field, "", standard.field_label(field), *meaning))
        allowed = standard.allowed(field).codes if known and known.is_coded else {}
        for code in sorted(codes):
            entry = allowed.get(code)
            said = (entry.definition, entry.certainty, entry.source) if entry else ("", "project", "project")
            rows.append((field, code, labels.label(field, code), *said))
    columns = ("field", "code", "label", "definition", "certainty", "source")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def _data_package(release: Release, edition: Edition, standard: Standard) -> dict[str, Any]:
    """Describe the tables as a Frictionless data package."""
    return {
        "name": f"palermo-release-{edition.id}",
        "title": edition.title,
        "version": edition.id,
        "description": " ".join(edition.cautions),
        "contributors": [{"title": edition.publisher, "role": "publisher"}],
        "sources": [{"title": source.citation or source.title} for source in edition.sources],
        "resources": [_resource(table, edition, standard) for table in release.tables],
    }


def _resource(table: ReleasedTable, edition: Edition, standard: Standard) -> dict[str, Any]:
    fields = [{"name": name, "title": standard.field_label(name), "type": "string"} for name in table.fields]
    measures = [
        {"name": name, "description": words, "type": "string" if name == "cell_status" else "integer"}
        for name, words in (_MEASURES | (_NOISY if table.noisy else {})).items()
    ]
    return {
        "name": table.name,
        "title": table.title,
        "path": f"tables/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": " ".join((table.population, *table.notes, _UNLISTED[table.unlisted])),
        "schema": {"fields": fields + measures, "primaryKey": list(table.fields), "missingValues": [""]},
        "unit": table.unit,
        "period": edition.period,
        "population": table.population,
        "cells_withheld": table.n_withheld,
    }
