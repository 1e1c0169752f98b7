"""The main job: agencies' files → a protected, sourced publication."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import intake, protection
from palermo.errors import ProjectError
from palermo.reports import write_report
from palermo.standard import Standard
from palermo.tables import Project, Release, atomic_folder, must_be_file, sweep
from palermo.workflows.counting import Job, Step, count_project, load_job
from palermo.workflows.imprint import gather, imprint, releases_of
from palermo.workflows.journal import previous_release, remember, vouch
from palermo.workflows.labels import ReportLabels
from palermo.workflows.once import hashes_of
from palermo.workflows.publishing import write_release

if TYPE_CHECKING:
    from palermo.workflows.private_run import Account

__all__ = ["Run", "Step", "run"]


def _silent(_: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run has made, or found already made."""

    id: str
    folder: Path
    report: Path
    verified: bool
    """Whether the release was there and not a byte of it had changed."""
    n_tables: int
    n_withheld: int


def run(root: Path, *, out: Path | None = None, step: Step = _silent) -> Run:
    """Carry a project from its sources to a release.

    The same inputs, settings and version give the same release; one that is there already is verified and left alone.
    Nothing of a release can be seen before all of it is written.

    Raises
    ------
    PalermoError
        The project, a mapping or a file must be mended, or the gate refuses to publish.
    """
    job = load_job(root)
    project, account = job.project, _account(job)
    with step("Hash the sources"):
        _all_there(project)
        linked_by = hashes_of(project, job.of_records)
        inputs = gather(project, job.mappings, linked=linked_by, budget=account.settings if account else {})
    releases = releases_of(project, out)
    folder = releases / inputs.id
    if folder.exists():
        with step("Verify the release that is there"):
            return _verified(project, folder)
    published = _published(project, releases)
    if account:
        account.check(inputs.id)
    sweep(project.store)
    tally = count_project(job, step=step)
    tables, cautions, paid = tally.tables, tally.cautions, None
    if account:
        with step("Spend from the budget: measure once, and make noisy tables and records"):
            paid = account.spend(inputs.id, tables, job.standard, tally.unit, tally.persons)
        with step("Attack trial releases of these records"):
            account.audit(paid)
        tables, cautions = paid.tables, (*paid.cautions, *cautions)
    with step("Protect all tables together, and attack them"):
        unseen = tally.unseen if not account or account.exact_too else ()
        noisy = paid.noisy if paid else None
        release = protection.release(tables, project.policy, unseen, noisy=noisy, before=published)
    previous = previous_release(project, inputs.id, releases)
    edition = imprint(project, inputs, job.mappings, release, unit=tally.unit, previous=previous, cautions=cautions)
    labels = ReportLabels(job.standard, intake.told_of(job.rules))
    with step("Write the report"):
        before = _reopened(project, releases / previous) if previous else None
        report = write_report(release, edition, previous=before, labels=labels, places=_places(job.standard))
    with step("Put the release in its place"), atomic_folder(folder, near=project.store) as unfinished:
        write_release(unfinished, release, edition, report, inputs, labels, private=paid.folder if paid else None)
    remember(project, folder)
    return _made(folder, release, verified=False)


def _account(job: Job) -> Account | None:
    """Open the account of a project that has a budget; only then is loaded what this takes."""
    if job.project.budget is None:
        return None
    from palermo.workflows.private_run import open_account

    return open_account(job.project, job.standard, job.of_records, linked=job.project.encodings is not None)


def _verified(project: Project, folder: Path) -> Run:
    release = _reopened(project, folder)
    remember(project, folder)
    return _made(folder, release, verified=True)


def _published(project: Project, releases: Path) -> list[Release]:
    """Read the releases back that have gone out."""
    for name in project.published:
        if not (releases / name / "manifest.json").is_file():
            raise ProjectError(
                f"[release] published names {name}, and there is no such release.",
                where="palermo.toml",
                todo="Put its folder back into releases/, or mend the name: a new release is compared with it.",
            )
    return [_reopened(project, releases / name) for name in project.published]


def _reopened(project: Project, folder: Path) -> Release:
    vouch(project, folder)
    return protection.reopen(folder)


def _places(standard: Standard) -> dict[str, tuple[float, float]]:
    """Give the points of countries that no map has, longitude first."""
    return {
        code: (country.longitude, country.latitude)
        for code, country in standard.countries.items()
        if country.longitude is not None and country.latitude is not None
    }


def _made(folder: Path, release: Release, *, verified: bool) -> Run:
    n_withheld = release.audit.n_withheld
    return Run(folder.name, folder, folder / "report.html", verified, len(release.tables), n_withheld)


def _all_there(project: Project) -> None:
    for source in project.sources:
        must_be_file(
            source.file,
            todo=f"It is the source {source.name}: put it into the folder sources/, or mend its path in palermo.toml.",
        )
