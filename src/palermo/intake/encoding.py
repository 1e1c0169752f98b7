"""The bytes of a text file as lines of text, with the doubt told where an encoding had to be guessed."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from palermo.errors import InputError
from palermo.intake.encoding_habits import ranked

__all__ = ["TextFile", "open_text"]

_CHUNK = 1 << 22
_SAMPLE = 1 << 18
_LONGEST = 16  # chunks without the end of a line: a line of 64 million bytes is no row
_ZEROS = 0.1
"""A text of which more is zero bytes is none, or one of UTF-16 without its mark."""
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NO_TEXT = {
    b"PK\x03\x04": "a zipped file or a workbook",
    b"\xd0\xcf\x11\xe0": "an old workbook or a Word document",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
}


@dataclass(slots=True)
class TextFile:
    """A text file with its encoding; `odd_lines` are those that needed another one."""

    path: Path
    encoding: str
    fallback: str | None
    is_even: bool = False
    """Whether every byte is known to be UTF-8, none is zero, and lines end in a line feed."""
    has_zeros: bool = False
    """Whether zero bytes stand in its first part; they are left out."""
    others: tuple[str, ...] = ()
    """Other encodings in which it could be read, where one was chosen among several."""
    odd_lines: list[int] = field(default_factory=list)

    def lines(self) -> Generator[str]:
        """Give every line with its end.

        Raises
        ------
        InputError
            A byte does not fit the encoding.
        """
        self.odd_lines.clear()
        if self.fallback is None:
            yield from self._lines_of_one_encoding()
            return
        with _open(self.path) as bytes_:
            for number, line in enumerate(bytes_, start=1):
                try:
                    yield line.decode("utf-8")
                except UnicodeDecodeError:
                    self.odd_lines.append(number)
                    yield line.decode(self.fallback, errors="replace")

    @contextmanager
    def bytes(self) -> Iterator[IO[bytes]]:
        """Open the file behind its mark of the byte order, if it has one."""
        with _open(self.path) as bytes_:
            if bytes_.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
                bytes_.seek(0)
            yield bytes_

    def _lines_of_one_encoding(self) -> Generator[str]:
        number = 0
        with _open(self.path) as bytes_, io.TextIOWrapper(bytes_, encoding=self.encoding, newline="") as text:
            try:
                for line in text:
                    number += 1
                    yield line
            except UnicodeDecodeError as error:
                raise InputError(
                    f"a byte after line {number} is not {self.encoding.removesuffix('-sig')}, as the others are.",
                    where=self.path.name,
                    todo="Save it again in UTF-8, or name the right encoding in the mapping.",
                ) from error


def open_text(path: Path, *, encoding: str = "", country: str = "") -> TextFile:
    """Find out how a file's bytes are to be read.

    UTF-8 is taken when every byte fits. Where some lines are UTF-8 and others are not, each line is read by itself.
    Else the mapping's ``encoding`` or, without one, the likeliest in the ``country`` is taken; `palermo check` says
    which, and which others there are.

    Raises
    ------
    InputError
        The file is empty, no text, or a line of it never ends.
    """
    with _open(path) as bytes_:
        head = bytes_.read(_SAMPLE)
    _refuse_no_text(path, head)
    marked = next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)
    zeros = b"\0" in head and marked != "utf-16"
    if marked == "utf-16" or (encoding and not marked):
        _refuse_endless(path)
        return TextFile(path, marked or encoding, None, has_zeros=zeros)
    seen = _examine(path)
    if marked or seen.fits:
        return TextFile(path, marked or "utf-8", None, seen.is_even, has_zeros=zeros)
    best, *others = ranked(head, country)
    fallback = best if seen.has_utf8 else None
    return TextFile(path, "utf-8" if fallback else best, fallback, has_zeros=zeros, others=tuple(others))


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, unpacked if it is zipped."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    with cast(IO[bytes], gzip.open(path)) if zipped else path.open("rb") as bytes_:
        try:
            yield bytes_
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise InputError(
                "the zipped file is cut off or damaged.", where=path.name, todo="Send it again."
            ) from error


def _refuse_no_text(path: Path, head: bytes) -> None:
    if not head.strip():
        raise InputError("the file is empty.", where=path.name, todo="Ask the agency to send it again.")
    kind = next((words for magic, words in _NO_TEXT.items() if head.startswith(magic)), None)
    if (
        kind is None
        and head.count(0) > len(head) * _ZEROS
        and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    ):
        kind = "no text"
    if kind:
        raise InputError(
            f"by its name this is a text file, and inside it is {kind}.",
            where=path.name,
            todo="Give the file its right ending, or export it again as CSV.",
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the bytes of a file are: all UTF-8, plain beyond that, or some lines of UTF-8 among others."""

    fits: bool
    is_even: bool
    has_utf8: bool


def _refuse_endless(path: Path) -> None:
    """Refuse a file with a line so long that it would fill the memory."""
    with _open(path) as bytes_:
        run = 0
        for chunk in _chunks(bytes_):
            run = _without_end(path, chunk, run)


def _without_end(path: Path, chunk: bytes, run: int) -> int:
    """Count the chunks in a row in which no line ends."""
    run = 0 if b"\n" in chunk or b"\r" in chunk else run + 1
    if run >= _LONGEST:
        raise InputError(
            "a line of it is longer than 64 million letters.",
            where=path.name,
            todo="Look for line ends that were lost, or export it again as CSV.",
        )
    return run


def _examine(path: Path) -> _Seen:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _open(path) as bytes_:
        try:
            uneven = run = 0
            for chunk in _chunks(bytes_):
                run = _without_end(path, chunk, run)
                uneven += not _is_even(decoder, chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            pass
        else:
            return _Seen(True, not uneven, True)
    _refuse_endless(path)
    with _open(path) as bytes_:
        return _Seen(False, False, any(not line.isascii() and _decodes(line) for line in bytes_))


def _chunks(bytes_: IO[bytes]) -> Iterator[bytes]:
    """Give the bytes piece by piece, without parting a carriage return from its line feed."""
    while chunk := bytes_.read(_CHUNK):
        yield chunk + bytes_.read(1) if chunk.endswith(b"\r") else chunk


def _is_even(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    decoder.decode(chunk)
    return b"\0" not in chunk and chunk.count(b"\r") == chunk.count(b"\r\n")


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
