"""palermo appraise, palermo sg-section: what the records say of a State or the world, and a report drafted from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palermo.cli.treaties import (
    AsOfOption,
    AsRecordedOption,
    Count,
    CountOption,
    JsonOption,
    ProjectOption,
    asked,
)
from palermo.errors import UsageError

if TYPE_CHECKING:
    from palermo.commitments.appraisal import Appraisal
    from palermo.commitments.provisions import Provision
    from palermo.commitments.section import ReportSection

__all__ = ["appraise", "sg_section"]

_YEARS_BETWEEN_REPORTS = 2
_LAST_DAY_OF_EVERY_MONTH = 28

ScopeOption = Annotated[
    str,
    typer.Option("--scope", metavar="SCOPE", help="A State, or an M49 region, as KEN or 202 or its name; or world."),
]
FromOption = Annotated[str, typer.Option("--from", metavar="YEAR", help="The first year, or day, of the period.")]
ToOption = Annotated[str, typer.Option("--to", metavar="YEAR", help="The last year, or day, of the period.")]
SchemeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scheme", metavar="NAME=FILE", help="An outside scheme beside it: 3p, tiers, criminalization or greta."
    ),
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="The first day that it covers; two years before otherwise.")
]


def appraise(
    scope: ScopeOption,
    from_: FromOption,
    to: ToOption,
    scheme: SchemeOption = None,
    as_recorded: AsRecordedOption = "",
    count: CountOption = Count.deposit,
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what was achieved, what is missing and what is hard, with sources; without rank or score."""
    from palermo.cli.screen import show_json
    from palermo.commitments.appraisal import Period
    from palermo.workflows.appraisal import Question, appraise

    period = Period(_bound(from_, "--from", last=False), _bound(to, "--to", last=True))
    if period.last < period.first:
        raise UsageError("--to lies before --from.")
    question = asked(period.last.isoformat(), as_recorded, count, project)
    answer = appraise(Question(scope, period, question, _schemes(scheme or [])))
    show_json(answer.as_json()) if as_json else _show_appraisal(answer)


def sg_section(
    as_of: AsOfOption = "",
    since: SinceOption = "",
    as_recorded: AsRecordedOption = "",
    count: CountOption = Count.deposit,
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft the section of the Secretary-General's report from records; each sentence has its sources and status."""
    from palermo.cli.screen import show_json
    from palermo.workflows.appraisal import report_section

    question = asked(as_of, as_recorded, count, project)
    first = _bound(since, "--since", last=False) if since else _years_before(question.as_of)
    if question.as_of < first:
        raise UsageError("--as-of lies before --since.")
    answer = report_section(first, question)
    show_json(answer.as_json()) if as_json else _show_section(answer)


def _bound(text: str, option: str, *, last: bool) -> date:
    from palermo.commitments.records import read_span

    try:
        span = read_span(text)
    except ValueError:
        span = read_span("")
    bound = span.latest if last else span.earliest
    if bound is None:
        raise UsageError(f"{option} {text!r} is no year and no day.", todo="Write it as 2012 or 2012-11-13.")
    return bound


def _years_before(day: date) -> date:
    return date(day.year - _YEARS_BETWEEN_REPORTS, day.month, min(day.day, _LAST_DAY_OF_EVERY_MONTH))


def _schemes(texts: list[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for text in texts:
        name, equals, file = text.partition("=")
        if not equals or not file or name in found:
            raise UsageError(f"--scheme {text!r} is no scheme.", todo="Write each as NAME=FILE, every name once.")
        found[name] = Path(file)
    return found


def _show_appraisal(answer: Appraisal) -> None:
    from palermo.cli.screen import Screen

    screen = Screen()
    named = dict(answer.instruments) | {each.id: _marked(each) for each in answer.provisions}
    rows = [
        (
            named.get(cell.subject, cell.subject),
            cell.role,
            entry["state"] or "",
            f"{entry['says']}\nSource: {entry['source']}",
            entry["confidence"],
        )
        for cell in answer.cells
        for entry in cell.entries
    ]
    screen.table(("under", "", "State", "what the record says", "sure"), rows)
    marked = sum(bool(each.mark) for each in answer.provisions)
    screen.say(f"{len(answer.without_records)} provisions have no record, which does not mean that nothing was done.")
    screen.say(f"The words and numbers of {marked} provisions of the Global Plan are reconstructed.")
    for note in answer.notes:
        screen.say(note)
    for series in answer.schemes:
        screen.say(f"Beside it, and no part of it: {series.title} ({series.owner}). {series.limit} See it with --json.")


def _marked(provision: Provision) -> str:
    return f"{provision.id} ({provision.certainty})" if provision.mark else provision.id


def _show_section(answer: ReportSection) -> None:
    from palermo.cli.screen import Screen

    screen, number = Screen(), 0
    for part in answer.as_json()["sections"]:
        screen.data.print(f"\n{part['title']}", markup=False, style="bold")
        if part["note"]:
            screen.data.print(part["note"], markup=False)
        for sentence in part["sentences"]:
            number += 1
            by = f" by {sentence['cleared_by']}" if sentence["cleared_by"] else ""
            certainty = [sentence["certainty"]] if sentence["certainty"] != "read" else []
            marks = ", ".join([sentence["status"] + by, *certainty])
            screen.data.print(f"{number}. {sentence['text']} [{marks}]", markup=False)
            screen.data.print(f"   Source: {'; '.join(sentence['sources'])}", markup=False)
    screen.say(f"{len(answer.annexes)} annexes: {'; '.join(annex.title for annex in answer.annexes)}. See --json.")
