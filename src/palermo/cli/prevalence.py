"""`palermo prevalence`: how many people no one has seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from palermo.workflows.prevalence import Question

__all__ = ["prevalence"]

prevalence = typer.Typer(
    help="Estimate from overlapping lists how many people are on none.", no_args_is_help=True, rich_markup_mode=None
)

TableArgument = Annotated[
    Path, typer.Argument(metavar="TABLE", help="A CSV with a column of 0 and 1 for each list, and a column count.")
]
OrderOption = Annotated[int | None, typer.Option("--order", metavar="K", help="How many lists a term may name.")]
ThresholdOption = Annotated[
    float | None, typer.Option("--threshold", metavar="P", help="The p-value below which a term enters a model.")
]
TopOption = Annotated[
    int | None, typer.Option("--top", metavar="N", help="Among how many models each resampled table chooses.")
]
ModelOption = Annotated[str, typer.Option("--model", metavar="TERMS", help="A fixed model, as in '[AB,C]'.")]
BootstrapOption = Annotated[int, typer.Option("--bootstrap", metavar="B", help="How many tables are resampled.")]
SeedOption = Annotated[int, typer.Option("--seed", metavar="S", help="Where random numbers begin.")]
LinkedOption = Annotated[
    bool, typer.Option("--linked", help="TABLE holds the persons or histories that palermo link match has written.")
]
LinksOption = Annotated[
    Path | None, typer.Option("--links", metavar="FILE", help="The links of --linked persons: draw who is who.")
]
DrawsOption = Annotated[int, typer.Option("--draws", metavar="D", help="How many times --links are drawn.")]
SmallOption = Annotated[
    int, typer.Option("--small", metavar="K", min=1, help="Cells of fewer people than this are withheld.")
]
PrivateOption = Annotated[bool, typer.Option("--private", help="Everything as it is: never to be published.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer for programs.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Say nothing but the answer.")]


@prevalence.command()
def estimate(
    table: TableArgument,
    method: Annotated[str, typer.Option("--method", metavar="M", help="As in bic-average; a wrong one lists them.")],
    order: OrderOption = None,
    threshold: ThresholdOption = None,
    top: TopOption = None,
    model: ModelOption = "",
    bootstrap: BootstrapOption = 1000,
    seed: SeedOption = 1,
    strata: Annotated[str, typer.Option("--strata", metavar="COLUMN,…", help="What tells strata apart.")] = "",
    linked: LinkedOption = False,
    links: LinksOption = None,
    draws: DrawsOption = 20,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make one estimate from a table of capture histories, for those inside."""
    from palermo.cli.estimates import show_answer
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.estimates_as_json import answer_as_json
    from palermo.workflows.prevalence import estimate

    question = _question(table, order, threshold, top, model, bootstrap, seed)
    factors = tuple(name.strip() for name in strata.split(",") if name.strip())
    question = replace(question, strata=factors, linked=linked, links=links, n_draws=draws)
    with Screen(quiet=quiet or as_json).long_step(f"Estimate by {method}") as watch:
        found = estimate(question.watched(watch), method)
    show_json(answer_as_json(found)) if as_json else show_answer(found)


@prevalence.command()
def compare(
    table: TableArgument,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where the page is written.")] = None,
    order: OrderOption = None,
    threshold: ThresholdOption = None,
    top: TopOption = None,
    model: ModelOption = "",
    bootstrap: BootstrapOption = 1000,
    seed: SeedOption = 1,
    small: SmallOption = 10,
    private: PrivateOption = False,
    linked: LinkedOption = False,
    links: LinksOption = None,
    draws: DrawsOption = 20,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make every estimate that a table allows, and show those beside each other that may be published."""
    from palermo.cli.estimates import show_comparison
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.estimates_as_json import comparison_as_json
    from palermo.workflows.prevalence import compare

    screen = Screen(quiet=quiet or as_json)
    question = _question(table, order, threshold, top, model, bootstrap, seed, small)
    question = replace(question, linked=linked, links=links, n_draws=draws)
    found = compare(question, out=out, private=private, step=screen.long_step)
    show_json(comparison_as_json(found)) if as_json else show_comparison(found, screen)


@prevalence.command()
def diagnose(
    table: TableArgument,
    order: OrderOption = None,
    bootstrap: BootstrapOption = 1000,
    seed: SeedOption = 1,
    small: SmallOption = 10,
    private: PrivateOption = False,
    linked: LinkedOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Say what there is to doubt, for those inside: overlaps, models, and what other lists or settings would give."""
    from palermo.cli.estimates import show_diagnosis
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.estimates_as_json import diagnosis_as_json
    from palermo.workflows.prevalence import diagnose

    question = replace(_question(table, order, None, None, "", bootstrap, seed, small), linked=linked)
    with Screen(quiet=quiet or as_json).long_step("Try what could change the number") as watch:
        found = diagnose(question.watched(watch))
    told = diagnosis_as_json(found, threshold=1 if private else small)
    show_json(told) if as_json else show_diagnosis(told)


def _question(
    table: Path,
    order: int | None,
    threshold: float | None,
    top: int | None,
    model: str,
    bootstrap: int,
    seed: int,
    small: int = 10,
) -> Question:
    from palermo.prevalence import EstimateSettings
    from palermo.workflows.prevalence import Question

    settings = EstimateSettings(order=order, threshold=threshold, top=top, model=model, bootstrap=bootstrap, seed=seed)
    return Question(table, settings, small)
