"""The command line. A command turns words into one workflow call and prints the answer.

Workflows are imported when a command needs them, so that help comes at once.
"""

from __future__ import annotations

import atexit
import errno
import gc
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from palermo.cli import standard
from palermo.cli.appraisal import appraise, sg_section
from palermo.cli.link import link
from palermo.cli.prevalence import prevalence
from palermo.cli.quality import quality
from palermo.cli.register import register
from palermo.cli.release import release
from palermo.cli.rules import rules as list_rules
from palermo.cli.treaties import app as treaties
from palermo.errors import PalermoError, ProjectError, UsageError

__all__ = ["app", "main"]

app = typer.Typer(
    name="palermo",
    help="From agencies' case files to safe, sourced statistics on trafficking in persons.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A table in any format that palermo reads.")]
MappingOption = Annotated[
    str,
    typer.Option("--mapping", metavar="NAME", help="A ready mapping, such as glotip, or a TOML file."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer for programs.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Say nothing but the answer.")]
AsOfOption = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day on which the data were taken.")]
ProjectArgument = Annotated[Path, typer.Argument(metavar="[PROJECT]", help="A project folder; this one otherwise.")]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where releases/ goes instead.")]


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MAKE_ROOM = "Make room on the disk, or have your quota raised, and run again."


def main() -> None:
    """Run the command line; what the user can put right is said in words, without a traceback."""
    _collect_seldom()
    signal.signal(signal.SIGTERM, _leave)
    try:
        app()
    except PalermoError as error:
        _stop(error)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _stop(ProjectError("there is no more room to write; nothing half-written is left.", todo=_MAKE_ROOM))


def _collect_seldom() -> None:
    """Look for garbage in circles less often, and not at all at the end: most that is there was imported to stay."""
    gc.set_threshold(50_000)
    atexit.register(_leave_to_the_system)


def _leave_to_the_system() -> None:
    """Let garbage be at the end, unless DuckDB is there, which takes what is left for a mistake and says so."""
    if "duckdb" not in sys.modules:
        gc.freeze()


def _stop(error: PalermoError) -> None:
    sys.stderr.write(f"palermo: {error.sentence()}\n")
    raise SystemExit(error.exit_code)


def _leave(*_: object) -> None:
    raise SystemExit(128 + signal.SIGTERM)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    source: Annotated[Path, typer.Option("--source", metavar="FILE", help="The agency's file; a copy is taken.")],
    mapping: MappingOption,
    publisher: Annotated[str, typer.Option("--publisher", metavar="TEXT", help="Who publishes.")],
    country: Annotated[
        str, typer.Option("--country", metavar="XX", help="ISO code of the country, or world.")
    ] = "world",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The title of the publication.")] = "",
    as_of: AsOfOption = "",
) -> None:
    """Make a project folder from one file and its mapping."""
    from palermo.cli.screen import Screen
    from palermo.workflows.init import NewProject, init

    day = _day(as_of) or datetime.now(UTC).date()
    made = init(NewProject(folder, source, mapping, country, publisher, day, title))
    Screen().say(f"Made {made}. Next: palermo run {made}")


@app.command()
def check(
    file: FileArgument,
    mapping: MappingOption = "",
    as_of: AsOfOption = "",
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules", metavar="TOML", help="Rules of your own; those of the project around the file otherwise."
        ),
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option("--before", metavar="FILE", help="The earlier file to compare; else last month's beside it."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Look at a file before it is used: what can be read, what is wrong, what has no code."""
    from palermo.cli.answers import show_check
    from palermo.cli.screen import show_json
    from palermo.workflows.check import check

    answer = check(file, mapping, as_of=_day(as_of), rules_file=rules, before=before)
    show_json(answer.as_json()) if as_json else show_check(answer)


@app.command(name="map")
def map_(
    file: FileArgument,
    before: Annotated[
        str | None,
        typer.Option(
            "--mapping", metavar="NAME", help="A mapping that fitted an earlier file; else one that knows it."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="TOML", help="Where the draft is written.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Suggest a mapping: which column could be which field, which value which code, and why."""
    from palermo.cli.answers import show_map
    from palermo.cli.screen import show_json
    from palermo.workflows.map import suggest_mapping

    answer = suggest_mapping(file, before=before, out=out)
    show_json(answer.as_json()) if as_json else show_map(answer)


@app.command()
def table(
    file: FileArgument,
    by: Annotated[str, typer.Option("--by", metavar="FIELD[,FIELD…]", help="The fields to count by.")],
    mapping: MappingOption = "",
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="I", help="What aggregates count.")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", help="Only these rows.")] = None,
    private: Annotated[bool, typer.Option("--private", help="Every count as it is: never to be published.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Count one file by some fields; without --private the counts pass the gate."""
    from palermo.cli.answers import show_table
    from palermo.cli.screen import show_json
    from palermo.workflows.table import Question, tabulate

    fields = tuple(name.strip() for name in by.split(",") if name.strip())
    answer = tabulate(Question(file, mapping, fields, indicator, _conditions(where or []), private))
    show_json(answer.as_json()) if as_json else show_table(answer)


@app.command()
def run(
    project: ProjectArgument = Path(), out: OutOption = None, as_json: JsonOption = False, quiet: QuietOption = False
) -> None:
    """Carry a project from its sources to a protected release with its report."""
    from palermo.cli.answers import show_run
    from palermo.cli.screen import Screen
    from palermo.workflows.run import run

    screen = Screen(quiet=quiet or as_json)
    show_run(run(project, out=out, step=screen.step), screen, as_json=as_json)


@app.command()
def report(
    project: ProjectArgument = Path(),
    release_id: Annotated[
        str | None, typer.Option("--release", metavar="ID", help="Which release; the last otherwise.")
    ] = None,
    out: OutOption = None,
) -> None:
    """Say where the report of a release is, after seeing that nothing in the release was changed."""
    from palermo.workflows.report import find_report

    typer.echo(find_report(project, release=release_id, out=out))


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the country is built.")] = Path(
        "demo-country"
    ),
    victims: Annotated[int, typer.Option("--victims", min=1, help="How many people there are in it.")] = 3000,
    seed: Annotated[int, typer.Option("--seed", help="Another seed, another country.")] = 1,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="Write the sources as Parquet, for large countries.")
    ] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Build an invented country and run the whole chain on it."""
    from palermo.cli.answers import show_run
    from palermo.cli.screen import Screen
    from palermo.workflows.demo import demo

    screen = Screen(quiet=quiet or as_json)
    show_run(demo(out, victims=victims, seed=seed, parquet=parquet, step=screen.step), screen, as_json=as_json)


app.add_typer(standard.app, name="standard")
app.add_typer(prevalence, name="prevalence")
app.add_typer(treaties, name="treaties")
app.add_typer(register, name="register")
app.command("appraise")(appraise)
app.command("sg-section")(sg_section)
app.command("rules")(list_rules)
app.command("quality")(quality)
app.add_typer(link, name="link")
app.add_typer(release, name="release")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of {text!r} is no day.", todo="Write it as 2024-01-31.") from error


def _conditions(texts: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        field, equals, value = text.partition("=")
        if not equals or not field.strip() or field.strip() in found:
            raise UsageError(f"--where {text!r} is no condition.", todo="Write each as FIELD=VALUE, every field once.")
        found[field.strip()] = value.strip()
    return found
