"""Labels of codes in other languages, where we are sure of them; in English otherwise, and marked so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from palermo.standard.profile import Standard
from palermo.standard.rows import read_lines

__all__ = ["Label", "label_in", "translated"]

_TABLE = Path(str(resources.files("palermo.standard") / "data" / "translations.csv"))


@dataclass(frozen=True, slots=True)
class Label:
    """A label, the language it is in, and how certain it is."""

    text: str
    language: str
    asked: str
    certainty: str

    @property
    def marked(self) -> str:
        """The text, with a mark where it is in English for want of the language asked for."""
        return self.text if self.language == self.asked else f"[{self.language}] {self.text}"


def label_in(language: str, list_name: str, code: str, standard: Standard) -> Label:
    """Say a code of a list of the profile in a language."""
    at = "nothing" if code in standard.lists["nothing"] else list_name
    found = translated().get((at, code, language))
    if found:
        return Label(found[0], language, language, found[1])
    known = standard.codes(at).codes[code]
    return Label(known.label, "en", language, known.certainty)


@cache
def translated() -> Mapping[tuple[str, str, str], tuple[str, str]]:
    """The labels in other languages: list, code, language → label and certainty."""
    lines = read_lines(_TABLE, ("list", "code", "language", "label", "certainty", "source"))
    return {(line["list"], line["code"], line["language"]): (line["label"], line["certainty"]) for line in lines}
