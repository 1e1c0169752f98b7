"""Answers of workflows, as a person reads them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from palermo.cli.screen import Screen, show_json
from palermo.errors import many

if TYPE_CHECKING:  # each command imports its own workflow, and waits for no other
    from palermo.intake import ColumnGuess, Mapping
    from palermo.workflows.check import CheckAnswer
    from palermo.workflows.map import Changes, MapAnswer
    from palermo.workflows.quality import QualityAnswer
    from palermo.workflows.run import Run
    from palermo.workflows.table import TableAnswer

__all__ = ["show_check", "show_map", "show_quality", "show_run", "show_table"]


def show_check(answer: CheckAnswer) -> None:
    """Print what is in a file, what is wrong with it, and what to do next."""
    screen = Screen()
    screen.say(f"{answer.file}, read with the mapping {answer.mapping}")
    parts = f"{answer.rows_accepted:,} accepted + {answer.rows_quarantined:,} quarantined"
    screen.say(f"  {many(answer.rows_in, 'row', 'rows')} in = {parts}")
    for note in answer.notes:
        screen.say(f"  {note}")
    for words, columns in (("not in the file", answer.columns_missing), ("not in the mapping", answer.columns_extra)):
        if columns:
            shown = ", ".join(columns[:6]) + (" …" if len(columns) > 6 else "")
            screen.say(f"  {many(len(columns), 'column', 'columns')} {words}: {shown}")
    if answer.findings:
        rows = [
            (f"{found.rows:,}", f"{found.first_row:,}", found.field, found.sentence, found.rule)
            for found in answer.findings
        ]
        screen.table(("rows", "first row", "field", "what should hold", "rule"), rows, right=(0, 1))
    else:
        screen.say("  No rule is broken.")
    for missed in answer.unmapped:
        shown = ", ".join(f"{value!r} in {rows:,}" for value, rows in missed.frequent[:5])
        values, where = many(missed.values, "value", "values"), many(missed.rows, "row", "rows")
        words = f"{missed.field}: {values} without a code in {where}"
        screen.say(f"{words}: {shown}" if shown else words)
    if answer.unmapped:
        screen.say("Give each a line under [fields.FIELD.values] in the mapping. Codes: palermo standard codes FIELD")


_ROLES = {
    "identity": "identifies a person: stays at the agency",
    "private": "a name or free text: not read, it can tell who a person is",
    "none": "no field was found",
}
_PREVIEWED = 6
_NAMED = 8


def show_map(answer: MapAnswer) -> None:
    """Print what each column could be, how sure that is, and what to do next."""
    screen = Screen()
    suggestion = answer.suggestion
    part = ", by its first rows" if suggestion.is_part else ""
    screen.say(f"{suggestion.file}{part}: a suggestion for each column. Nothing is certain until you have read it.")
    for note in suggestion.notes:
        screen.say(f"  {note}")
    screen.table(
        ("column", "could be", "score", "because"), [_mapped(guess) for guess in suggestion.columns], right=(2,)
    )
    for line in map(_preview, suggestion.of("field")):
        if line:
            screen.say(line)
    if answer.earlier and answer.changes:
        _show_changes(screen, answer.earlier, answer.changes)
    if answer.out:
        screen.say(f"The draft is {answer.out}. Read it, then: palermo check FILE --mapping {answer.out}")
    else:
        screen.say(
            "To go on, write the draft of a mapping with --out TOML, and read it: it has every value and its code."
        )


def _preview(guess: ColumnGuess) -> str:
    """Say what the rows would be read as, without what stands in a few of them."""
    codes = [f"{code} in {rows:,}" for code, rows in guess.content.preview.items()]
    more = f" and {len(codes) - _PREVIEWED} more codes" if len(codes) > _PREVIEWED else ""
    return f"  {guess.meaning}: {', '.join(codes[:_PREVIEWED])}{more}" if codes else ""


def _mapped(guess: ColumnGuess) -> tuple[str, str, str, str]:
    if guess.role in ("private", "none"):
        return guess.column, "–", "", _ROLES[guess.role]
    meaning = f"{guess.meaning} = {guess.code}" if guess.code else guess.meaning
    why = f"{guess.why}; {_ROLES[guess.role]}" if guess.role in _ROLES else guess.why
    return guess.column, meaning, f"{guess.score:.2f}", why


def _show_changes(screen: Screen, earlier: Mapping, changes: Changes) -> None:
    if changes.missing or changes.new or changes.values:
        screen.say(f"Compared with the mapping {earlier.name} ({earlier.title}):")
    else:
        screen.say(
            f"Nothing changed: the columns and values are those of the mapping {earlier.name} ({earlier.title})."
        )
    for old, new in changes.renamed:
        screen.say(f"  {old!r} could now be {new!r}")
    for words, columns in (("no longer there", changes.missing), ("new", changes.new)):
        if columns:
            more = f" and {len(columns) - _NAMED} more" if len(columns) > _NAMED else ""
            screen.say(f"  {words}: {', '.join(columns[:_NAMED])}{more}")
    for field, number in changes.values:
        screen.say(f"  {field}: {number} {'value has' if number == 1 else 'values have'} no code yet")
    lacks = ", ".join(column for column in earlier.required if column in changes.missing)
    if lacks:
        screen.say(f"It lacks what that mapping requires: {lacks}. Mend the mapping, or draft another one.")
    else:
        screen.say(f"If it is that file, no draft is needed: palermo check FILE --mapping {earlier.name}")


def show_quality(answer: QualityAnswer, out: Path | None) -> None:
    """Print the coverage statement and six answers for each source."""
    screen = Screen()
    screen.say("Private: these numbers have not passed the gate.")
    for words in answer.page.coverage:
        screen.say(f"  {words}")
    for source in answer.page.sources:
        screen.say(f"{source.name}: {source.title}")
        rows = [
            (line.name, f"{line.part * 100 / line.whole:.1f} %" if line.whole else "–", line.says)
            for line in source.dimensions
        ]
        screen.table(("quality", "share", "of what"), rows, right=(1,))
        for words in source.breaks:
            screen.say(f"  A comparison over time breaks. {words}")
    if out:
        screen.say(f"The page is {out}.")
    else:
        screen.say("By field and year: --out HTML writes a page, --json gives all numbers.")


def show_table(answer: TableAnswer) -> None:
    """Print a table; withheld cells say so."""
    screen = Screen()
    headings = [*answer.by, answer.unit + "s"]
    extra = [name for name in ("percent",) if any(name in row for row in answer.rows)]
    rows = [
        [
            *("not recorded" if row[field] is None else str(row[field]) for field in answer.by),
            _count(row),
            *_more(row, extra),
        ]
        for row in answer.rows
    ]
    screen.table([*headings, *extra], rows, right=range(len(answer.by), len(headings) + len(extra)))
    for note in answer.notes:
        screen.say(note)


def _count(row: dict[str, Any]) -> str:
    count = row["count"]
    if count["value"] is None:
        return "withheld"
    if count["low"] == count["high"]:
        return f"{count['value']:,}"
    return f"{count['value']:,} ({count['low']:,}–{count['high']:,})"


def _more(row: dict[str, Any], names: list[str]) -> list[str]:
    return [f"{row[name]:.1f} %" if name in row else "" for name in names]


def show_run(made: Run, screen: Screen, *, as_json: bool) -> None:
    """Print what a run made; the last line is the path of the report."""
    if as_json:
        show_json(
            {
                "id": made.id,
                "folder": str(made.folder),
                "report": str(made.report),
                "verified": made.verified,
                "tables": made.n_tables,
                "cells_withheld": made.n_withheld,
            }
        )
        return
    state = "was there and is unchanged" if made.verified else "is made"
    screen.say(
        f"Release {made.id} {state}: {made.n_tables} tables, {made.n_withheld:,} cells withheld to protect people."
    )
    screen.data.print(str(made.report), soft_wrap=True, markup=False)
