"""Which column could fill which field, with a score and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from palermo.intake.mapping import Mapping
from palermo.intake.suggesting.content import MISSING, Content, Reader, ValueGuess, counted
from palermo.intake.suggesting.naming import Likeness, Names
from palermo.intake.suggesting.sampling import Sample
from palermo.standard import Field, Standard, load_words

__all__ = ["SURE", "ColumnGuess", "Suggestion", "ValueGuess", "suggest"]

SURE = 0.8
"""From here on a suggestion is written as a line; below, as a line to be confirmed."""
_LEAST = 0.5
_BY_CONTENT = ("sex", "citizenship", "form_of_exploitation", "age_group", "means_of_control")
"""Fields that can be told by their values alone."""
_FIGURE = "figure"
_SAME = {"value": _FIGURE}
"""Fields that are called alike, and told apart by what is in them."""
_OF_FIGURES = ("year", "sex", "age_group", "citizenship", "country_of_repatriation", "form_of_exploitation", "tip_tier")
"""What a table of figures says of a row, besides the fields that only such tables have."""
_LETTER = 1
"""A heading of one letter is no code, though the sections of ISIC are called so."""
_LONG = 40
_SHORT = 6


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column could be."""

    column: str
    role: Literal["field", "flag", "identity", "private", "none"]
    meaning: str = ""
    """The field, or the identifying column."""
    score: float = 0.0
    why: str = ""
    content: Content = field(default_factory=lambda: Content(0.0))
    code: str = ""
    """What a yes in a flag stands for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A guess for each column of a file."""

    file: str
    sheet: str
    shape: Literal["records", "aggregates"]
    """Whether a row is a record or a figure."""
    columns: tuple[ColumnGuess, ...]
    missing: tuple[str, ...]
    """Words in the file that say nothing, such as n/a."""
    is_part: bool
    notes: tuple[str, ...]
    recognised: tuple[Mapping, ...] = ()
    """The mappings that were made for files with such columns."""

    def of(self, role: str) -> list[ColumnGuess]:
        """Give the columns of a role, in their order."""
        return [guess for guess in self.columns if guess.role == role]


def suggest(sample: Sample, standard: Standard, known: Iterable[Mapping]) -> Suggestion:
    """Suggest a field for each column, and a code for each value.

    Headings are compared with words in several languages, with other mappings and by likeness, cells with what each
    field can read; the fields are then shared out, the best fit first.
    """
    known = (*sample.recognised, *known)
    cells = {column: counted(sample.rows[column]) for column in sample.rows.columns}
    shape = sample.recognised[0].shape if sample.recognised else _shape(cells, standard)
    known = tuple(mapping for mapping in known if mapping.shape == shape)
    guessed = _marked(cells, standard, known)
    others = [column for column in cells if column not in guessed]
    guessed |= _matched(others, cells, standard, known, of_figures=shape == "aggregates")
    columns = tuple(guessed.get(column) or _left(column, cells[column]) for column in cells)
    return Suggestion(
        file=sample.file,
        sheet=sample.sheet,
        shape=shape,
        columns=columns,
        missing=_missing(sample.rows),
        is_part=sample.is_part,
        notes=sample.notes,
        recognised=sample.recognised,
    )


def _shape(cells: dict[str, pl.DataFrame], standard: Standard) -> Literal["records", "aggregates"]:
    """Take a table for one of figures if a column is called as figures are and holds nothing else."""
    names, reader = _field_names([standard.fields[_FIGURE]], ()), Reader(standard, ())
    kinds = [standard.fields[_FIGURE], *(standard.fields[name] for name in _SAME)]
    for column, values in cells.items():
        is_called_so = values.height > 0 and names.likeness(column, _FIGURE).score == 1
        if is_called_so and any(reader.content(kind, values).share == 1 for kind in kinds):
            return "aggregates"
    return "records"


def _missing(rows: pl.DataFrame) -> tuple[str, ...]:
    cells = {cell for column in rows.columns for cell in rows[column].unique().drop_nulls() if len(cell) <= _SHORT}
    return tuple(sorted(MISSING & {cell.strip().lower() for cell in cells}))


def _marked(cells: dict[str, pl.DataFrame], standard: Standard, known: Sequence[Mapping]) -> dict[str, ColumnGuess]:
    """Find the columns that identify a person, tell a story, or say yes and no."""
    words = load_words()
    identity = Names.of({name: [(word, "known heading") for word in said] for name, said in words.identity.items()})
    private = Names.of({"text": [(word, "known heading") for word in words.private]})
    whole = Names.of({"name": [(word, "known heading") for word in words.names]})
    flags = _flag_names(standard, known)
    found: dict[str, ColumnGuess] = {}
    for column, values in cells.items():
        name, likeness = _best(identity, column)
        if whole.likeness(column, "name").score == 1:
            found[column] = ColumnGuess(column, "private")
        elif likeness.score >= SURE:
            found[column] = ColumnGuess(column, "identity", name, likeness.score, likeness.why)
        elif private.likeness(column, "text").score >= SURE:
            found[column] = ColumnGuess(column, "private")
        elif (flag := _flag(column, values, flags)) is not None:
            found[column] = flag
    return found


def _left(column: str, cells: pl.DataFrame) -> ColumnGuess:
    """Take long text that no field can read for somebody's story."""
    lengths = cells["value"].str.len_chars().mean()
    return ColumnGuess(column, "private" if isinstance(lengths, float) and lengths > _LONG else "none")


def _best(names: Names, column: str) -> tuple[str, Likeness]:
    scored = [(meaning, names.likeness(column, meaning)) for meaning in names.words]
    return max(scored, key=lambda pair: pair[1].score)


def _flag_names(standard: Standard, known: Sequence[Mapping]) -> Names:
    """Gather the headings of flags: those of mappings come first, so that they win over the words for a code."""
    said: dict[str, list[tuple[str, str]]] = {}
    for mapping in known:
        for mapped in mapping.fields.values():
            for column, codes in mapped.flags.items():
                for code in codes:
                    said.setdefault(f"{mapped.field} {code}", []).append((column, f"as in {mapping.name}"))
    for one in standard.fields.values():
        if one.type == "codes":
            for entry in standard.lists[one.list]:
                words = [(entry.label, "label of a code")]
                words += [(entry.code, "a code")] if len(entry.code) > _LETTER else []
                said.setdefault(f"{one.field} {entry.code}", []).extend(words)
    return Names.of(said)


def _flag(column: str, cells: pl.DataFrame, names: Names) -> ColumnGuess | None:
    words = load_words().codes["yes_no"]
    yes, no = ({word.casefold() for word in words[code]} for code in ("yes", "no"))
    said = {value: value.lower() for value in cells["value"]}
    if not set(said.values()) <= yes | no:
        return None
    meaning, likeness = _best(names, column)
    if likeness.score < (_LEAST if set(said.values()) & yes else 1.0):
        return None
    name, _, code = meaning.partition(" ")
    answers = [ValueGuess(value, rows, "yes" if said[value] in yes else "no", 1.0, "") for value, rows in cells.rows()]
    return ColumnGuess(column, "flag", name, likeness.score, likeness.why, Content(1.0, tuple(answers)), code)


def _matched(
    columns: Sequence[str],
    cells: dict[str, pl.DataFrame],
    standard: Standard,
    known: Sequence[Mapping],
    *,
    of_figures: bool,
) -> dict[str, ColumnGuess]:
    mapped = {name for mapping in known for name in mapping.fields}
    fields = [one for one in standard.fields.values() if _can_be_filled(one, mapped, of_figures=of_figures)]
    names, reader = _field_names(fields, known), Reader(standard, known, of_figures=of_figures)
    guesses = [_guess(column, one, names, reader, cells[column]) for column in columns for one in fields]
    found: dict[str, ColumnGuess] = {}
    for guess in sorted(guesses, key=lambda guess: guess.score, reverse=True):
        is_taken = guess.column in found or any(other.meaning == guess.meaning for other in found.values())
        if guess.score >= _LEAST and not is_taken:
            found[guess.column] = guess
    return found


def _can_be_filled(one: Field, mapped: set[str], *, of_figures: bool) -> bool:
    if not of_figures:
        return one.unit != "cell"
    return one.unit == "cell" or one.field in _OF_FIGURES or one.field in mapped


def _field_names(fields: Sequence[Field], known: Sequence[Mapping]) -> Names:
    words = load_words().fields
    said: dict[str, list[tuple[str, str]]] = {}
    for one in fields:
        theirs = [
            (column, f"as in {mapping.name}")
            for mapping in known
            if one.field in mapping.fields and not mapping.fields[one.field].when
            for column in mapping.fields[one.field].columns
        ]
        ours = [(word, "known heading") for word in words.get(_SAME.get(one.field, one.field), ())]
        said[one.field] = [*theirs, *ours, (one.field, "name of the field"), (one.label, "label of the field")]
    return Names.of(said)


def _guess(column: str, one: Field, names: Names, reader: Reader, cells: pl.DataFrame) -> ColumnGuess:
    likeness = names.likeness(column, one.field)
    if likeness.score < _LEAST and one.field not in _BY_CONTENT:
        return ColumnGuess(column, "none")
    content = reader.content(one, cells) if cells.height else Content(1.0, why="nothing is in it")
    score, why = likeness.score * (0.5 + 0.5 * content.share), likeness.why
    if likeness.score < _LEAST:
        score, why = 0.6 * content.share if content.share >= 0.9 and cells.height > 1 else 0.0, "by its values alone"
    why = "; ".join(filter(None, (why, content.why or f"{content.share:.0%} of its cells have a code")))
    return ColumnGuess(column, "field", one.field, round(score, 2), why, content)
