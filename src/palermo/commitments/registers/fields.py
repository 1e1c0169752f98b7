"""The columns of a register: what a cell may hold beyond the forms of `records`, in words a person can follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import polars as pl

from palermo.commitments.records import Column, Form
from palermo.standard import load_standard

__all__ = ["FIELD_FORMS", "Field", "FieldForm"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PROVISION = re.compile(r"[a-z0-9_]+-[A-Za-z0-9.()]+")
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_PURPOSE = re.compile(r"[0-9]{5}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class FieldForm:
    """How a cell is kept, whether it is right, and what it should look like, in words."""

    words: str
    kept: Form
    fits: Callable[[str], bool] = lambda _: True
    many: bool = False
    """Whether a cell holds several values, parted by semicolons, none of them twice."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a register."""

    name: str
    form: str
    words: str
    """What it holds, for the person who fills it."""
    needed: bool = False
    codes: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    """The registers of which a link names a record."""

    @property
    def column(self) -> Column:
        """The column as `records` reads it."""
        form = FIELD_FORMS[self.form]
        return Column(self.name, form.kept, self.needed, frozenset(self.codes), many=form.many)

    @property
    def many(self) -> bool:
        """Whether a cell holds several values."""
        return FIELD_FORMS[self.form].many

    def values(self, record: Mapping[str, Any]) -> list[str]:
        """Give the values of its cell in a record that was read, one or several."""
        cell = record[self.name]
        if cell is None:
            return []
        return [part.strip() for part in cell.split(";")] if self.many else [str(cell)]

    def is_right(self, record: Mapping[str, Any]) -> bool:
        """Say whether every value of its cell has the form."""
        values, fits = self.values(record), FIELD_FORMS[self.form].fits
        return len(values) == len(set(values)) and all(value and fits(value) for value in values)

    @property
    def dtype(self) -> pl.DataType | type[pl.DataType]:
        """The type of its column in the table of what is known."""
        return pl.List(pl.String()) if self.many else FIELD_FORMS[self.form].kept.dtype


@cache
def _countries() -> frozenset[str]:
    return frozenset(load_standard().countries)


def _is_state(text: str) -> bool:
    return text in _countries()


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _is_rate(text: str) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and value > 0


def _is_count(text: str) -> bool:
    return int(text) >= 0


FIELD_FORMS: dict[str, FieldForm] = {
    "text": FieldForm("a text", Form.TEXT),
    "texts": FieldForm("texts, parted by semicolons", Form.TEXT, many=True),
    "code": FieldForm("one of the codes", Form.TEXT),
    "state": FieldForm("an ISO 3166 code of three letters, as in KEN", Form.STATE, _is_state),
    "states": FieldForm(
        "codes of three letters, parted by semicolons, as in KEN; ITA", Form.TEXT, _is_state, many=True
    ),
    "day": FieldForm("a day, as in 2013-05-14", Form.DAY),
    "date": FieldForm("a day, a month or a year, as in 2013-05-14, 2013-05 or 2013", Form.SPAN),
    "time": FieldForm("a time of the day, as in 09:30", Form.TEXT, lambda text: _TIME.fullmatch(text) is not None),
    "number": FieldForm("a whole number, zero or more", Form.NUMBER, _is_count),
    "amount": FieldForm(
        "an amount with a point and no other sign, as in 60000 or 1250.50",
        Form.TEXT,
        lambda text: _AMOUNT.fullmatch(text) is not None,
    ),
    "rate": FieldForm("a number above zero with a point, as in 1.2914", Form.TEXT, _is_rate),
    "currency": FieldForm(
        "an ISO 4217 code of three letters, as in USD", Form.TEXT, lambda text: _CURRENCY.fullmatch(text) is not None
    ),
    "name": FieldForm("letters, digits, dots, dashes and underscores", Form.TEXT, _is_name),
    "link": FieldForm("the id of one record", Form.TEXT, _is_name),
    "links": FieldForm("ids of records, parted by semicolons", Form.TEXT, _is_name, many=True),
    "provisions": FieldForm(
        "provisions as instrument-number, parted by semicolons, as in tip_protocol-9; gpa-21",
        Form.TEXT,
        lambda text: _PROVISION.fullmatch(text) is not None,
        many=True,
    ),
    "purpose": FieldForm(
        "a purpose code of five digits, as in 15160", Form.TEXT, lambda text: _PURPOSE.fullmatch(text) is not None
    ),
    "flag": FieldForm("yes, or nothing", Form.FLAG),
}
"""What a field can hold. An amount and a rate stay text until `funds` makes exact numbers of them."""
