"""The engines behind the tables: DuckDB in the process, or Apache Spark for data that outgrow one machine.

Both speak Ibis, so a step is written once. `Engine.collect` is the one named exit from an engine into memory. An
engine's library is loaded when one is opened, so that a command without one does not wait for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from palermo.errors import ProjectError, UsageError
from palermo.tables.atomic import atomic_file, unfinished_name
from palermo.tables.tabulation import TOTAL

if TYPE_CHECKING:
    from ibis.backends.sql import SQLBackend
    from ibis.expr.types import Table

__all__ = ["ENGINES", "Engine", "EngineKind", "open_engine"]

EngineKind = Literal["duckdb", "spark"]
Integers = npt.NDArray[np.int64]

_BLOCK = 100_000
"""Rows that are counted at once: enough that adding up counts takes less than counting."""


class _Connect(Protocol):
    def __call__(self, scratch: Path, memory: str, master: str) -> SQLBackend: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """A connection to an engine, with a scratch folder of its own."""

    backend: SQLBackend
    scratch: Path
    """A private folder that goes when the engine is closed."""

    def read_parquet(self, path: Path) -> Table:
        """Open a Parquet file without reading it."""
        return cast("Table", self.backend.read_parquet(str(path)))

    def from_frame(self, frame: pl.DataFrame) -> Table:
        """Hand a small frame to the engine."""
        path = self.scratch / f"frame-{len(list(self.scratch.iterdir())):05}.parquet"
        frame.write_parquet(path)
        return self.read_parquet(path)

    def collect(self, table: Table) -> pl.DataFrame:
        """Bring a table into memory: the named exit, for what is known to be small."""
        return cast(pl.DataFrame, table.to_polars())

    def write_parquet(self, table: Table, path: Path) -> None:
        """Write a table to one Parquet file, whole or not at all."""
        with atomic_file(path) as unfinished:
            _WRITERS[self.kind](self.backend, table, unfinished)

    def keep(self, table: Table, name: str) -> Table:
        """Compute a table once and keep it in the scratch folder, which all workers of a cluster must reach."""
        path = self.scratch / f"{name}.parquet"
        _KEEPERS[self.kind](self.backend, table, path)
        return self.read_parquet(path)

    def add_up(self, table: Table, count: Callable[[pl.DataFrame], Integers], size: int) -> Integers:
        """Count a table block by block where the engine has it, and add the counts up: they alone come out.

        On a cluster palermo must be installed where the workers are.

        Parameters
        ----------
        count
            Gives the same ``size`` counts of any block of rows.
        """
        return _ADDERS[self.kind](self.backend, table, count, size)

    def cube(
        self, table: Table, dimensions: Sequence[str], measures: Mapping[str, str], *, always: Sequence[str] = ()
    ) -> Table:
        """Count a table by every subset of its dimensions in one pass.

        One ``GROUPING SETS`` text is carried to either engine by sqlglot. The dimensions must be text without nulls;
        a margin has the code `TOTAL`.

        Parameters
        ----------
        measures
            The name of each measure and the SQL that computes it, such as ``{"count": "COUNT(*)"}``.
        always
            Dimensions that are grouped by in every set, since the table itself holds their margin.
        """
        import ibis
        import sqlglot

        names = [*always, *dimensions]
        kept = [_quote(name) for name in always]
        sets = ", ".join(
            f"({', '.join([*kept, *subset])})" for subset in _subsets([_quote(name) for name in dimensions])
        )
        columns = [*kept, *(f"COALESCE({_quote(name)}, '{TOTAL}') AS {_quote(name)}" for name in dimensions)]
        columns += [f"CAST({sql} AS BIGINT) AS {_quote(name)}" for name, sql in measures.items()]
        text = f"SELECT {', '.join(columns)} FROM counted" + (f" GROUP BY GROUPING SETS ({sets})" if names else "")
        query = sqlglot.parse_one(text, dialect="duckdb").sql(self.backend.dialect)
        schema = ibis.schema(dict.fromkeys(names, "string") | dict.fromkeys(measures, "int64"))
        return cast(
            "Table", self.backend.sql(f"WITH counted AS ({self.backend.compile(table)}) {query}", schema=schema)
        )

    @property
    def kind(self) -> EngineKind:
        """Which engine this is."""
        return "spark" if self.backend.name == "pyspark" else "duckdb"


@contextmanager
def open_engine(
    kind: EngineKind = "duckdb", *, memory: str = "4GB", near: Path | None = None, master: str = "local[*]"
) -> Iterator[Engine]:
    """Start an engine and close it again, with everything it put aside.

    Parameters
    ----------
    memory
        How much it may take before it spills to disk.
    near
        A private folder in which the scratch folder is made; the system's own otherwise.
    master
        Which cluster Spark works on, as in ``local-cluster[2,1,1024]``; DuckDB has none.
    """
    if kind not in ENGINES:
        raise UsageError(f"there is no engine {kind!r}.", todo=f"Take one of: {', '.join(ENGINES)}.")
    with TemporaryDirectory(prefix=f"{unfinished_name()}-", dir=near, ignore_cleanup_errors=True) as folder:
        backend = ENGINES[kind](Path(folder), memory, master)
        try:
            yield Engine(backend, Path(folder))
        finally:
            backend.disconnect()


def _connect_duckdb(scratch: Path, memory: str, master: str) -> SQLBackend:
    import duckdb
    import ibis

    backend = ibis.duckdb.connect(
        memory_limit=memory,
        temp_directory=str(scratch / "spill"),
        preserve_insertion_order=False,
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    # In a notebook DuckDB refuses to touch its progress bar unless ipywidgets is there; then it draws none either.
    with suppress(duckdb.InvalidInputException):
        backend.raw_sql("SET enable_progress_bar = false")
    return backend


def _connect_spark(scratch: Path, memory: str, master: str) -> SQLBackend:
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise ProjectError("the engine Spark is not installed.", todo="Install palermo[spark].") from missing
    session = (
        SparkSession.builder.appName("palermo")
        .master(master)
        .config("spark.driver.memory", memory.lower().removesuffix("b"))
        .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", _BLOCK)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    if master.startswith("local"):
        session.sparkContext.pythonExec = sys.executable  # workers on this machine have what the driver has
    return ibis.pyspark.connect(session)


ENGINES: dict[str, _Connect] = {"duckdb": _connect_duckdb, "spark": _connect_spark}


def _add_up_with_duckdb(
    backend: SQLBackend, table: Table, count: Callable[[pl.DataFrame], Integers], size: int
) -> Integers:
    total = np.zeros(size, dtype=np.int64)
    for batch in backend.con.sql(backend.compile(table)).to_arrow_reader(_BLOCK):
        total += count(cast(pl.DataFrame, pl.from_arrow(batch)))
    return total


def _add_up_with_spark(
    backend: SQLBackend, table: Table, count: Callable[[pl.DataFrame], Integers], size: int
) -> Integers:
    """Count in the workers, each task its blocks; what is exchanged is one number for each count that is not zero."""

    def count_task(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        own = np.zeros(size, dtype=np.int64)
        for batch in batches:
            own += count(cast(pl.DataFrame, pl.from_arrow(batch)))
        places = np.flatnonzero(own)
        yield pa.RecordBatch.from_arrays([pa.array(places), pa.array(own[places])], names=["place", "n"])

    tasks = _as_spark(backend, table).mapInArrow(count_task, "place long, n long")
    found = tasks.groupBy("place").sum("n").toArrow()
    total = np.zeros(size, dtype=np.int64)
    total[found.column(0).to_numpy()] = found.column(1).to_numpy()
    return total


_ADDERS: dict[str, Callable[..., Integers]] = {"duckdb": _add_up_with_duckdb, "spark": _add_up_with_spark}


def _as_spark(backend: SQLBackend, table: Table) -> Any:
    return backend.raw_sql(backend.compile(table))


def _write_with_duckdb(_: SQLBackend, table: Table, path: Path) -> None:
    table.to_parquet(str(path), compression="zstd")


def _write_with_spark(_: SQLBackend, table: Table, path: Path) -> None:
    import pyarrow.parquet as pq

    batches = table.to_pyarrow_batches()
    with pq.ParquetWriter(path, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


_WRITERS: dict[str, Any] = {"duckdb": _write_with_duckdb, "spark": _write_with_spark}


def _keep_with_spark(backend: SQLBackend, table: Table, path: Path) -> None:
    """Have each task write its own part: no row passes through the driver."""
    _as_spark(backend, table).write.parquet(str(path), mode="overwrite")


_KEEPERS: dict[str, Any] = {"duckdb": _write_with_duckdb, "spark": _keep_with_spark}


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _subsets(names: Sequence[str]) -> list[list[str]]:
    return [[name for bit, name in enumerate(names) if mask >> bit & 1] for mask in range(1 << len(names))]
