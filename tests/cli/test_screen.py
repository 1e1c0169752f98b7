"""What the terminal shows is what was said."""

from __future__ import annotations

from palermo.cli.screen import Screen


def test_what_stands_in_brackets_is_shown_and_not_taken_for_a_colour(capsys):
    Screen().table(("column",), [("[red] notes",), ("Age [years]",)])
    shown = capsys.readouterr().out
    assert "[red] notes" in shown and "Age [years]" in shown
