"""Reading the files of statistics programs: SPSS and Stata, in words where a value has a label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from warnings import catch_warnings, filterwarnings

import polars as pl
import pyarrow as pa

from palermo.errors import InputError
from palermo.intake.headings import find_headings, match_headings
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile, numbered, store_rows

__all__ = ["read_statistical"]

_ROWS = 100_000


def read_statistical(path: Path, mapping: Mapping, into: Path) -> RawFile:
    """Read an SPSS or Stata file into a Parquet file of text.

    A value that has a label is read as its label, others as they are. A column is known by its name, or by its label.

    Raises
    ------
    InputError
        It is damaged or of another kind, or has none of the mapping's columns.
    """
    head = next(_parts(path, 1))
    names, labels = head[1].column_names, head[1].column_labels
    top = find_headings([names, [label or "" for label in labels]], mapping)
    if top is None:
        raise InputError(
            f"no column of the file is one that the mapping {mapping.name} knows.",
            where=path.name,
            todo="Check that this is the file the mapping was made for.",
        )
    told = [label or name for name, label in zip(names, labels, strict=True)] if top.start else names
    headings = match_headings(path.name, told, mapping)
    return store_rows(_tables(path), headings, into, file=path.name, notes=_notes(head[1]))


def _tables(path: Path) -> Iterator[pa.Table]:
    above = 0
    for frame, meta in _parts(path, _ROWS):
        texts = pl.DataFrame([_text(frame[name], meta.variable_value_labels.get(name, {})) for name in frame.columns])
        yield numbered(texts, above)
        above += frame.height


def _text(column: pl.Series, labels: dict[Any, str]) -> pl.Series:
    """Write each different value of a column once; its label, if it has one."""
    values = column.unique()
    words = [_word(value, labels) for value in values]
    said = pl.Series(column.name, words, pl.String)
    return column.replace_strict(values, said, return_dtype=pl.String).alias(column.name)


def _word(value: Any, labels: dict[Any, str]) -> str | None:
    if value is None:
        return None
    if (label := labels.get(value)) is not None:
        return label.strip() or None
    if isinstance(value, float):
        return None if value != value else str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value) or None


def _parts(path: Path, rows: int) -> Iterator[tuple[pl.DataFrame, Any]]:
    """Read a file part by part; one without rows gives one empty part."""
    import pyreadstat

    readers: dict[str, Callable[..., Any]] = {
        ".sav": pyreadstat.read_sav,
        ".zsav": pyreadstat.read_sav,
        ".por": pyreadstat.read_por,
        ".dta": pyreadstat.read_dta,
    }
    read, above = readers[path.suffix.lower()], 0
    more: dict[str, Any] = {} if path.suffix.lower() == ".por" else {"user_missing": True}
    while True:
        try:
            with catch_warnings():
                filterwarnings("error", ".*is duplicated", UserWarning)  # no program writes a name twice
                frame, meta = read(str(path), row_offset=above, row_limit=rows, output_format="polars", **more)
        except (
            pyreadstat.ReadstatError,
            pyreadstat.PyreadstatError,
            ValueError,
            OverflowError,
            TypeError,
            UserWarning,
        ):
            raise InputError(
                "it cannot be read; it may be cut off, damaged or of another kind.",
                where=path.name,
                todo="Save it again in the program that made it, or export it as CSV.",
            ) from None
        yield frame, meta
        above += frame.height
        if frame.height < rows:
            return


def _notes(meta: Any) -> tuple[str, ...]:
    if not meta.variable_value_labels:
        return ("No value of the file has a label; values are read as the file has them.",)
    return ()
