"""The standard as tables: which fields stand in which, and which table points to which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palermo.standard.profile import Field, Standard

__all__ = ["Pointer", "TableShape", "table_shapes"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A field that holds the key of another table."""

    field: Field
    table: str


@dataclass(frozen=True, slots=True)
class TableShape:
    """A record type or a many-to-many link, as a table."""

    name: str
    label: str
    definition: str
    key: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    fields: tuple[Field, ...]
    """All fields in order, the pointers among them."""


def table_shapes(standard: Standard) -> tuple[TableShape, ...]:
    """Lay the standard out as tables: record types first, then links."""
    return (*_of_records(standard), *_of_links(standard))


def _of_records(standard: Standard) -> Iterator[TableShape]:
    for record in standard.record_types.values():
        own = [field for field in standard.fields.values() if field.unit == record.record]
        key = [field for field in own if field.field == record.key]
        pointers = tuple(
            _pointer(standard, link.one)
            for link in standard.links.values()
            if link.kind == "one-to-many" and link.other == record.record
        )
        beside = [standard.fields[name] for name in record.beside]
        rest = [field for field in own if field not in key]
        fields = (*key, *(pointer.field for pointer in pointers), *beside, *rest)
        yield TableShape(
            record.record, record.label, record.definition, tuple(field.field for field in key), pointers, fields
        )


def _of_links(standard: Standard) -> Iterator[TableShape]:
    for link in standard.links.values():
        if link.kind == "many-to-many":
            ends = (_pointer(standard, link.one), _pointer(standard, link.other))
            own = [field for field in standard.fields.values() if field.unit == link.link]
            fields = (*(end.field for end in ends), *own)
            key = tuple(end.field.field for end in ends)
            yield TableShape(link.link, link.label, link.definition, key, ends, fields)


def _pointer(standard: Standard, record: str) -> Pointer:
    return Pointer(standard.fields[standard.record_types[record].key], record)
