"""The page for a focal point, followed from top to bottom: its tables written, its commands run, its answers there."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from palermo.cli.main import app

PAGE = Path(__file__).parents[1] / "docs/guide/for/focal-point.md"
BLOCK = re.compile(r'^```(?:csv title="(?P<file>[^"]+)"|console)\n(?P<text>.*?)^```', re.DOTALL | re.MULTILINE)
FINDING = "cleared by nobody"
OUTSIDE = {"export.csv"}


def told(answer) -> str:
    return f"{answer.stdout}\n{answer.stderr}\n{getattr(answer.exception, 'sentence', str)()}"


def test_who_follows_the_page_gets_what_it_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    n_lines = 0
    for block in BLOCK.finditer(PAGE.read_text("utf-8")):
        if block["file"]:
            folder = tmp_path if block["file"] in OUTSIDE else tmp_path / "register"
            (folder / block["file"]).write_text(block["text"], "utf-8")
            continue
        for command in re.split(r"^\$ palermo ", block["text"], flags=re.M)[1:]:
            words, *lines = command.splitlines()
            answer = CliRunner().invoke(app, words.split())
            assert answer.exit_code == (3 if FINDING in command else 0), (words, answer.exception)
            said = " ".join(told(answer).split())
            for line in lines:
                found = said.find(" ".join(line.split()))
                assert found >= 0, (words, line, said)
                said = said[found:]
                n_lines += 1
    assert n_lines > 20
