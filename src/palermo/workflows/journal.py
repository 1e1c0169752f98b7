"""The releases of a project, in the order in which they were made, and what vouches for each of them."""

from __future__ import annotations

import json
from pathlib import Path

from palermo.errors import ProjectError
from palermo.tables import Project, atomic_file, sha256_of, text_of

__all__ = ["made_releases", "previous_release", "remember", "vouch"]

_JOURNAL = "releases.json"


def made_releases(project: Project) -> dict[str, str]:
    """Give the ids of all releases, the first one first, each with the hash of its manifest."""
    path = project.store / _JOURNAL
    return (
        {made["id"]: made["manifest_sha256"] for made in json.loads(path.read_text("utf-8"))} if path.is_file() else {}
    )


def previous_release(project: Project, this: str, releases: Path) -> str | None:
    """Give the release made before this one, as far as it is still there."""
    made = list(made_releases(project))
    before = made[: made.index(this)] if this in made else made
    return next((id_ for id_ in reversed(before) if (releases / id_ / "manifest.json").is_file()), None)


def remember(project: Project, folder: Path) -> None:
    """Write a release and the hash of its manifest into the journal, which is kept in the private store."""
    made = made_releases(project) | {folder.name: sha256_of(folder / "manifest.json")}
    rows = [{"id": id_, "manifest_sha256": digest} for id_, digest in made.items()]
    with atomic_file(project.store / _JOURNAL) as unfinished:
        unfinished.write_text(text_of(rows), "utf-8")


def vouch(project: Project, folder: Path) -> None:
    """Compare the manifest of a release with its hash in the journal, as far as the release is known there.

    Raises
    ------
    ProjectError
        The manifest was changed since the release was made.
    """
    manifest = folder / "manifest.json"
    known = made_releases(project).get(folder.name)
    if known and manifest.is_file() and sha256_of(manifest) != known:
        raise ProjectError(
            "changed since the release was made: manifest.json.",
            where=f"releases/{folder.name}",
            todo="Put the folder aside, and run again to make the release anew.",
        )
