"""The report of a release that was made before."""

from __future__ import annotations

from pathlib import Path

from palermo.errors import ProjectError
from palermo.protection import verify
from palermo.tables import load_project
from palermo.workflows.imprint import releases_of
from palermo.workflows.journal import made_releases, vouch

__all__ = ["find_report"]


def find_report(root: Path, *, release: str | None = None, out: Path | None = None) -> Path:
    """Find the report of a release, the last one made if none is named, and see that it is as it was written.

    Raises
    ------
    ProjectError
        There is no release yet, none of that id, or it was changed since.
    """
    project = load_project(root)
    releases = releases_of(project, out)
    made = [id_ for id_ in made_releases(project) if (releases / id_).is_dir()]
    chosen = release or (made[-1] if made else None)
    if chosen is None:
        raise ProjectError("this project has no release yet.", where=str(root), todo="Make one with: palermo run")
    folder = releases / chosen
    if not folder.is_dir():
        known = ", ".join(made) or "none"
        raise ProjectError(f"there is no release {chosen}.", where=str(releases), todo=f"The releases are: {known}.")
    vouch(project, folder)
    verify(folder)
    return folder / "report.html"
