"""What the terminal shows is what was said."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from palermo.cli.screen import Screen


def test_what_stands_in_brackets_is_shown_and_not_taken_for_a_colour(capsys):
    Screen().table(("column",), [("[red] notes",), ("Age [years]",)])
    shown = capsys.readouterr().out
    assert "[red] notes" in shown and "Age [years]" in shown


def _screen(*, terminal):
    screen, heard = Screen(), StringIO()
    screen.words = Console(file=heard, force_terminal=terminal, width=80, highlight=False)
    return screen, heard


def test_a_long_step_has_a_bar_with_its_share_on_a_terminal():
    screen, heard = _screen(terminal=True)
    with screen.long_step("Estimate by [bic]") as watch:
        watch(1, 4)
    assert "Estimate by [bic] …" in heard.getvalue()
    assert "25%" in heard.getvalue()


def test_a_long_step_is_one_line_elsewhere():
    screen, heard = _screen(terminal=False)
    with screen.long_step("Estimate") as watch:
        watch(1, 4)
    assert heard.getvalue() == "✓ Estimate\n"
