"""Text values to numbers of the domain, and back; and at most so many rows of one person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.exceptions import ComputeError, NoDataError

from palermo.errors import InputError
from palermo.protection.private.domain import Column, Domain
from palermo.protection.private.layout import BLANK, Codes, Layout
from palermo.protection.private.noise import secure_words
from palermo.tables import opened_parquet, read_parquet

__all__ = [
    "bound_rows",
    "decode",
    "encode",
    "must_be_parquet",
    "must_declare",
    "must_hold",
    "nobody",
    "read_table",
    "undeclared_values",
    "without_person",
]


def read_table(path: Path) -> pl.DataFrame:
    """Read a Parquet file, or a CSV file as text.

    Raises
    ------
    InputError
        It cannot be read as one.
    """
    if path.suffix.lower() != ".csv":
        return read_parquet(path)
    try:
        return pl.read_csv(path, infer_schema=False)
    except (NoDataError, ComputeError, OSError) as error:
        raise InputError(
            "this cannot be read as a CSV file.",
            where=path.name,
            todo="Write the table as Parquet, or as CSV in UTF-8 with commas and a line of column names.",
        ) from error


def must_be_parquet(path: Path) -> None:
    """See, before an engine opens it, that a file is Parquet and has one text a cell.

    Raises
    ------
    InputError
        It is not, or has not.
    """
    with opened_parquet(path) as file:
        columns = pl.DataFrame(file.schema_arrow.empty_table()).schema
    for name, kind in columns.items():
        _one_text(name, kind, path.name)


def bound_rows(table: pl.DataFrame, person_id: str, most: int, where: str) -> pl.DataFrame:
    """Keep at most so many rows of each person, chosen by fresh secure randomness and not by what they say.

    A row that names nobody is a person of its own.
    """
    must_hold(table.columns, person_id, where)
    order = pl.Series("order", secure_words(table.height))
    nobody = pl.col(person_id).is_null()
    kept = (pl.int_range(pl.len()).over(person_id) < most) | nobody
    return table.with_columns(order).sort("order").filter(kept).drop("order", person_id)


def without_person(table: pl.DataFrame, person_id: str | None, where: str) -> pl.DataFrame:
    """Leave out the column that says whose a row is, if there is to be one."""
    if person_id is None:
        return table
    must_hold(table.columns, person_id, where)
    return table.drop(person_id)


def encode(table: pl.DataFrame, domain: Domain, where: str) -> Codes:
    """Number the values of a table.

    Raises
    ------
    InputError
        A column is not declared or not there, or holds what is not declared.
    """
    must_declare(table.columns, domain, where)
    layout, ordered = domain.layout, domain.ordered
    if table.is_empty():
        raise nobody(where)
    codes = np.full((table.height, layout.n_columns), BLANK, dtype=np.int32)
    for number, column in enumerate(ordered):
        codes[:, number] = _numbers(table[column.name], column, where, int(layout.firsts[number]))
    return codes


def must_declare(columns: Sequence[str], domain: Domain, where: str) -> None:
    """Refuse a table whose columns are not those of the domain."""
    declared = {column.name for column in domain.columns}
    if undeclared := sorted(set(columns) - declared):
        raise InputError(
            f"the domain does not declare the columns {', '.join(undeclared)}.",
            where=where,
            todo="Declare every column of the table with its values, leave it out of the table, or name it with"
            " --person-id if it says whose a row is.",
        )
    if missing := sorted(declared - set(columns)):
        raise InputError(
            f"the table does not hold the columns {', '.join(missing)}.",
            where=where,
            todo="Add them to the table, empty where nothing is known, or take them out of the domain.",
        )


def undeclared_values(column: Column, rows: int, where: str) -> InputError:
    """Say in how many rows a column holds what is not declared, and not what."""
    return InputError(
        f"{column.name} holds undeclared values in {rows:,} rows.",
        where=where,
        todo=f"Add them under [columns.{column.name}] from the codebook, or correct the rows.",
    )


def nobody(where: str) -> InputError:
    """Say that there are no rows."""
    return InputError("the table has no rows.", where=where, todo="Check that this is the file you mean.")


def must_hold(columns: Sequence[str], person_id: str, where: str) -> None:
    """Refuse a table that does not say whose a row is."""
    if person_id not in columns:
        raise InputError(f"there is no column {person_id!r}.", where=where, todo="Name the column of --person-id.")


def _one_text(name: str, kind: pl.DataType, where: str) -> None:
    if kind.is_nested() or kind == pl.Binary:
        raise InputError(
            f"{name} holds lists or bytes, and one text a row is wanted.",
            where=where,
            todo="Give each code of a list a column of its own, with one value or nothing.",
        )


def _numbers(cells: pl.Series, column: Column, where: str, first: int) -> npt.NDArray[np.int32]:
    _one_text(column.name, cells.dtype, where)
    text = cells.cast(pl.String).replace({"": None})
    numbers = text.replace_strict(
        list(column.values), list(range(first, first + len(column.values))), default=None, return_dtype=pl.Int32
    )
    strange = numbers.null_count() - text.null_count()
    if strange:
        raise undeclared_values(column, strange, where)
    return numbers.fill_null(BLANK).to_numpy()


def decode(codes: Codes, domain: Domain) -> pl.DataFrame:
    """Write numbers as the domain's values, in the domain's order of columns; not reported is empty."""
    layout = domain.layout
    return pl.DataFrame([_text(codes, layout, number, column) for number, column in enumerate(domain.ordered)]).select(
        [column.name for column in domain.columns]
    )


def _text(codes: Codes, layout: Layout, number: int, column: Column) -> pl.Series:
    values = pl.Series(column.name, ["", *column.values])
    own = codes[:, number]
    return values[np.where(own == BLANK, 0, own - int(layout.firsts[number]) + 1)]
