"""What people have judged of pairs: a table that only grows. Undoing a judgement is another row."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.errors import InputError, UsageError
from palermo.linkage.candidates import Pairs
from palermo.linkage.encodings import Encodings
from palermo.tables import atomic_file, must_be_file

__all__ = ["VERDICTS", "Judged", "append_judgement", "judged_rows", "read_judgements", "standing"]

VERDICTS = ("same", "different", "unsure", "undo")
_SAID = {"same": 1.0, "different": 0.0, "unsure": np.nan}
_PAIR = ("source_a", "record_a", "source_b", "record_b")
_COLUMNS = (*_PAIR, "verdict", "by", "at", "why")

Judged = tuple[Pairs, npt.NDArray[np.float64]]
"""Rows of pairs, and what was said of each: 1 the same, 0 different, not a number where people were unsure."""


def append_judgement(
    path: Path, pair: tuple[str, str, str, str], verdict: str, *, by: str, at: datetime, why: str
) -> None:
    """Add a judgement: who said when and why what of two records, each named by its source and its id.

    Raises
    ------
    UsageError
        The verdict is none of `VERDICTS`, somebody or a reason is missing, or both records are one.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"there is no verdict {verdict!r}.", todo=f"Say one of: {', '.join(VERDICTS)}.")
    if not by.strip() or not why.strip():
        raise UsageError("a judgement says who made it and why.", todo="Give --by and --why.")
    if pair[:2] == pair[2:]:
        raise UsageError("a record is not judged against itself.", todo="Name two records.")
    low, high = sorted((pair[:2], pair[2:]))
    row = pl.DataFrame([(*low, *high, verdict, by, at.isoformat(), why)], schema=list(_COLUMNS), orient="row")
    before = [read_judgements(path)] if path.exists() else []
    with atomic_file(path) as unfinished:
        unfinished.touch(mode=0o600)
        pl.concat([*before, row]).write_csv(unfinished, line_terminator="\n")


def read_judgements(path: Path) -> pl.DataFrame:
    """Read all judgements, the first one first.

    Raises
    ------
    InputError
        The file is not a table of judgements.
    """
    must_be_file(path, todo="Make the first judgement with: palermo link judge")
    try:
        frame = pl.read_csv(path, infer_schema=False).fill_null("")
    except (pl.exceptions.PolarsError, UnicodeDecodeError):
        frame = pl.DataFrame()
    if tuple(frame.columns) != _COLUMNS or not frame["verdict"].is_in(VERDICTS).all():
        raise InputError(
            "this is no table of judgements.",
            where=path.name,
            todo=f"Its columns are {', '.join(_COLUMNS)}, and a verdict is one of {', '.join(VERDICTS)}.",
        )
    return frame


def standing(judgements: pl.DataFrame) -> pl.DataFrame:
    """Give what stands of each pair: the last word on it, unless that has undone the others."""
    last = judgements.unique(list(_PAIR), keep="last", maintain_order=True)
    return last.filter(pl.col("verdict") != "undo")


def judged_rows(judgements: pl.DataFrame, encodings: Encodings) -> Judged:
    """Find the rows of what stands; pairs of which a record is not here are left out."""
    rows = {pair: row for row, pair in enumerate(zip(encodings.source, encodings.record_id, strict=True))}
    found, said = [], []
    for a, one, b, other, verdict in standing(judgements).select(*_PAIR, "verdict").iter_rows():
        if (a, one) in rows and (b, other) in rows:
            found.append((rows[a, one], rows[b, other]))
            said.append(_SAID[verdict])
    return np.array(found, np.int32).reshape(-1, 2), np.array(said, np.float64)
