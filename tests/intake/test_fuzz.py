"""Whatever the bytes of a file are, a reader gives rows or says in words what is wrong, and never quotes a cell."""

from __future__ import annotations

import json
import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import polars as pl
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import Mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.reading import READERS, read_file
from tests.support.files import write_ods, write_xlsx

SECRET = "SECRETNAME42"
OWN = Mapping(
    "own", "Own", "records", "record", {"sex": FieldMapping("sex", ("sex",)), "age": FieldMapping("age", ("age",))}
)
ROWS = [["sex", "age", "story"], *[["f", str(age), SECRET] for age in range(30)]]
TEN_MINUTES = 600


def _seeds(folder: Path) -> dict[str, bytes]:
    """Make a sound file of each kind that there is a reader for."""
    text = "\n".join(",".join(row) for row in ROWS)
    people = pd.DataFrame(ROWS[1:], columns=ROWS[0])
    writers = {
        ".xlsx": lambda path: write_xlsx(path, ROWS),
        ".ods": lambda path: write_ods(path, ROWS),
        ".sav": lambda path: pyreadstat.write_sav(people, str(path)),
        ".zsav": lambda path: pyreadstat.write_sav(people, str(path), compress=True),
        ".por": lambda path: pyreadstat.write_por(people, str(path)),
        ".dta": lambda path: pyreadstat.write_dta(people, str(path)),
        ".parquet": lambda path: pl.DataFrame(ROWS[1:], schema=ROWS[0], orient="row").write_parquet(path),
    }
    for ending, write in writers.items():
        write(folder / f"seed{ending}")
    records = json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]])
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.csv", text)
    made = {ending: (folder / f"seed{ending}").read_bytes() for ending in writers}
    return {".csv": text.encode(), ".json": records.encode(), ".zip": packed.getvalue()} | made


class Seeds(dict[str, bytes]):
    """Sound files by their ending."""

    def __repr__(self) -> str:
        return f"Seeds of {', '.join(self)}"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    return Seeds(_seeds(tmp_path_factory.mktemp("seeds")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzzed")


def _harmless(folder: Path, ending: str, content: bytes) -> None:
    path = folder / f"a{ending}"
    path.write_bytes(content)
    try:
        raw = read_file(path, OWN, folder / "raw.parquet")
    except InputError as error:
        assert SECRET not in str(error)
        assert error.where and error.todo
    else:
        kept = pl.read_parquet(raw.path)
        assert raw.n_rows == kept.height + raw.quarantine.height
        assert SECRET not in " ".join(raw.notes)


def _harmed(content: bytes, chance: random.Random) -> bytes:
    """Damage a file as transport and programs do: bytes changed, cut, doubled, moved."""
    harmed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at, other = sorted((chance.randrange(len(harmed) + 1), chance.randrange(len(harmed) + 1)))
        piece = harmed[at : min(other, at + 64)]
        kind = chance.randrange(5)
        if kind == 0 and at < len(harmed):
            harmed[at] = chance.randrange(256)
        elif kind == 1 and len(harmed) > 64:
            del harmed[at : min(other, at + 32)]
        elif kind == 2:
            harmed[other:other] = piece
        elif kind == 3:
            harmed[at:at] = chance.choice([b"\0", b'"', b"\xff\xfe", b"\r", b",,", b"[[[[", b"\xe2\x80\x8f", b"-1"])
        elif chance.random() < 0.1:
            del harmed[at:]
    return bytes(harmed) or b" "


KINDS = [".csv", ".json", ".zip", ".xlsx", ".ods", ".sav", ".zsav", ".por", ".dta", ".parquet"]


@pytest.mark.parametrize("ending", KINDS)
@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_gives_rows_or_words(folder, seeds, ending, seed):
    _harmless(folder, ending, _harmed(seeds[ending], random.Random(seed)))


@pytest.mark.parametrize("ending", sorted(READERS))
@given(content=st.binary(min_size=1, max_size=200))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_under_any_ending_give_words(folder, ending, content):
    _harmless(folder, ending, content)


@pytest.mark.slow
def test_ten_minutes_of_damaged_files_do_no_harm(folder, seeds):
    seed, end = 0, time.monotonic() + TEN_MINUTES
    while time.monotonic() < end:
        chance = random.Random(seed)
        ending = chance.choice(sorted(seeds))
        try:
            _harmless(folder, ending, _harmed(seeds[ending], chance))
        except Exception as error:
            raise AssertionError(f"seed {seed} of {ending}: {type(error).__name__}") from error
        seed += 1
    assert seed > 1_000
