"""What the terminal shows: data on stdout, words on stderr, colour only as a second signal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["Screen", "show_json"]


class Screen:
    """One line a step, with a tick; silent if asked."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.words = Console(stderr=True, quiet=quiet, highlight=False)
        self.data = Console(highlight=False)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Say what is being done for as long as it takes, then that it is done."""
        with self.words.status(f"{what} …"):
            yield
        self.words.print(f"[green]✓[/green] {what}")

    @contextmanager
    def long_step(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Say what is being done, and show a bar as soon as it is told how much is done, and of how much."""
        from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

        columns = (SpinnerColumn(), TextColumn("{task.description} …", markup=False), BarColumn(), TaskProgressColumn())
        with Progress(*columns, console=self.words, transient=True, disable=not self.words.is_terminal) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, of: bar.update(task, completed=done, total=of)
        self.words.print(f"[green]✓[/green] {what}")

    def say(self, text: str) -> None:
        """Print a sentence for the user."""
        self.words.print(text, markup=False)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Print a table that fits the terminal."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for position, heading in enumerate(headings):
            table.add_column(heading, justify="right" if position in right else "left")
        for row in rows:
            table.add_row(*map(Text, row))  # as it is: what stands in brackets is no colour
        self.data.print(table)


def show_json(value: Any) -> None:
    """Print an answer for programs."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
