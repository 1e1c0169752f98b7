"""Parquet from others is read whole or refused, and no damage ends the process."""

from __future__ import annotations

import polars as pl
import pytest

from palermo.errors import InputError
from palermo.tables import read_parquet

PEOPLE = pl.DataFrame({"record_id": [f"r{n}" for n in range(8)], "bits": [[n, n] for n in range(8)]})


def test_what_polars_wrote_is_read_as_it_was(tmp_path):
    frame = PEOPLE.cast({"bits": pl.Array(pl.UInt64, 2)})
    frame.write_parquet(tmp_path / "people.parquet")
    assert read_parquet(tmp_path / "people.parquet").equals(frame)


def test_no_byte_can_end_the_process(tmp_path):
    path = tmp_path / "people.parquet"
    PEOPLE.write_parquet(path)
    whole, refused = path.read_bytes(), 0
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        try:
            read_parquet(path)
        except InputError:
            refused += 1
    assert refused > len(whole) / 2


def test_a_file_that_is_cut_off_says_what_to_do(tmp_path):
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match="cut off or damaged") as refused:
        read_parquet(tmp_path / "cut.parquet", todo="Export it again.")
    assert (refused.value.where, refused.value.todo) == ("cut.parquet", "Export it again.")
