"""Writing that is whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from palermo.errors import ProjectError

__all__ = ["atomic_file", "atomic_folder", "sweep", "unfinished_name"]

_UNFINISHED = re.compile(r"^\.unfinished-(\d+)-")


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Give a path to write to, and put the file in its place when all went well.

    What was there before stays until then; after a failure nothing of the new file is left.

    Raises
    ------
    ProjectError
        A file stands where the folder of the path should be.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        what = "a file stands where a folder is wanted."
        raise ProjectError(what, where=path.parent.name, todo="Name another folder, or move the file away.") from error
    unfinished = path.parent / f"{unfinished_name()}-{path.name}"
    try:
        yield unfinished
        _sync(unfinished)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def atomic_folder(path: Path, *, near: Path) -> Iterator[Path]:
    """Give a folder to fill, and put it in its place when all went well.

    Parameters
    ----------
    near
        A folder on the same disk in which the unfinished one is kept out of sight.

    Raises
    ------
    ProjectError
        Another writer has put something there meanwhile.
    """
    near.mkdir(parents=True, exist_ok=True)
    unfinished = near / f"{unfinished_name()}-{path.name}"
    unfinished.mkdir(mode=0o700)
    try:
        yield unfinished
        for file in unfinished.rglob("*"):
            if file.is_file():
                _sync(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.chmod(0o755)
        _put(unfinished, path)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _put(unfinished: Path, path: Path) -> None:
    try:
        unfinished.replace(path)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        raise ProjectError(
            "the folder is there: another run has put it there meanwhile.",
            where=path.name,
            todo="Run again to see whether it is the same.",
        ) from error


def unfinished_name() -> str:
    """Name something that is being written, so that `sweep` knows whose it was."""
    return f".unfinished-{os.getpid()}-{token_hex(6)}"


def sweep(folder: Path) -> None:
    """Take away what a killed run left unfinished, however deep, and leave alone what another run is writing."""
    for left in sorted(folder.rglob(".unfinished-*")):
        match = _UNFINISHED.match(left.name)
        if match and not _is_running(int(match[1])):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name != "posix" or process == os.getpid():
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
