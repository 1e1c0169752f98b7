"""Rules: each a sentence and an expression; all rules of a table run in one query.

A rule says what holds. What breaks it becomes a row of `findings`, and unknown is not wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import ibis
from ibis.expr.types import BooleanValue, Table, Value

from palermo.intake.coding import Coded, problem_of
from palermo.tables import SOURCE_ROW

__all__ = ["LEVELS", "RULES", "SENTENCES", "Breaks", "Level", "Rule", "Told", "applying", "find", "rule", "told_of"]

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
Told = tuple[Level, str]
"""The level of a rule, and its sentence."""
Holds = Callable[[Table], BooleanValue]
Breaks = Callable[[Table], BooleanValue]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that is true of every sound row."""

    id: str
    field: str
    needs: tuple[str, ...]
    """Fields that the file must fill for the rule to apply."""
    shape: Literal["records", "aggregates"]
    level: Level
    sentence: str
    """The rule in words."""
    breaks: Breaks
    """True of a row that is known to break the rule; neither true nor false is no finding."""


RULES: dict[str, Rule] = {}
"""Every rule about rows that could be read, by its id."""

SENTENCES: dict[str, Told] = {
    "row.too-many-cells": ("error", "A row has no more cells than there are headings."),
    "row.too-few-cells": ("warning", "A row has a cell for every heading."),
    "row.only-separators": ("note", "A row says something."),
    "row.other-table": ("warning", "A row belongs to the table that the mapping reads."),
    "column.mixed-dimensions": ("warning", "A column speaks of one thing: of sex, or of age, or of a form."),
    "file.mixed-encodings": ("warning", "A file is written in one encoding."),
    "code.unmapped": ("error", "Every value has a code."),
    "flag.unreadable": ("error", "A column for one code says yes, no or nothing."),
    "date.unreadable": ("error", "A date is written in the order of day, month and year that the mapping states."),
    "number.unreadable": ("error", "A number is a whole number."),
    "value.unreadable": ("error", "A count is a whole number, or an interval such as <5."),
    "figure.unreadable": ("error", "A figure is a number with the decimal mark that the mapping states."),
    "cell.padded": ("note", "No spaces stand around what a cell says."),
    "country.two-names": ("note", "A country has one name in a column."),
    "year.range": ("error", "A year lies between 1900 and the day on which the data were taken."),
    "total.multiplied": (
        "warning",
        "A count is not that of the file before several times over.",
    ),
    "age.range": ("error", "An age lies between 0 and 110 years."),
}
"""Level and sentence of every rule that comes with palermo; these are broken while a cell or a row is read."""


def rule(
    name: str,
    *,
    field: str,
    needs: Sequence[str] | None = None,
    shape: Literal["records", "aggregates"] = "records",
    level: Level = "error",
) -> Callable[[Holds], Holds]:
    """Register a rule; its sentence is the first line of the function's docstring."""

    def register(holds: Holds) -> Holds:
        sentence = (holds.__doc__ or "").strip().splitlines()[0]
        needed = (field,) if needs is None else tuple(needs)
        RULES[name] = Rule(name, field, needed, shape, level, sentence, lambda rows: ~holds(rows))
        SENTENCES[name] = (level, sentence)
        return holds

    return register


def told_of(own: Sequence[Rule]) -> Mapping[str, Told]:
    """Say the level and the sentence of every rule, those of the user among them."""
    return SENTENCES | {rule.id: (rule.level, rule.sentence) for rule in own}


def find(coded: Coded, rules: Sequence[Rule], *, as_of: date | None = None) -> Table:
    """Run rules, in one query.

    Parameters
    ----------
    rules
        Those that apply to the file.
    as_of
        The day on which the data were taken; without one, no day is in the future.

    Returns
    -------
    Table
        ``source_row``, ``rule``, ``field``: a row for each rule that a row of the file breaks.
    """
    table = coded.table.mutate(as_of=ibis.null("date") if as_of is None else ibis.literal(as_of))
    problems: dict[str, Value] = {f"problem_{at}": table[problem_of(field)] for at, field in enumerate(coded.read)}
    broken: dict[str, Value] = {f"broken_{at}": rule.breaks(table) for at, rule in enumerate(rules)}
    rows = table.select(SOURCE_ROW, **problems, **broken)
    met = [*(rows[name].notnull() for name in problems), *(rows[name] for name in broken)]
    places = [ibis.ifelse(is_met, ibis.literal(at), ibis.null("int64")) for at, is_met in enumerate(met)]
    each = rows.filter(ibis.or_(*met)).select(SOURCE_ROW, *problems, at=ibis.array(places).unnest())
    each = each.filter(each["at"].notnull())
    named = ibis.array([*(each[name] for name in problems), *(rule.id for rule in rules)])
    fields = ibis.literal([*coded.read, *(rule.field for rule in rules)])
    return each.select(SOURCE_ROW, rule=named[each["at"]], field=fields[each["at"]])


def applying(rules: Iterable[Rule], shape: str, filled: Collection[str]) -> list[Rule]:
    """Choose the rules for which a file fills all that they need."""
    return [rule for rule in rules if rule.shape == shape and set(rule.needs) <= set(filled)]
