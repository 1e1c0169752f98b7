"""The standard as a JSON Schema (draft 2020-12): one document, in which records stand by type and links beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from palermo.standard.profile import Field, Standard
from palermo.standard.schemas.shape import TableShape, table_shapes
from palermo.tables import text_of

__all__ = ["json_schema"]

_COUNT = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^<[1-9][0-9]*$"}]}
"""A whole number, or what a source writes instead of a small one: ``<5`` is the interval 1 to 4."""


def json_schema(standard: Standard) -> Mapping[str, str]:
    """Write the schema of a document with all that the standard can say."""
    shapes = table_shapes(standard)
    lists = dict.fromkeys(field.list for shape in shapes for field in shape.fields if field.is_coded)
    document: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": standard.name,
        "description": f"Version {standard.version}. Null is an empty cell: nothing was said, and not why.",
        "type": "object",
        "additionalProperties": False,
        "properties": {shape.name: {"type": "array", "items": {"$ref": f"#/$defs/{shape.name}"}} for shape in shapes},
        "$defs": {shape.name: _table(shape) for shape in shapes}
        | {f"list-{name}": {"enum": _codes(standard, name)} for name in lists},
    }
    return {"palermo.schema.json": text_of(document)}


def _table(shape: TableShape) -> dict[str, Any]:
    return {
        "title": shape.label,
        "description": shape.definition,
        "type": "object",
        "additionalProperties": False,
        "required": sorted({*shape.key, *(pointer.field.field for pointer in shape.pointers)}),
        "properties": {field.field: _field(field, field.field in shape.key) for field in shape.fields},
    }


def _field(field: Field, is_key: bool) -> dict[str, Any]:
    value = {"type": "string", "minLength": 1} if is_key else {"anyOf": [_value(field), {"type": "null"}]}
    said = {"title": field.label, "description": field.definition, "x-certainty": field.certainty}
    more = {"x-of": field.of} if field.of else {}
    return said | more | {"x-source": field.source} | value


def _value(field: Field) -> dict[str, Any]:
    one = {"$ref": f"#/$defs/list-{field.list}"}
    forms: dict[str, dict[str, Any]] = {
        "code": one,
        "codes": {"type": "array", "uniqueItems": True, "minItems": 1, "items": one},
        "year": {"type": "integer"},
        "date": {"type": "string", "format": "date"},
        "integer": {"type": "integer", "minimum": 0},
        "count": _COUNT,
        "decimal": {"type": "number"},
        "text": {"type": "string"},
    }
    return forms[field.type]


def _codes(standard: Standard, name: str) -> list[str]:
    return [*standard.codes(name).codes, *standard.codes("nothing").codes]
