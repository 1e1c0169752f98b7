"""What a file's project says about it, when it lies in one."""

from __future__ import annotations

from pathlib import Path

from palermo.standard import Standard, load_standard
from palermo.tables import load_project

__all__ = ["standard_around"]


def standard_around(file: Path) -> Standard:
    """Load the standard with what the project folder around a file puts in its place."""
    around = next((folder for folder in file.resolve().parents if (folder / "palermo.toml").is_file()), None)
    return load_standard(load_project(around).standard if around else None)
