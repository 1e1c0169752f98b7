"""What a cell says, in the standard's words.

Only the different values of a column are read in Python, each once; the engine joins what they mean to the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from palermo.intake.mapping import FieldMapping, Mapping
from palermo.intake.spelling import normal
from palermo.standard import CountryNames, Field, Standard, country_names, language_name
from palermo.tables import NOTHING

__all__ = ["BELOW_THRESHOLD", "PART", "Context", "Meaning", "meanings", "read_date"]

BELOW_THRESHOLD = re.compile(r"^<\s*(\d{1,6})$")
"""A count that says only that it is small: ``<5`` is the interval 1–4."""

PART = "\x1f"
"""Parts the cells of a field that several columns fill."""

_WHOLE = re.compile(r"^(-?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|-?\d{1,15})(?:\.(?:00?|0000+))?$")
"""Three noughts after a point are a thousand in half of the world, so they are not read at all."""
_DATE = re.compile(r"^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[ T]00:00(?::00(?:\.0+)?)?)?$")
_PLACES = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}
_YEARS = (1900, 2100)
_AGES = (0, 110)
_MANY = 1_200
"""No number of children, and no sentence in months, is above a hundred years of them."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of a cell depends on."""

    mapping: Mapping
    standard: Standard
    as_of: date | None = None
    """The day on which the data were taken: no year lies after it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value means: something, nothing, or a problem."""

    value: str | int | float | date | list[str] | None = None
    problem: str | None = None
    """The rule that the cell breaks."""
    high: int | None = None
    """The upper end, where a count is an interval and ``value`` its lower one."""
    unmapped: tuple[str, ...] = ()
    """The parts of the cell for which the code list has no code."""


_Row = tuple[Any, ...]
_Read = Callable[[str, str], Meaning]


def meanings(mapped: FieldMapping, context: Context, cells: Iterable[str]) -> pl.DataFrame:
    """Read every different value of a column.

    Returns
    -------
    polars.DataFrame
        One row a value: ``cell``, ``value`` (of the field's type), ``problem``, ``high`` for counts, and the
        ``unmapped`` parts.
    """
    field = context.standard.field(mapped.field)
    read = _says_reader(field, mapped) if mapped.says else _READERS[field.type](field, mapped, context)

    def mean(cell: str) -> Meaning:
        key = normal(cell)
        if key not in mapped.values and key not in mapped.says and (not key or key in context.mapping.missing):
            return Meaning()
        return read(cell, key)

    rows = []
    for cell in cells:
        meaning = _with_flags(cell, mapped, context.mapping, mean) if mapped.flags else mean(cell)
        padded = meaning.value is not None and not mapped.flags and cell != cell.strip()
        problem = meaning.problem or ("cell.padded" if padded else None)
        rows.append((cell, meaning.value, problem, meaning.high, list(meaning.unmapped)))
    rows = _told_twice(rows) if mapped.read_as == "names" else rows
    schema = pl.Schema(
        {
            "cell": pl.String(),
            "value": _TYPES[field.type],
            "problem": pl.String(),
            "high": pl.Int64(),
            "unmapped": pl.List(pl.String()),
        }
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def _told_twice(rows: list[_Row]) -> list[_Row]:
    """Mark the names of a country that has another one in the same column, all but the first."""
    first: dict[str, str] = {}
    marked = []
    for cell, value, problem, *more in rows:
        code = str(value)
        other = bool(value) and code not in NOTHING and first.setdefault(code, normal(cell)) != normal(cell)
        marked.append((cell, value, problem or ("country.two-names" if other else None), *more))
    return marked


def read_date(cell: str, order: str) -> date | None:
    """Read a day written in figures in one order of day, month and year; nothing is guessed.

    Parameters
    ----------
    order
        ``ymd``, ``dmy`` or ``mdy``. A year has four figures.
    """
    if not (match := _DATE.match(cell.strip())):
        return None
    parts = match.groups()
    year, month, day = (parts[place] for place in _PLACES[order])
    if len(year) != 4 or len(month) > 2 or len(day) > 2:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _says_reader(field: Field, mapped: FieldMapping) -> _Read:
    typed: dict[str, Callable[[str], Any]] = {"codes": lambda code: [code], "year": int, "integer": int}

    def read(cell: str, key: str) -> Meaning:
        code = mapped.says.get(key)
        if code is None:
            return Meaning(problem="code.unmapped", unmapped=(cell.strip(),))
        return Meaning(typed.get(field.type, str)(code) if code else None)

    return read


def _with_flags(cell: str, mapped: FieldMapping, mapping: Mapping, mean: Callable[[str], Meaning]) -> Meaning:
    """Gather the codes of a cell and of the columns that say yes; a flag that says nothing is not a no."""
    said, *flags = cell.split(PART)
    own = mean(said)
    codes = list(own.value) if isinstance(own.value, list) else []
    odd = False
    for flag, meant in zip(map(normal, flags), mapped.flags.values(), strict=True):
        if flag in mapping.yes:
            codes += meant
        odd |= bool(flag) and flag not in mapping.yes | mapping.no | mapping.missing
    return Meaning(_tidy(codes), own.problem or ("flag.unreadable" if odd else None), unmapped=own.unmapped)


def _tidy(codes: Iterable[str]) -> list[str] | None:
    """Keep each code once, sorted; a code for nothing gives way to a real one, and no code at all is empty."""
    real = sorted({code for code in codes if code not in NOTHING})
    nothing = sorted({code for code in codes if code in NOTHING})
    return real or nothing or None


def _code_reader(field: Field, mapped: FieldMapping, context: Context) -> _Read:
    allowed = context.standard.allowed(field.field)
    codes = {normal(code.code): code.code for code in allowed}
    codes |= {normal(code.label): code.code for code in allowed if code.label}
    codes |= _language_codes(context.standard) if field.list == "language" else {}
    names = CountryNames({})
    if field.list == "country":
        codes |= _country_codes(mapped.read_as, context.standard)
        if mapped.read_as == "names":
            names = country_names(context.standard.countries, mapped.languages)

    def read(cell: str, key: str) -> Meaning:
        code = mapped.values.get(key) or codes.get(key) or names.code(cell)
        return Meaning(code) if code else Meaning(problem="code.unmapped", unmapped=(cell.strip(),))

    return read


def _country_codes(read_as: str, standard: Standard) -> dict[str, str]:
    known = standard.countries.values()
    if read_as == "alpha-2":
        return {country.alpha_2.casefold(): country.code for country in known if country.alpha_2}
    if read_as == "numeric":
        numbered = [country for country in known if country.numeric]
        return {number: one.code for one in numbered for number in (one.numeric, one.numeric.lstrip("0"))}
    return {}


def _language_codes(standard: Standard) -> dict[str, str]:
    """Know a language by either kind of three letters and by its English name."""
    known = {normal(language_name("en", code)): code for code in standard.languages}
    return known | {three: code for code, threes in standard.languages.items() for three in threes}


def _codes_reader(field: Field, mapped: FieldMapping, context: Context) -> _Read:
    one = _code_reader(field, mapped, context)

    def read(cell: str, key: str) -> Meaning:
        whole = one(cell, key)
        if whole.value or not mapped.split:
            return Meaning(_tidy([str(whole.value)]) if whole.value else None, whole.problem, unmapped=whole.unmapped)
        parts = [one(part, normal(part)) for part in cell.split(mapped.split) if normal(part)]
        parts = [part for part in parts if not set(map(normal, part.unmapped)) & context.mapping.missing]
        unmapped = tuple(unknown for part in parts for unknown in part.unmapped)
        codes = [str(part.value) for part in parts if part.value]
        return Meaning(_tidy(codes), "code.unmapped" if unmapped else None, unmapped=unmapped)

    return read


def _date_reader(_: Field, mapped: FieldMapping, __: Context) -> _Read:
    def read(cell: str, _: str) -> Meaning:
        day = read_date(cell, mapped.format) or read_date(cell, "ymd")
        return Meaning(day) if day else Meaning(problem="date.unreadable")

    return read


def _year_reader(_: Field, mapped: FieldMapping, context: Context) -> _Read:
    last = context.as_of.year if context.as_of else _YEARS[1]
    return _bounded(mapped, _YEARS[0], last, "year.range")


def _integer_reader(field: Field, mapped: FieldMapping, _: Context) -> _Read:
    """Read an age, which lies between bounds, or a number of children or of months, which is only not below zero."""
    if field.field.split("_")[0] == "age":
        return _bounded(mapped, *_AGES, "age.range")
    return _bounded(mapped, 0, _MANY, "number.unreadable")


def _bounded(mapped: FieldMapping, least: int, most: int, rule: str) -> _Read:
    def read(cell: str, key: str) -> Meaning:
        if mapped.values.get(key) in NOTHING:
            return Meaning()
        number = _whole(cell)
        if number is None:
            return Meaning(problem="number.unreadable")
        return Meaning(number) if least <= number <= most else Meaning(problem=rule)

    return read


def _count_reader(_: Field, __: FieldMapping, ___: Context) -> _Read:
    def read(cell: str, _: str) -> Meaning:
        match = BELOW_THRESHOLD.match(cell.strip())
        low, high = (1, int(match[1]) - 1) if match else (_whole(cell),) * 2
        sound = low is not None and high is not None and 0 <= low <= high
        return Meaning(low, high=high) if sound else Meaning(problem="value.unreadable")

    return read


def _decimal_reader(_: Field, mapped: FieldMapping, __: Context) -> _Read:
    thousands = "[.\u00a0\u202f ]" if mapped.decimal == "," else "[,\u00a0\u202f ]"
    number = re.compile(
        rf"^[-+]?(\d{{1,3}}(?:{thousands}\d{{3}})+|\d{{1,15}})(?:{re.escape(mapped.decimal)}\d{{1,12}})?$"
    )

    def read(cell: str, _: str) -> Meaning:
        if not number.match(said := cell.strip()):
            return Meaning(problem="figure.unreadable")
        return Meaning(float(re.sub(thousands, "", said).replace(",", ".")))

    return read


def _text_reader(_: Field, mapped: FieldMapping, __: Context) -> _Read:
    def read(cell: str, key: str) -> Meaning:
        return Meaning(mapped.values.get(key, cell.strip()))

    return read


def _whole(cell: str) -> int | None:
    match = _WHOLE.match(cell.strip())
    return int(re.sub(r"[,\u00a0\u202f ]", "", match[1])) if match else None


_READERS: dict[str, Callable[[Field, FieldMapping, Context], _Read]] = {
    "code": _code_reader,
    "codes": _codes_reader,
    "date": _date_reader,
    "year": _year_reader,
    "integer": _integer_reader,
    "count": _count_reader,
    "decimal": _decimal_reader,
    "text": _text_reader,
}
_TYPES: dict[str, pl.DataType] = {
    "code": pl.String(),
    "codes": pl.List(pl.String()),
    "date": pl.Date(),
    "year": pl.Int64(),
    "integer": pl.Int64(),
    "count": pl.Int64(),
    "decimal": pl.Float64(),
    "text": pl.String(),
}
