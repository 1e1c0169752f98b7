"""Reading the plain parts of a delimited file many rows at once.

A block of lines is plain when there is one way to read it, so that a fast reader and a careful one cannot differ:
every row has as many cells as there are headings, and a quotation mark only ever opens and closes a whole cell.
"""

from __future__ import annotations

import re

import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

__all__ = ["Plain"]

_QUOTED = {
    delimiter: re.compile(rb'(?<![^%b\n])"[^"\r\n]*"(?=[%b\r\n]|\Z)' % (mark, mark))
    for delimiter, mark in ((",", b","), (";", b";"), ("\t", b"\t"), ("|", rb"\|"))
}


class Plain:
    """Reads blocks of whole lines in UTF-8, if they are plain.

    Parameters
    ----------
    blank
        Takes the numbers of the rows that are left out because nothing but white space stands in their cells.
    """

    def __init__(self, delimiter: str, width: int, blank: list[int] | None = None) -> None:
        names = [str(position) for position in range(width)]
        self._delimiter = delimiter
        self._blank = [] if blank is None else blank
        self._reading = pc.ReadOptions(use_threads=False, column_names=names, block_size=1 << 24)
        self._parsing = {
            quoted: pc.ParseOptions(delimiter=delimiter, quote_char='"' if quoted else False, ignore_empty_lines=False)
            for quoted in (False, True)
        }
        self._converting = pc.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        )

    def read(self, block: bytes, line: int) -> pa.Table | None:
        """Give the rows of a block with the numbers of their lines, without blank ones; None if it is not plain.

        Parameters
        ----------
        line
            How many lines of the file stand above the block.
        """
        quoted = b'"' in block
        if b"\0" in block or not self._is_plain(block, quoted):
            return None
        try:
            cells = pc.read_csv(pa.BufferReader(block), self._reading, self._parsing[quoted], self._converting)
        except pa.ArrowInvalid:
            return None
        numbers = pl.int_range(line + 1, line + 1 + cells.num_rows, eager=True).to_arrow()
        return self._without_blanks(cells.add_column(0, "", numbers), block, line)

    def _is_plain(self, block: bytes, quoted: bool) -> bool:
        if block.count(b"\r") != block.count(b"\r\n"):
            return False
        return not quoted or block.count(b'"') == 2 * len(_QUOTED[self._delimiter].findall(block))

    def _without_blanks(self, table: pa.Table, block: bytes, line: int) -> pa.Table:
        blank: pl.Series | None = None
        for column in table.columns[1:]:
            cells = pl.Series(pl.from_arrow(column))
            if blank is None:
                blank = cells.is_null() | (cells.str.strip_chars() == "")
            else:
                at = blank.arg_true()
                some = cells.gather(at)
                blank = blank.scatter(at, some.is_null() | (some.str.strip_chars() == ""))
            if not blank.any():
                return table
        if blank is None:
            return table
        lines, mark = block.split(b"\n"), self._delimiter.encode()
        self._blank += [line + at + 1 for at in blank.arg_true() if mark in lines[at]]
        return table.filter((~blank).to_arrow())
