"""The manual knows every command and every option, and the program knows all that the manual says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from palermo.cli.main import app

MANUAL = (Path(__file__).parents[2] / "docs/guide/commands.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## palermo ([\w-]+)\n(.*?)(?=^## |\Z)", MANUAL, re.S | re.M))
COMMANDS = typer.main.get_command(app).commands


def _options(command):
    """List the options of a command, and of those below it."""
    own = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    return {*own, *(option for below in getattr(command, "commands", {}).values() for option in _options(below))}


def test_the_manual_has_a_section_for_each_command():
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_names_the_options_that_there_are(name):
    assert set(re.findall(r"`(--[\w-]+)", SECTIONS[name])) == _options(COMMANDS[name]) - {"--help"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_every_option_says_what_it_is_for(name):
    command = COMMANDS[name]
    for each in (command, *getattr(command, "commands", {}).values()):
        assert each.help
        assert all(parameter.help for parameter in each.params)
