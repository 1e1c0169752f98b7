"""Measure what protection costs on the real publication: ``python -m tests.privacy.measure``."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from palermo.errors import ReleaseRefused
from palermo.protection import release
from palermo.protection.cells import collect_cells
from palermo.protection.together import exposed_together
from tests.privacy.test_releases import counted, grown
from tests.protection.cubes import ctdc_tables, read_ctdc


def alone() -> None:
    """Publish once."""
    began = process_time()
    safe = release(tables)
    print(safe.audit, f"{process_time() - began:.1f} CPU s")
    contributors = collect_cells("records", tables).contributors
    small = int(((contributors > 0) & (contributors < safe.policy.threshold)).sum())
    print(f"{small} small, {safe.audit.n_withheld - small} withheld to hide these")
    for table in safe.tables:
        shown = table.cells.filter(cell_status="published")
        print(f"{table.name}: {table.n_withheld} of {table.cells.height} withheld, {shown.height} published")


def after_another() -> None:
    """Publish nine records in ten, and later all: first without a thought of the earlier release, then with one."""
    first, careless = release(ctdc_tables(cases.sample(fraction=0.9, seed=1))), release(tables)
    began = process_time()
    n_exposed = sum(1 for _ in exposed_together([first.tables, careless.tables], [10, 10]))
    print(f"{n_exposed} exposed by two releases, {process_time() - began:.1f} CPU s", flush=True)
    began = process_time()
    try:
        said = str(release(tables, before=[first]).audit)
    except ReleaseRefused as refused:
        said = str(refused)
    print(f"with the earlier release in mind: {said}, {process_time() - began:.1f} CPU s")


def small_files() -> None:
    """Publish a hundred small files, and each again when it has grown."""
    refused = 0
    for before, now in map(grown, range(100)):
        first = release(counted(("place sex year",), before))
        try:
            release(counted(("place sex year",), now), before=[first])
        except ReleaseRefused:
            refused += 1
    print(f"{refused} of 100 small files that grew are refused")


if __name__ == "__main__":
    cases = read_ctdc(Path(__file__).parents[3] / "shared")
    tables = ctdc_tables(cases)
    alone()
    after_another()
    small_files()
