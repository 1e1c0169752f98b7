"""A suggestion as a mapping file, for a person to read, mend and confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tomlkit

from palermo.intake.spelling import normal
from palermo.intake.suggesting.content import SHOWN
from palermo.intake.suggesting.suggestion import SURE, ColumnGuess, Suggestion, ValueGuess
from palermo.standard import Standard, fold

__all__ = ["draft"]

_HEAD = """\
# A draft of a mapping, suggested by `palermo map`. Nothing here is certain until you have read it.
# Each line says what it rests on. Lines behind # are less sure, or wait for your word: take the mark away, or the line.
# Then: palermo check FILE --mapping this-file
#   The fields and their meaning:   palermo standard fields
#   The codes of a list:            palermo standard codes form_of_exploitation
"""

_SHAPES = {
    "records": 'a row is a record; "aggregates" where a row is a count',
    "aggregates": 'a row is a figure that somebody counted; "records" where it is a record',
}
_CONSTANTS = {
    "records": ('reporting_entity = ""    # who reports, where it is the same in every row',),
    "aggregates": (
        'country = ""    # three letters; the one that reports, where no column says so',
        'indicator = "detected-victims"    # what is counted: palermo standard codes indicator',
        'unit_measure = "number"    # or per-100000, or percent, where no column says so',
        'dimension = "total"    # by what the total is broken down, where no column says so',
        'Under [fields.….values], "" = "total" says that an empty cell is the total.',
    ),
}
"""What a file of a kind often does not say, since it is the same in every row."""


def draft(suggestion: Suggestion, standard: Standard) -> str:
    """Write a suggestion as TOML that `load_mapping` reads."""
    return "\n".join([_HEAD, *_top(suggestion), "", *_identity(suggestion), *_fields(suggestion, standard)]) + "\n"


def _top(suggestion: Suggestion) -> Iterator[str]:
    stem = suggestion.file.partition(".")[0]
    yield f"name = {_text(re.sub(r'[^a-z0-9]+', '-', fold(stem)).strip('-') or 'own')}"
    yield f"title = {_text(stem)}    # what readers will see: say what the file is"
    yield f"shape = {_text(suggestion.shape)}    # " + _SHAPES[suggestion.shape]
    yield 'unit = "record"    # "person" only where nobody is counted twice'
    yield 'publisher = ""    # who keeps the file'
    yield 'coverage = ""    # who is in it, and who is not: it is printed beside the figures'
    if suggestion.sheet:
        yield f"sheet = {_text(suggestion.sheet)}    # the largest of the workbook"
    private = [guess.column for guess in suggestion.of("private")]
    if private:
        yield f"ignore = [{', '.join(map(_text, private))}]    # names and free text can tell who a person is"
    if suggestion.missing:
        yield f"missing = [{', '.join(map(_text, suggestion.missing))}]    # these words say nothing"
    for guess in suggestion.of("none"):
        yield f"# {_text(guess.column)}: no field was found for it"
    yield "\n[constants]"
    yield from (f"# {line}" for line in _CONSTANTS[suggestion.shape])
    yield from _yes_and_no(suggestion)


def _yes_and_no(suggestion: Suggestion) -> Iterator[str]:
    """Name the words of the flags, where they are not the customary 1 and 0."""
    said = {
        code: sorted({v.value for flag in suggestion.of("flag") for v in flag.content.values if v.code == code})
        for code in ("yes", "no")
    }
    if any(word not in ("0", "1") for words in said.values() for word in words):
        yield "\n[flags]"
        yield from (f"{code} = [{', '.join(map(_text, words))}]" for code, words in said.items())


def _identity(suggestion: Suggestion) -> Iterator[str]:
    found: dict[str, ColumnGuess] = {}
    for guess in suggestion.of("identity"):
        found.setdefault(guess.meaning, guess)
    if found:
        yield "# Columns that identify a person. They stay at the agency."
        yield "[identity]"
        yield from (f"{name} = {_text(guess.column)}    # {_why(guess)}" for name, guess in found.items())
        yield ""


def _fields(suggestion: Suggestion, standard: Standard) -> Iterator[str]:
    yield "[fields]"
    guesses = suggestion.of("field")
    flags = suggestion.of("flag")
    plain = [guess for guess in guesses if not _needs_table(guess, standard)]
    for guess in plain:
        yield f"{_mark(guess)}{guess.meaning} = {_text(guess.column)}    # {_why(guess)}"
    tables = {guess.meaning: guess for guess in guesses if guess not in plain}
    for name in dict.fromkeys([*tables, *(flag.meaning for flag in flags)]):
        yield ""
        yield from _table(name, tables.get(name), [flag for flag in flags if flag.meaning == name], standard)


def _needs_table(guess: ColumnGuess, standard: Standard) -> bool:
    return standard.fields[guess.meaning].is_coded or bool(guess.content.format)


def _table(name: str, guess: ColumnGuess | None, flags: list[ColumnGuess], standard: Standard) -> Iterator[str]:
    mark = _mark(guess) if guess and not flags else ""
    yield f"{mark}[fields.{name}]"
    if guess:
        yield f"{mark}column = {_text(guess.column)}    # {_why(guess)}"
        content = guess.content
        if content.format:
            yield f"{mark}format = {_text(content.format)}    # {content.why}"
        if content.split:
            yield f"{mark}split = {_text(content.split)}    # several in a cell"
        if content.read_as:
            yield f"{mark}read_as = {_text(content.read_as)}"
        if content.read_as == "names":
            yield f'{mark}languages = ["en", "fr", "es", "ar", "ru", "zh"]    # leave only those of the file'
        yield from (f"{mark}{line}" for line in _values(name, guess, standard))
    if flags:
        yield f"[fields.{name}.flags]"
        yield from (f"{_mark(flag)}{_text(flag.column)} = {_text(flag.code)}    # {_why(flag)}" for flag in flags)


def _values(name: str, guess: ColumnGuess, standard: Standard) -> Iterator[str]:
    said = [value for value in guess.content.values if not _speaks_for_itself(name, guess, value, standard)]
    if not said:
        return
    yield f"[fields.{name}.values]"
    known = {normal(value.value): value for value in said if value.code}
    for value in known.values():
        mark = "" if value.score == 1 else "# "
        yield f"{mark}{_text(value.value)} = {_text(value.code or '')}    # {value.why}"
    lost = [value for value in said if not value.code]
    yield from (f'# {_text(one.value)} = ""    # {one.rows:,} rows and no code' for one in lost if one.rows >= SHOWN)
    rare = [value for value in lost if value.rows < SHOWN]
    if rare:
        yield f"# {len(rare)} more without a code, each in fewer than {SHOWN} rows: palermo check counts them"


def _speaks_for_itself(name: str, guess: ColumnGuess, value: ValueGuess, standard: Standard) -> bool:
    """Say whether intake reads a value without a line in the mapping."""
    if value.code is None or value.score < 1:
        return False
    if guess.content.read_as == "names":
        return value.why != "known word" and not value.why.startswith("as in ")
    if guess.content.read_as:
        return value.why in ("the code itself", "ISO code")
    code = standard.allowed(name).codes.get(value.code)
    return code is not None and normal(value.value) in (normal(code.code), normal(code.label))


def _mark(guess: ColumnGuess) -> str:
    return "" if guess.score >= SURE else "# "


def _why(guess: ColumnGuess) -> str:
    return f"{guess.score:.2f}: {guess.why}" if guess.why else f"{guess.score:.2f}"


def _text(text: str) -> str:
    return str(tomlkit.string(text).as_string())
