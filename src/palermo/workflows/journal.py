"""The releases of a project, in the order in which they were made."""

from __future__ import annotations

import json
from pathlib import Path

from palermo.tables import Project, atomic_file, text_of

__all__ = ["made_releases", "previous_release", "remember"]

_JOURNAL = "releases.json"


def made_releases(project: Project) -> list[str]:
    """Give the ids of all releases, the first one first."""
    path = project.store / _JOURNAL
    return list(json.loads(path.read_text("utf-8"))) if path.is_file() else []


def previous_release(project: Project, this: str, releases: Path) -> str | None:
    """Give the release made before this one, as far as it is still there."""
    made = made_releases(project)
    before = made[: made.index(this)] if this in made else made
    return next((id_ for id_ in reversed(before) if (releases / id_ / "manifest.json").is_file()), None)


def remember(project: Project, this: str) -> None:
    """Add a release to the journal."""
    made = made_releases(project)
    if this not in made:
        with atomic_file(project.store / _JOURNAL) as unfinished:
            unfinished.write_text(text_of([*made, this]), "utf-8")
