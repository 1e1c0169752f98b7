"""Rules of a user's own: a TOML file with a sentence and a condition for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from palermo.errors import InputError
from palermo.intake.conditions import Condition, NotACondition, read_condition
from palermo.intake.rules import LEVELS, SENTENCES, Breaks, Level, Rule
from palermo.standard import Standard
from palermo.tables import Form, Handwritten, must_be_file

__all__ = ["load_rules"]

_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LONGEST = 60
_LONGEST_SENTENCE = 200
_RULE: dict[str, Form] = {
    "name": "text",
    "sentence": "text",
    "holds": "text",
    "when": "text",
    "field": "text",
    "level": "text",
}


def load_rules(path: Path, standard: Standard) -> tuple[Rule, ...]:
    """Read the rules that a user puts to the data besides ours.

    Raises
    ------
    InputError
        The file is not there, or a rule in it cannot be read; the message says which and why.
    """
    must_be_file(path, todo="Check the path of the rules.")
    file = Handwritten(path, InputError)
    given = file.read()
    file.check(given, "", {"rules": "tables"}, "rules")
    rules = tuple(_Reading(file, standard, rule).rule() for rule in given["rules"])
    names = [rule.id for rule in rules]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        file.refuse(f"[[rules]] {twice[0]!r} stands there twice.", "Give each rule a name of its own.")
    return rules


@dataclass(frozen=True, slots=True)
class _Reading:
    file: Handwritten
    standard: Standard
    given: Mapping[str, Any]

    def rule(self) -> Rule:
        self.file.check(self.given, "[[rules]]", _RULE, "name", "sentence", "holds")
        self._name()
        if (level := self.given.get("level", "warning")) not in LEVELS:
            self._refuse(f"has the level {level!r}.", f"Take one of: {', '.join(LEVELS)}.")
        when = self._condition("when") if "when" in self.given else None
        holds = self._condition("holds")
        fields = tuple(dict.fromkeys((*holds.fields, *(when.fields if when else ()))))
        return Rule(
            self.given["name"],
            field=self._field(holds.fields),
            needs=fields,
            shape="aggregates" if any(self.standard.field(name).unit == "cell" for name in fields) else "records",
            level=cast(Level, level),
            sentence=self._sentence(),
            breaks=_if(when, holds),
        )

    def _name(self) -> None:
        name = self.given["name"]
        if not _NAME.fullmatch(name) or len(name) > _LONGEST:
            self.file.refuse(
                f"[[rules]] {name[:_LONGEST]!r} is no name of a rule.",
                "Write small letters and figures, with points and hyphens between, as in shelter.stay.",
            )
        if name in SENTENCES:
            self._refuse("is the name of a rule that comes with palermo.", "Give yours another name.")

    def _sentence(self) -> str:
        sentence = " ".join(self.given["sentence"].split())
        if not sentence or len(sentence) > _LONGEST_SENTENCE:
            self._refuse(
                f"needs a sentence of at most {_LONGEST_SENTENCE} letters.", "Say in words what holds for every row."
            )
        return sentence

    def _condition(self, key: str) -> Condition:
        try:
            condition = read_condition(self.given[key], self.standard)
        except NotACondition as error:
            self._refuse(f"{key}: {error.what}", error.todo)
        if not condition.fields:
            self._refuse(f"{key}: it names no field.", "See: palermo standard fields")
        return condition

    def _field(self, fields: tuple[str, ...]) -> str:
        field = self.given.get("field", fields[0])
        if field not in self.standard.fields:
            self._refuse(f"field: the standard has no field {field!r}.", "See: palermo standard fields")
        return str(field)

    def _refuse(self, what: str, todo: str) -> Any:
        self.file.refuse(f"[[rules]] {self.given['name']!r} {what}", todo)


def _if(when: Condition | None, holds: Condition) -> Breaks:
    """Ask only the rows of which the condition before it is true."""
    if when is None:
        return holds.fails
    return lambda rows: when.holds(rows) & holds.fails(rows)
