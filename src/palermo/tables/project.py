"""The project folder: who publishes, from which files, by which policy.

::

    palermo.toml   sources/   mappings/   standard/   store/ (private)   releases/<id>/ (public)
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from palermo.errors import ProjectError
from palermo.tables.engine import ENGINES, EngineKind
from palermo.tables.release import Policy

__all__ = ["Project", "Source", "load_project"]

_FILE = "palermo.toml"
_LEAST_THRESHOLD = 2
_MEMORY = re.compile(r"[1-9]\d*[KMGT]B", re.IGNORECASE)

_Form = type | tuple[type]
_KEYS: dict[str, dict[str, _Form]] = {
    "": {"publication": dict, "sources": (dict,), "release": dict, "engine": dict},
    "publication": {
        "title": str,
        "publisher": str,
        "country": str,
        "period": dict,
        "as_of": date,
        "provisional": (int,),
    },
    "publication.period": {"from": int, "to": int},
    "[sources]": {"name": str, "file": str, "mapping": str},
    "release": {"threshold": int, "rounding": int},
    "engine": {"kind": str, "memory": str},
}
"""The keys of each table: a misspelt one must not silently leave a choice at its default."""
_NEEDED = ("publication", "sources", "title", "publisher", "name", "file", "mapping")
_FORMS: dict[_Form, str] = {
    str: "text between quotation marks",
    int: "a whole number",
    date: "a day, as in 2024-01-31, without quotation marks",
    dict: "a table",
    (int,): "whole numbers between brackets, as in [2023, 2024]",
    (dict,): "each in lines of its own under [[sources]]",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file of an agency and the mapping by which it is read."""

    name: str
    file: Path
    mapping: str


@dataclass(frozen=True, slots=True)
class Project:
    """A publication in the making."""

    root: Path
    title: str
    publisher: str
    country: str
    """ISO 3166-1 alpha-3; empty for the world."""
    first_year: int | None
    last_year: int | None
    as_of: date | None
    """The day on which the data were taken."""
    provisional: tuple[int, ...]
    """Years that are still incomplete."""
    sources: tuple[Source, ...]
    policy: Policy
    engine: EngineKind
    memory: str

    @property
    def mappings(self) -> Path:
        """The project's own mappings."""
        return self.root / "mappings"

    @property
    def standard(self) -> Path:
        """Tables of the user's that replace those of the standard."""
        return self.root / "standard"

    @property
    def store(self) -> Path:
        """The private part, made when it is not there."""
        folder = self.root / "store"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chmod(folder, 0o700)  # noqa: PTH101 - also when it was there
        return folder

    @property
    def period(self) -> str:
        """The years in words."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


def load_project(root: Path) -> Project:
    """Read a project folder.

    Raises
    ------
    ProjectError
        There is no ``palermo.toml``, or something in it is missing, unknown or cannot be.
    """
    path = root / _FILE
    if root.is_file():
        raise ProjectError(
            "this is a file, and a project is a folder.",
            where=root.name,
            todo=f"Name the folder with {_FILE} in it, or make one with: palermo init DIR --source FILE",
        )
    if not path.is_file():
        raise ProjectError(
            f"there is no {_FILE} in this folder.",
            where=str(root),
            todo="Make a project with: palermo init DIR --source FILE",
        )
    try:
        text = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"this is not TOML: {error}.", where=_FILE, todo="Mend it there.") from error
    given = _checked(text, "")
    publication, release, engine = (
        _checked(given.get(table, {}), table) for table in ("publication", "release", "engine")
    )
    first_year, last_year = _period(_checked(publication.get("period", {}), "publication.period"))
    return Project(
        root=root,
        title=publication["title"],
        publisher=publication["publisher"],
        country=publication.get("country", ""),
        first_year=first_year,
        last_year=last_year,
        as_of=publication.get("as_of"),
        provisional=tuple(publication.get("provisional", ())),
        sources=_sources(root, given["sources"]),
        policy=_policy(release),
        engine=_engine(engine.get("kind", "duckdb")),
        memory=_memory(engine.get("memory", "4GB")),
    )


def _checked(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give a table of the file if it has every key that it must have, none that nobody reads, and each of its form."""
    place = f"[{name}] " if name else ""
    known = _KEYS[name]
    for key, value in table.items():
        if key not in known:
            raise _wrong(f"{place}has a key that nobody reads, {key!r}.", f"The keys are: {', '.join(known)}.")
        if not _is_a(value, known[key]):
            raise _wrong(f"{place}{key} has the wrong form.", f"Give {_FORMS[known[key]]}.")
    if missing := [key for key in _NEEDED if key in known and key not in table]:
        raise _wrong(
            f"{place}lacks the key {missing[0]!r}.", "Add it there; palermo init writes a file with every key."
        )
    return table


def _is_a(value: Any, form: _Form) -> bool:
    """Compare types exactly, since TOML's yes is a number to Python and its moment a day."""
    if isinstance(form, tuple):
        return isinstance(value, list) and all(type(item) is form[0] for item in value)
    return type(value) is form


def _period(years: Mapping[str, int]) -> tuple[int | None, int | None]:
    first, last = years.get("from"), years.get("to")
    if first is not None and last is not None and first > last:
        raise _wrong("[publication.period] ends before it begins.", "Put the earlier year after from.")
    return first, last


def _sources(root: Path, tables: Sequence[Mapping[str, Any]]) -> tuple[Source, ...]:
    given = [_checked(table, "[sources]") for table in tables]
    sources = tuple(Source(table["name"], root / table["file"], table["mapping"]) for table in given)
    names = [source.name for source in sources]
    if not names or len(set(names)) < len(names):
        raise _wrong(
            "a project has at least one source, and no two of one name.", "Give each [[sources]] a name of its own."
        )
    for name in names:
        if name in ("", ".", "..") or set(name) & set("/\\"):
            raise _wrong(f"[[sources]] the name {name!r} names no folder.", "Give a plain word, such as police.")
    return sources


def _policy(text: Mapping[str, int]) -> Policy:
    policy = Policy(**text)
    if policy.threshold < _LEAST_THRESHOLD or policy.rounding < 0:
        raise _wrong("[release] says too much.", "Give a threshold of at least 2, and a rounding base of at least 0.")
    return policy


def _engine(kind: str) -> EngineKind:
    if kind not in ENGINES:
        raise _wrong(f"there is no engine {kind!r}.", f"Take one of: {', '.join(ENGINES)}.")
    return cast(EngineKind, kind)


def _memory(text: str) -> str:
    if not _MEMORY.fullmatch(text):
        raise _wrong(f"[engine] memory {text!r} is no amount.", "Write it as 4GB or 500MB.")
    return text


def _wrong(what: str, todo: str) -> ProjectError:
    return ProjectError(what, where=_FILE, todo=todo)
