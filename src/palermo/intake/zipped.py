"""Reading a zipped file: the one file in it, or the one that the mapping names."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from palermo.errors import InputError
from palermo.intake.container import in_zip, refuse_bomb
from palermo.intake.mapping import Mapping
from palermo.intake.raw import RawFile

__all__ = ["read_zipped"]

_LONGEST_NAME = 60


def read_zipped(path: Path, mapping: Mapping, into: Path, *, read: Callable[[Path, Mapping, Path], RawFile]) -> RawFile:
    """Unpack one file beside the answer and read it; no path of the zipped file is ever followed.

    Raises
    ------
    InputError
        It is damaged, locked or too large inside, holds no file or several, or what it holds cannot be read.
    """
    with TemporaryDirectory(dir=into.parent) as folder:
        with in_zip(path) as package:
            refuse_bomb(path, package)
            member = _chosen(path, package, mapping.member)
            own = Path(folder) / _name(member)[-_LONGEST_NAME:]
            with package.open(member) as packed, own.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
        if own.suffix.lower() == ".zip":
            raise InputError("it holds another zipped file.", where=path.name, todo="Unpack it once.")
        raw = read(own, mapping, into)
    return replace(raw, notes=(f"It was read from {own.name} in {path.name}.", *raw.notes))


def _chosen(path: Path, package: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    files = [info for info in package.infolist() if not _is_folder(info) and not _is_by_the_way(info.filename)]
    if name:
        files = [info for info in files if name in (info.filename, PurePosixPath(info.filename).name)]
    if len(files) == 1:
        return files[0]
    held = ", ".join(repr(info.filename) for info in files[:10])
    raise InputError(
        f"it holds {len(files)} files: {held}." if files else f"it holds no file {name}".rstrip() + ".",
        where=path.name,
        todo="Name one in the mapping, as member = …, or unpack it and give the file itself.",
    )


def _name(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename.replace("\\", "/")).name


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """Whether there is nothing to unpack: in a damaged file a name can be empty or lead upwards."""
    return member.filename.endswith("/") or _name(member) in ("", "..")


def _is_by_the_way(name: str) -> bool:
    """Whether a program put a file in without being asked."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in (".DS_Store", "Thumbs.db", "desktop.ini")
