"""palermo treaties: who has joined which instrument, as of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palermo.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palermo.cli.screen import Screen
    from palermo.commitments.instruments import Status
    from palermo.workflows.treaties import Asked

__all__ = [
    "AsOfOption",
    "AsRecordedOption",
    "Count",
    "CountOption",
    "JsonOption",
    "ProjectOption",
    "app",
    "asked",
]

app = typer.Typer(
    help="Treaties against trafficking: who is a party, who is not, and what could be done next, as of a day.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Count(StrEnum):
    """What makes a party."""

    deposit = "deposit"
    in_force = "in-force"


class Depositary(StrEnum):
    """From whose site a table is."""

    untc = "untc"
    normlex = "normlex"


InstrumentOption = Annotated[str, typer.Option("--instrument", metavar="ID", help="Which one, as tip-protocol.")]
AsOfOption = Annotated[str, typer.Option("--as-of", metavar="DATE", help="On which day; today otherwise.")]
AsRecordedOption = Annotated[
    str,
    typer.Option("--as-recorded", metavar="DATE", help="From what had been written down by that day; today otherwise."),
]
CountOption = Annotated[Count, typer.Option("--count", help="Parties by deposit, or those that it binds already.")]
ProjectOption = Annotated[
    Path | None,
    typer.Option("--project", metavar="DIR", help="A project whose register/ is known too."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer for programs.")]


@app.command()
def status(
    instrument: InstrumentOption,
    as_of: AsOfOption = "",
    as_recorded: AsRecordedOption = "",
    count: CountOption = Count.deposit,
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the parties and signatories of an instrument on a day."""
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.treaties import treaty_status

    answer = treaty_status(instrument, asked(as_of, as_recorded, count, project))
    if as_json:
        show_json(answer.as_json())
        return
    found, screen = answer.status, Screen()
    at_least = "at least " if found.at_least else ""
    screen.say(f"{found.instrument} on {found.as_of}. {_rests_on(found)}")
    screen.table(
        ("", "n"),
        [("parties", f"{at_least}{len(found.parties)}"), ("signatories", f"{at_least}{len(found.signatories)}")],
        right=(1,),
    )
    screen.say(
        f"Reservations and declarations: {answer.reservations.height} stand; of {answer.undated.height} more the source"
        " does not say whether they had been made by then."
    )
    _say_note(screen, found.note, found.unknown)


@app.command()
def gaps(
    instrument: InstrumentOption,
    as_of: AsOfOption = "",
    as_recorded: AsRecordedOption = "",
    count: CountOption = Count.deposit,
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the members of the United Nations that are not party to an instrument on a day."""
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.treaties import treaty_gaps

    answer = treaty_gaps(instrument, asked(as_of, as_recorded, count, project))
    if as_json:
        show_json(answer.as_json())
        return
    screen = Screen()
    screen.table(("not party", ""), [(state, _name(state)) for state in answer.not_party])
    said = answer.as_json()
    n = "not known" if said["n"] is None else f"{'at most ' if said['at_most'] else ''}{said['n']}"
    screen.say(f"Members of the United Nations not party to {said['instrument']} on {said['as_of']}: {n}.")
    screen.say(_rests_on(answer.status))
    _say_note(screen, said["note"], answer.unknown)


@app.command()
def matrix(
    as_of: AsOfOption = "",
    as_recorded: AsRecordedOption = "",
    count: CountOption = Count.deposit,
    project: ProjectOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Every treaty, not only the resolution's eight.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show which State is a party to or has signed which instrument on a day."""
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.treaties import treaty_matrix

    answer = treaty_matrix(asked(as_of, as_recorded, count, project), everything=everything)
    if as_json:
        show_json(answer.as_json())
        return
    marks = {"party": "P", "signatory": "s", "unknown": "?", "": "–"}
    rows = [
        (row[0], *([] if everything else [_name(row[0])]), *(marks[cell] for cell in row[1:]))
        for row in answer.table.iter_rows()
    ]
    numbers = [str(number) for number, _ in enumerate(answer.instruments, start=1)]
    columns = zip(numbers, answer.instruments, strict=True)
    screen = Screen()
    screen.table(
        ("", "instrument", "data until"),
        [(number, each.short, str(answer.statuses[each.id].snapshot or "in part")) for number, each in columns],
    )
    screen.table(("", *([] if everything else ["State"]), *numbers), rows)
    screen.say(f"On {answer.asked.as_of}, {_counted(answer.asked.basis)}.")
    screen.say("P party, s signatory, ? the data do not say, – none of these.")


@app.command()
def timeline(
    instrument: InstrumentOption,
    as_of: AsOfOption = "",
    as_recorded: AsRecordedOption = "",
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """List day by day what States have done with an instrument, and the parties after it."""
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.treaties import treaty_timeline

    answer = treaty_timeline(instrument, asked(as_of, as_recorded, Count.deposit, project))
    if as_json:
        show_json(answer.as_json())
        return
    screen, table = Screen(), answer.table
    screen.table(table.columns, [[_cell(cell) for cell in row] for row in table.iter_rows()], right=(4,))
    _say_snapshots(screen, [answer.status])
    _say_note(screen, answer.status.note, answer.status.unknown)


@app.command("next-steps")
def next_steps(
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="A code as KEN, or a name; all otherwise.")
    ] = "",
    as_of: AsOfOption = "",
    as_recorded: AsRecordedOption = "",
    count: CountOption = Count.deposit,
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a State could do next with each of the resolution's instruments."""
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.treaties import treaty_steps

    answer = treaty_steps(asked(as_of, as_recorded, count, project), state=state or None)
    if as_json:
        show_json(answer.as_json())
        return
    rows = [
        (step.state, _short(step.instrument), step.step, step.why, _cell(step.days_since_signature))
        for step in answer.steps
        if state or step.step != "none"
    ]
    screen = Screen()
    screen.table(("State", "instrument", "step", "because it", "days since signature"), rows, right=(4,))
    _say_snapshots(screen, answer.statuses.values())


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A status page saved as HTML, or its table as CSV.")],
    depositary: Annotated[Depositary, typer.Option("--depositary", help="From whose site the file is.")],
    instrument: InstrumentOption,
    snapshot: Annotated[
        str, typer.Option("--snapshot", metavar="DATE", help="The day on which the file was saved; today otherwise.")
    ] = "",
    project: Annotated[
        Path | None,
        typer.Option("--project", metavar="DIR", help="Whose register/ takes it; nothing is kept otherwise."),
    ] = None,
    footnotes_read: Annotated[
        bool, typer.Option("--footnotes-read", help="You have read the footnotes that dates have.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="You have seen that it holds every participant, where palermo cannot.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare a depositary's table with what is known; add what is new or differs to a project's register."""
    from palermo.cli.screen import Screen, show_json
    from palermo.commitments.records import findings_of
    from palermo.workflows.register_folder import register_to_write
    from palermo.workflows.treaties import import_treaty

    taken_on = _day(snapshot, "--snapshot")
    if taken_on > _today():
        raise UsageError("--snapshot lies after today.", todo="Give the day on which you saved the file.")
    try:
        answer = import_treaty(
            file,
            depositary=depositary.value,
            instrument=instrument,
            snapshot=taken_on,
            recorded_on=_today(),
            register=register_to_write(project) if project else None,
            footnotes_read=footnotes_read,
            whole=whole,
        )
    except InputError as refused:
        if as_json:
            show_json({"findings": [finding.as_json() for finding in findings_of(refused, file.name)]})
        raise
    if as_json:
        show_json(answer.as_json())
        return
    screen, said = Screen(), answer.as_json()
    rows = [(name, str(said[name])) for name in ("rows", "actions", "same")]
    rows += [(name, str(len(said[name]))) for name in ("new", "corrections", "missing")]
    screen.table((said["instrument"], "n"), rows, right=(1,))
    kept = f"Added to the register of {project}." if project else "Nothing was kept: name a project with --project."
    screen.say(kept)
    if answer.missing:
        screen.say(
            "Missing are records that we have and the table has not: they stay, and it does not count as complete."
        )
    elif not answer.complete:
        screen.say("Nobody knew every participant before: if the table holds all of them, say so with --whole.")


def asked(as_of: str, as_recorded: str, count: Count, project: Path | None) -> Asked:
    """Put the options that every question on commitments has into one value."""
    from palermo.commitments.instruments import Basis, facts_recorded_on
    from palermo.workflows.register_folder import register_that_is_there
    from palermo.workflows.treaties import Asked

    recorded = _day(as_recorded, "--as-recorded") if as_recorded else max(_today(), facts_recorded_on())
    register = register_that_is_there(project) if project else None
    return Asked(_day(as_of, "--as-of"), recorded, Basis(count.value), register)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text) if text else _today()
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no day.", todo="Write it as 2012-11-13.") from error


def _today() -> date:
    return datetime.now(UTC).date()


def _name(state: str) -> str:
    from palermo.commitments.instruments import state_name

    return state_name(state)


def _counted(basis: str) -> str:
    return "parties in force" if basis == Count.in_force else "parties by deposit"


def _rests_on(status: Status) -> str:
    data = f"data until {status.snapshot}" if status.snapshot else "data in part"
    return f"Counted: {_counted(status.basis)}; {data}, as known on {status.as_recorded}."


def _short(instrument: str) -> str:
    from palermo.commitments.instruments import load_instruments

    return load_instruments()[instrument].short


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _say_snapshots(screen: Screen, statuses: Iterable[Status]) -> None:
    every = list(statuses)
    known = ", ".join(f"{_short(each.instrument)} {each.snapshot or 'in part'}" for each in every)
    screen.say(f"Counted: {_counted(every[0].basis)}. Data until: {known}.")


def _say_note(screen: Screen, note: str, unknown: tuple[str, ...]) -> None:
    if note:
        screen.say(note)
    if unknown:
        screen.say(f"The data do not say of {len(unknown)}: {', '.join(unknown)}.")
