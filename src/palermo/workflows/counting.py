"""A project's sources → every table of its publication, exact and private."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import polars as pl
from ibis.expr.types import Table

from palermo import intake, protection, statistics
from palermo.standard import Standard, load_standard
from palermo.tables import Engine, Estimation, Project, Tabulation, atomic_file, load_project, open_engine
from palermo.workflows.once import Linked, link_sources, persons_by_row, with_persons
from palermo.workflows.surroundings import rules_of

__all__ = ["Job", "Step", "Tally", "count_project", "load_job"]

_MANY_SOURCES = 2
_NOT_REVIEWED = "No number of persons is given: people must first judge a sample of the links between records."

Step = Callable[[str], AbstractContextManager[None]]
"""Tells the user what is being done, for as long as it takes."""


@dataclass(frozen=True, slots=True)
class Job:
    """A project with all that its settings name."""

    project: Project
    standard: Standard
    mappings: dict[str, intake.Mapping]
    """By source."""
    rules: tuple[intake.Rule, ...]
    """The project's own."""

    @property
    def of_records(self) -> list[str]:
        """The sources that have records, not figures of others."""
        return [name for name, mapping in self.mappings.items() if mapping.shape == "records"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted. Private."""

    tables: list[Tabulation]
    unit: str
    cautions: tuple[str, ...]
    persons: pl.DataFrame | None
    """Whose each row is, by ``source`` and ``source_row``, where records are linked and a budget is spent."""
    unseen: tuple[Estimation, ...] = ()
    """How many people no source has, where records are linked; a privacy budget has no room for it."""


def load_job(root: Path) -> Job:
    """Read a project's settings and all files they name, but no source.

    Raises
    ------
    PalermoError
        One of these files must be mended.
    """
    project = load_project(root)
    standard = load_standard(project.standard)
    mappings = {
        source.name: intake.load_mapping(source.mapping, standard, folder=project.mappings)
        for source in project.sources
    }
    return Job(project, standard, mappings, rules_of(project, standard))


def count_project(job: Job, *, step: Step) -> Tally:
    """Link the sources if the project does, take them in, keep their records in the private store, and count.

    Raises
    ------
    PalermoError
        A source or a file of encodings must be mended.
    """
    project = job.project
    linked = _link(job, step)
    with open_engine(project.engine, memory=project.memory, near=project.store) as engine:
        gathered = _take_in(job, engine=engine, step=step)
        with step("Keep findings and records in the private store"):
            _keep(project, gathered, engine)
        with step("Count the tables"):
            tally = _count(job, gathered, linked, engine)
        if linked is None or project.budget:
            return tally
        with step("Estimate how many people are in no source"):
            return replace(tally, unseen=_unseen(job, gathered, linked, engine))


def _unseen(job: Job, gathered: list[intake.Examined], linked: Linked, engine: Engine) -> tuple[Estimation, ...]:
    """Estimate from the records within the period; only then is loaded what this takes."""
    from palermo.workflows.unseen import estimate_unseen

    tables = _tables_of([examined for examined in gathered if examined.mapping.shape == "records"])
    met = _within(job.project, list(with_persons(tables, linked, engine).values()))
    return tuple(estimate_unseen(met, linked, job.of_records, engine))


def _link(job: Job, step: Step) -> Linked | None:
    """Say whose the records are, in a project that has encodings."""
    if not job.project.encodings:
        return None
    with step("Link the encodings, so that a person counts once"):
        return link_sources(job.project, job.of_records)


def _take_in(job: Job, *, engine: Engine, step: Step) -> list[intake.Examined]:
    project, gathered = job.project, []
    for source in project.sources:
        with step(f"Read and check {source.file.name}"):
            mapping = job.mappings[source.name]
            mapping = replace(mapping, country=mapping.country or project.country)
            examined = intake.examine(
                source.file,
                mapping,
                job.standard,
                engine,
                source=source.name,
                as_of=project.as_of,
                rules=job.rules,
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
        aside = examined.quarantine
        if examined.mapping.identity:
            aside = aside.drop("cells")  # they may hold names; the number of the row leads back to the file
        frames = {"unmapped": examined.unmapped, "quarantine": aside, "quality": examined.quality}
        for name, frame in frames.items():
            with atomic_file(folder / f"{name}.parquet") as unfinished:
                frame.write_parquet(unfinished)


def _count(job: Job, gathered: list[intake.Examined], linked: Linked | None, engine: Engine) -> Tally:
    """Make every table of the publication, about the data and about their quality."""
    project, standard = job.project, job.standard
    records = [examined for examined in gathered if examined.mapping.shape == "records"]
    aggregates = [examined for examined in gathered if examined.mapping.shape == "aggregates"]
    tables: list[Tabulation] = []
    cautions: list[str] = []
    unit = "figure"
    if records:
        cases, what, of_linkage = _whose(project, records, linked, engine)
        unit = what.unit
        quality = intake.measure(cases, [field for field in standard.fields.values() if field.unit != "cell"], engine)
        filled = dict(quality.filter(pl.col("state") == intake.FILLED).select("field", "rows").rows())
        tables += statistics.record_tables(cases, what, filled, standard=standard, engine=engine)
        counted = dict.fromkeys(field for table in tables for field in table.fields)
        tables += statistics.count_quality(cases, list(counted), what, standard=standard, engine=engine)
        tables += of_linkage
        cautions += [_NOT_REVIEWED] if linked and not linked.publishable else []
        cautions += ["Records of other years than the period are left out."] if project.period else []
    for examined in aggregates:
        tables += statistics.reported_tables(examined.table, standard=standard, engine=engine)
        lag = statistics.lagging_year(examined.table, "detected-victims", engine)
        cautions += [lag] if lag else []
    cautions += _unasked(job)
    found = pl.concat([examined.summary for examined in gathered])
    what_found = statistics.Counted("finding", "Rows of the sources that break a rule.")
    own = [rule.id for rule in job.rules]
    tables += statistics.count_findings(found, what_found, coarse=own, base=project.policy.threshold)
    persons = persons_by_row(_tables_of(records), linked, engine) if linked and project.budget else None
    return Tally(tables, unit, tuple(cautions), persons)


def _unasked(job: Job) -> list[str]:
    """Say of what no source could say anything; its mappings tell, and no count."""
    each = [intake.unasked(mapping) for mapping in job.mappings.values()]
    absent = [job.standard.field_label(name) for name in each[0] if all(name in other for other in each)]
    return [f"Of this no source has a column: {', '.join(absent)}."] if absent else []


def _whose(
    project: Project, records: list[intake.Examined], linked: Linked | None, engine: Engine
) -> tuple[Table, statistics.Counted, list[Tabulation]]:
    """Give what is counted, records or the first of each person, and what there is to say of the linkage."""
    tables = _tables_of(records)
    if linked:
        tables = with_persons(tables, linked, engine)
    cases = _keyed(project, _within(project, list(tables.values())))
    key = statistics.RECORD_KEY if project.key else ""
    what = statistics.Counted(_unit(records), _population(records, "Records"), key=key)
    if linked is None:
        return engine.keep(cases, "all-records"), what, []
    what = replace(what, contributor=linked.contributor)
    if not linked.publishable:
        return engine.keep(cases, "all-records"), what, []
    marked = engine.keep(statistics.mark_first(cases), "all-records")
    persons = replace(what, unit="person", population=_population(records, "Persons"), within=(statistics.FIRST,))
    once = statistics.count_once(marked, what, engine=engine, notes=linked.notes)
    doubt = statistics.count_at_thresholds(marked, linked.thresholds, persons, own=linked.own, engine=engine)
    field, code = statistics.FIRST
    return marked.filter(marked[field] == code), persons, [once, doubt]


def _keyed(project: Project, cases: Table) -> Table:
    if project.key is None:
        return cases
    return statistics.key_records(cases, protection.load_cell_key(project.key, project.root))


def _tables_of(gathered: list[intake.Examined]) -> dict[str, Table]:
    return {examined.source: examined.table for examined in gathered}


def _unit(records: list[intake.Examined]) -> str:
    """A person only where one source says that its rows are persons: over sources, people can be there twice."""
    units = {examined.mapping.unit for examined in records}
    return units.pop() if len(records) == 1 else "record"


def _population(records: list[intake.Examined], who: str) -> str:
    of = "Records of" if who == "Records" else f"{who} in the records of"
    if len(records) > _MANY_SOURCES:
        return f"{of} {len(records)} sources, which are named under Sources and terms."
    return f"{of}: {'; '.join(examined.mapping.title for examined in records)}."


def _within(project: Project, tables: list[Table]) -> Table:
    """Put the sources together, and leave out what lies outside the period."""
    cases = ibis.union(*tables) if len(tables) > 1 else tables[0]
    if project.first_year is not None:
        cases = cases.filter(cases.year.isnull() | (cases.year >= project.first_year))
    if project.last_year is not None:
        cases = cases.filter(cases.year.isnull() | (cases.year <= project.last_year))
    return cases
