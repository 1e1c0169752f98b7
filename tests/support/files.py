"""Files as agencies send them, made small."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["write_ods", "write_xlsx"]

_CELL = '<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'
_EMPTY = "<table:table-cell/>"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def write_xlsx(
    path: Path, rows: Iterable[Sequence[object]], *, merged: Iterable[str] = (), sheet: str = "Data"
) -> Path:
    """Write rows of cells, None for an empty one; ``merged`` names ranges such as ``B1:C1``."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        rows = list(rows)
        for place, row in enumerate(rows):
            for position, cell in enumerate(row):
                if cell is not None:
                    page.write(place, position, cell)
        for span in merged:
            column, line = ord(span[0]) - 65, int(span[1]) - 1
            page.merge_range(span, rows[line][column])
    return path


def write_ods(path: Path, rows: Iterable[Sequence[object]], *, more: str = "") -> Path:
    """Write the least that is an OpenDocument sheet; ``more`` goes into every cell."""
    body = "".join(
        "<table:table-row>"
        + "".join(_EMPTY if cell is None else _CELL.format(text=cell, more=more) for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return path
