"""What is written is whole or not there: after an error, a full disk or a kill, and beside another writer."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from palermo.errors import ProjectError
from palermo.tables import atomic_file, atomic_folder, sweep


def _names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


FULL = """
import resource, sys
from pathlib import Path
from palermo.tables import atomic_file, atomic_folder
here = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
"""


def _without_room(here, writing):
    """Write in a process of its own, since a limit on this one would also stop what the tests themselves print."""
    done = subprocess.run(
        [sys.executable, "-c", FULL + writing, str(here)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "File too large" in done.stderr


def test_a_file_comes_to_its_place_when_it_is_whole(tmp_path):
    path = tmp_path / "deep" / "a.txt"
    with atomic_file(path) as unfinished:
        unfinished.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert _names(tmp_path) == ["deep", "deep/a.txt"]


def test_what_was_there_stays_until_the_new_file_is_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with atomic_file(path) as unfinished:
        unfinished.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_the_old_file_and_nothing_of_the_new_one(tmp_path, error):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(error), atomic_file(path) as unfinished:
        unfinished.write_text("half of the n")
        raise error
    assert _names(tmp_path) == ["a.txt"]
    assert path.read_text() == "old"


def test_a_file_that_nobody_wrote_is_an_error_and_no_empty_file(tmp_path):
    with pytest.raises(FileNotFoundError), atomic_file(tmp_path / "a.txt"):
        pass
    assert _names(tmp_path) == []


def test_a_full_disk_leaves_the_old_file_and_nothing_of_the_new_one(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    _without_room(tmp_path, "with atomic_file(here / 'a.txt') as unfinished: unfinished.write_bytes(b'x' * 4096)")
    assert _names(tmp_path) == ["a.txt"]
    assert path.read_text() == "old"


def test_of_two_writers_the_last_to_finish_wins_whole(tmp_path):
    path = tmp_path / "a.txt"
    with atomic_file(path) as slow:
        slow.write_text("slow")
        with atomic_file(path) as quick:
            quick.write_text("quick")
        assert path.read_text() == "quick"
    assert path.read_text() == "slow"
    assert _names(tmp_path) == ["a.txt"]


def test_a_reader_beside_many_writers_never_sees_half_a_file(tmp_path):
    path = tmp_path / "a.txt"
    whole = {letter * 50_000 for letter in "abcd"}
    path.write_text("a" * 50_000)

    def write(text):
        for _ in range(10):
            with atomic_file(path) as unfinished:
                unfinished.write_text(text)

    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write, text) for text in sorted(whole)]
        seen = {path.read_text()}
        while not all(writer.done() for writer in writers):
            seen.add(path.read_text())
    assert [writer.exception() for writer in writers] == [None] * 4
    assert seen <= whole
    assert _names(tmp_path) == ["a.txt"]


def test_a_folder_comes_to_its_place_when_it_is_whole_and_is_private_until_then(tmp_path):
    path, near = tmp_path / "releases" / "r1", tmp_path / "store"
    with atomic_folder(path, near=near) as unfinished:
        (unfinished / "tables").mkdir()
        (unfinished / "tables" / "a.csv").write_text("a")
        assert unfinished.parent == near
        assert stat.S_IMODE(unfinished.stat().st_mode) == 0o700
        assert not path.exists()
    assert _names(path) == ["tables", "tables/a.csv"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o755
    assert _names(near) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_nothing_of_a_folder(tmp_path, error):
    path, near = tmp_path / "releases" / "r1", tmp_path / "store"
    with pytest.raises(error), atomic_folder(path, near=near) as unfinished:
        (unfinished / "deep").mkdir()
        (unfinished / "deep" / "a.csv").write_text("half")
        raise error
    assert not path.exists()
    assert _names(near) == []


def test_a_full_disk_leaves_nothing_of_a_folder(tmp_path):
    writing = """
with atomic_folder(here / "r1", near=here / "s") as folder:
    (folder / "small.csv").write_text("a")
    (folder / "large.csv").write_bytes(b"x" * 4096)
"""
    _without_room(tmp_path, writing)
    assert _names(tmp_path) == ["s"]


def test_of_two_writers_of_a_folder_the_second_is_told_and_the_first_keeps_it(tmp_path):
    path, near = tmp_path / "releases" / "r1", tmp_path / "store"
    with pytest.raises(ProjectError, match=r"r1: .*another run.*Run again"), atomic_folder(path, near=near) as slow:
        (slow / "a.csv").write_text("slow")
        with atomic_folder(path, near=near) as quick:
            (quick / "a.csv").write_text("quick")
    assert (path / "a.csv").read_text() == "quick"
    assert _names(near) == []


def test_another_error_on_the_way_to_its_place_is_not_taken_for_a_second_writer(tmp_path):
    (tmp_path / "r1").write_text("a file of that name")
    with pytest.raises(NotADirectoryError), atomic_folder(tmp_path / "r1", near=tmp_path / "store"):
        pass
    assert _names(tmp_path) == ["r1", "store"]


KILLED = """
import sys, time
from pathlib import Path
from palermo.tables import atomic_file, atomic_folder
home = Path(sys.argv[1])
store = home / "store"
with atomic_folder(home / "r1", near=store) as folder, atomic_file(store / "police" / "a.txt") as file:
    (folder / "table.csv").write_text("half")
    file.write_text("half")
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writer(tmp_path):
    """Start another process that is writing a file and a folder, and is not done."""
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ready\n"
        yield process
        process.kill()


def test_a_killed_writer_leaves_nothing_in_its_place_and_the_rest_is_swept(tmp_path, writer):
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    left = _names(tmp_path / "store")
    assert sum(".unfinished-" in name for name in left) == 3
    assert not (tmp_path / "r1").exists()
    sweep(tmp_path / "store")
    assert _names(tmp_path) == ["store", "store/police"]


def test_what_another_process_is_writing_is_not_swept(tmp_path, writer):
    before = _names(tmp_path)
    sweep(tmp_path / "store")
    assert _names(tmp_path) == before


def test_what_this_process_is_writing_is_not_swept(tmp_path):
    with atomic_file(tmp_path / "a.txt") as unfinished:
        unfinished.write_text("a")
        sweep(tmp_path)
    assert _names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("name", ["a.txt", ".hidden", ".unfinished-notes", ".unfinished"])
def test_what_palermo_did_not_write_is_not_swept(tmp_path, name):
    (tmp_path / name).write_text("mine")
    sweep(tmp_path)
    assert _names(tmp_path) == [name]


def test_what_belongs_to_another_users_process_is_not_swept(tmp_path, monkeypatch):
    def forbidden(process, _):
        raise PermissionError

    (tmp_path / ".unfinished-4711-abc-a.txt").write_text("theirs")
    monkeypatch.setattr("os.kill", forbidden)  # a test may run as root, to whom nothing is forbidden
    sweep(tmp_path)
    assert _names(tmp_path) == [".unfinished-4711-abc-a.txt"]
