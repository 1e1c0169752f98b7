"""What a linkage has written → capture histories, one table for each linkage."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from palermo import prevalence
from palermo.errors import InputError
from palermo.tables import must_be_file, read_parquet

__all__ = ["read_linkages"]

_PEOPLE = "persons"
_TODO = "Name a file that palermo link match has written."


def read_linkages(path: Path, links: Path | None = None, *, n_draws: int = 20, seed: int = 1) -> prevalence.Linkages:
    """Read persons or capture histories at several thresholds; with links, draw the linkage instead.

    Raises
    ------
    InputError
        A file is no table of the kind, or damaged.
    """
    table = _read(path)
    try:
        if links is not None:
            return prevalence.draw_linkages(table, _read(links), n_draws=n_draws, seed=seed)
        if _PEOPLE in table.columns:
            return prevalence.linkages_of_histories(table)
        return prevalence.linkages_of_persons(table)
    except InputError as error:
        raise InputError(error.what, where=error.where or path.name, todo=error.todo) from error


def _read(path: Path) -> pl.DataFrame:
    must_be_file(path, todo=_TODO)
    try:
        if path.suffix.lower() == ".parquet":
            return read_parquet(path)
        return pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as error:
        raise InputError("this is no CSV and no Parquet file, or damaged.", where=path.name, todo=_TODO) from error
