"""What a file's project says about it, when it lies in one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from palermo import intake
from palermo.errors import UsageError
from palermo.standard import Standard, load_standard
from palermo.tables import Project, load_project

__all__ = ["file_before", "mapping_for", "remembered", "rules_around", "rules_of", "standard_around"]

_FIGURES = re.compile(r"[0-9]+")
_YEAR = 4


def standard_around(file: Path) -> Standard:
    """Load the standard with what the project folder around a file puts in its place."""
    around = _project_around(file)
    return load_standard(load_project(around).standard if around else None)


def mapping_for(file: Path, name: str, standard: Standard) -> intake.Mapping:
    """Load the mapping that is named for a file: one of the user's own around it, a ready one, or any by its path.

    Raises
    ------
    UsageError
        None is named.
    InputError
        There is no such mapping, or it does not fit the standard.
    """
    if not name:
        raise UsageError(
            "a file needs a mapping.", todo=f"Add --mapping NAME; palermo map {file.name} says which, or drafts one."
        )
    return intake.load_mapping(name, standard, folder=_own_mappings(file))


def remembered(file: Path, standard: Standard) -> list[intake.Mapping]:
    """Load the user's own mappings: those of the project around a file, or those that lie beside it."""
    own = sorted(_own_mappings(file).glob("*.toml"))
    return [intake.load_mapping(str(path), standard) for path in own if _is_mapping(path)]


def _own_mappings(file: Path) -> Path:
    around = _project_around(file)
    folder = load_project(around).mappings if around else None
    return folder if folder and folder.is_dir() else file.resolve().parent


def _is_mapping(path: Path) -> bool:
    """Whether a TOML file is meant as a mapping: a folder of data can hold others, such as rules."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        return False
    return {"name", "shape", "fields"} <= given.keys()


def file_before(file: Path) -> Path | None:
    """Find the file beside one that is called the same but for an earlier date, as last month's or last year's is."""
    own, folder = _dated(file), file.resolve().parent
    if not own or not folder.is_dir():
        return None
    alike = [other for other in folder.iterdir() if _FIGURES.sub("#", other.name) == _FIGURES.sub("#", file.name)]
    return max((other for other in alike if other.is_file() and _dated(other) < own), key=_dated, default=None)


def _dated(file: Path) -> list[int]:
    """Give the figures in a name, those with a year in them first; none where there is no year."""
    said = sorted(_FIGURES.findall(file.name), key=lambda figures: len(figures) < _YEAR)
    return [int(figures) for figures in said] if said and len(said[0]) >= _YEAR else []


def rules_around(file: Path, named: Path | None, standard: Standard) -> tuple[intake.Rule, ...]:
    """Load the user's own rules: those of a file that is named, or of the project around the data."""
    if named:
        return intake.load_rules(named, standard)
    around = _project_around(file)
    return rules_of(load_project(around), standard) if around else ()


def rules_of(project: Project, standard: Standard) -> tuple[intake.Rule, ...]:
    """Load the rules that a project puts to its data besides ours."""
    return intake.load_rules(project.rules, standard) if project.rules.is_file() else ()


def _project_around(file: Path) -> Path | None:
    return next((folder for folder in file.resolve().parents if (folder / "palermo.toml").is_file()), None)
