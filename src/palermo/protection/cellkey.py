"""Noise from cell keys: who stands in a cell decides its noise, so the same people have the same in every table.

Each record has a random key, made from its id and a secret. The keys of the records of a cell add up to the key of the
cell, and this is looked up. Asking again, or elsewhere, gives the same number; one record more gives other noise.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from palermo.errors import ProjectError, ReleaseRefused
from palermo.tables import CELL_KEYS, Tabulation, must_be_file

__all__ = ["load_cell_key", "noise_of"]

_BYTES = 32
_MAKE = "Make one of random bytes, as with: head -c 32 /dev/urandom > FILE, and keep it for all releases to come."


def load_cell_key(path: Path, project: Path) -> bytes:
    """Read the secret behind all record keys.

    Raises
    ------
    ProjectError
        It is not there, too short, or lies in the project, where it could be passed on with it.
    """
    if path.resolve().is_relative_to(project.resolve()):
        raise ProjectError(
            "the key lies in the project folder, with which it could be passed on: then the noise can be taken off.",
            where=path.name,
            todo="Move it out of the project, to where only those are who count.",
        )
    must_be_file(path, todo=_MAKE)
    secret = path.read_bytes()
    if len(secret) < _BYTES:
        raise ProjectError(f"a key has {_BYTES} bytes at least, and this has fewer.", where=path.name, todo=_MAKE)
    return secret


def noise_of(table: Tabulation, most: int) -> pl.Expr:
    """Give the noise of each cell of a table: every whole number from ``-most`` to ``most`` alike; none in a zero.

    Raises
    ------
    ReleaseRefused
        The table counts records and has no keys.

    References
    ----------
    Fraser and Wooton (2005), "A proposed method for confidentialising tabular output to protect against differencing",
    UNECE work session on statistical data confidentiality.
    """
    if not most or table.unlisted != "zero" or (table.kind == "quality" and "cell_key" not in table.cells.columns):
        return pl.lit(0, pl.Int64)
    if "cell_key" not in table.cells.columns:
        raise ReleaseRefused(
            "noise is asked for, and these counts do not know the keys of their records.",
            where=table.name,
            todo="Name the file with the secret under [release] key.",
        )
    step = pl.col("cell_key") % CELL_KEYS * (2 * most + 1) // CELL_KEYS
    return pl.when(pl.col("high") > 0).then(step - most).otherwise(0)
