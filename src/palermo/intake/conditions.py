"""Conditions that a person writes about a row: comparisons, arithmetic and parts of dates, and nothing else.

The text is read as SQL is, into a tree of which every branch must be known here. What it compares is checked against
the standard before any file is opened: a code that no list has can hold for no row, and would never be missed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NoReturn

import ibis
import sqlglot
from ibis.expr.types import BooleanValue, Table, Value
from sqlglot import exp
from sqlglot.errors import SqlglotError

from palermo.intake.coding import HIGH
from palermo.standard import Field, Standard
from palermo.tables import NOTHING, TOTAL

__all__ = ["AS_OF", "Condition", "NotACondition", "read_condition"]

AS_OF = "as_of"
"""The name that stands for the day on which the data were taken."""

_LONGEST = 1000
_MOST_DAYS = 100_000
_LARGEST = 10**15
_FEW = 4
_TODO = "Write comparisons with =, <>, <, <=, >, >=, in, between and is null; join them with and, or, not."
_KINDS = {
    "code": "code",
    "codes": "codes",
    "text": "text",
    "date": "day",
    "year": "number",
    "integer": "number",
    "count": "number",
    "decimal": "number",
}
_WORDS = {
    "code": "a code",
    "codes": "codes",
    "text": "text",
    "day": "a day",
    "number": "a number",
    "truth": "yes or no",
}

Kind = Literal["code", "codes", "text", "day", "number", "truth"]
Build = Callable[[Table], Value]


class NotACondition(ValueError):
    """Words that are no condition: what is wrong, and what to do."""

    def __init__(self, what: str, todo: str = _TODO) -> None:
        self.what = what
        self.todo = todo
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Condition:
    """What is true of a row, false, or not known."""

    fields: tuple[str, ...]
    """The fields that it speaks of, each once, in order."""
    holds: Callable[[Table], BooleanValue]
    """True of the rows of which the condition is known to be true."""
    fails: Callable[[Table], BooleanValue]
    """True of the rows of which the condition is known to be false: the two have no row in common."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A branch of the tree: what kind of thing it is, and how the engine computes it."""

    kind: Kind
    build: Build
    """For a truth, where it is known to be true."""
    field: Field | None = None
    literal: str | int | float | None = None
    fails: Build | None = None
    """For a truth, where it is known to be false."""


def read_condition(text: str, standard: Standard) -> Condition:
    """Read a condition about the fields of the standard.

    Empty, and the codes for nothing, make a comparison unknown and not false, unless it names that code itself.

    Raises
    ------
    NotACondition
        The text is something else, or compares what cannot be compared.
    """
    reading = _Reading(standard, {})
    part = reading.part(_tree(text))
    if part.fails is None:
        raise NotACondition(f"this is {_WORDS[part.kind]}, and no condition.")
    return Condition(tuple(reading.fields), part.build, part.fails)


def _tree(text: str) -> exp.Expression:
    if len(text) > _LONGEST:
        raise NotACondition(f"the condition is longer than {_LONGEST} letters.", "Make several rules of it.")
    try:
        trees = sqlglot.parse(text, dialect="duckdb")
    except SqlglotError as error:
        raise NotACondition("the condition cannot be read.") from error
    except RecursionError as error:
        raise NotACondition("the condition is too deep.", "Make several rules of it.") from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Expression):
        raise NotACondition("this is not one condition.")
    return trees[0]


@dataclass(frozen=True, slots=True)
class _Reading:
    standard: Standard
    fields: dict[str, None]

    def part(self, node: Any) -> _Part:
        """Read a branch, by what it is; whatever is not in the list is refused."""
        read = _BRANCHES.get(type(node))
        if read is None:
            self.refuse(node)
        return read(self, node)

    def refuse(self, node: Any) -> NoReturn:
        name = node.sql_name() if isinstance(node, exp.Func) else getattr(node, "key", "nothing")
        raise NotACondition(f"{str(name).lower()} is not allowed in a condition.")

    def column(self, node: exp.Column) -> _Part:
        if len(node.parts) != 1:
            self.refuse(node)
        name = str(node.name)
        if name == AS_OF:
            return _Part("day", lambda rows: rows[AS_OF])
        field = self.standard.fields.get(name)
        if field is None:
            quotes = " Text stands between single quotation marks, as in 'text'." if node.this.quoted else ""
            raise NotACondition(f"the standard has no field {name!r}.{quotes}", "See: palermo standard fields")
        self.fields.setdefault(name)
        return _Part(_kind(field), lambda rows: _known(rows, field), field)

    def literal(self, node: exp.Literal) -> _Part:
        if node.is_string:
            return _Part("text", lambda _: ibis.literal(node.name), literal=node.name)
        number = float(node.name)
        if not abs(number) <= _LARGEST:
            raise NotACondition("a number is too large.", "Write one of at most 15 digits.")
        said = int(number) if number == int(number) else number
        return _Part("number", lambda _: ibis.literal(said), literal=number)

    def day(self, node: exp.Cast) -> _Part:
        said = node.this
        if not (node.to.this == exp.DataType.Type.DATE and isinstance(said, exp.Literal) and said.is_string):
            self.refuse(node)
        return _as_day(_Part("text", lambda _: None, literal=said.name))

    def inside(self, node: exp.Paren) -> _Part:
        return self.part(node.this)

    def truth(self, node: exp.Expression) -> tuple[Build, Build]:
        part = self.part(node)
        if part.fails is None:
            raise NotACondition(f"{_WORDS[part.kind]} stands where a comparison is needed.")
        return part.build, part.fails

    def both(self, node: exp.Binary) -> _Part:
        joined = (operator.and_, operator.or_) if isinstance(node, exp.And) else (operator.or_, operator.and_)
        sides = zip(joined, self.truth(node.this), self.truth(node.expression), strict=True)
        holds, fails = (_joined(*side) for side in sides)
        return _Part("truth", holds, fails=fails)

    def negated(self, node: exp.Not) -> _Part:
        holds, fails = self.truth(node.this)
        return _Part("truth", fails, fails=holds)

    def compared(self, node: exp.Binary) -> _Part:
        compare = _COMPARE[type(node)]
        return self._compare(compare, self.part(node.this), self.part(node.expression))

    def _compare(self, compare: Callable[[Any, Any], Any], left: _Part, right: _Part) -> _Part:
        if left.literal is not None and right.field is not None:
            return self._compare(_TURNED.get(compare, compare), right, left)
        left, right = _matched(left, right)
        if left.kind in ("code", "codes"):
            return self._of_code(compare, left, right)
        if right.kind in ("code", "codes") or left.kind != right.kind or left.kind == "truth":
            raise NotACondition(f"{_WORDS[left.kind]} cannot be compared with {_WORDS[right.kind]}.")
        return _truth(lambda rows: compare(left.build(rows), right.build(rows)))

    def _of_code(self, compare: Callable[[Any, Any], Any], left: _Part, right: _Part) -> _Part:
        """Compare a code with one of its list, or with a field that has codes of the same list."""
        field = left.field
        if compare not in (operator.eq, operator.ne) or field is None:
            raise NotACondition("codes are equal or not; none is less than another.")
        if right.literal is not None:
            return self._is_one_of(field, [self._code(field, right)], compare is operator.ne)
        if right.field is None or right.field.list != field.list or "codes" in (left.kind, right.kind):
            raise NotACondition(f"{field.field} can be compared with a code, or a field with one code of its list.")
        return _truth(lambda rows: compare(left.build(rows), right.build(rows)))

    def _code(self, field: Field, part: _Part) -> str:
        code = part.literal
        if not isinstance(code, str):
            raise NotACondition(f"{field.field} holds codes.", "Write the code between single quotation marks.")
        if code != TOTAL and code not in self.standard.allowed(field.field):
            todo = f"List the codes with: palermo standard codes {field.list}"
            raise NotACondition(f"code list {field.list} has no code {code!r}.", todo)
        return code

    def _is_one_of(self, field: Field, codes: list[str], no: bool = False) -> _Part:
        """Say whether a field has one of some codes; one that names a code for nothing looks for it.

        What is known to be another code is none of these, and none for nothing. A short list of all others says the
        same, and is the faster question.
        """
        every = [*self.standard.allowed(field.field).codes, TOTAL]
        rest = [code for code in every if code not in (*codes, *NOTHING)]
        nothing = () if set(codes) & set(NOTHING) else NOTHING
        few = field.type == "code" and nothing and len(rest) <= _FEW

        def holds(rows: Table) -> BooleanValue:
            said = _raw(rows, field)
            return ibis.or_(*(said.contains(code) for code in codes)) if field.type == "codes" else said.isin(codes)

        def fails(rows: Table) -> BooleanValue:
            said = _raw(rows, field)
            if few:
                return said.isin(rest)
            first = said[0] if field.type == "codes" else said
            return ~holds(rows) & first.notin(nothing) if nothing else ~holds(rows)

        return _Part("truth", fails, fails=holds) if no else _Part("truth", holds, fails=fails)

    def listed(self, node: exp.In) -> _Part:
        if set(_given(node)) != {"this", "expressions"}:
            self.refuse(node)
        left, several = self.part(node.this), [self.part(each) for each in node.expressions]
        if any(each.literal is None for each in several):
            raise NotACondition("what stands after in are values between brackets.", "Write them as in ('a', 'b').")
        if left.kind in ("code", "codes") and left.field is not None:
            return self._is_one_of(left.field, [self._code(left.field, each) for each in several])
        parts = [self._compare(operator.eq, left, each) for each in several]
        return _truth(lambda rows: ibis.or_(*(part.build(rows) for part in parts)))

    def between(self, node: exp.Between) -> _Part:
        if set(_given(node)) != {"this", "low", "high"}:
            self.refuse(node)
        middle = self.part(node.this)
        low = self._compare(operator.ge, middle, self.part(node.args["low"]))
        high = self._compare(operator.le, middle, self.part(node.args["high"]))
        return _truth(lambda rows: low.build(rows) & high.build(rows))

    def empty(self, node: exp.Is) -> _Part:
        part = self.part(node.this)
        if not isinstance(node.expression, exp.Null):
            self.refuse(node.expression)
        field = part.field
        if field is not None:
            return _truth(lambda rows: _raw(rows, field).isnull())
        return _truth(lambda rows: part.build(rows).isnull())

    def minus(self, node: exp.Neg) -> _Part:
        part = self.part(node.this)
        if part.kind != "number":
            raise NotACondition(f"{_WORDS[part.kind]} has no sign.")
        literal = -part.literal if isinstance(part.literal, int | float) else None
        return _Part("number", lambda rows: -_wide(part.build(rows)), literal=literal)

    def calculated(self, node: exp.Binary) -> _Part:
        left, right = self.part(node.this), self.part(node.expression)
        if left.kind == right.kind == "number":
            compute = _COMPUTE[type(node)]
            return _Part("number", lambda rows: compute(_wide(left.build(rows)), _wide(right.build(rows))))
        if left.kind == "day" and isinstance(node, exp.Add | exp.Sub):
            return _moved(left, right, 1 if isinstance(node, exp.Add) else -1)
        raise NotACondition(f"nothing can be calculated from {_WORDS[left.kind]} and {_WORDS[right.kind]} in this way.")

    def of_day(self, node: exp.Expression) -> _Part:
        name = node.name.lower() if isinstance(node, exp.Extract) else node.key
        part = self.part(node.expression if isinstance(node, exp.Extract) else node.this)
        if name not in ("year", "month", "day") or part.kind != "day":
            raise NotACondition(
                f"{name} of {_WORDS[part.kind]} is not known.", "There are year, month and day of a day."
            )
        return _Part("number", lambda rows: getattr(part.build(rows), name)())


def _truth(build: Build) -> _Part:
    """Make a truth of a comparison, which is unknown where either side is."""
    return _Part("truth", build, fails=lambda rows: ~build(rows))


def _joined(join: Callable[[Any, Any], Any], left: Build, right: Build) -> Build:
    return lambda rows: join(left(rows), right(rows))


def _wide(number: Any) -> Any:
    """Calculate with floating numbers: whole ones could outgrow their column, which stops an engine."""
    return number.cast("float64")


def _kind(field: Field) -> Any:
    return _KINDS[field.type]


def _given(node: exp.Expression) -> Mapping[str, Any]:
    return {name: value for name, value in node.args.items() if value not in (None, False, [])}


def _raw(rows: Table, field: Field) -> Any:
    return rows[field.field]


def _known(rows: Table, field: Field) -> Any:
    """Give what a field says: the codes for nothing say nothing, and a count that is an interval is no number."""
    said = rows[field.field]
    if field.type == "codes":
        return ibis.ifelse(said[0].isin(NOTHING), ibis.null(said.type()), said)
    if field.type == "code":
        return ibis.ifelse(said.isin(NOTHING), ibis.null("string"), said)
    if field.type == "count":
        said = ibis.ifelse(said == rows[HIGH], said, ibis.null("int64"))
    return said


def _matched(left: _Part, right: _Part) -> tuple[_Part, _Part]:
    """Read text as a day where the other side is one."""
    if "day" in (left.kind, right.kind):
        return _as_day(left), _as_day(right)
    return left, right


def _as_day(part: _Part) -> _Part:
    if part.kind != "text" or not isinstance(part.literal, str):
        return part
    try:
        day = date.fromisoformat(part.literal)
    except ValueError as error:
        raise NotACondition(f"{part.literal!r} is no day.", "Write it as '2024-01-31'.") from error
    return _Part("day", lambda _: ibis.literal(day))


def _moved(day: _Part, by: _Part, sign: int) -> _Part:
    """Count the days from one day to another, or go some days forward or back."""
    by = _as_day(by)
    if by.kind == "day" and sign < 0:
        return _Part("number", lambda rows: day.build(rows).delta(by.build(rows), unit="day"))
    n = by.literal
    if not isinstance(n, float) or n != int(n) or abs(n) > _MOST_DAYS:
        raise NotACondition("to a day one adds a whole number of days.", "Write it as detected_on + 30.")
    return _Part("day", lambda rows: (day.build(rows) + ibis.interval(days=sign * int(n))).cast("date"))


def _divided(left: Any, right: Any) -> Any:
    return left / right.nullif(0.0)


def _rest(left: Any, right: Any) -> Any:
    return left % right.nullif(0.0)


_COMPARE: dict[type, Callable[[Any, Any], Any]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
}
_TURNED: dict[Callable[[Any, Any], Any], Callable[[Any, Any], Any]] = {
    operator.lt: operator.gt,
    operator.le: operator.ge,
    operator.gt: operator.lt,
    operator.ge: operator.le,
}
_COMPUTE: dict[type, Callable[[Any, Any], Any]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: _divided,
    exp.Mod: _rest,
}
_BRANCHES: dict[type, Callable[[_Reading, Any], _Part]] = {
    exp.Column: _Reading.column,
    exp.Literal: _Reading.literal,
    exp.Cast: _Reading.day,
    exp.Paren: _Reading.inside,
    exp.And: _Reading.both,
    exp.Or: _Reading.both,
    exp.Not: _Reading.negated,
    exp.In: _Reading.listed,
    exp.Between: _Reading.between,
    exp.Is: _Reading.empty,
    exp.Neg: _Reading.minus,
    exp.Extract: _Reading.of_day,
    exp.Year: _Reading.of_day,
    exp.Month: _Reading.of_day,
    exp.Day: _Reading.of_day,
    **dict.fromkeys(_COMPARE, _Reading.compared),
    **dict.fromkeys(_COMPUTE, _Reading.calculated),
}
