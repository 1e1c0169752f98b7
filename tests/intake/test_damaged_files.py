"""A file that was cut off is said to be so, whatever its kind."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux tells what a process took at most")
@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_a_line_of_a_gigabyte_is_refused_without_filling_the_memory(tmp_path, ending):
    path, piece = tmp_path / f"a{ending}", b"x" * (1 << 24)
    with path.open("wb") as file:
        file.write(b"sex,age\nf," if ending == ".csv" else b'[{"sex": "')
        for _ in range(64):
            file.write(piece)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from palermo.errors import InputError\n"
        "from palermo.intake import Mapping\n"
        "from palermo.intake.mapping import FieldMapping\n"
        "from palermo.intake.reading import read_file\n"
        "own = Mapping('own', 'Own', 'records', 'record', {'sex': FieldMapping('sex', ('sex',))})\n"
        "path = Path(sys.argv[1])\n"
        "try:\n"
        "    read_file(path, own, path.with_suffix('.parquet'))\n"
        "except InputError as error:\n"
        "    told = Path('/proc/self/status').read_text().splitlines()\n"
        "    print(next(line.split()[1] for line in told if line.startswith('VmHWM')))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 600_000  # kilobytes
