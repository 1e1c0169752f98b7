"""The commands on the page of each source are run on the real files, and their answers hold what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from palermo.intake import ready_mappings

PAGES = Path(__file__).parents[2] / "docs/guide/sources"
TEXTS = {page.name: page.read_text("utf-8") for page in sorted(PAGES.glob("*.md"))}


def _commands():
    """Each command of a page with the lines below it."""
    for page, text in TEXTS.items():
        for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
            for command in block.split("$ ")[1:]:
                asked, *shown = command.strip().splitlines()
                yield pytest.param(asked.split(), shown, id=f"{page}: {asked}")


@pytest.fixture
def files(shared):
    return {path.name: path for path in (shared / "data").rglob("*")}


@pytest.mark.parametrize(("asked", "shown"), list(_commands()))
def test_a_command_answers_as_its_page_shows(palermo, files, tmp_path, monkeypatch, asked, shown):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    assert asked[0] == "palermo" and shown
    said = palermo(*(files.get(word, word) for word in asked[1:]))
    assert said.code == (3 if shown[0].startswith("palermo: ") else 0), said.err
    answer = _plain(said.out + said.err)
    assert [line for line in shown if _plain(line) not in answer] == []


def _plain(text):
    return " ".join(text.split())


def test_every_ready_mapping_has_its_place():
    assert {name for name in ready_mappings() if f"`{name}`" not in TEXTS["README.md"]} == set()


def test_a_mapping_that_a_page_names_is_there():
    named = {name for text in TEXTS.values() for name in re.findall(r"--mapping ([\w-]+)(?!\S*\.toml)", text)}
    assert named - {"form-minimum"} <= ready_mappings().keys()
