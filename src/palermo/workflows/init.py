"""Make a project folder from one file and its mapping."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit

from palermo import intake
from palermo.errors import InputError, ProjectError, UsageError
from palermo.standard import load_standard
from palermo.tables import atomic_folder, must_be_file, sha256_of

__all__ = ["NewProject", "init"]


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a new project is made of."""

    folder: Path
    source: Path
    mapping: str
    country: str
    publisher: str
    as_of: date
    title: str = ""


def init(new: NewProject) -> Path:
    """Make the folder with a copy of the file, its mapping if it is the user's own, and ``palermo.toml``.

    Raises
    ------
    ProjectError
        The folder is there and is not empty.
    InputError
        The file or the mapping is not there, or the file cannot be read with the mapping.
    """
    if new.folder.exists() and (not new.folder.is_dir() or any(new.folder.iterdir())):
        raise ProjectError("the folder is there and is not empty.", where=str(new.folder), todo="Take another name.")
    must_be_file(new.source, todo="Check the path after --source.")
    standard = load_standard()
    country = _country(new.country)
    mapping = intake.load_mapping(new.mapping, standard)
    own = Path(new.mapping) if Path(new.mapping).suffix == ".toml" else None
    with atomic_folder(new.folder, near=new.folder.absolute().parent) as unfinished:
        for name in ("sources", "mappings", "releases"):
            (unfinished / name).mkdir()
        (unfinished / "store").mkdir(mode=0o700)
        copied = unfinished / "sources" / new.source.name
        shutil.copyfile(new.source, copied)
        if sha256_of(copied) != sha256_of(new.source):
            raise InputError("the copy of the file is not the same as the file.", where=new.source.name)
        if own:
            shutil.copyfile(own, unfinished / "mappings" / own.name)
        (unfinished / "palermo.toml").write_text(_settings(new, country, mapping), "utf-8")
    return new.folder


def _country(said: str) -> str:
    """Take an ISO code of two or three letters; a publication may be about the world."""
    if said.casefold() in ("", "world"):
        return ""
    try:
        return load_standard().code("citizenship", said)
    except UsageError as error:
        raise UsageError(f"there is no country {said!r}.", todo="Give its ISO code, or world.") from error


def _settings(new: NewProject, country: str, mapping: intake.Mapping) -> str:
    """Write ``palermo.toml`` with words for the person who will change it."""
    text = tomlkit.document()
    text.add(tomlkit.comment("Who publishes what. The guide explains every line."))
    publication = tomlkit.table()
    publication["title"] = new.title or mapping.title
    publication["publisher"] = new.publisher
    publication["country"] = country
    publication["as_of"] = new.as_of
    publication["as_of"].comment("the day on which the data were taken")
    text["publication"] = publication
    source = tomlkit.table()
    own = Path(new.mapping).suffix == ".toml"
    source["name"] = _name(new.source)
    source["file"] = f"sources/{new.source.name}"
    source["mapping"] = Path(new.mapping).stem if own else new.mapping
    sources = tomlkit.aot()
    sources.append(source)
    text["sources"] = sources
    release = tomlkit.table()
    release["threshold"] = 10
    release["threshold"].comment("a published cell stands on at least so many")
    release["rounding"] = 0
    release["rounding"].comment("or 5, to round every published count")
    text["release"] = release
    engine = tomlkit.table()
    engine["kind"] = "duckdb"
    engine["memory"] = "4GB"
    text["engine"] = engine
    return tomlkit.dumps(text)


def _name(file: Path) -> str:
    return file.name.partition(".")[0].replace("_", "-").replace(" ", "-").lower()
