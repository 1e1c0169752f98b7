"""What is generated from the standard: schemas for programs and pages for people, each as texts by file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from palermo.errors import UsageError
from palermo.standard.profile import Standard
from palermo.standard.schemas.ddl import ddl
from palermo.standard.schemas.json_schema import json_schema
from palermo.standard.schemas.pages import pages
from palermo.standard.schemas.shape import TableShape, table_shapes
from palermo.standard.schemas.table_schema import table_schema
from palermo.tables import atomic_file

__all__ = ["SCHEMAS", "TableShape", "generate", "table_shapes", "write_schemas"]

SCHEMAS: dict[str, Callable[[Standard], Mapping[str, str]]] = {
    "json-schema": json_schema,
    "table-schema": table_schema,
    "sql": ddl,
    "pages": pages,
}
"""By name: what makes the files of a kind."""


def generate(standard: Standard, kinds: tuple[str, ...] = ()) -> dict[str, str]:
    """Make the texts of some kinds, or of all, by file name.

    Raises
    ------
    UsageError
        There is no such kind.
    """
    for kind in kinds:
        if kind not in SCHEMAS:
            raise UsageError(f"there is no schema {kind!r}.", todo=f"The kinds are: {', '.join(SCHEMAS)}.")
    return {name: text for kind in kinds or SCHEMAS for name, text in SCHEMAS[kind](standard).items()}


def write_schemas(standard: Standard, folder: Path, kinds: tuple[str, ...] = ()) -> list[Path]:
    """Write the files of some kinds, or of all, into a folder, each whole or not at all."""
    texts = {folder / name: text for name, text in generate(standard, kinds).items()}
    for path, text in texts.items():
        with atomic_file(path) as unfinished:
            unfinished.write_text(text, "utf-8", newline="\n")
    return list(texts)
