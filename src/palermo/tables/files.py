"""Files that others will open: hashes, and text that no spreadsheet program runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from palermo.errors import InputError

__all__ = ["harmless", "must_be_file", "sha256_of", "text_of", "write_csv"]

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What OWASP names under CSV injection; some programs take the wide signs of East Asia for the narrow ones."""


def must_be_file(path: Path, *, todo: str) -> None:
    """Refuse a path without a file, and say so where it is a folder.

    Raises
    ------
    InputError
        There is nothing, or a folder.
    """
    if path.is_dir():
        raise InputError(
            "this is a folder, and a file is wanted.", where=path.name or str(path), todo="Name one file in it."
        )
    if not path.is_file():
        raise InputError("there is no such file.", where=path.name, todo=todo)


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_of(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """Write JSON in the one way that gives the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def harmless(column: str) -> pl.Expr:
    """Put an apostrophe before text that a spreadsheet program would take for a formula."""
    text = pl.col(column)
    return pl.when(text.str.slice(0, 1).is_in(_RUNS)).then("'" + text).otherwise(text).alias(column)


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV in UTF-8, with no cell that runs."""
    text = [harmless(name) for name, kind in frame.schema.items() if kind == pl.String]
    frame.with_columns(text).write_csv(path, line_terminator="\n")
