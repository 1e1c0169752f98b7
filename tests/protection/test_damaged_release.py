"""A release folder with any damage is refused in words; whatever was damaged, it is never read as something else."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import ProjectError
from palermo.protection import release, reopen, verify
from palermo.tables import Release, sha256_of, write_csv
from tests.protection.cubes import table_of

SAFE = release([table_of("places", "place", {"p": 4, "q": 30, "r": 25, "s": 61, "-": 120})])
FILES = ("tables/places.parquet", "tables/places.csv", "report.html")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a release with a report, as far as it is read back."""
    folder = tmp_path_factory.mktemp("written") / "r1"
    (folder / "tables").mkdir(parents=True)
    SAFE.tables[0].cells.write_parquet(folder / FILES[0])
    write_csv(SAFE.tables[0].cells, folder / FILES[1])
    (folder / FILES[2]).write_text("<p>120 cases", "utf-8")
    says = asdict(SAFE) | {"files": {name: sha256_of(folder / name) for name in FILES}}
    for table in says["tables"]:
        del table["cells"]
    (folder / "manifest.json").write_text(json.dumps(says), "utf-8")
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "r1")


def refused(folder: Path, name: str) -> None:
    """The error names release and file and says what to do, and quotes no cell of a table."""
    for read in (verify, reopen):
        with pytest.raises(ProjectError) as caught:
            read(folder)
        assert caught.value.where == "releases/r1"
        assert name in caught.value.what
        assert "run again" in caught.value.todo
        assert "120" not in caught.value.sentence()


@given(name=st.sampled_from(FILES), at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_single_bit_that_changed_is_noticed(written: Path, name: str, at: float, bit: int) -> None:
    file = written / name
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[int(at * len(whole))] ^= 1 << bit
    file.write_bytes(damaged)
    try:
        refused(written, name)
    finally:
        file.write_bytes(whole)
    assert isinstance(reopen(written), Release)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_off_or_grown_is_named(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    for damaged in (b"", whole[:-1], whole + b"\n"):
        (folder / name).write_bytes(damaged)
        refused(folder, name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_became_a_folder_or_went_away_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    refused(folder, name)
    (folder / name).mkdir()
    refused(folder, name)


def test_a_renamed_file_is_named_by_both_its_names(folder: Path) -> None:
    (folder / "report.html").rename(folder / "report.htm")
    refused(folder, "report.htm, report.html")


@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_damaged_manifest_is_never_our_own_error(written: Path, at: float, byte: int) -> None:
    """Nothing vouches for the manifest, so what still reads may be believed; what does not, is said in words."""
    file = written / "manifest.json"
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[int(at * len(whole))] = byte
    file.write_bytes(damaged)
    try:
        assert isinstance(reopen(written), Release)
    except ProjectError as error:
        assert "changed since the release was made" in error.what
    finally:
        file.write_bytes(whole)


def test_a_table_that_cannot_be_read_is_refused_even_if_the_manifest_vouches_for_it(folder: Path) -> None:
    file = folder / "tables" / "places.parquet"
    file.write_bytes(b"PAR1 and no more")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"]["tables/places.parquet"] = sha256_of(file)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ProjectError, match="changed since the release was made"):
        reopen(folder)
