"""The standard as a Data Package (version 2) with a Table Schema for each table, as Frictionless tools read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from palermo.standard.profile import Field, Standard
from palermo.standard.schemas.shape import TableShape, table_shapes
from palermo.tables import text_of

__all__ = ["SEPARATOR", "table_schema"]

SEPARATOR = ";"
"""What parts several codes in one cell."""
_TYPES = {
    "code": "string",
    "codes": "list",
    "year": "year",
    "date": "date",
    "integer": "integer",
    "count": "string",
    "decimal": "number",
    "text": "string",
}


def table_schema(standard: Standard) -> Mapping[str, str]:
    """Write the package that describes every table as a CSV file."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "palermo-standard",
        "title": standard.name,
        "version": standard.version,
        "resources": [_resource(shape, standard) for shape in table_shapes(standard)],
    }
    return {"datapackage.json": text_of(package)}


def _resource(shape: TableShape, standard: Standard) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(field, shape, standard) for field in shape.fields],
        "missingValues": [""],
    }
    if shape.key:
        schema["primaryKey"] = list(shape.key)
    if shape.pointers:
        schema["foreignKeys"] = [
            {"fields": [at.field.field], "reference": {"resource": at.table, "fields": [at.field.field]}}
            for at in shape.pointers
        ]
    return {
        "name": shape.name,
        "type": "table",
        "title": shape.label,
        "description": shape.definition,
        "path": f"{shape.name}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(field: Field, shape: TableShape, standard: Standard) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": field.field,
        "type": _TYPES[field.type],
        "title": field.label,
        "description": field.definition,
        "certainty": field.certainty,
        "source": field.source,
    }
    if field.is_coded:
        said["codeList"] = field.list
    if field.type == "codes":
        said |= {"delimiter": SEPARATOR, "itemType": "string"}
    if constraints := _constraints(field, shape, standard):
        said["constraints"] = constraints
    return said


def _constraints(field: Field, shape: TableShape, standard: Standard) -> dict[str, Any]:
    needed = field.field in shape.key or field in [pointer.field for pointer in shape.pointers]
    found: dict[str, Any] = {"required": True} if needed else {}
    if field.type == "code":
        found["enum"] = list(standard.allowed(field.field).codes)
    if field.type == "integer":
        found["minimum"] = 0
    if field.type == "count":
        found["pattern"] = "[0-9]+|<[1-9][0-9]*"
    return found
