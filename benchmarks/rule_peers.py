"""Other programs that put rules to rows, each given the same five; run by `rules.py`, with the Python that has them.

    python rule_peers.py NAME FILE.parquet

prints how many times each rule was broken, and the least CPU seconds of several runs, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

__all__ = ["PEERS", "timed"]

SEXES = ["female", "male"]
Counts = dict[str, int]
Work = Callable[[Path], Counts]

DATES = pl.col("detected_on") <= pl.col("registered_on")
GROUP = (pl.col("age_group") == "child") == (pl.col("age") < 18)
MEANS = (pl.col("age_group") != "adult") | pl.col("purpose").is_null() | pl.col("means").is_not_null()


def timed(work: Callable[[], Counts], times: int) -> dict[str, object]:
    """Run some work and say what it found, and the least CPU seconds it took, all threads together."""
    taken, counts = [], Counts()
    for _ in range(times):
        before = time.process_time()
        counts = work()
        taken.append(time.process_time() - before)
    return {"cpu": min(taken), "counts": counts}


def with_dataframely() -> Work:
    """Filter with a schema, which keeps the rows that break a rule with the rules that they break."""
    import dataframely as dy

    class Record(dy.Schema):
        source_row = dy.Int64()
        age = dy.Int64(nullable=True, min=0, max=110)
        age_group = dy.String(nullable=True)
        sex = dy.String(nullable=True, check={"list": lambda cell: cell.is_in(SEXES)})
        detected_on = dy.Date(nullable=True)
        registered_on = dy.Date(nullable=True)
        means = dy.String(nullable=True)
        purpose = dy.String(nullable=True)

        @dy.rule()
        def order(cls) -> pl.Expr:
            return DATES

        @dy.rule()
        def group(cls) -> pl.Expr:
            return GROUP

        @dy.rule()
        def core(cls) -> pl.Expr:
            return MEANS

    names = {"age|min": "age", "age|max": "age", "sex|check__list": "sex"}

    def work(file: Path) -> Counts:
        _, failed = Record.filter(pl.read_parquet(file))
        rows = failed.details() if hasattr(failed, "details") else failed.invalid()
        assert rows.height
        return _summed((names.get(rule, rule), n) for rule, n in failed.counts().items())

    return work


def with_patito() -> Work:
    """Validate with a model, which says how many rows break each rule and not which."""
    import patito as pt

    class Record(pt.Model):
        source_row: int
        age: int | None = pt.Field(ge=0, le=110)
        age_group: str | None = pt.Field(constraints=[GROUP])
        sex: str | None = pt.Field(constraints=[pl.col("sex").is_in(SEXES)])
        detected_on: date | None = pt.Field(constraints=[DATES])
        registered_on: date | None
        means: str | None = pt.Field(constraints=[MEANS])
        purpose: str | None

    names = {"age": "age", "age_group": "group", "sex": "sex", "detected_on": "order", "means": "core"}

    def work(file: Path) -> Counts:
        try:
            Record.validate(pl.read_parquet(file))
        except pt.exceptions.DataFrameValidationError as found:
            return _summed((names[str(each["loc"][0])], int(each["msg"].split()[0])) for each in found.errors())
        return {}

    return work


def with_pandera() -> Work:
    """Validate lazily with a schema, which collects every cell that breaks a rule."""
    import pandera.polars as pa

    def holds(expression: pl.Expr, name: str) -> pa.Check:
        return pa.Check(lambda data: data.lazyframe.select(expression.fill_null(True)), name=name)

    schema = pa.DataFrameSchema(
        {
            "age": pa.Column(pl.Int64, pa.Check.in_range(0, 110, name="age"), nullable=True),
            "sex": pa.Column(pl.String, pa.Check.isin(SEXES, name="sex"), nullable=True),
        },
        checks=[holds(DATES, "order"), holds(GROUP, "group"), holds(MEANS, "core")],
    )

    names = {"in_range(0, 110)": "age", f"isin({SEXES})": "sex"}

    def work(file: Path) -> Counts:
        try:
            schema.validate(pl.read_parquet(file), lazy=True)
        except pa.errors.SchemaErrors as found:
            counts = found.failure_cases["check"].value_counts().rows()
            return _summed((names.get(check, check), n) for check, n in counts)
        return {}

    return work


def with_pydantic() -> Work:
    """Validate row by row with a model."""
    from typing import Annotated, Literal

    from pydantic import BaseModel, Field, TypeAdapter, ValidationError, model_validator
    from pydantic_core import PydanticCustomError

    class Record(BaseModel):
        source_row: int
        age: Annotated[int, Field(ge=0, le=110)] | None
        age_group: str | None
        sex: Literal["female", "male"] | None
        detected_on: date | None
        registered_on: date | None
        means: str | None
        purpose: str | None

        @model_validator(mode="after")
        def together(self) -> Record:
            broken = []
            if self.detected_on and self.registered_on and self.detected_on > self.registered_on:
                broken.append("order")
            if self.age is not None and self.age_group and (self.age_group == "child") != (self.age < 18):
                broken.append("group")
            if self.age_group == "adult" and self.purpose and not self.means:
                broken.append("core")
            if broken:
                raise PydanticCustomError("broken", "{rules}", {"rules": ",".join(broken)})
            return self

    records = TypeAdapter(list[Record])

    def work(file: Path) -> Counts:
        try:
            records.validate_python(pl.read_parquet(file).to_dicts())
        except ValidationError as found:
            errors = found.errors(include_url=False, include_input=False)
            return _summed((name, 1) for each in errors for name in _told(each))
        return {}

    def _told(each: dict) -> list[str]:
        return each["ctx"]["rules"].split(",") if each["type"] == "broken" else [each["loc"][1]]

    return work


def with_frictionless() -> Work:
    """Validate a CSV file row by row with a schema and formulas."""
    from frictionless import Checklist, Resource, Schema, checks

    kinds = {"source_row": "integer", "age": "integer", "detected_on": "date", "registered_on": "date"}
    names = ("source_row", "age", "age_group", "sex", "detected_on", "registered_on", "means", "purpose")
    limits = {"age": {"minimum": 0, "maximum": 110}, "sex": {"enum": SEXES}}
    fields = [{"name": name, "type": kinds.get(name, "string"), "constraints": limits.get(name, {})} for name in names]
    formulas = {
        "order": "detected_on is None or registered_on is None or detected_on <= registered_on",
        "group": "age is None or age_group is None or (age_group == 'child') == (age < 18)",
        "core": "age_group != 'adult' or purpose is None or means is not None",
    }
    of = {formula: name for name, formula in formulas.items()}

    def work(file: Path) -> Counts:
        text = file.with_suffix(".csv")
        checklist = Checklist(checks=[checks.row_constraint(formula=formula) for formula in formulas.values()])
        resource = Resource(
            path=text.name, basepath=str(text.parent), schema=Schema.from_descriptor({"fields": fields})
        )
        report = resource.validate(checklist, limit_errors=10**7)
        return _summed((_told(*each), 1) for each in report.flatten(["type", "fieldName", "note"]))

    def _told(kind: str, field: str | None, note: str) -> str:
        return field or next((name for formula, name in of.items() if formula in note), kind)

    return work


def _summed(found: object) -> Counts:
    counts: Counter[str] = Counter()
    for name, n in found:  # type: ignore[attr-defined]
        counts[name] += n
    return dict(sorted(counts.items()))


PEERS: dict[str, Callable[[], Work]] = {
    "dataframely": with_dataframely,
    "patito": with_patito,
    "pandera": with_pandera,
    "pydantic": with_pydantic,
    "frictionless": with_frictionless,
}


def main() -> None:
    """Run one of them."""
    name, file = sys.argv[1], Path(sys.argv[2])
    work = PEERS[name]()
    print(json.dumps(timed(lambda: work(file), 1 if name == "frictionless" else 7)))


if __name__ == "__main__":
    main()
