"""The project folder: who publishes, from which files, by which policy.

::

    palermo.toml   rules.toml   sources/   mappings/   standard/   store/ (private)   releases/<id>/ (public)
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from palermo.errors import ProjectError
from palermo.tables.engine import ENGINES, EngineKind
from palermo.tables.handwritten import Form, Handwritten
from palermo.tables.release import Policy

__all__ = ["Project", "Source", "Spending", "load_project"]

_FILE = "palermo.toml"
_LEAST_THRESHOLD = 2
_MEMORY = re.compile(r"[1-9]\d*[KMGT]B", re.IGNORECASE)

_WHOLE: dict[str, Form] = {"sources": "tables"}
_WHOLE |= dict.fromkeys(("publication", "release", "engine", "linkage", "budget"), "table")
_PUBLICATION: dict[str, Form] = {
    "title": "text",
    "publisher": "text",
    "country": "text",
    "period": "table",
    "as_of": "day",
    "provisional": "numbers",
}
_PERIOD: dict[str, Form] = {"from": "number", "to": "number"}
_SOURCE: dict[str, Form] = {"name": "text", "file": "text", "mapping": "text"}
_LINKAGE: dict[str, Form] = {"encodings": "text", "judgements": "text"}
_NUMBERS: dict[str, Form] = dict.fromkeys(("threshold", "rounding", "perturbation", "dominance"), "number")
_RELEASE: dict[str, Form] = _NUMBERS | {"key": "text", "published": "texts"}
_ENGINE: dict[str, Form] = {"kind": "text", "memory": "text"}
_BUDGET: dict[str, Form] = {"policy": "text", "epsilon": "decimal", "exact_tables_approved_by": "text"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file of an agency and the mapping by which it is read."""

    name: str
    file: Path
    mapping: str


@dataclass(frozen=True, slots=True)
class Spending:
    """What a publication spends of a privacy budget."""

    policy: Path
    """The file in which the budget was decided."""
    epsilon: float
    exact_tables_approved_by: str
    """Who answers for exact tables of the same cases beside the noisy ones; empty for none."""


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
    encodings: Path | None
    """Where the agencies' encodings lie, one file a source; none where records are not linked."""
    judgements: Path | None
    """What people have judged of pairs of records."""
    key: Path | None = None
    """The secret behind the noise of cell keys."""
    published: tuple[str, ...] = ()
    """The releases that have gone out, which a new one is compared with."""
    budget: Spending | None = None
    """With a budget, tables hold noise and records are made."""

    @property
    def mappings(self) -> Path:
        """The project's own mappings."""
        return self.root / "mappings"

    @property
    def rules(self) -> Path:
        """The project's own rules, a file that need not be there."""
        return self.root / "rules.toml"

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
    file = Handwritten(path, ProjectError)
    given = file.read()
    file.check(given, "", _WHOLE, "publication", "sources")
    publication, release, engine = (given.get(table, {}) for table in ("publication", "release", "engine"))
    linking = given.get("linkage", {})
    file.check(publication, "[publication]", _PUBLICATION, "title", "publisher")
    file.check(release, "[release]", _RELEASE)
    file.check(engine, "[engine]", _ENGINE)
    if "linkage" in given:
        file.check(linking, "[linkage]", _LINKAGE, "encodings")
    first_year, last_year = _period(file, publication.get("period", {}))
    return Project(
        root=root,
        title=publication["title"],
        publisher=publication["publisher"],
        country=publication.get("country", ""),
        first_year=first_year,
        last_year=last_year,
        as_of=publication.get("as_of"),
        provisional=tuple(publication.get("provisional", ())),
        sources=_sources(file, given["sources"]),
        policy=_policy(file, release),
        engine=_engine(file, engine.get("kind", "duckdb")),
        memory=_memory(file, engine.get("memory", "4GB")),
        encodings=root / linking["encodings"] if linking else None,
        judgements=root / linking["judgements"] if "judgements" in linking else None,
        key=root / release["key"] if "key" in release else None,
        published=tuple(release.get("published", ())),
        budget=_budget(file, given["budget"]) if "budget" in given else None,
    )


def _period(file: Handwritten, years: Mapping[str, int]) -> tuple[int | None, int | None]:
    file.check(years, "[publication.period]", _PERIOD)
    first, last = years.get("from"), years.get("to")
    if first is not None and last is not None and first > last:
        file.refuse("[publication.period] ends before it begins.", "Put the earlier year after from.")
    return first, last


def _sources(file: Handwritten, tables: Sequence[Mapping[str, Any]]) -> tuple[Source, ...]:
    for table in tables:
        file.check(table, "[[sources]]", _SOURCE, *_SOURCE)
    root = file.path.parent
    sources = tuple(Source(table["name"], root / table["file"], table["mapping"]) for table in tables)
    names = [source.name for source in sources]
    if not names or len(set(names)) < len(names):
        file.refuse(
            "a project has at least one source, and no two of one name.", "Give each [[sources]] a name of its own."
        )
    for name in names:
        if name in ("", ".", "..") or set(name) & set("/\\"):
            file.refuse(f"[[sources]] the name {name!r} names no folder.", "Give a plain word, such as police.")
    return sources


def _policy(file: Handwritten, text: Mapping[str, Any]) -> Policy:
    policy = Policy(**{name: text[name] for name in _NUMBERS if name in text})
    if bool(policy.perturbation) != ("key" in text) or not 0 <= policy.perturbation < policy.threshold:
        file.refuse(
            "[release] perturbation and key go together, and noise is smaller than the threshold.",
            'Give both, as perturbation = 5 and key = "../keys/cells.key", or neither.',
        )
    if policy.dominance and not 50 <= policy.dominance < 100:
        file.refuse("[release] dominance is no percentage of use.", "Give one from 50 to 99, or leave it out.")
    if policy.threshold < _LEAST_THRESHOLD or policy.rounding < 0:
        file.refuse("[release] says too much.", "Give a threshold of at least 2, and a rounding base of at least 0.")
    return policy


def _budget(file: Handwritten, text: Mapping[str, Any]) -> Spending:
    file.check(text, "[budget]", _BUDGET, "policy", "epsilon")
    return Spending(file.path.parent / text["policy"], text["epsilon"], text.get("exact_tables_approved_by", ""))


def _engine(file: Handwritten, kind: str) -> EngineKind:
    if kind not in ENGINES:
        file.refuse(f"there is no engine {kind!r}.", f"Take one of: {', '.join(ENGINES)}.")
    return cast(EngineKind, kind)


def _memory(file: Handwritten, text: str) -> str:
    if not _MEMORY.fullmatch(text):
        file.refuse(f"[engine] memory {text!r} is no amount.", "Write it as 4GB or 500MB.")
    return text
