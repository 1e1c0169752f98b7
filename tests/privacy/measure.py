"""Measure what protection costs on the real publication: ``python -m tests.privacy.measure``."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from palermo.protection import release
from palermo.protection.cells import collect_cells
from tests.protection.cubes import ctdc_tables, read_ctdc

if __name__ == "__main__":
    tables = ctdc_tables(read_ctdc(Path(__file__).parents[3] / "shared"))
    began = process_time()
    safe = release(tables)
    print(safe.audit, f"{process_time() - began:.1f} CPU s")
    contributors = collect_cells("records", tables).contributors
    small = int(((contributors > 0) & (contributors < safe.policy.threshold)).sum())
    print(f"{small} small, {safe.audit.n_withheld - small} withheld to hide these")
    for table in safe.tables:
        shown = table.cells.filter(cell_status="published")
        print(f"{table.name}: {table.n_withheld} of {table.cells.height} withheld, {shown.height} published")
