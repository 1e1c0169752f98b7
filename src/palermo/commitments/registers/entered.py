"""What had been entered by a day, together with everything that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from palermo.commitments.records import Loaded
from palermo.commitments.registers.register import Register

__all__ = ["entered"]


def entered(registers: Mapping[str, Register], loaded: Mapping[str, Loaded], day: date) -> dict[str, pl.DataFrame]:
    """Give the records that were entered by a day, less those that wait for a record which was entered later.

    A grant of Monday whose project was entered on Tuesday is known from Tuesday on; so is what names that grant, and
    what corrects it.
    """
    tables = {
        name: loaded[name].frame if name in loaded else pl.DataFrame(schema=register.kind.schema())
        for name, register in registers.items()
    }
    by_then = {name: table.filter(pl.col("recorded_on") <= day) for name, table in tables.items()}
    later = {name: set(tables[name]["id"]) - set(table["id"]) for name, table in by_then.items()}
    found = any(later.values())
    while found:
        waiting = {name: set(_waiting(registers[name], table, later)) for name, table in by_then.items()}
        by_then = {name: table.filter(~pl.col("id").is_in(waiting[name])) for name, table in by_then.items()}
        later = {name: ids | waiting[name] for name, ids in later.items()}
        found = any(waiting.values())
    return by_then


def _waiting(register: Register, table: pl.DataFrame, later: Mapping[str, set[str]]) -> Iterator[str]:
    links = [field for field in register.fields if any(later[name] for name in field.into)]
    if not links and not later[register.name]:
        return
    for record in table.iter_rows(named=True):
        named = {
            value for field in links for name in field.into for value in field.values(record) if value in later[name]
        }
        if named or record["corrects"] in later[register.name]:
            yield record["id"]
