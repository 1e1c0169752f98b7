"""From a released table to the table a reader sees: one or two dimensions crossed, more listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from palermo.reports.cells import REPORTERS, Counts, in_order, shown
from palermo.reports.context import REGIONAL, Context
from palermo.reports.description import Row, TableView, Value
from palermo.reports.numbers import lower_first, plural, upper_first
from palermo.tables import NOTHING, TOTAL, ReleasedTable

__all__ = ["along", "crossing", "table_view"]

Key = tuple[str, ...]

ACROSS = ("year", "status", "age_group", "sex", "gender", "record_of_person")
"""Dimensions that make good columns, best first."""

EVERY_STATUS = (
    "A total over statuses counts rows of every status; it is no number of victims, and presumed and identified are"
    " decisions of different kinds."
)


NOT_REPORTED = "A dash stands where nothing was reported; that is no zero."

COMMON = ("area", "sex", "gender", "age_group", "form_of_exploitation", "status")
"""Dimensions whose labels are common words, small within a row's name."""

MOST_COLUMNS = 40
LEAST_FILLED = 4
"""A crossing is refused when fewer than one in this many of its cells would be filled."""


def table_view(table: ReleasedTable, context: Context) -> TableView:
    """Show a whole table."""
    counts = Counts(table)
    across = _columns(counts)
    return _listed(counts, context) if across is None else _crossed(counts, across, context)


def along(counts: Counts, field: str, codes: Iterable[str], context: Context) -> TableView:
    """Show one dimension, the others at their totals: the table behind a figure."""
    rows = [
        Row(context.label(field, code), (shown(counts.cell(**{field: code})),), is_total=code == TOTAL)
        for code in (*codes, TOTAL)
    ]
    return TableView(
        name=counts.table.name,
        caption=counts.table.title,
        head=context.head(field),
        columns=(upper_first(plural(counts.table.unit)),),
        rows=tuple(rows),
        notes=_notes(counts),
        files=(counts.table.name,),
    )


def crossing(
    counts: Counts, down: str, across: str, context: Context, *, at: Mapping[str, str] | None = None
) -> TableView:
    """Show two dimensions crossed, the others at their totals or where told: the table behind a figure of both."""
    fixed = dict(at or {})
    columns = in_order(across, {*counts.codes(across, within=down), TOTAL}, context.labels)
    heads = in_order(down, {*counts.codes(down, within=across), TOTAL}, context.labels)
    heads = tuple(head for head in heads if any(counts.cell(**{**fixed, down: head, across: c}) for c in columns))
    rows = tuple(
        Row(
            context.label(down, head),
            tuple(shown(counts.cell(**{**fixed, down: head, across: code})) for code in columns),
            is_total=head == TOTAL,
        )
        for head in heads
    )
    return TableView(
        name=counts.table.name,
        caption=counts.table.title,
        head=context.head(down),
        columns=tuple(context.label(across, code) for code in columns),
        rows=rows,
        notes=(*(f"{context.label(*pair)} only." for pair in fixed.items()), *_notes(counts, fixed)),
        files=(counts.table.name,),
    )


def _notes(counts: Counts, at: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Say what the table itself says, and what must be said of its dimensions."""
    notes = list(counts.table.notes)
    if counts.is_reported and counts.table.kind == "statistics":
        notes.append(NOT_REPORTED)
    if "status" in counts.fields:
        notes.append(EVERY_STATUS)
    if "area" in counts.fields and not at and "not-applicable" in counts.codes("area"):
        notes.append(REGIONAL)
    return tuple(notes)


def _columns(counts: Counts) -> str | None:
    """Choose the dimension to set across the page, if crossing leaves few cells bare."""
    if len(counts.fields) < 2:
        return None
    for field in (field for field in ACROSS if field in counts.fields):
        place = counts.fields.index(field)
        across = {key[place] for key in counts.cells}
        down = {key[:place] + key[place + 1 :] for key in counts.cells}
        if len(across) <= MOST_COLUMNS and len(counts.cells) * LEAST_FILLED >= len(across) * len(down):
            return field
    return None


def _sorted(keys: Iterable[Key], fields: Sequence[str], context: Context) -> list[Key]:
    """Sort keys dimension by dimension, totals first."""
    found = list(keys)
    places = []
    for nth, field in enumerate(fields):
        ordered = in_order(field, {key[nth] for key in found}, context.labels)
        places.append({code: place for place, code in enumerate(ordered)})
    return sorted(found, key=lambda key: [place[code] for place, code in zip(places, key, strict=True)])


def _head(fields: Sequence[str], key: Sequence[str], context: Context) -> str:
    """Name a row: its codes without the totals, or Total; with several fields, say which one is not recorded."""
    named: list[str] = []
    for field, code in zip(fields, key, strict=True):
        label = context.label(field, code)
        if code in NOTHING and field not in REPORTERS and len(fields) > 1:
            label = context.nothing(field, code)
        if code != TOTAL:
            named.append(lower_first(label) if named and field in COMMON else label)
    return ", ".join(named) or context.label(fields[0] if fields else "", TOTAL)


def _crossed(counts: Counts, across: str, context: Context) -> TableView:
    place = counts.fields.index(across)
    down = tuple(field for field in counts.fields if field != across)
    columns = in_order(across, {key[place] for key in counts.cells}, context.labels)
    keys = _sorted({key[:place] + key[place + 1 :] for key in counts.cells}, down, context)
    rows = tuple(
        Row(
            _head(down, key, context),
            tuple(shown(counts.at((*key[:place], code, *key[place:]))) for code in columns),
            is_total=all(code == TOTAL for code in key),
        )
        for key in keys
    )
    return TableView(
        name=counts.table.name,
        caption=counts.table.title,
        head=upper_first(", ".join(context.field(field) for field in down)),
        columns=tuple(context.label(across, code) for code in columns),
        rows=rows,
        notes=_notes(counts),
        files=(counts.table.name,),
    )


def _listed(counts: Counts, context: Context) -> TableView:
    """List the keys; the first dimension heads the row, the others are words beside it.

    The total comes first, and the margins of the first dimension last.
    """
    fields = counts.fields
    keys = _sorted(counts.cells, fields, context)
    keys.sort(key=lambda key: key[:1] == (TOTAL,) and any(code != TOTAL for code in key))
    keys.sort(key=lambda key: any(code != TOTAL for code in key))
    rows = tuple(
        Row(
            context.label(fields[0], key[0]) if fields else context.label("", TOTAL),
            (
                *(Value(context.label(field, code), "words") for field, code in zip(fields[1:], key[1:], strict=True)),
                shown(counts.at(key)),
            ),
            is_total=all(code == TOTAL for code in key),
        )
        for key in keys
    )
    return TableView(
        name=counts.table.name,
        caption=counts.table.title,
        head=context.head(fields[0]) if fields else "",
        columns=(*(context.head(field) for field in fields[1:]), upper_first(plural(counts.table.unit))),
        rows=rows,
        notes=_notes(counts),
        files=(counts.table.name,),
    )
