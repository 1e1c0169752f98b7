"""Where a project keeps its register, whichever command asks."""

from __future__ import annotations

from pathlib import Path

from palermo.errors import ProjectError

__all__ = ["register_folder", "register_that_is_there", "register_to_write"]

_FOLDER = "register"


def register_folder(project: Path) -> Path:
    """Give the folder `register/` of a project; a folder of that name, without another in it, is one itself."""
    within = project / _FOLDER
    return project if project.resolve().name == _FOLDER and not within.is_dir() else within


def register_to_write(project: Path) -> Path:
    """Give the register of a project that may still be without one.

    Raises
    ------
    ProjectError
        There can be no such project.
    """
    if project.is_file() or not project.parent.is_dir():
        raise ProjectError("this is no folder.", where=project.name, todo="Name the folder of a project.")
    return register_folder(project)


def register_that_is_there(project: Path) -> Path:
    """Give the register of a project that has one.

    Raises
    ------
    ProjectError
        There is no such project, or it has no register.
    """
    folder = register_folder(project)
    if not folder.is_dir():
        where, todo = str(project), f"Begin one with: palermo register begin {project}"
        raise ProjectError(f"there is no folder {_FOLDER}/ in this project.", where=where, todo=todo)
    return folder
