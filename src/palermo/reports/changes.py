"""What is different from the release before, cell by cell."""

from __future__ import annotations

from palermo.reports.cells import Cell, Counts, in_order, shown
from palermo.reports.context import Context
from palermo.reports.description import Change, Row, TableView, Value
from palermo.tables import TOTAL, Release

__all__ = ["compare"]

HIDDEN_NOW = Value("was shown", "words")
"""A number that is withheld now is not printed again."""

NOT_LISTED = Value("not listed", "nothing")


def compare(release: Release, previous: Release, context: Context) -> tuple[Change, ...]:
    """Compare the tables that both releases have under one name with the same dimensions."""
    before = {table.name: table for table in previous.tables}
    return tuple(
        _compare(Counts(table), Counts(before[table.name]), context)
        for table in release.tables
        if table.name in before and before[table.name].fields == table.fields
    )


def _compare(now: Counts, before: Counts, context: Context) -> Change:
    kinds = dict.fromkeys(("same", "changed", "new", "gone", "newly withheld", "newly shown"), 0)
    rows: list[Row] = []
    for key in _keys(now, before, context):
        old, new = before.cells.get(key), now.cells.get(key)
        kind = _kind(old, new)
        kinds[kind] += 1
        if kind != "same":
            values = (HIDDEN_NOW if kind == "newly withheld" else _value(old), _value(new), Value(kind, "words"))
            rows.append(Row(_head(now, key, context), values))
    return Change(
        title=now.table.title,
        n_same=kinds["same"],
        n_changed=kinds["changed"],
        n_new=kinds["new"],
        n_gone=kinds["gone"],
        n_newly_withheld=kinds["newly withheld"],
        n_newly_shown=kinds["newly shown"],
        lines=TableView(
            name=f"changes-{now.table.name}",
            caption=f"What changed in: {now.table.title}",
            head="Cell",
            columns=("Before", "Now", "Change"),
            rows=tuple(rows),
        ),
    )


def _keys(now: Counts, before: Counts, context: Context) -> list[tuple[str, ...]]:
    keys = {**before.cells, **now.cells}
    places = []
    for nth, field in enumerate(now.fields):
        ordered = in_order(field, {key[nth] for key in keys}, context.labels)
        places.append({code: place for place, code in enumerate(ordered)})
    return sorted(keys, key=lambda key: [place[code] for place, code in zip(places, key, strict=True)])


def _kind(old: Cell | None, new: Cell | None) -> str:
    if old is None or new is None:
        return "gone" if new is None else "new"
    if old.is_withheld != new.is_withheld:
        return "newly withheld" if new.is_withheld else "newly shown"
    return "same" if old == new else "changed"


def _value(cell: Cell | None) -> Value:
    return NOT_LISTED if cell is None else shown(cell)


def _head(counts: Counts, key: tuple[str, ...], context: Context) -> str:
    named = [context.label(field, code) for field, code in zip(counts.fields, key, strict=True) if code != TOTAL]
    return ", ".join(named) or context.label(counts.fields[0] if counts.fields else "", TOTAL)
