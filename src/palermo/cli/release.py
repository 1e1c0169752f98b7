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
    as_json: JsonOption = False,
) -> None:
    """Make records that no one can be found in, and the noisy tables beside them."""
    from palermo.workflows.synthesise import Wanted, release_table

    wanted = Wanted(table, domain, epsilon, delta, out, mode, person_id, max_rows, sampler, seed)
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
    as_json: JsonOption = False,
) -> None:
    """Make noisy tables of every column and every two columns, with the interval of each cell."""
    from palermo.workflows.synthesise import Wanted, release_table

    wanted = Wanted(table, domain, epsilon, delta, out, "tables", person_id, max_rows, sampler)
    _answer(release_table(wanted), as_json=as_json)


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
