"""A file that was cut off is said to be so, whatever its kind."""

from __future__ import annotations

import gzip

import pytest

from palermo.errors import InputError
from palermo.intake.encoding import open_text


def _zipped(path, *, keep):
    packed = gzip.compress("".join(f"row {n};{n * 7919}\n" for n in range(5000)).encode(), mtime=0)
    path.write_bytes(packed[: int(len(packed) * keep)])
    return path


@pytest.mark.parametrize("encoding", ["", "cp1252"])
@pytest.mark.parametrize("keep", [0.01, 0.5, 0.9])
def test_a_zipped_file_that_is_cut_off_is_an_input_error(tmp_path, keep, encoding):
    path = _zipped(tmp_path / "a.csv.gz", keep=keep)
    with pytest.raises(InputError, match="cut off"):
        list(open_text(path, encoding=encoding).lines())


def test_a_zipped_file_is_read_line_by_line(tmp_path):
    assert len(list(open_text(_zipped(tmp_path / "a.csv.gz", keep=1)).lines())) == 5000


def test_lines_in_another_encoding_are_read_and_told(tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_bytes("Séréna\n".encode() + "Vitòria\n".encode("cp1252") + b"Perla\n")
    text = open_text(path)
    assert list(text.lines()) == ["Séréna\n", "Vitòria\n", "Perla\n"]
    assert text.odd_lines == [2]
