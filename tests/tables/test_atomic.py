"""What is written is whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from palermo.tables import atomic_file, atomic_folder, sweep


class Interruption(Exception):
    pass


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_seen_only_when_it_is_whole(tmp_path):
    with atomic_file(tmp_path / "a.csv") as unfinished:
        unfinished.write_text("half")
        assert not (tmp_path / "a.csv").exists()
    assert _names(tmp_path) == ["a.csv"]


def test_after_a_failure_the_old_file_is_still_there(tmp_path):
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(Interruption), atomic_file(tmp_path / "a.csv") as unfinished:
        unfinished.write_text("new, and not")
        raise Interruption
    assert (tmp_path / "a.csv").read_text() == "old"
    assert _names(tmp_path) == ["a.csv"]


def test_a_file_that_nobody_wrote_is_an_error_and_leaves_the_old_one(tmp_path):
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(FileNotFoundError), atomic_file(tmp_path / "a.csv"):
        pass
    assert (tmp_path / "a.csv").read_text() == "old"


def test_a_folder_is_seen_only_when_it_is_whole(tmp_path):
    with atomic_folder(tmp_path / "out/r1", near=tmp_path / "store") as unfinished:
        (unfinished / "a.csv").write_text("1")
        assert not (tmp_path / "out").exists()
    assert _names(tmp_path / "out/r1") == ["a.csv"]
    assert _names(tmp_path / "store") == []


def test_after_a_failure_nothing_of_a_folder_is_left(tmp_path):
    with pytest.raises(Interruption), atomic_folder(tmp_path / "out/r1", near=tmp_path / "store") as unfinished:
        (unfinished / "a.csv").write_text("1")
        raise Interruption
    assert _names(tmp_path) == ["store"]
    assert _names(tmp_path / "store") == []


def test_a_folder_that_is_there_already_is_not_overwritten(tmp_path):
    (tmp_path / "r1").mkdir()
    (tmp_path / "r1/old.csv").write_text("old")
    with pytest.raises(OSError), atomic_folder(tmp_path / "r1", near=tmp_path / "store") as unfinished:
        (unfinished / "new.csv").write_text("new")
    assert _names(tmp_path / "r1") == ["old.csv"]


KILLED = """
import os, signal, sys
from pathlib import Path
from palermo.tables import atomic_file, atomic_folder
with atomic_folder(Path(sys.argv[1]) / "r1", near=Path(sys.argv[1])) as folder:
    (folder / "a.csv").write_text("half")
    with atomic_file(Path(sys.argv[1]) / "b.csv") as file:
        file.write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_is_swept_away(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert len(_names(tmp_path)) == 2 and all(name.startswith(".unfinished-") for name in _names(tmp_path))
    sweep(tmp_path)
    assert _names(tmp_path) == []


def test_what_somebody_else_is_writing_is_left_alone(tmp_path):
    theirs = tmp_path / f".unfinished-{os.getppid()}-0123456789ab-r1"
    theirs.mkdir()
    (tmp_path / "notes.txt").write_text("not ours")
    with atomic_file(tmp_path / "mine.csv") as unfinished:
        unfinished.write_text("1")
        sweep(tmp_path)
    assert _names(tmp_path) == [theirs.name, "mine.csv", "notes.txt"]
