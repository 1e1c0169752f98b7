"""The project folder: who publishes, from which files, by which policy.

::

    palermo.toml   sources/   mappings/   standard/   store/ (private)   releases/<id>/ (public)
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
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
        There is no ``palermo.toml``, or something in it is missing or cannot be.
    """
    path = root / _FILE
    if not path.is_file():
        raise ProjectError(
            f"there is no {_FILE} in this folder.",
            where=str(root),
            todo="Make a project with: palermo init DIR --source FILE",
        )
    try:
        text = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"this is not TOML: {error}", where=_FILE) from error
    try:
        return _project(root, text)
    except KeyError as missing:
        raise ProjectError(
            f"the key {missing} is missing.", where=_FILE, todo="docs/guide/project-folder.md shows a whole file."
        ) from missing
    except (TypeError, AttributeError) as error:
        raise ProjectError(f"a value has the wrong form ({error}).", where=_FILE) from error


def _project(root: Path, text: Mapping[str, Any]) -> Project:
    publication, engine = text["publication"], text.get("engine", {})
    period = publication.get("period", {})
    kind = engine.get("kind", "duckdb")
    if kind not in ENGINES:
        raise ProjectError(f"there is no engine {kind!r}.", where=_FILE, todo=f"Take one of: {', '.join(ENGINES)}.")
    sources = tuple(Source(source["name"], root / source["file"], source["mapping"]) for source in text["sources"])
    names = [source.name for source in sources]
    if not names or len(set(names)) < len(names):
        raise ProjectError("a project has at least one source, and no two of one name.", where=_FILE)
    return Project(
        root=root,
        title=publication["title"],
        publisher=publication["publisher"],
        country=publication.get("country", ""),
        first_year=period.get("from"),
        last_year=period.get("to"),
        as_of=publication.get("as_of"),
        provisional=tuple(publication.get("provisional", ())),
        sources=sources,
        policy=_policy(text.get("release", {})),
        engine=cast(EngineKind, kind),
        memory=engine.get("memory", "4GB"),
    )


def _policy(text: Mapping[str, Any]) -> Policy:
    try:
        policy = Policy(**text)
    except TypeError as error:
        raise ProjectError(f"[release] has a key that no policy knows ({error}).", where=_FILE) from error
    if policy.threshold < _LEAST_THRESHOLD or policy.rounding < 0:
        raise ProjectError("[release] needs a threshold of at least 2 and a rounding base of at least 0.", where=_FILE)
    return policy
