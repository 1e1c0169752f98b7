"""How good the data of a file, or of all sources of a project, are; for those inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from palermo import intake
from palermo.errors import UsageError
from palermo.reports import FindingLine, QualityPage, ShareLine, SourceQuality, write_quality
from palermo.standard import Standard, load_standard
from palermo.tables import Engine, atomic_file, load_project, must_be_file, open_engine
from palermo.workflows.surroundings import file_before, mapping_for, rules_around, rules_of, standard_around

__all__ = ["QualityAnswer", "appraise_quality"]

_BREAK = 25
_NONE = "the source says nothing of this"


@dataclass(frozen=True, slots=True)
class QualityAnswer:
    """What `palermo quality` says: shares by source, field and year, and the statement made of them."""

    page: QualityPage
    measures: tuple[tuple[str, intake.Measured], ...]
    """Each with the name of its source."""

    def as_json(self) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "private": True,
            "as_of": self.page.as_of.isoformat(),
            "coverage": list(self.page.coverage),
            "sources": [
                {
                    "source": source.name,
                    "title": source.title,
                    "rows": source.rows,
                    "first_year": source.years[0] if source.years else None,
                    "last_year": source.years[-1] if source.years else None,
                    "days_behind": source.days_behind,
                    "dimensions": [
                        {"dimension": line.name, "part": line.part, "whole": line.whole, "says": line.says}
                        for line in source.dimensions
                    ],
                    "breaks": list(source.breaks),
                }
                for source in self.page.sources
            ],
            "measures": [
                {
                    "source": source,
                    "dimension": each.dimension,
                    "field": each.field or None,
                    "year": each.year,
                    "part": each.part,
                    "whole": each.whole,
                }
                for source, each in self.measures
            ],
        }


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was read, of which day, in which standard."""

    day: date
    standard: Standard
    gathered: list[intake.Examined]


def appraise_quality(
    place: Path, *, mapping: str | None = None, as_of: date | None = None, today: date, out: Path | None = None
) -> QualityAnswer:
    """Put the six questions of quality to a file with its mapping, or to every source of a project.

    Parameters
    ----------
    as_of
        The day on which the data were taken; that of the project, or ``today``, otherwise.
    out
        Where the page is written; it is private, as the numbers on it have not passed the gate.

    Raises
    ------
    PalermoError
        A file without a mapping, a project with one, or something that must be mended.
    """
    with open_engine() as engine:
        if (place / "palermo.toml").is_file() or place.is_dir():
            if mapping:
                raise UsageError("a project names its own mappings.", todo="Leave out --mapping, or give a file.")
            taken = _of_project(place, as_of, today, engine)
        else:
            if not mapping:
                must_be_file(place, todo="Check the path.")
                raise UsageError("a file needs a mapping.", todo="Add --mapping NAME, or give a project folder.")
            taken = _of_file(place, mapping, as_of or today, engine)
        return _answer(taken, engine, out)


def _of_project(root: Path, as_of: date | None, today: date, engine: Engine) -> _Taken:
    project = load_project(root)
    standard = load_standard(project.standard)
    day = as_of or project.as_of or today
    gathered = []
    for source in project.sources:
        mapping = intake.load_mapping(source.mapping, standard, folder=project.mappings)
        mapping = replace(mapping, country=mapping.country or project.country)
        rules = rules_of(project, standard)
        gathered.append(
            intake.examine(
                source.file,
                mapping,
                standard,
                engine,
                source=source.name,
                as_of=day,
                rules=rules,
                before=file_before(source.file),
            )
        )
    return _Taken(day, standard, gathered)


def _of_file(file: Path, name: str, day: date, engine: Engine) -> _Taken:
    standard = standard_around(file)
    mapping = mapping_for(file, name, standard)
    rules = rules_around(file, None, standard)
    before = file_before(file)
    examined = intake.examine(file, mapping, standard, engine, as_of=day, rules=rules, before=before)
    return _Taken(day, standard, [examined])


def _answer(taken: _Taken, engine: Engine, out: Path | None) -> QualityAnswer:
    day, standard = taken.day, taken.standard
    measures, sources = [], []
    for examined in taken.gathered:
        found = intake.measure_dimensions(examined, standard, engine)
        measures += [(examined.source, each) for each in found]
        sources.append(_source(examined, found, standard, intake.days_behind(examined, engine, day)))
    page = QualityPage(day, _coverage(taken, sources), tuple(sources), version("palermo"))
    if out:
        with atomic_file(out) as unfinished:
            unfinished.write_text(write_quality(page), "utf-8")
    return QualityAnswer(page, tuple(measures))


def _source(
    examined: intake.Examined, found: tuple[intake.Measured, ...], standard: Standard, behind: int | None
) -> SourceQuality:
    years = tuple(sorted({each.year for each in found if each.year is not None}))
    fields = tuple(dict.fromkeys(each.field for each in found if each.dimension == "completeness"))
    complete = {(each.field, each.year): each for each in found if each.dimension == "completeness"}
    return SourceQuality(
        name=examined.source,
        title=examined.mapping.title,
        rows=examined.rows_in,
        years=years,
        days_behind=behind,
        dimensions=tuple(_line(name, found, behind) for name in intake.DIMENSIONS),
        by_field=tuple(
            (
                standard.field_label(field),
                tuple(_share(complete.get((field, year))) for year in (None, *years)),
            )
            for field in fields
        ),
        by_year=tuple(_years(name, found, years) for name in ("accuracy", "coherence", "comparability", "timeliness")),
        breaks=tuple(_breaks(fields, years, complete, standard)),
        findings=tuple(
            FindingLine(examined.told[rule][1], standard.field_label(field) if field else "", rows, first)
            for rule, field, rows, first in examined.summary.sort("rows", descending=True).rows()
        ),
    )


def _share(each: intake.Measured | None) -> tuple[int, int] | None:
    return (each.part, each.whole) if each else None


def _line(name: str, found: tuple[intake.Measured, ...], behind: int | None) -> ShareLine:
    """Answer one question for all years together."""
    own = [each for each in found if each.dimension == name and each.year is None]
    whole_rows = [each for each in own if not each.field] or own
    part, whole = sum(each.part for each in whole_rows), sum(each.whole for each in whole_rows)
    says = _SAYS[name] if whole else _NONE
    if name == "timeliness" and behind is not None:
        says = f"{says}; it ends {behind:,} days before the day of this page"
    return ShareLine(name, intake.DIMENSIONS[name], part, whole, says)


_SAYS = {
    "relevance": "of the fields that the smallest common tables need are there",
    "completeness": "of the cells of its fields say something",
    "accuracy": "of its rows break no rule about what a cell can say",
    "timeliness": "of the persons whose two dates are known were registered within 30 days of their detection",
    "coherence": "of its rows agree with themselves, with other rows and with totals",
    "comparability": "of its rows say all in codes and units that others share",
}


def _years(
    name: str, found: tuple[intake.Measured, ...], years: tuple[int, ...]
) -> tuple[str, tuple[tuple[int, int] | None, ...]]:
    own = {each.year: each for each in found if each.dimension == name and not each.field}
    return name, tuple(_share(own.get(year)) for year in (None, *years))


def _breaks(
    fields: tuple[str, ...],
    years: tuple[int, ...],
    complete: dict[tuple[str, int | None], intake.Measured],
    standard: Standard,
) -> list[str]:
    """Name the fields that were filled far more, or far less, than the year before: there a comparison breaks."""
    said = []
    for field in fields:
        shares = [(year, _percent(complete[field, year])) for year in years]
        leaps = [(abs(after[1] - before[1]), before, after) for before, after in pairwise(shares)]
        leap, before, after = max(leaps, default=(0, (0, 0), (0, 0)))
        if leap >= _BREAK:
            label = standard.field_label(field)
            said.append(f"{label}: recorded in {before[1]} % of {before[0]}, and in {after[1]} % of {after[0]}.")
    return said


def _percent(each: intake.Measured) -> int:
    return (200 * each.part + each.whole) // (2 * each.whole) if each.whole else 0


def _coverage(taken: _Taken, sources: list[SourceQuality]) -> tuple[str, ...]:
    """Say in words who is in the data, of which years, and what nobody asked; whoever quotes a number needs it."""
    years = [year for source in sources for year in source.years]
    span = " to ".join(str(year) for year in sorted({min(years), max(years)})) if years else "unknown years"
    rows = sum(source.rows for source in sources)
    n = len(sources)
    said = [f"{n} {'source' if n == 1 else 'sources'} with {rows:,} rows about {span}, as of {taken.day.isoformat()}."]
    said += [f"{source.title}: {_who(examined)}" for source, examined in zip(sources, taken.gathered, strict=True)]
    absent = [
        taken.standard.field_label(name)
        for name in intake.missed(taken.gathered[0])
        if all(name in intake.missed(examined) for examined in taken.gathered)
    ]
    if absent:
        said.append(f"Of this no source says anything: {', '.join(absent)}.")
    said.append("Who was never detected, or never reported by these sources, is not in the data.")
    return tuple(said)


def _who(examined: intake.Examined) -> str:
    lost = examined.quarantine.height
    words = f"{examined.rows_accepted:,} of {examined.rows_in:,} rows could be read" if lost else "every row was read"
    coverage = examined.mapping.coverage
    return f"{words}. {coverage}" if coverage else f"{words}."
