"""`palermo release`: what leaves the building under a privacy budget."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["release"]

release = typer.Typer(
    help="Publish under a privacy budget: tables, records, ledger, audit.", no_args_is_help=True, rich_markup_mode=None
)

TableArgument = Annotated[Path, typer.Argument(metavar="TABLE.parquet", help="One row a person or a case.")]
DomainOption = Annotated[
    Path, typer.Option("--domain", metavar="DOMAIN.toml", help="The columns and values that there can be.")
]
EpsilonOption = Annotated[float, typer.Option("--epsilon", metavar="E", help="How much may be told of one person.")]
DeltaOption = Annotated[
    float | None,
    typer.Option(
        "--delta", metavar="D", help="The chance left open; from the domain's population, or 1e-6, otherwise."
    ),
]
OutOption = Annotated[Path, typer.Option("--out", metavar="OUT.parquet", help="Where the answer goes.")]
PersonOption = Annotated[
    str | None,
    typer.Option("--person-id", metavar="COLUMN", help="The column that names the linked person; it is not released."),
]
RowsOption = Annotated[int, typer.Option("--max-rows", metavar="M", help="How many rows of one person are used.")]
SamplerOption = Annotated[
    str, typer.Option("--sampler", metavar="NAME", help="table (fast) or opendp: the same noise.")
]
EngineOption = Annotated[
    str,
    typer.Option("--engine", metavar="NAME", help="duckdb or spark: count where the rows are; in memory otherwise."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer for programs.")]


@release.command()
def synthesise(
    table: TableArgument,
    domain: DomainOption,
    epsilon: EpsilonOption,
    out: OutOption,
    delta: DeltaOption = None,
    mode: Annotated[str, typer.Option("--mode", metavar="MODE", help="accurate or guarded.")] = "guarded",
    person_id: PersonOption = None,
    max_rows: RowsOption = 1,
    sampler: SamplerOption = "table",
    seed: Annotated[int, typer.Option("--seed", help="Of the search for records; the noise has none.")] = 0,
    engine: EngineOption = "",
    as_json: JsonOption = False,
) -> None:
    """Make records that no one can be found in, and the noisy tables beside them."""
    from palermo.workflows.synthesise import Wanted, release_table

    wanted = Wanted(table, domain, epsilon, delta, out, mode, person_id, max_rows, sampler, seed, engine)
    _answer(release_table(wanted), as_json=as_json)


@release.command()
def tables(
    table: TableArgument,
    domain: DomainOption,
    epsilon: EpsilonOption,
    out: OutOption,
    delta: DeltaOption = None,
    person_id: PersonOption = None,
    max_rows: RowsOption = 1,
    sampler: SamplerOption = "table",
    engine: EngineOption = "",
    as_json: JsonOption = False,
) -> None:
    """Make noisy tables of every column and every two columns, with the interval of each cell."""
    from palermo.workflows.synthesise import Wanted, release_table

    wanted = Wanted(table, domain, epsilon, delta, out, "tables", person_id, max_rows, sampler, engine=engine)
    _answer(release_table(wanted), as_json=as_json)


PolicyOption = Annotated[Path, typer.Option("--policy", metavar="POLICY.toml", help="What was decided beforehand.")]
LedgerOption = Annotated[Path, typer.Option("--ledger", metavar="FILE", help="The ledger; kept in the private store.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does this.")]
NameArgument = Annotated[str, typer.Argument(metavar="RELEASE", help="The release's name.")]
FilesOption = Annotated[Path, typer.Option("--files", metavar="DIR", help="Where the files of the release are.")]
RunsOption = Annotated[int, typer.Option("--runs", min=1, metavar="N", help="How many trial releases are made.")]


@release.command()
def plan(
    name: NameArgument,
    policy: PolicyOption,
    ledger: LedgerOption,
    epsilon: EpsilonOption,
    by: ByOption,
    product: Annotated[str, typer.Option("--product", metavar="WHAT", help="records or tables.")] = "records",
) -> None:
    """Write down what is to be released and what it will cost."""
    from palermo.workflows.private_release import Office

    _json(Office(policy, ledger).plan(name, product, epsilon, by))


@release.command()
def reserve(name: NameArgument, policy: PolicyOption, ledger: LedgerOption, by: ByOption) -> None:
    """Spend what a planned release costs, before anything is computed."""
    from palermo.workflows.private_release import Office

    _json(Office(policy, ledger).reserve(name, by))


@release.command()
def make(
    name: NameArgument,
    table: TableArgument,
    policy: PolicyOption,
    ledger: LedgerOption,
    out: OutOption,
    by: ByOption,
    person_id: PersonOption = None,
) -> None:
    """Make a reserved release, once."""
    from palermo.workflows.private_release import Office

    _json(Office(policy, ledger).make(name, table, out, by, person_id))


@release.command()
def approve(name: NameArgument, policy: PolicyOption, ledger: LedgerOption, files: FilesOption, by: ByOption) -> None:
    """Put your name under a release whose files are as they were made."""
    from palermo.workflows.private_release import Office

    _json(Office(policy, ledger).approve(name, files, by))


@release.command()
def publish(name: NameArgument, policy: PolicyOption, ledger: LedgerOption, files: FilesOption, by: ByOption) -> None:
    """Let a release out that has passed its audit and two people."""
    from palermo.workflows.private_release import Office

    _json(Office(policy, ledger).publish(name, files, by))


@release.command()
def verify(name: NameArgument, policy: PolicyOption, ledger: LedgerOption, files: FilesOption) -> None:
    """See that the files of a release are those that the ledger knows."""
    from palermo.workflows.private_release import Office

    _json(Office(policy, ledger).verify(name, files))


@release.command()
def audit(
    table: Annotated[
        Path, typer.Argument(metavar="SHADOW.parquet", help="Invented rows or released records; not the real file.")
    ],
    domain: Annotated[Path | None, typer.Option("--domain", metavar="DOMAIN.toml", help="Columns and values.")] = None,
    epsilon: Annotated[float | None, typer.Option("--epsilon", metavar="E", help="As in the release.")] = None,
    delta: DeltaOption = None,
    mode: Annotated[str, typer.Option("--mode", metavar="MODE", help="accurate or guarded.")] = "guarded",
    runs: RunsOption = 40,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where the page's numbers go.")] = None,
    name: Annotated[
        str | None,
        typer.Option("--release", metavar="NAME", help="Write the result into the ledger, for this release."),
    ] = None,
    policy: Annotated[Path | None, typer.Option("--policy", metavar="POLICY.toml", help="With --release.")] = None,
    ledger: Annotated[Path | None, typer.Option("--ledger", metavar="FILE", help="With --release.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="With --release: who audits.")] = None,
) -> None:
    """Attack trial releases; exit code 3 if the attacks find more than is allowed."""
    from palermo.errors import ReleaseRefused, UsageError
    from palermo.workflows.private_release import Office, audit_table

    if name and policy and ledger and by:
        report = Office(policy, ledger).audit(name, table, by, runs=runs, out=out)
    elif name is None and domain and epsilon is not None:
        report = audit_table(table, domain, epsilon, delta, mode=mode, runs=runs, out=out)
    else:
        raise UsageError(
            "an audit needs --domain and --epsilon, or --release with --policy, --ledger and --by.",
            where="audit",
            todo="Add what is missing.",
        )
    _json(report)
    if not report["passed"]:
        raise ReleaseRefused(
            "the attacks find more than is allowed.",
            where="audit",
            todo='Do not publish. What has "passed": false above says which attack; the budget is spent all the same.',
        )


ledger_commands = typer.Typer(help="What was spent, and on what.", no_args_is_help=True, rich_markup_mode=None)
release.add_typer(ledger_commands, name="ledger")
LedgerArgument = Annotated[Path, typer.Argument(metavar="[LEDGER]", help="The ledger's file.")]
_LEDGER = Path("store/ledger.jsonl")


@ledger_commands.command("verify")
def ledger_verify(
    ledger: LedgerArgument = _LEDGER,
    head: Annotated[str | None, typer.Option("--head", metavar="HASH", help="A hash it had before.")] = None,
    as_json: JsonOption = False,
) -> None:
    """See that no line was changed, taken out, put in or moved; exit code 3 if one was."""
    from palermo.cli.screen import show_json
    from palermo.errors import PalermoError
    from palermo.workflows.private_release import verify_ledger

    try:
        answer = verify_ledger(ledger, head)
    except PalermoError as broken:
        if as_json:
            show_json({"verified": False, "where": broken.where, "what": broken.what, "todo": broken.todo})
        raise
    if as_json:
        show_json(answer)
    else:
        typer.echo(f"{answer['lines']} lines, all as they were written. The last has the hash {answer['head']}")
        if not answer["end_known"]:
            typer.echo("Nothing beside it says whether lines are gone from its end: give a hash it had with --head.")


@ledger_commands.command("show")
def ledger_show(ledger: LedgerArgument = _LEDGER) -> None:
    """Add the ledger up: releases, their stages, and what is spent."""
    from palermo.workflows.private_release import show_ledger

    _json(show_ledger(ledger))


@ledger_commands.command("outside")
def ledger_outside(
    what: Annotated[str, typer.Argument(metavar="TEXT", help="What was published, and where.")],
    policy: PolicyOption,
    ledger: LedgerOption,
    by: ByOption,
) -> None:
    """Record exact statistics that were published elsewhere, which no guarantee covers."""
    from palermo.workflows.private_release import Office

    _json(Office(policy, ledger).outside(what, by))


def _json(answer: dict[str, Any]) -> None:
    from palermo.cli.screen import show_json

    show_json(answer)


def _answer(answer: dict[str, Any], *, as_json: bool) -> None:
    from palermo.cli.screen import Screen, show_json

    if as_json:
        show_json(answer)
        return
    screen = Screen()
    bound = answer["guarantee"]
    screen.say(f"ε = {bound['epsilon']:g}, δ = {bound['delta']:.2g}, {bound['neighbours']}.")
    screen.say(f"About {answer['rows']['noisy']:,} rows; {answer['rows']['released']:,} records made.")
    rows = [
        (length, f"{error['sigma_median']:.1f}", f"±{error['half_width_95']:.0f}")
        for length, error in answer["errors_from_noise"].items()
    ]
    screen.table(("fields", "noise (standard deviation)", "95 in 100 within"), rows, right=(1, 2))
    for note in answer["notes"]:
        screen.say(f"  {note}")
    screen.say(f"Written: {', '.join((*answer['files'], answer['about']))}")
