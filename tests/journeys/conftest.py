"""The command line as a user meets it."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from palermo.cli import main


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


Palermo = Callable[..., Said]


@pytest.fixture(scope="session")
def palermo() -> Palermo:
    """Call the command line in this process."""

    def call(*words: object) -> Said:
        out, err, code = io.StringIO(), io.StringIO(), 0
        argv, before = sys.argv, signal.getsignal(signal.SIGTERM)
        sys.argv = ["palermo", *map(str, words)]
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
        finally:
            sys.argv = argv
            signal.signal(signal.SIGTERM, before)
        return Said(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture(scope="session")
def palermo_process() -> Palermo:
    """Call the command line in a process of its own, as a shell does."""

    def call(*words: object, cwd: Path | None = None) -> Said:
        command = [sys.executable, "-m", "palermo", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=600)
        return Said(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def counts(palermo: Palermo) -> Callable[..., dict[Any, int]]:
    """Ask for a table and give its exact counts by the code, or by the tuple of codes."""

    @lru_cache
    def ask(file: Path, mapping: str, by: str, *more: str) -> dict[Any, int]:
        answer = palermo("table", file, "--mapping", mapping, "--by", by, "--private", "--json", *more).json
        fields = by.split(",")
        return {
            (row[fields[0]] if len(fields) == 1 else tuple(row[field] for field in fields)): row["count"]["value"]
            for row in answer["rows"]
        }

    return ask
