"""A file of encodings: what an agency sends to the linkage unit. It has no column for a name, a date or a number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.errors import InputError
from palermo.linkage.filters import Words
from palermo.linkage.schema import Schema, schema_from
from palermo.linkage.tokens import KINDS, Hashes
from palermo.tables import atomic_file, must_be_file, opened_parquet, parquet_groups

__all__ = ["FIELDS", "Encodings", "read_encodings", "source_of", "together", "write_encodings"]

FIELDS = ("first_name", "surname", "year", "month_day", "citizenship", "sex", "document", "place")
"""The fields with a filter of their own in the field profile, in the order of the columns."""

_OURS = ("record_id", "filter_", "atom_", "tokens")
"""How the names of columns begin."""
_ATOMS = ("sex", "citizenship", "year")
_MARK = "palermo encodings"
_PARQUET = b"PAR1"
_AGAIN = "Ask the agency to send it again, whole."


@dataclass(frozen=True, slots=True)
class Encodings:
    """The records of one or more agencies, as the linkage unit sees them."""

    schema: Schema
    key_id: str
    source: npt.NDArray[np.object_]
    record_id: npt.NDArray[np.object_]
    filters: dict[str, Words]
    """By field, in the record profile under ``record``."""
    atoms: dict[str, Hashes]
    """Hashes of sex, citizenship and year, by which large blocks are split; none in the record profile."""
    tokens: Hashes
    """Shape (records, kinds of token)."""
    january_first: Words
    """The filter of 1 January, shape (1, words): the day that stands for a day nobody knows."""

    def __len__(self) -> int:
        """Count the records."""
        return len(self.record_id)


def write_encodings(encodings: Encodings, path: Path) -> None:
    """Write the encodings of one agency, whole or not at all."""
    columns: dict[str, pl.Series | npt.NDArray[np.object_]] = {"record_id": pl.Series(encodings.record_id.tolist())}
    for name, words in encodings.filters.items():
        columns[f"filter_{name}"] = _array(words)
    for name, hashes in encodings.atoms.items():
        columns[f"atom_{name}"] = pl.Series(hashes)
    if encodings.tokens.shape[1]:
        columns["tokens"] = _array(encodings.tokens)
    about = {
        "what": _MARK,
        "schema": encodings.schema.as_text(),
        "key": encodings.key_id,
        "source": str(encodings.source[0]),
        "records": str(len(encodings)),
        "january_first": encodings.january_first.tobytes().hex(),
    }
    with atomic_file(path) as unfinished:
        unfinished.touch(mode=0o600)
        pl.DataFrame(columns).write_parquet(unfinished, compression="lz4", statistics=False, metadata=about)


def read_encodings(path: Path) -> Encodings:
    """Read the encodings of one agency.

    Raises
    ------
    InputError
        The file is not there, is damaged, or holds no encodings.
    """
    about = _about(path)
    try:
        encodings = _read(path, about)
    except (pl.exceptions.PolarsError, KeyError, ValueError):
        raise _damaged(path) from None
    if len(encodings) != int(about["records"]):
        raise _damaged(path)
    return encodings


def source_of(path: Path) -> str:
    """Say which agency's encodings a file holds.

    Raises
    ------
    InputError
        The file is not there, is damaged, or holds no encodings.
    """
    return _about(path)["source"]


def together(parts: Sequence[Encodings], names: Sequence[str]) -> Encodings:
    """Put the encodings of agencies together, if they can be compared, in an order of their own.

    The order does not hang on that of the files, and likely partners are near each other, which is quicker.

    Parameters
    ----------
    names
        How the files are called, for what is said about them.

    Raises
    ------
    InputError
        The files are of different schemas or keys, or two have the same source.
    """
    first = parts[0]
    for part, name in zip(parts[1:], names[1:], strict=True):
        if part.schema.digest != first.schema.digest:
            raise InputError(
                f"this was encoded with the schema {part.schema.name} ({part.schema.digest}), and {names[0]} with"
                f" {first.schema.name} ({first.schema.digest}); they cannot be compared.",
                where=name,
                todo="Encode both again with one schema.",
            )
        if part.key_id != first.key_id:
            raise InputError(
                f"this was encoded with the key {part.key_id}, and {names[0]} with the key {first.key_id}; they cannot"
                " be compared.",
                where=name,
                todo="Encode again with the key of this project that is in use now.",
            )
    sources = [str(part.source[0]) for part in parts]
    if len(set(sources)) < len(sources):
        raise InputError(
            "two files say that they are of the same source.", todo="Encode each with a --source of its own."
        )
    ids, of_source = (np.concatenate([getattr(part, name) for part in parts]) for name in ("record_id", "source"))
    near = [np.concatenate([part.atoms[name] for part in parts]) for name in ("year", "citizenship") if first.atoms]
    order = np.lexsort((ids.astype(str), of_source.astype(str), *near))
    return Encodings(
        first.schema,
        first.key_id,
        of_source[order],
        ids[order],
        {name: _gathered([part.filters[name] for part in parts], order) for name in first.filters},
        {name: _gathered([part.atoms[name] for part in parts], order) for name in first.atoms},
        _gathered([part.tokens for part in parts], order),
        first.january_first,
    )


def _gathered(columns: Sequence[Hashes], order: npt.NDArray[np.int64]) -> Hashes:
    """Put columns, one after the other, into an order, without holding them twice."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    whole = np.empty((len(order), *columns[0].shape[1:]), np.uint64)
    begin = 0
    for column in columns:
        whole[places[begin : begin + len(column)]] = column
        begin += len(column)
    return whole


def _about(path: Path) -> dict[str, str]:
    """Read what a file says of itself."""
    must_be_file(path, todo="Check the path, or encode with: palermo link encode")
    with path.open("rb") as file:
        start = file.read(len(_PARQUET))
    if start and start != _PARQUET:
        raise InputError(
            "this is no Parquet file, which encodings are.", where=path.name, todo="Make some with: palermo link encode"
        )
    with opened_parquet(path, todo=_AGAIN) as file:
        about = {key.decode(): value.decode() for key, value in (file.metadata.metadata or {}).items()}
    if about.get("what") != _MARK:
        raise InputError("these are no encodings.", where=path.name, todo="Make some with: palermo link encode")
    return about


def _read(path: Path, about: dict[str, str]) -> Encodings:
    schema = schema_from(json.loads(about["schema"]), where=path.name)
    columns = _columns(path)
    names = [name.removeprefix("filter_") for name in columns if name.startswith("filter_")]
    if names != (list(FIELDS) if schema.profile == "field" else ["record"]):
        raise InputError(
            "the columns are not those of its schema.", where=path.name, todo="Ask the agency to encode again."
        )
    n = len(columns["record_id"])
    tokens = columns.get("tokens", np.zeros((n, 0), np.uint64))
    if schema.profile == "field" and tokens.shape[1] != len(KINDS):
        raise InputError(
            "the tokens are not those of its schema.", where=path.name, todo="Ask the agency to encode again."
        )
    return Encodings(
        schema=schema,
        key_id=about["key"],
        source=np.full(n, about["source"], dtype=object),
        record_id=columns["record_id"],
        filters={name: columns[f"filter_{name}"] for name in names},
        atoms={name: columns[f"atom_{name}"] for name in _ATOMS if f"atom_{name}" in columns},
        tokens=tokens,
        january_first=np.frombuffer(bytes.fromhex(about["january_first"]), np.uint64).reshape(1, -1),
    )


def _columns(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read a file group by group into arrays, so that it is not held twice."""
    whole: dict[str, npt.NDArray[Any]] = {}
    begin = 0
    with opened_parquet(path, todo=_AGAIN) as file:
        for group in parquet_groups(file):
            for name in (each for each in group.columns if each.startswith(_OURS)):
                values = group[name].to_numpy().astype(object if name == "record_id" else np.uint64, copy=False)
                rows = whole.setdefault(name, np.empty((file.metadata.num_rows, *values.shape[1:]), values.dtype))
                rows[begin : begin + len(values)] = values
            begin += group.height
    return whole


def _array(matrix: npt.NDArray[np.uint64]) -> pl.Series:
    return pl.Series(matrix, dtype=pl.Array(pl.UInt64, matrix.shape[1]))


def _damaged(path: Path) -> InputError:
    return InputError("the file is cut off or damaged.", where=path.name, todo=_AGAIN)
