"""The code lists of other standards, each with its source and how certain it is; read only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from palermo.errors import UsageError
from palermo.standard.near import did_you_mean
from palermo.standard.rows import read_rows

__all__ = ["OutsideCode", "OutsideList", "find_outside_list", "outside_lists"]

_PACKAGE = Path(str(resources.files("palermo.standard") / "data"))
_SAID = ("code", "label", "definition", "certainty", "source")


@dataclass(frozen=True, slots=True)
class OutsideCode:
    """One entry of another standard's list, spelled as that standard spells it."""

    code: str
    label: str
    definition: str
    certainty: str
    source: str
    more: Mapping[str, str]
    """What the list says besides, such as the grade of an indicator."""


@dataclass(frozen=True, slots=True)
class OutsideList:
    """A list of another standard."""

    name: str
    standard: str
    title: str
    certainty: str
    source: str

    @property
    def codes(self) -> Mapping[str, OutsideCode]:
        """The entries, read from their file."""
        return _read(self.name)

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[OutsideCode]:
        return iter(self.codes.values())

    def __len__(self) -> int:
        return len(self.codes)


@cache
def outside_lists() -> Mapping[str, OutsideList]:
    """Name the lists there are, without reading them."""
    rows = read_rows(_PACKAGE / "lists.csv", ("list", "standard", "title", "certainty", "source"))
    return {
        name: OutsideList(name, row["standard"], row["title"], row["certainty"], row["source"])
        for name, row in rows.items()
    }


def find_outside_list(name: str) -> OutsideList:
    """Find a list, or say where they are named.

    Raises
    ------
    UsageError
        There is no such list.
    """
    if name in outside_lists():
        return outside_lists()[name]
    todo = did_you_mean(name, outside_lists()) + "List them all with: palermo standard codes"
    raise UsageError(f"there is no code list {name!r}.", todo=todo)


@cache
def _read(name: str) -> Mapping[str, OutsideCode]:
    rows = read_rows(_PACKAGE / "lists" / f"{name}.csv", _SAID)
    return {
        code: OutsideCode(
            code,
            row["label"],
            row["definition"],
            row["certainty"],
            row["source"],
            {key: value for key, value in row.items() if key not in _SAID},
        )
        for code, row in rows.items()
    }
