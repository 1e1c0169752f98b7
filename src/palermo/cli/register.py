"""`palermo register`: questionnaires, recommendations, cooperation, funds and meetings, kept as plain CSV."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palermo.errors import InputError, UsageError

if TYPE_CHECKING:
    from palermo.workflows.register import Checked

__all__ = ["register"]

register = typer.Typer(
    help="Registers of commitments: answers, recommendations, cooperation, funds, meetings.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ProjectArgument = Annotated[Path, typer.Argument(metavar="[PROJECT]", help="A project folder; this one otherwise.")]
AsOfOption = Annotated[str, typer.Option("--as-of", metavar="DATE", help="What was true on this day; today otherwise.")]
AsRecordedOption = Annotated[
    str, typer.Option("--as-recorded", metavar="DATE", help="As it was known on this day; today otherwise.")
]
StateOption = Annotated[
    list[str] | None, typer.Option("--state", metavar="XXX", help="Only this State; several times.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer for programs.")]


@register.command()
def begin(project: ProjectArgument = Path()) -> None:
    """Make the files of a register that are not there yet, with their headings."""
    from palermo.cli.screen import Screen
    from palermo.workflows.register import begin

    begun = begin(project)
    screen = Screen()
    screen.say(f"Made {len(begun.made)} files in {begun.folder}; {len(begun.there)} were there and are as they were.")
    screen.say(f"Fill in what you have. Next: palermo register check {project}")


@register.command()
def check(project: ProjectArgument = Path(), as_recorded: AsRecordedOption = "", as_json: JsonOption = False) -> None:
    """Read every file and put every rule to it; exit code 3 if anything must be mended."""
    from palermo.cli.screen import show_json
    from palermo.workflows.register import check

    answer = check(project, as_recorded=_day("--as-recorded", as_recorded))
    show_json(answer.as_json()) if as_json else _show_check(answer)
    if answer.findings:
        raise typer.Exit(3)


@register.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A view, or a file; another name lists them all.")],
    project: ProjectArgument = Path(),
    as_of: AsOfOption = "",
    as_recorded: AsRecordedOption = "",
    state: StateOption = None,
    within: Annotated[int, typer.Option("--within", min=0, metavar="DAYS", help="For reminders: days ahead.")] = 30,
    likeness: Annotated[
        float, typer.Option("--likeness", min=1, max=100, metavar="N", help="For recommendations: how like, of 100.")
    ] = 75,
    as_json: JsonOption = False,
) -> None:
    """Show one answer, or one register, as of a day."""
    from palermo.cli.register_screen import show_view
    from palermo.cli.screen import show_json
    from palermo.workflows.register import show
    from palermo.workflows.register_views import Question

    question = Question(
        _day("--as-of", as_of), _day("--as-recorded", as_recorded), tuple(state or ()), within, likeness
    )
    view = show(project, name, question)
    show_json(view.as_json()) if as_json else show_view(view)


@register.command()
def iati(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")],
    project: ProjectArgument = Path(),
    as_of: AsOfOption = "",
    as_recorded: AsRecordedOption = "",
    as_json: JsonOption = False,
) -> None:
    """Write funds and grants as IATI 2.03 activities, held against the official schema."""
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.register import export_iati

    days = {"as_of": _day("--as-of", as_of), "as_recorded": _day("--as-recorded", as_recorded)}
    made = export_iati(project, out, **days)
    if as_json:
        show_json({"file": str(out), "activities": made.n_activities, "transactions": made.n_transactions})
    else:
        Screen().say(f"Wrote {made.n_activities} activities with {made.n_transactions} transactions to {out}.")


@register.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file that the other system has given.")],
    layout: Annotated[str, typer.Option("--layout", metavar="NAME", help="uhri (recommendations) or iati (grants).")],
    project: ProjectArgument = Path(),
    state: Annotated[str, typer.Option("--state", metavar="XXX", help="For uhri: the State.")] = "",
    fund: Annotated[str, typer.Option("--fund", metavar="ID", help="For iati: the fund in funds.csv.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Add what a file of another system holds, all of it or nothing."""
    from palermo.cli.screen import Screen, show_json
    from palermo.commitments.records import findings_of
    from palermo.workflows.register import import_file

    of = {"uhri": state, "iati": fund}.get(layout)
    if of is None:
        raise UsageError(f"--layout {layout!r} is unknown.", todo="It is uhri or iati.")
    if not of:
        raise UsageError("the file does not say of whom it is.", todo="Give --state for uhri, or --fund for iati.")
    try:
        done = import_file(project, file, layout, of=of, recorded_on=datetime.now(UTC).date())
    except InputError as refused:
        if as_json:
            show_json({"findings": [finding.as_json() for finding in findings_of(refused, file.name)]})
        raise
    if as_json:
        show_json(done.as_json())
        return
    added = ", ".join(f"{n} to {name}" for name, n in done.added.items())
    Screen().say(f"Added {added}. {done.n_there} were there already, and {done.n_left_out} could not be taken.")


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no day.", todo="Write it as 2013-05-14.") from error


def _show_check(answer: Checked) -> None:
    from palermo.cli.screen import Screen

    screen = Screen()
    filled = {name: n for name, n in answer.n_records.items() if n}
    screen.say(f"{sum(filled.values()):,} records in {len(filled)} registers, as known on {answer.as_recorded}.")
    if answer.n_later:
        screen.say(f"  {answer.n_later:,} of them were entered later: no rule between files has looked at them.")
    for found in answer.findings:
        screen.say(f"  {found.sentence()}")
    if answer.findings:
        screen.say(f"{len(answer.findings)} findings: nothing can be shown until they are mended.")
    else:
        screen.say("No rule is broken.")
