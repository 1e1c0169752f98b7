"""Which release this is: the hash of what goes into it, and the words of its imprint."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import palermo
from palermo import intake
from palermo.protection import load_cell_key
from palermo.tables import Edition, Project, Release, SourceNote, sha256_of, text_of

__all__ = ["Inputs", "gather", "imprint", "releases_of"]

_DIGITS = 12
_DETECTION = (
    "The tables count what was detected. They measure detection as much as the crime, "
    "and do not say how far it reaches."
)
_RECORDS = (
    "The same person can be in the files of several reporting entities. These are records; they have not been linked, "
    "and no number of persons over entities is given."
)
_LINKED = (
    "The same person can be in the files of several reporting entities. Records were linked without names, and each "
    "person is counted once, by the earliest record. Which records are one person's is an estimate."
)
_WORTH = "What the linkage is worth is said under Records and persons."
_SYNTHETIC = (
    "The records are synthetic: each imitates a pattern in real cases and is nobody's. They are not counts of people."
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a release depends on."""

    files: tuple[dict[str, str], ...]
    """For each source its name, file, mapping and their hashes."""
    settings: dict[str, Any]
    id: str


def gather(
    project: Project,
    mappings: dict[str, intake.Mapping],
    *,
    linked: Mapping[str, str] = MappingProxyType({}),
    budget: Mapping[str, Any] = MappingProxyType({}),
) -> Inputs:
    """Hash the sources, the mappings, the settings and the version of palermo.

    Parameters
    ----------
    linked
        The hashes of what says which records are one person's.
    budget
        What decides on noise, in a project that has a privacy budget.
    """
    files = tuple(
        {
            "name": source.name,
            "file": source.file.name,
            "sha256": sha256_of(source.file),
            "mapping": source.mapping,
            "mapping_sha256": _hash(mappings[source.name]),
        }
        for source in project.sources
    )
    standard = {
        path.relative_to(project.standard).as_posix(): sha256_of(path)
        for path in sorted(project.standard.rglob("*.csv"))
    }
    settings: dict[str, Any] = {
        "title": project.title,
        "publisher": project.publisher,
        "country": project.country,
        "period": [project.first_year, project.last_year],
        "as_of": project.as_of.isoformat() if project.as_of else None,
        "provisional": list(project.provisional),
        "policy": asdict(project.policy),
        "standard": standard,
        "rules": sha256_of(project.rules) if project.rules.is_file() else None,
        "version": palermo.__version__,
    }
    settings |= {"linkage": linked} if linked else {}
    settings |= {"budget": budget} if budget else {}
    settings |= {"published": list(project.published)} if project.published else {}
    settings |= {"key": _fingerprint(project)} if project.key else {}
    whole = text_of({"files": list(files), "settings": settings})
    return Inputs(files, settings, hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS])


def _fingerprint(project: Project) -> str:
    """Hash the secret behind the noise, so that another one makes another release; nothing leads back from this."""
    assert project.key is not None
    secret = load_cell_key(project.key, project.root)
    return hmac.new(secret, b"palermo cell key", hashlib.sha256).hexdigest()


def _hash(mapping: intake.Mapping) -> str:
    """Hash what a mapping says; sets are put in order, since theirs differs from one process to the next."""
    text = json.dumps(asdict(mapping), sort_keys=True, default=sorted)
    return hashlib.sha256(text.encode()).hexdigest()


def imprint(
    project: Project,
    inputs: Inputs,
    mappings: dict[str, intake.Mapping],
    release: Release,
    *,
    unit: str,
    previous: str | None,
    cautions: tuple[str, ...] = (),
) -> Edition:
    """Put together what readers must be told beside the figures."""
    return Edition(
        id=inputs.id,
        title=project.title,
        publisher=project.publisher,
        country=project.country,
        period=project.period or _published_years(release),
        unit=unit,
        sources=tuple(_note(file, mappings[file["name"]]) for file in inputs.files),
        version=palermo.__version__,
        previous=previous,
        cautions=(*_standing(project, mappings, release, unit), *cautions),
    )


def _note(file: dict[str, str], mapping: intake.Mapping) -> SourceNote:
    return SourceNote(
        name=file["name"],
        title=mapping.title,
        publisher=mapping.publisher,
        citation=mapping.citation,
        terms=mapping.terms,
        coverage=" ".join(mapping.coverage.split()),
        file=file["file"],
        sha256=file["sha256"],
        mapping=file["mapping"],
    )


def _standing(project: Project, mappings: dict[str, intake.Mapping], release: Release, unit: str) -> tuple[str, ...]:
    """Choose by rule the sentences without which the figures could be misread."""
    records = [mapping for mapping in mappings.values() if mapping.shape == "records"]
    cautions = [_DETECTION]
    if len(records) > 1:
        cautions.append(_LINKED if unit == "person" else _RECORDS)
    if any(table.name == "records-and-persons" for table in release.tables):
        cautions.append(_WORTH)
    if unit.startswith("synthetic"):
        cautions.append(_SYNTHETIC)
    if project.provisional:
        years = ", ".join(map(str, project.provisional))
        cautions.append(f"Still incomplete: {years}. Lower figures there are no fall.")
    return tuple(cautions)


def _published_years(release: Release) -> str:
    """Take the period from what is published, since a rare year could itself say something about somebody."""
    years: list[int] = []
    for table in release.tables:
        if "year" in table.fields:
            shown = table.cells.filter(table.cells["cell_status"] == "published")["year"]
            years += [int(year) for year in shown if year.isdigit()]
    return f"{min(years)}–{max(years)}" if years else ""


def releases_of(project: Project, out: Path | None) -> Path:
    """Where the releases of a project go."""
    return (out or project.root) / "releases"
