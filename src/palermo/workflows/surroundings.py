"""What a file's project says about it, when it lies in one."""

from __future__ import annotations

from pathlib import Path

from palermo.standard import Standard, load_standard
from palermo.tables import load_project

__all__ = ["mappings_around", "standard_around"]


def standard_around(file: Path) -> Standard:
    """Load the standard with what the project folder around a file puts in its place."""
    around = _project_around(file)
    return load_standard(load_project(around).standard if around else None)


def mappings_around(file: Path) -> Path | None:
    """Give the mappings folder of the project around a file, if it lies in one that has it."""
    around = _project_around(file)
    folder = load_project(around).mappings if around else None
    return folder if folder and folder.is_dir() else None


def _project_around(file: Path) -> Path | None:
    return next((folder for folder in file.resolve().parents if (folder / "palermo.toml").is_file()), None)
