"""Differentially private records: error, what is lost and what is fabricated, CPU seconds, the sampler alone.

    python benchmarks/synthetic.py BENCH PART [CTDC]

BENCH is the folder with the generator and the evaluator (gen_ctdc_like.py, hostile.py, evaluate.py).
PART is one of: invented, twelve, hostile, ctdc, sampler, drawing, million, audit, peers, counting.
CTDC is the synthetic file of 2021 as CSV; for peers, the folder where they find theirs; for counting, how many rows,
as in 50000,200000, and then duckdb or spark.
Run it with OMP_NUM_THREADS=1 and NUMBA_NUM_THREADS=1.
"""

from __future__ import annotations

import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import country_converter
import numpy as np
import polars as pl
from scipy.optimize import nnls

from palermo.protection.private import Budget, Domain, Request, audit, load_domain, release_privately
from palermo.protection.private.counting import CodedRows, count_all
from palermo.protection.private.drawing import draw
from palermo.protection.private.encoding import encode
from palermo.protection.private.engine_rows import encode_in
from palermo.protection.private.measurement import measure
from palermo.protection.private.mixture import fit
from palermo.protection.private.noise import SAMPLERS, table_noise
from palermo.protection.private.search import search
from palermo.protection.private.support import Support
from palermo.protection.private.synthesis import _aims, _targets, frozen_settings
from palermo.tables import Engine, open_engine

RUNS = 5
NAMES = [f"C{number:02d}" for number in range(96)]
INVENTED = {
    "yearOfRegistration": [str(year) for year in range(2002, 2023)],
    "gender": ["Woman", "Man", "Trans/Transgender/NonConforming"],
    "ageBroad": ["0--8", "9--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+"],
    "citizenship": NAMES,
    "countryOfExploitation": NAMES,
    "traffickMonths": ["0--12", "13--24", "25+"],
    "typeOfLabour": [
        *("Agriculture", "Construction", "Domestic", "Fishing"),
        *("Hospitality", "Manufacturing", "Begging", "Other"),
    ],
}
CTDC = {
    "yearOfRegistration": [str(year) for year in range(2002, 2022)],
    "gender": ["Female", "Male", "Transgender/NonConforming"],
    "ageBroad": ["0--8", "09--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+"],
    "majorityStatusAtExploit": ["Adult", "Minor"],
    "traffickMonths": ["0--12 (0-1 yr)", "13--24 (1-2 yrs)", "25--60 (2-5 yrs)", "61+ (5+ yrs)"],
}


def domain_of(columns: list[str], known: dict[str, list[str]], folder: Path) -> Domain:
    """Write a domain: the lists above, and a tick for every other column."""
    lines = [f"[columns.{name}]\nvalues = {list(known.get(name, ['1']))}\n".replace("'", '"') for name in columns]
    path = folder / "DOMAIN.toml"
    path.write_text("".join(lines), "utf-8")
    return load_domain(path)


def fixed_delta(table: pl.DataFrame) -> float:
    """Give the δ of the comparison, 1/(n ln n), passed explicitly: here n is public, since the file is."""
    return 1 / (table.height * math.log(table.height))


@contextmanager
def counted(seconds: list[float]) -> Iterator[None]:
    """Add the CPU seconds of what happens inside."""
    begun = time.process_time()
    yield
    seconds.append(time.process_time() - begun)


def judge(bench: Path) -> Callable[..., dict[int, dict[str, Any]]]:
    """Take the evaluator from its folder."""
    sys.path.insert(0, str(bench))
    from evaluate import evaluate  # type: ignore[import-not-found]

    judged: Callable[..., dict[int, dict[str, Any]]] = evaluate
    return judged


def score(bench: Path, table: pl.DataFrame, domain: Domain, epsilon: float, mode: str) -> None:
    """Release and judge some times; print each figure's worst."""
    budget = Budget(epsilon, fixed_delta(table))
    seconds: list[float] = []
    found = []
    for run in range(RUNS):
        with counted(seconds):
            released = release_privately(table, domain, Request(budget, mode, seed=run), "benchmark")
        assert released.records is not None
        found.append(judge(bench)(table.to_pandas(), released.records.to_pandas(), 250))

    def worst(length: int, key: str) -> float:
        return max(float(one[length][key]) for one in found)

    errors = " / ".join(f"{worst(length, 'mare_ge100'):.3f}" for length in (1, 2, 3, 4))
    invented = " / ".join(f"{worst(length, 'fabricated_share'):.3f}" for length in (2, 3))
    lost = worst(2, "suppressed_ge_rare")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"| {table.height:,} × {table.width} | ε = {epsilon:g} | {mode} | {errors} | {invented} | {lost:.3f} |"
        f" {max(seconds[1:]):.1f} (first {seconds[0]:.1f}) | {memory:.2f} GB, scoring included |",
        flush=True,
    )
    print(f"  1-way table beside it: {table_error(table, released.tables):.3f}", flush=True)


def table_error(table: pl.DataFrame, tables: pl.DataFrame) -> float:
    """Give the mean relative error of the published 1-way table, on cells of 100 or more."""
    ones = tables.filter(pl.col("field_2").is_null() & pl.col("field_1").is_not_null())
    noisy = {(field, value): count for field, value, count in ones.select("field_1", "value_1", "count").iter_rows()}
    true = [
        ((name, value), n) for name in table.columns for value, n in table[name].value_counts().iter_rows() if value
    ]
    return float(np.mean([abs(noisy[cell] - n) / n for cell, n in true if n >= 100]))


def invented(bench: Path, folder: Path, rows: int = 50_000) -> pl.DataFrame:
    """Have the generator make its table."""
    path = folder / f"invented{rows}.parquet"
    subprocess.run(
        [sys.executable, "-B", "gen_ctdc_like.py", str(rows), str(path), "7"],
        cwd=bench,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return pl.read_parquet(path)


def real(path: Path) -> pl.DataFrame:
    """Read CTDC's file as text."""
    return pl.read_csv(path, infer_schema=False).fill_null("")


def sampler(_: Path, __: Path) -> None:
    """Time both samplers alone, on the noise of one 3-way table."""
    variance = Fraction(900)
    for name, size in (("table", 5_000_000), ("opendp", 100_000)):
        seconds: list[float] = []
        SAMPLERS[name](variance, 10)
        with counted(seconds):
            SAMPLERS[name](variance, size)
        print(f"{name}: {1e6 * seconds[0] / size:.3f} µs a draw, standard deviation 30")


def drawing(bench: Path, folder: Path) -> None:
    """Time drawing without search, with search for pairs, and with full search."""
    table = invented(bench, folder)
    domain = domain_of(table.columns, INVENTED, folder)
    layout = domain.layout
    settings = frozen_settings(layout)
    measured = measure(
        CodedRows(encode(table, domain, "t"), layout), Budget(4, fixed_delta(table)), table_noise, settings.measure
    )
    model = fit(measured, (measured.one, measured.two, measured.three), 1.0, settings.fit, 1)
    targets, _ = _targets(measured, model)
    aims = _aims(targets, Support(np.ones(layout.n_values, dtype=np.bool_), *domain.possible(layout)), 3.0, 1e4)
    for name, pairs, deep in (("no search", 0, 0), ("2-way search", 3, 0), ("full search", 1, 2)):
        for _ in range(2):
            seconds: list[float] = []
            with counted(seconds):
                drawn = draw(model, measured.rows, layout, 1)
                rows = drawn[0].copy()
                if pairs:
                    search(rows, drawn, aims, layout, sweeps=pairs, deep=False, seed=1)
                if deep:
                    search(rows, drawn, aims, layout, sweeps=deep, deep=True, seed=2)
        print(f"{name}: {measured.rows / seconds[0]:,.0f} rows a CPU second")


def million(bench: Path, folder: Path) -> None:
    """Release a million invented rows."""
    table = invented(bench, folder, 1_000_000)
    domain = domain_of(table.columns, INVENTED, folder)
    for mode in ("accurate", "guarded"):
        seconds: list[float] = []
        begun = time.monotonic()
        with counted(seconds):
            release_privately(table, domain, Request(Budget(4, fixed_delta(table)), mode), "t")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        wall = time.monotonic() - begun
        print(f"1,000,000 × 20, {mode}: {seconds[0]:.0f} CPU s, {wall:.0f} s by the clock, {memory:.2f} GB", flush=True)


def attacked(bench: Path, folder: Path) -> None:
    """Audit trial releases of 10,000 invented rows, half of them inside: the table of the method page."""
    table = invented(bench, folder, 10_000)
    domain = domain_of(table.columns, INVENTED, folder)
    codes = encode(table, domain, "t")
    for mode in ("guarded", "accurate"):
        seconds: list[float] = []
        with counted(seconds):
            report = audit(codes, domain, Budget(4, 1e-6), mode, runs=40)
        n_rows = report.parameters["rows"]
        print(f"{mode}, ε = 4, δ = 1e-6, {n_rows:,} rows: passed {report.passed}, {seconds[0]:.0f} CPU s")
        for name, found in (("membership", report.membership), ("differencing", report.differencing)):
            print(
                f"| {name} | {found.non_members:,} | TPR {found.found_at_one_in_thousand:.2%} at 0.1 % FPR,"
                f" {found.found_at_one_percent:.2%} at 1 % | ρ ≥ {found.rho_at_least:.3f} of {found.rho:.3f},"
                f" ε ≥ {found.epsilon_at_least:.2f} |"
            )
        for name, risk in report.risks.items():
            print(
                f"| {name} | {risk.attacks:,} | {risk.inside:.2%} inside, {risk.outside:.2%} outside"
                f" | {risk.excess:+.2%}, at least {risk.excess_at_least:+.2%} |",
                flush=True,
            )


def counting(bench: Path, folder: Path) -> None:
    """Measure in DuckDB, or on a Spark cluster of two workers with one core each, and fit the cost of a row.

    Beside all 20 columns, their first 12 and first 6 are measured, so that pairs and triples can be told apart.
    """
    table = invented(bench, folder, max(rows := [int(number) for number in sys.argv[3].split(",")]))
    costs = []
    kind = sys.argv[4]
    with open_engine(kind, memory="2GB", master="local-cluster[2,1,2048]") as engine:  # type: ignore[arg-type]
        counting_cost(engine, table[: min(rows)], folder)  # until all that is compiled is compiled
        for width in (20, 12, 6):
            for n_rows in rows:
                costs.append(counting_cost(engine, table[:n_rows, :width], folder))
    shape = np.array([[1, n_rows, n_rows * pairs, n_rows * triples] for n_rows, pairs, triples, _ in costs])
    spent = np.array([cost for *_, cost in costs])
    found, _ = nnls(shape / spent[:, None], np.ones(len(spent)))
    a, b, c = 1e6 * found[1:]
    print(f"{kind}: {found[0]:.2f} s to start; {a:.4f} µs a row, {b:.4f} a pair, {c:.4f} a triple")
    off = np.abs(shape @ found / spent - 1).max()
    print(f"the worst of {len(spent)} runs is {off:.0%} off", flush=True)


def counting_cost(engine: Engine, table: pl.DataFrame, folder: Path) -> tuple[int, float, float, float]:
    """Measure in an engine; give the rows, the pairs and triples of one, and the CPU seconds but for the noise."""
    domain = domain_of(table.columns, INVENTED, folder)
    codes = encode(table, domain, "t")
    m = (codes >= 0).sum(axis=1)
    pairs, triples = float((m * (m - 1) // 2).mean()), float((m * (m - 1) * (m - 2) // 6).mean())
    path = folder / f"{table.height}x{table.width}.parquet"
    table.write_parquet(path, row_group_size=20_000)
    if engine.kind == "spark":  # two tasks for each worker; a task of its own otherwise reads 128 MB
        engine.backend.raw_sql(f"SET spark.sql.files.maxPartitionBytes={path.stat().st_size // 4}")
    noise: list[float] = []

    def timed_noise(variance: Fraction, size: int) -> Any:
        with counted(noise):
            return table_noise(variance, size)

    loop: list[float] = []
    with counted(loop):
        count_all(codes, domain.layout)
    with watched() as last:
        clock, before = time.monotonic(), cpu_of_all(last)
        rows = encode_in(engine, engine.read_parquet(path), domain, "t")
        encoded = cpu_of_all(last)
        measure(rows, Budget(4, fixed_delta(table)), timed_noise)
        end = cpu_of_all(last)
    cost = end - before - sum(noise)
    print(
        f"{engine.kind}, {table.height:,} × {table.width}, {pairs:.1f} pairs and {triples:.1f} triples a row:"
        f" {encoded - before:.1f} CPU s to number the values, {cost - encoded + before:.1f} to measure,"
        f" {time.monotonic() - clock:.0f} s by the clock; the loop alone, in memory, {loop[0]:.2f} CPU s",
        flush=True,
    )
    return table.height, pairs, triples, cost


def cpu_of_all(last: dict[int, int]) -> float:
    """Give the CPU seconds of this process and all it has started; ``last`` remembers those that have ended since."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1]), sum(map(int, fields[11:13]))
    own = {os.getpid()}
    for _ in range(5):
        own |= {process for process, (parent, _) in parents.items() if parent in own}
    last |= {process: parents[process][1] for process in own}
    return sum(last.values()) / os.sysconf("SC_CLK_TCK")


@contextmanager
def watched() -> Iterator[dict[int, int]]:
    """Look ten times a second at what all processes have spent, since those of a cluster come and go."""
    last: dict[int, int] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.1):
            cpu_of_all(last)

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield last
    finally:
        ended.set()
        watch.join()


def for_peers(bench: Path, folder: Path) -> None:
    """Write records, those they are made from and as many others, for the attacks of another program."""
    table = invented(bench, folder, 10_000)
    domain = domain_of(table.columns, INVENTED, folder)
    for mode in ("guarded", "accurate"):
        made = release_privately(table.head(5000), domain, Request(Budget(4, 1e-6), mode), "t").records
        for name, frame in (
            (f"{mode}-made", made),
            (f"{mode}-inside", table.head(5000)),
            ("outside", table.tail(5000)),
        ):
            assert frame is not None
            frame.write_parquet(Path(sys.argv[3]) / f"{name}.parquet")


def main() -> None:
    """Run one part."""
    bench, part = Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = {"sampler": sampler, "drawing": drawing, "million": million, "audit": attacked}
        alone |= {"peers": for_peers, "counting": counting}
        if part in alone:
            alone[part](bench, folder)
            return
        known = INVENTED
        if part == "ctdc":
            table = real(Path(sys.argv[3]))
            codes = country_converter.CountryConverter().data["ISO3"].dropna().tolist()
            countries = sorted({code for code in codes if len(code) == 3})
            known = CTDC | {"citizenship": countries, "CountryOfExploitation": countries}
        elif part == "hostile":
            path = folder / "hostile.parquet"
            subprocess.run(
                [sys.executable, "-B", "hostile.py", str(path)], cwd=bench, check=True, stdout=subprocess.DEVNULL
            )
            table = pl.read_parquet(path)
        else:
            table = invented(bench, folder)
        domain = domain_of(table.columns, known, folder)
        for mode in ("accurate", "guarded"):
            score(bench, table, domain, 12 if part == "twelve" else 4, mode)


if __name__ == "__main__":
    main()
