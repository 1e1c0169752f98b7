"""The standard as SQL: a table for each list of codes, record type and link, in words that every database knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from palermo.standard.languages import language_name
from palermo.standard.profile import Code, Field, Standard
from palermo.standard.schemas.shape import TableShape, table_shapes

__all__ = ["ddl"]

_TYPES = {
    "year": "INTEGER",
    "date": "DATE",
    "integer": "INTEGER",
    "decimal": "DOUBLE PRECISION",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "codes": "VARCHAR",
}


def ddl(standard: Standard) -> Mapping[str, str]:
    """Write the statements that make the tables, lists first, so that they can be run from top to bottom."""
    shapes = table_shapes(standard)
    lists = dict.fromkeys(field.list for shape in shapes for field in shape.fields if field.is_coded)
    head = f"-- {standard.name}, version {standard.version}. Generated: palermo standard schema sql\n"
    parts = [head, *(_list(standard, name) for name in lists)]
    parts += [statement for shape in shapes for statement in _tables(shape)]
    return {"palermo.sql": "\n".join(parts)}


def _list(standard: Standard, name: str) -> str:
    codes = [*standard.codes(name), *standard.codes("nothing")]
    rows = ",\n  ".join(f"({', '.join(map(_text, _row(standard, name, code)))})" for code in codes)
    columns = "code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR"
    return f'CREATE TABLE "code_{name}" ({columns});\nINSERT INTO "code_{name}" VALUES\n  {rows};\n'


def _row(standard: Standard, name: str, code: Code) -> tuple[str, ...]:
    label = code.label or standard.label("citizenship", code.code)
    if name == "language" and code.code in standard.languages:
        label = language_name("en", code.code)
    return code.code, label, code.definition, code.certainty, code.source


def _text(said: str) -> str:
    return "'" + said.replace("'", "''") + "'"


def _tables(shape: TableShape) -> Iterator[str]:
    """Write a table, and one beside it for each field that can hold several codes; a figure is about one of each."""
    several = [field for field in shape.fields if field.type == "codes" and shape.key]
    lines = [line for field in shape.fields if field not in several for line in _columns(field, shape)]
    if shape.key:
        lines.append(f"PRIMARY KEY ({_names(shape.key)})")
    for pointer in shape.pointers:
        name = f'"{pointer.field.field}"'
        lines.append(f'FOREIGN KEY ({name}) REFERENCES "{pointer.table}" ({name})')
    yield _create(shape.name, shape.definition, lines)
    yield from (_several(field, shape) for field in several)


def _columns(field: Field, shape: TableShape) -> list[str]:
    if field.type == "count":
        low, high = f'"{field.field}_low"', f'"{field.field}_high"'
        return [f"{low} INTEGER CHECK ({low} >= 0)", f"{high} INTEGER CHECK ({high} >= {low})"]
    needed = field.field in shape.key or field in [pointer.field for pointer in shape.pointers]
    parts = [f'"{field.field}"', _TYPES[field.type], *(["NOT NULL"] if needed else [])]
    if field.is_coded:
        parts.append(f'REFERENCES "code_{field.list}" (code)')
    if field.type == "integer":
        parts.append(f'CHECK ("{field.field}" >= 0)')
    return [" ".join(parts)]


def _several(field: Field, shape: TableShape) -> str:
    key = _names(shape.key)
    lines = [
        *(f'"{name}" VARCHAR NOT NULL' for name in shape.key),
        f'code VARCHAR NOT NULL REFERENCES "code_{field.list}" (code)',
        f"PRIMARY KEY ({key}, code)",
        f'FOREIGN KEY ({key}) REFERENCES "{shape.name}" ({key})',
    ]
    return _create(f"{shape.name}_{field.field}", field.definition, lines)


def _create(name: str, definition: str, lines: list[str]) -> str:
    body = ",\n  ".join(lines)
    return f'-- {definition}\nCREATE TABLE "{name}" (\n  {body}\n);\n'


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
