"""Looking into zipped documents before they are unpacked: how large they are, and what else is in them."""

from __future__ import annotations

import errno
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from palermo.errors import InputError

__all__ = ["LARGEST", "in_zip", "inspect_workbook", "refuse_bomb"]

LARGEST = 1 << 31
"""The most bytes that a zipped file may hold."""
_MOST_CELLS = 50_000_000
_CHUNK = 1 << 22
_WIDEST_RATIO = 1032
"""Nothing that deflate packs becomes more than so many times as large."""

_SAME = bytes.maketrans(b"\t\r\n'", b'   "')
"""Brings all spaces and quotation marks of XML to one of each: patterns that begin with a word are far faster."""
_COLUMN = re.compile(rb' r="([A-Z]{1,3})')
_ROW = re.compile(rb' r="[A-Z]*([0-9]{1,7})"')
_FAR = re.compile(rb' r="[A-Z]*[0-9]{6}')
_SPACED = re.compile(rb" r = *| r= +")
_TOLD = {
    re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/|_VBA_PROJECT"): "It holds macros; they were not run.",
    re.compile(r"externalLinks?/"): "It links to other files; nothing was followed, and what it last showed was read.",
    re.compile(r"(^|/)(connections\.xml|queryTables/)"): "It asks other sources for data; nothing was asked.",
}


def inspect_workbook(path: Path) -> tuple[str, ...]:
    """Tell what a workbook has besides cells, and refuse one that would fill the memory when it is opened.

    Raises
    ------
    InputError
        It is damaged, or too large inside.
    """
    if not zipfile.is_zipfile(path):
        old = path.read_bytes() if path.suffix.lower() == ".xls" else b""
        return _told(["_VBA_PROJECT"] if "_VBA_PROJECT".encode("utf-16-le") in old else [])
    with in_zip(path) as package:
        refuse_bomb(path, package)
        names = package.namelist()
        for name in names:
            if re.match(r"xl/worksheets/[^/]+\.xml$", name):
                _refuse_vast(path, *_bounds(package, name))
        if "content.xml" in names:
            with package.open("content.xml") as content:
                _refuse_vast(path, *_reach_of_ods(content))
    return _told(names)


@contextmanager
def in_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zipped file, and say it in words when it is damaged or locked."""
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError, ValueError) as error:
        raise _damaged(path) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place in the file that cannot be; a full disk is another matter
            raise
        raise _damaged(path) from error
    except RuntimeError as error:
        raise InputError(
            "it is locked with a password.",
            where=path.name,
            todo="Unlock it where it was made, and save it without one.",
        ) from error


def _damaged(path: Path) -> InputError:
    return InputError(
        "it is damaged, cut off, or packed in a way that is not known.",
        where=path.name,
        todo="Send it again, or save it anew.",
    )


def refuse_bomb(path: Path, package: zipfile.ZipFile) -> None:
    """Refuse a file that is far larger inside than anybody's data are, or than it says of itself."""
    infos = package.infolist()
    honest = all(_is_honest(package, info) for info in infos if info.compress_size * _WIDEST_RATIO > LARGEST)
    if sum(info.file_size for info in infos) > LARGEST or not honest:
        raise InputError(
            "it is packed so tightly that it would fill the memory when it is opened.",
            where=path.name,
            todo="Ask the agency for the file as CSV.",
        )


def _is_honest(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Unpack a member once, as far as it says that it goes."""
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return True
    unpacked, unpacker = 0, zlib.decompressobj(-zlib.MAX_WBITS)
    with _packed(package, info) as packed:
        while (chunk := packed.read(_CHUNK)) and not unpacker.eof:
            while chunk and unpacked <= info.file_size:
                unpacked += len(unpacker.decompress(chunk, _CHUNK))
                chunk = unpacker.unconsumed_tail
    return unpacked <= info.file_size


class _Part:
    """The packed bytes of one member."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream, self._left = stream, size

    def read(self, size: int) -> bytes:
        chunk = self._stream.read(min(size, self._left))
        self._left -= len(chunk)
        return chunk


@contextmanager
def _packed(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[_Part]:
    with Path(str(package.filename)).open("rb") as stream:
        stream.seek(info.header_offset)
        header = stream.read(30)
        stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        yield _Part(stream, info.compress_size)


def _told(names: list[str]) -> tuple[str, ...]:
    return tuple(words for sign, words in _TOLD.items() if any(sign.search(name) for name in names))


def _bounds(package: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """Say over how many rows and columns a sheet reaches, whatever it states; rows roughly where that is enough."""
    columns, is_far = set[bytes](), False
    for text in _texts(package, name):
        columns.update(_COLUMN.findall(text))
        is_far = is_far or bool(_FAR.search(text))
    width = max(map(_number, columns), default=1)
    if not is_far and width * 99_999 <= _MOST_CELLS:
        return 99_999, width
    return max((int(row) for text in _texts(package, name) for row in set(_ROW.findall(text))), default=1), width


def _texts(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Give the text of a sheet piece by piece, each with the end of the one before."""
    tail = b""
    with package.open(name) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = tail + chunk.translate(_SAME)
            yield _SPACED.sub(b" r=", text) if b" r " in text or b" r= " in text else text
            tail = text[-32:]


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _reach_of_ods(content: IO[bytes]) -> tuple[int, int]:
    """Add up what the cells of the fullest sheet take, where one is repeated as one of thousands."""
    parser = expat.ParserCreate()
    counted = _Repeats()
    parser.StartElementHandler = counted.start
    parser.EndElementHandler = counted.end
    try:
        parser.ParseFile(content)
    except LookupError as error:
        raise ValueError("it names an encoding that nobody knows") from error
    return counted.rows, counted.columns


class _Repeats:
    """Counts the rows and columns that hold something, repeats unrolled."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row, self._at, self._last, self._all = 1, 0, 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._all = 0
        elif name == "table:table-row":
            self._row, self._at, self._last = int(attributes.get("table:number-rows-repeated", 1)), 0, 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._at += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes:
                self._last = self._at

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._all += self._row
            if self._last:
                self.rows, self.columns = max(self.rows, self._all), max(self.columns, self._last)


def _refuse_vast(path: Path, rows: int, columns: int) -> None:
    if rows * columns > _MOST_CELLS:
        raise InputError(
            f"a sheet reaches over {rows:,} rows and {columns:,} columns, most of them empty.",
            where=path.name,
            todo="Delete what lies below and beside the table, or save the sheet as CSV.",
        )
