"""What people call fields and codes in their own files, in several languages: for suggestions, never for reading."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

__all__ = ["Words", "load_words"]

_DATA = Path(str(resources.files("palermo.standard") / "data"))


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they are written, by what they may mean."""

    fields: Mapping[str, tuple[str, ...]]
    """Field of the standard → headings."""
    identity: Mapping[str, tuple[str, ...]]
    """Identifying column, such as ``surname`` → headings."""
    private: tuple[str, ...]
    """Headings of text that may tell a person's story."""
    names: tuple[str, ...]
    """Headings over whole names, of the person or of somebody who knows them."""
    totals: tuple[str, ...]
    """What stands in a table of figures where nothing is told apart."""
    codes: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Code list → code → words."""


@cache
def load_words() -> Words:
    """Read the words that come with palermo."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with (_DATA / "words.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["of"], row["list"]][row["code"]] += row["words"].split("|")
    tidy = {key: {code: tuple(dict.fromkeys(words)) for code, words in codes.items()} for key, codes in found.items()}
    return Words(
        fields=tidy["field", ""],
        identity=tidy["identity", ""],
        private=tidy["private", ""]["text"],
        names=tidy["private", ""]["name"],
        totals=tidy["total", ""]["total"],
        codes={name: codes for (of, name), codes in tidy.items() if of == "code"},
    )
