"""How good the data are: six questions, for those inside."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from palermo.errors import UsageError

__all__ = ["quality"]


def quality(
    place: Annotated[Path, typer.Argument(metavar="FILE|PROJECT", help="A file, or a project folder.")] = Path(),
    mapping: Annotated[
        str | None, typer.Option("--mapping", metavar="NAME", help="For a file: a ready mapping or a TOML file.")
    ] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The day on which the data were taken; today otherwise.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="HTML", help="Where a page is written, for those inside.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer for programs.")] = False,
) -> None:
    """Say how good data are: relevance, completeness, accuracy, timeliness, coherence, comparability."""
    from palermo.cli.answers import show_quality
    from palermo.cli.screen import show_json
    from palermo.workflows.quality import appraise_quality

    answer = appraise_quality(place, mapping=mapping, as_of=_day(as_of), today=datetime.now(UTC).date(), out=out)
    show_json(answer.as_json()) if as_json else show_quality(answer, out)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--as-of {text!r} is no day.", todo="Write it as 2024-01-31.") from error
