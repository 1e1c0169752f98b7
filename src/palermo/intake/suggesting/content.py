"""What the cells of a column could mean: how many of them a field can read, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from palermo.intake.mapping import Mapping as FileMapping
from palermo.intake.spelling import normal
from palermo.intake.suggesting.naming import HUMP
from palermo.intake.values import read_date
from palermo.standard import Field, Standard, country_names, load_words
from palermo.tables import NOTHING, TOTAL

__all__ = ["MISSING", "SHOWN", "Content", "Reader", "ValueGuess", "counted"]

MISSING = frozenset({"-", "--", "n/a", "na", "n.a.", "-99", "-9", "99", "999", "null", "none", "nan", "."})
"""What stands in cells that say nothing."""
SHOWN = 10
"""A value without a code of its own may be shown if it fills at least so many rows."""
_LIKE = 88
_LOOKED_AT = 300
_FORMATS = ("dmy", "mdy", "ymd")
_UN_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
_RANGES = {"year": (1950, 2100), "integer": (0, 110)}
_SPLITS = (";", "|", ",", "/")
_FIGURE = r"^[-−]?\d[\d.,\s\u00a0\u202f]*$"
_SMALL = r"^[<≤]\s*\d+$"


@dataclass(frozen=True, slots=True)
class ValueGuess:
    """What a value could mean."""

    value: str
    rows: int
    code: str | None
    score: float
    """1 where the word is known, less where it is only like one, 0 without a code."""
    why: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a field makes of a column."""

    share: float
    """The part of the filled cells that it can read."""
    values: tuple[ValueGuess, ...] = ()
    format: str = ""
    read_as: str = ""
    split: str = ""
    why: str = ""

    @property
    def preview(self) -> dict[str, int]:
        """How many of the rows that were looked at would get each code, without the codes of a few rows."""
        rows: dict[str, int] = {}
        for value in self.values:
            if value.code and value.score == 1:
                rows[value.code] = rows.get(value.code, 0) + value.rows
        return {code: n for code, n in sorted(rows.items(), key=lambda pair: -pair[1]) if n >= SHOWN}


def counted(cells: pl.Series) -> pl.DataFrame:
    """Count the different filled cells of a column, the most frequent first: ``value``, ``rows``."""
    named = pl.DataFrame({"value": cells.str.strip_chars()}).filter(
        pl.col("value").is_not_null() & ~pl.col("value").str.to_lowercase().is_in(["", *MISSING])
    )
    return named.group_by("value").agg(rows=pl.len()).sort("rows", "value", descending=[True, False])


class Reader:
    """Reads cells as fields of the standard would."""

    def __init__(self, standard: Standard, known: Iterable[FileMapping], *, of_figures: bool = False) -> None:
        self.standard = standard
        self._of_figures = of_figures
        self._known = tuple(known)
        self._names = country_names(standard.countries, _UN_LANGUAGES)
        self._meanings: dict[str, dict[str, tuple[str, str]]] = {}

    def content(self, field: Field, cells: pl.DataFrame) -> Content:
        """Say how much of a column a field can read, and what its values would mean."""
        if field.type == "date":
            return _dates(cells)
        if field.type in _RANGES:
            least, most = _RANGES[field.type]
            fits = cells["value"].str.strip_suffix(".0").cast(pl.Int64, strict=False).is_between(least, most)
            return Content(_share(cells, fits.fill_null(False)), why=f"whole numbers from {least} to {most}")
        if field.type in ("count", "decimal"):
            return _figures(cells, small=field.type == "count")
        if field.field != "record_id" and not field.is_coded:
            return Content(1.0)
        if not field.is_coded:
            return Content(cells.height / max(int(cells["rows"].sum()), 1), why="different in most rows")
        return self._coded(field, cells)

    def _coded(self, field: Field, cells: pl.DataFrame) -> Content:
        best = self._guessed(field, cells, "")
        if field.type == "codes" and best.share < 1:
            splits = [mark for mark in _SPLITS if cells["value"].str.contains(mark, literal=True).any()]
            best = max([best, *(self._guessed(field, cells, mark) for mark in splits)], key=lambda found: found.share)
        return best

    def _guessed(self, field: Field, cells: pl.DataFrame, split: str) -> Content:
        parts = _parted(cells, split)
        looked = parts.head(_LOOKED_AT)
        guesses = tuple(self._meaning(field, value, rows) for value, rows in looked.iter_rows())
        known = sum(guess.rows for guess in guesses if guess.code)
        read_as = _read_as(looked["value"], self.standard) if field.list == "country" else ""
        return Content(known / max(int(parts["rows"].sum()), 1), guesses, read_as=read_as, split=split)

    def _meaning(self, field: Field, value: str, rows: int) -> ValueGuess:
        meanings = self._of(field)
        for key in (normal(value), normal(HUMP.sub(" ", value))):
            if key in meanings:
                code, why = meanings[key]
                return ValueGuess(value, rows, code, 1.0, why)
        if field.list == "country" and (country := self._names.code(value)):
            return ValueGuess(value, rows, country, 1.0, "name of a country or its citizens")
        if (
            rows >= SHOWN
            and len(key) >= 4
            and (found := process.extractOne(key, list(meanings), scorer=fuzz.ratio, score_cutoff=_LIKE))
        ):
            word, alike = found[0], found[1]
            return ValueGuess(value, rows, meanings[word][0], round(0.9 * alike / 100, 2), f"like “{word}”")
        return ValueGuess(value, rows, None, 0.0, "")

    def _of(self, field: Field) -> dict[str, tuple[str, str]]:
        if field.field not in self._meanings:
            self._meanings[field.field] = dict(self._said(field))
        return self._meanings[field.field]

    def _said(self, field: Field) -> Iterable[tuple[str, tuple[str, str]]]:
        """Give the words for the codes of a field, the surest last, so that they win."""
        if self._of_figures:
            yield from ((normal(word), (TOTAL, "word for a total")) for word in load_words().totals)
        words = load_words().codes
        for code, said in {**words.get("nothing", {}), **words.get(field.list, {})}.items():
            if code in NOTHING or code in self.standard.allowed(field.field):
                yield from ((normal(word), (code, "known word")) for word in said)
        for mapping in self._known:
            mapped = mapping.fields.get(field.field)
            if mapped and mapping.name:
                yield from ((word, (code, f"as in {mapping.name}")) for word, code in mapped.values.items())
        for entry in self.standard.allowed(field.field):
            if entry.label:
                yield normal(entry.label), (entry.code, "label of the code")
            yield normal(entry.code), (entry.code, "the code itself")
        if field.list == "country":
            two = {one.alpha_2.casefold(): one.code for one in self.standard.countries.values() if one.alpha_2}
            yield from ((short, (code, "ISO code")) for short, code in two.items())


def _parted(cells: pl.DataFrame, split: str) -> pl.DataFrame:
    if not split:
        return cells
    parts = cells.with_columns(pl.col("value").str.split(split)).explode("value")
    parts = parts.with_columns(pl.col("value").str.strip_chars()).filter(pl.col("value") != "")
    return parts.group_by("value").agg(pl.col("rows").sum()).sort("rows", "value", descending=[True, False])


def _figures(cells: pl.DataFrame, *, small: bool) -> Content:
    """See whether cells hold figures; only a count can say of a small one no more than that it is small."""
    plain, below = (cells["value"].str.contains(pattern) for pattern in (_FIGURE, _SMALL))
    if not small:
        return Content(_share(cells, plain), why="figures")
    return Content(_share(cells, plain | below) if below.any() else 0.0, why="figures, and cells such as <5")


def _dates(cells: pl.DataFrame) -> Content:
    looked = cells.head(_LOOKED_AT)
    shares = {
        order: _share(looked, pl.Series([read_date(cell, order) is not None for cell in looked["value"]]))
        for order in _FORMATS
    }
    order = max(shares, key=lambda name: shares[name])
    doubt = order != "ymd" and shares["dmy"] == shares["mdy"]
    why = "days and months cannot be told apart: please say which" if doubt else f"days in the order {order}"
    return Content(shares[order], format=order, why=why)


def _read_as(values: Sequence[str] | pl.Series, standard: Standard) -> str:
    """Say in which way countries are written: by the code that most cells have, or else by names."""
    two = {one.alpha_2.casefold() for one in standard.countries.values() if one.alpha_2}
    three = {code.casefold() for code in standard.countries}
    cells = [normal(value) for value in values]
    ways: Mapping[str, set[str]] = {"alpha-3": three, "alpha-2": two}
    for way, codes in ways.items():
        if cells and sum(cell in codes for cell in cells) > len(cells) / 2:
            return way
    return "names"


def _share(cells: pl.DataFrame, fits: pl.Series) -> float:
    rows = cells["rows"]
    return float(rows.filter(fits).sum()) / max(int(rows.sum()), 1)
