"""Published tables of capture histories, to learn and to check with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from palermo.errors import UsageError
from palermo.prevalence.histories import CaptureHistories, StratifiedHistories

__all__ = ["EXAMPLES", "Example", "load_example"]

_FOLDER = Path(__file__).parent / "examples"

EXAMPLES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""Their names."""


@dataclass(frozen=True, slots=True)
class Example:
    """A published table. Its counts are facts; whoever uses them cites the source."""

    name: str
    title: str
    citation: str
    table: StratifiedHistories
    """With one stratum if the source has none."""

    @property
    def histories(self) -> CaptureHistories:
        """The counts over all strata."""
        return self.table.pooled()


def load_example(name: str) -> Example:
    """Read a published table by its name.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    if name not in EXAMPLES:
        raise UsageError(f"there is no example {name!r}.", todo=f"There are: {', '.join(EXAMPLES)}.")
    content = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    counted: dict[tuple[str, ...], dict[int, int]] = {}
    for *stratum, signs, count in content["counts"]:
        history = sum(1 << bit for bit, sign in enumerate(signs) if sign == "1")
        counted.setdefault(tuple(stratum), {})[history] = count
    tables = tuple(CaptureHistories.of(content["lists"], stratum) for stratum in counted.values())
    table = StratifiedHistories(tuple(content["factors"]), tuple(counted), tables)
    return Example(name, content["title"], content["citation"], table)
