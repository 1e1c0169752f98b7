"""The rules that are put to every file, and a user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["rules"]


def rules(
    own: Annotated[
        Path | None, typer.Option("--rules", metavar="TOML", help="Rules of your own, which are read and listed too.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer for programs.")] = False,
) -> None:
    """List the rules that are put to every file, in words, and see whether your own can be read."""
    from palermo.cli.screen import Screen, show_json
    from palermo.workflows.check import known_rules

    found = known_rules(own)
    if as_json:
        show_json([{"rule": rule, "level": level, "sentence": sentence} for rule, (level, sentence) in found.items()])
        return
    rows = [(level, sentence, rule) for rule, (level, sentence) in found.items()]
    Screen().table(("level", "what should hold", "rule"), rows)
