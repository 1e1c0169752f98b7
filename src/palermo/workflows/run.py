"""The main job: agencies' files → a protected, sourced publication."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import polars as pl
from ibis.expr.types import Table

from palermo import intake, protection, statistics
from palermo.errors import ProjectError
from palermo.reports import write_report
from palermo.standard import Standard, load_standard
from palermo.tables import (
    Engine,
    Project,
    Release,
    Tabulation,
    atomic_file,
    atomic_folder,
    load_project,
    must_be_file,
    open_engine,
    sweep,
)
from palermo.workflows.imprint import gather, imprint, releases_of
from palermo.workflows.journal import previous_release, remember, vouch
from palermo.workflows.labels import ReportLabels
from palermo.workflows.publishing import write_release
from palermo.workflows.surroundings import rules_of

if TYPE_CHECKING:
    from palermo.workflows.private_run import Account

__all__ = ["Run", "Step", "run"]

_MANY_SOURCES = 2

Step = Callable[[str], AbstractContextManager[None]]
"""Tells the user what is being done, for as long as it takes."""


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
    project = load_project(root)
    standard = load_standard(project.standard)
    mappings = {
        source.name: intake.load_mapping(source.mapping, standard, folder=project.mappings)
        for source in project.sources
    }
    rules = rules_of(project, standard)
    account = _account(project, standard, mappings)
    with step("Hash the sources"):
        _all_there(project)
        inputs = gather(project, mappings, account.settings if account else {})
    releases = releases_of(project, out)
    folder = releases / inputs.id
    if folder.exists():
        with step("Verify the release that is there"):
            return _verified(project, folder)
    published = _published(project, releases)
    if account:
        account.check(inputs.id)
    sweep(project.store)
    with open_engine(project.engine, memory=project.memory, near=project.store) as engine:
        gathered = _take_in(project, mappings, rules, standard, engine=engine, step=step)
        with step("Keep findings and records in the private store"):
            _keep(project, gathered, engine)
        with step("Count the tables"):
            tables, unit, cautions = _count(project, gathered, rules, standard, engine)
    paid = None
    if account:
        with step("Spend from the budget: measure once, and make noisy tables and records"):
            paid = account.spend(inputs.id, tables, standard, unit)
        tables, cautions = paid.tables, (*paid.cautions, *cautions)
    with step("Protect all tables together, and attack them"):
        release = protection.release(tables, project.policy, noisy=paid.noisy if paid else None, before=published)
    previous = previous_release(project, inputs.id, releases)
    edition = imprint(project, inputs, mappings, release, unit=unit, previous=previous, cautions=cautions)
    labels = ReportLabels(standard, intake.told_of(rules))
    with step("Write the report"):
        before = _reopened(project, releases / previous) if previous else None
        report = write_report(release, edition, previous=before, labels=labels, places=_places(standard))
    with step("Put the release in its place"), atomic_folder(folder, near=project.store) as unfinished:
        write_release(unfinished, release, edition, report, inputs, labels, private=paid.folder if paid else None)
    remember(project, folder)
    return _made(folder, release, verified=False)


def _account(project: Project, standard: Standard, mappings: dict[str, intake.Mapping]) -> Account | None:
    """Open the account of a project that has a budget; only then is loaded what this takes."""
    if project.budget is None:
        return None
    from palermo.workflows.private_run import open_account

    return open_account(project, standard, [name for name, mapping in mappings.items() if mapping.shape == "records"])


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


def _take_in(
    project: Project,
    mappings: dict[str, intake.Mapping],
    rules: Sequence[intake.Rule],
    standard: Standard,
    *,
    engine: Engine,
    step: Step,
) -> list[intake.Examined]:
    gathered = []
    for source in project.sources:
        with step(f"Read and check {source.file.name}"):
            mapping = mappings[source.name]
            mapping = replace(mapping, country=mapping.country or project.country)
            examined = intake.examine(
                source.file, mapping, standard, engine, source=source.name, as_of=project.as_of, rules=rules
            )
            gathered.append(examined)
    return gathered


def _keep(project: Project, gathered: list[intake.Examined], engine: Engine) -> None:
    """Keep what the agency may need again: records, findings, values without a code, rows not read."""
    store = project.store
    for examined in gathered:
        folder = store / examined.source
        folder.mkdir(mode=0o700, exist_ok=True)
        engine.write_parquet(examined.table, folder / "cases.parquet")
        engine.write_parquet(examined.findings, folder / "findings.parquet")
        frames = {"unmapped": examined.unmapped, "quarantine": examined.quarantine, "quality": examined.quality}
        for name, frame in frames.items():
            with atomic_file(folder / f"{name}.parquet") as unfinished:
                frame.write_parquet(unfinished)


def _count(
    project: Project,
    gathered: list[intake.Examined],
    rules: Sequence[intake.Rule],
    standard: Standard,
    engine: Engine,
) -> tuple[list[Tabulation], str, tuple[str, ...]]:
    """Make every table of the publication, about the data and about their quality."""
    records = [examined for examined in gathered if examined.mapping.shape == "records"]
    aggregates = [examined for examined in gathered if examined.mapping.shape == "aggregates"]
    tables: list[Tabulation] = []
    cautions: list[str] = []
    unit = "figure"
    if records:
        unit = _unit(records)
        what = statistics.Counted(unit, _population(records))
        cases = _keyed(project, _within(project, [examined.table for examined in records]))
        cases = engine.keep(cases, "all-records")
        quality = intake.measure(cases, [field for field in standard.fields.values() if field.unit != "cell"], engine)
        filled = dict(quality.filter(pl.col("state") == intake.FILLED).select("field", "rows").rows())
        tables += statistics.record_tables(cases, what, filled, standard=standard, engine=engine)
        counted = dict.fromkeys(field for table in tables for field in table.fields)
        tables += statistics.count_quality(cases, list(counted), what, standard=standard, engine=engine)
        cautions += ["Records of other years than the period are left out."] if project.period else []
    for examined in aggregates:
        tables += statistics.reported_tables(examined.table, standard=standard, engine=engine)
        lag = statistics.lagging_year(examined.table, "detected-victims", engine)
        cautions += [lag] if lag else []
    found = pl.concat([examined.summary for examined in gathered])
    what_found = statistics.Counted("finding", "Rows of the sources that break a rule.")
    own = [rule.id for rule in rules]
    tables += statistics.count_findings(found, what_found, coarse=own, base=project.policy.threshold)
    return tables, unit, tuple(cautions)


def _keyed(project: Project, cases: Table) -> Table:
    if project.key is None:
        return cases
    return statistics.key_records(cases, protection.load_cell_key(project.key, project.root))


def _unit(records: list[intake.Examined]) -> str:
    """A person only where one source says that its rows are persons: over sources, people can be there twice."""
    units = {examined.mapping.unit for examined in records}
    return units.pop() if len(records) == 1 else "record"


def _population(records: list[intake.Examined]) -> str:
    if len(records) > _MANY_SOURCES:
        return f"Records of {len(records)} sources, which are named under Sources and terms."
    return f"Records of: {'; '.join(examined.mapping.title for examined in records)}."


def _within(project: Project, tables: list[Table]) -> Table:
    """Put the sources together, and leave out what lies outside the period."""
    cases = ibis.union(*tables) if len(tables) > 1 else tables[0]
    if project.first_year is not None:
        cases = cases.filter(cases.year.isnull() | (cases.year >= project.first_year))
    if project.last_year is not None:
        cases = cases.filter(cases.year.isnull() | (cases.year <= project.last_year))
    return cases
