"""A private release of one table: look once, write records, tables and what they cost, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from palermo.errors import UsageError
from palermo.protection import private
from palermo.tables import ENGINES, EngineKind, atomic_file, must_be_file, open_engine, sha256_of, text_of

__all__ = ["Wanted", "must_fit", "release_table"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of the command."""

    table: Path
    domain: Path
    epsilon: float
    delta: float | None
    out: Path
    mode: str = "guarded"
    person_id: str | None = None
    max_rows: int = 1
    sampler: str = "table"
    seed: int = 0
    engine: str = ""
    """Which engine holds and counts the rows; without one they are read into memory."""


def release_table(wanted: Wanted) -> dict[str, Any]:
    """Make the release and say what was made.

    Raises
    ------
    PalermoError
        The words, the domain or the table must be mended; then nothing was measured and nothing is spent.
    """
    must_be_file(wanted.table, todo="Name a Parquet file.")
    domain = private.load_domain(wanted.domain)
    _check(wanted)
    delta = private.public_delta(domain.population) if wanted.delta is None else wanted.delta
    budget = private.Budget(wanted.epsilon, delta, wanted.max_rows)
    request = private.Request(budget, wanted.mode, wanted.person_id, wanted.sampler, wanted.seed)
    return _write(_made(wanted, domain, request), wanted)


def must_fit(wanted: Wanted) -> None:
    """Refuse words, a domain or a table that must be mended, before anything is spent on them.

    Raises
    ------
    PalermoError
        As `release_table` would.
    """
    must_be_file(wanted.table, todo="Name a Parquet file.")
    _check(wanted)
    domain, table, where = private.load_domain(wanted.domain), private.read_table(wanted.table), wanted.table.name
    private.encode(private.without_person(table, wanted.person_id, where), domain, where)


def _made(wanted: Wanted, domain: private.Domain, request: private.Request) -> private.PrivateRelease:
    if not wanted.engine:
        return private.release_privately(private.read_table(wanted.table), domain, request, wanted.table.name)
    private.must_be_parquet(wanted.table)
    with open_engine(cast(EngineKind, wanted.engine)) as engine:
        table = engine.read_parquet(wanted.table)
        return private.release_from_engine(table, engine, domain, request, wanted.table.name)


def _check(wanted: Wanted) -> None:
    if wanted.engine and wanted.table.suffix.lower() != ".parquet":
        raise UsageError("an engine reads Parquet.", where="--engine", todo="Write the table as Parquet.")
    for word, choices in (
        (wanted.mode, (*private.MODES, "tables")),
        (wanted.sampler, tuple(private.SAMPLERS)),
        (wanted.engine, ("", *ENGINES)),
    ):
        if word not in choices:
            raise UsageError(f"{word!r} is no choice.", todo=f"Choose one of: {', '.join(filter(None, choices))}.")
    if wanted.max_rows != 1 and wanted.person_id is None:
        raise UsageError(
            "nothing says which rows are one person's.", where="--max-rows", todo="Name the column with --person-id."
        )
    if wanted.out.suffix != ".parquet" or wanted.out.is_dir():
        raise UsageError("the answer is a Parquet file.", where="--out", todo="Give it a name that ends in .parquet.")
    kept = {path.resolve() for path in (wanted.table, wanted.domain)}
    if kept & {path.resolve() for path in _files(wanted.out)}:
        raise UsageError("the answer would replace what it is made from.", where="--out", todo="Name another file.")


def _files(out: Path) -> tuple[Path, Path, Path]:
    return out, out.with_suffix(".tables.parquet"), out.with_suffix(".about.json")


def _write(made: private.PrivateRelease, wanted: Wanted) -> dict[str, Any]:
    out, beside, about = _files(wanted.out)
    files = {out: made.tables} if made.records is None else {beside: made.tables, out: made.records}
    for path, frame in files.items():
        with atomic_file(path) as unfinished:
            frame.write_parquet(unfinished)
    answer = dict(made.about) | {"files": {path.name: sha256_of(path) for path in sorted(files)}}
    with atomic_file(about) as unfinished:
        unfinished.write_text(text_of(answer), encoding="utf-8")
    return answer | {"about": about.name}
