"""Keys: made, kept, split among parties, changed and destroyed.

A key belongs to a project, and never travels with encodings.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyshamir  # type: ignore[import-untyped]

from palermo.errors import InputError, UsageError, many
from palermo.tables import atomic_file, must_be_file

__all__ = ["Key", "destroy", "in_project", "join", "new_key", "read_key", "rotate", "split", "write_key"]

_BYTES = 32
_MARK = "palermo linkage key"
_SHARE = "palermo linkage key share"
_PROJECT = "palermo.toml"


@dataclass(frozen=True, slots=True)
class Key:
    """A secret that all agencies of a project share, and that whoever compares their encodings must not have."""

    project: str
    version: int
    made_on: str
    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Sixteen digits that tell keys apart and tell nothing of the secret."""
        return self.derive("id").hex()[:16]

    def derive(self, purpose: str) -> bytes:
        """Give a key of its own to each purpose, so that what is learnt of one says nothing of another."""
        return hmac.digest(self.secret, b"palermo/" + purpose.encode(), hashlib.sha256)


def new_key(project: str, *, as_of: date) -> Key:
    """Make a key from the system's own randomness."""
    return Key(project, 1, as_of.isoformat(), secrets.token_bytes(_BYTES))


def rotate(key: Key, *, as_of: date) -> Key:
    """Make the next key of a project; what the old one encoded must be encoded anew."""
    return Key(key.project, key.version + 1, as_of.isoformat(), secrets.token_bytes(_BYTES))


def write_key(key: Key, path: Path) -> None:
    """Keep a key in a file that only its owner can read.

    Raises
    ------
    UsageError
        There is a file already, or the place is inside a project folder.
    """
    _write({"what": _MARK, **_about(key), "secret": _text(key.secret)}, path)


def read_key(path: Path) -> Key:
    """Read a key.

    Raises
    ------
    InputError
        There is no file, or it holds no key.
    """
    found = _read(path, _MARK, "a key")
    try:
        secret = base64.b64decode(str(found["secret"]), validate=True)
        key = Key(str(found["project"]), int(str(found["version"])), str(found["made_on"]), secret)
    except (KeyError, ValueError) as error:
        raise _no_key(path, "a key") from error
    if len(key.secret) != _BYTES or key.id != found.get("id"):
        raise _no_key(path, "a key")
    return key


def split(key: Key, *, shares: int, needed: int, folder: Path) -> list[Path]:
    """Split a key into shares, of which any ``needed`` together give it back and fewer give nothing (Shamir 1979).

    Raises
    ------
    UsageError
        The numbers make no sense, or a share is there already.
    """
    if not 2 <= needed <= shares <= 255:
        raise UsageError(
            "fewer shares than two give no key back, more than all cannot, and there are 255 at most.",
            todo="Take a --needed from 2 up to --shares.",
        )
    paths = [folder / f"share-{number}-of-{shares}.json" for number in range(1, shares + 1)]
    for path in paths:
        _must_be_free(path)
    for path, share in zip(paths, pyshamir.split(key.secret, shares, needed), strict=True):
        _write({"what": _SHARE, **_about(key), "needed": needed, "share": _text(bytes(share))}, path)
    return paths


def join(paths: Sequence[Path]) -> Key:
    """Put a key together from its shares.

    Raises
    ------
    InputError
        There are too few shares, or they are not of one key.
    """
    found = [_read(path, _SHARE, "a share of a key") for path in paths]
    if len({str(share.get("id")) for share in found}) != 1:
        raise InputError("these shares are not of one key.", todo="Take shares whose id is the same.")
    first = found[0]
    try:
        if len(found) < int(str(first["needed"])):
            given = many(len(found), "was", "were")
            raise InputError(f"{first['needed']} shares are needed, and {given} given.", todo="Name more of them.")
        if len({str(share["share"]) for share in found}) < len(found):
            raise InputError("one share was given twice.", todo="Name another share in its place.")
        secret = pyshamir.combine([bytearray(base64.b64decode(str(share["share"]))) for share in found])
        key = Key(str(first["project"]), int(str(first["version"])), str(first["made_on"]), bytes(secret))
    except (KeyError, ValueError) as error:
        raise _no_key(paths[0], "a share of a key") from error
    if key.id != first.get("id"):
        raise InputError("the shares do not give their key back: one of them is damaged.", todo="Take other shares.")
    return key


def destroy(path: Path) -> str:
    """Overwrite a key's file and take it away; give the id of the key that is no more.

    Copies that a disk, a snapshot or a backup has kept are out of reach.
    """
    key = read_key(path)
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    return key.id


def in_project(path: Path) -> bool:
    """Say whether a place is inside a project folder, where no key lies."""
    return any((folder / _PROJECT).is_file() for folder in path.absolute().parents)


def _about(key: Key) -> dict[str, object]:
    return {"project": key.project, "version": key.version, "made_on": key.made_on, "id": key.id}


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _write(content: dict[str, object], path: Path) -> None:
    _must_be_free(path)
    with atomic_file(path) as unfinished:
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _must_be_free(path: Path) -> None:
    if path.exists():
        raise UsageError(
            "there is a file already, and a key is never overwritten.", where=path.name, todo="Name another file."
        )
    if in_project(path):
        raise UsageError(
            "this place is inside a project folder, and a key lies outside.",
            where=path.name,
            todo="Name another place.",
        )


def _read(path: Path, mark: str, what: str) -> dict[str, object]:
    must_be_file(path, todo="Check the path, or make one with: palermo link key new --out KEY")
    try:
        found = json.loads(path.read_bytes())
    except ValueError as error:
        raise _no_key(path, what) from error
    if not isinstance(found, dict) or found.get("what") != mark:
        raise _no_key(path, what)
    return found


def _no_key(path: Path, what: str) -> InputError:
    return InputError(f"this is not {what}, or it is damaged.", where=path.name, todo="Ask whoever keeps the key.")
