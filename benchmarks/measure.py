"""CPU seconds and peak memory of a command."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PALERMO", "Cost", "given_file", "measure"]

PALERMO = (sys.executable, "-m", "palermo")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    cpu: float
    """Seconds, user and system."""
    memory: float
    """Gigabytes at the most, of the largest process this script has started so far."""

    def __str__(self) -> str:
        return f"{self.cpu:.2f} CPU s, at most {self.memory:.2f} GB"


def measure(*words: object, within: Path | None = None, out: Path | None = None) -> Cost:
    """Run a command to its end, and keep what it says in ``out``; a failure ends the script."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with (out or Path(os.devnull)).open("wb") as said:
        subprocess.run([str(word) for word in words], check=True, stdout=said, cwd=within)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, after.ru_maxrss / 1024**2)


def given_file() -> Path:
    """Take the file that the script was given, or say which one it wants."""
    given = sys.argv[1:]
    if len(given) != 1 or not Path(given[0]).is_file():
        sys.exit(f"Give it CTDC's synthetic file of 2021: python {sys.argv[0]} FILE")
    return Path(given[0])
