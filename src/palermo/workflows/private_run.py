"""A run under a privacy budget: the records of a project → noisy tables and synthetic records, paid from its ledger."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from palermo.errors import InputError, ProjectError, ReleaseRefused
from palermo.protection import TICK, Noisy, ReleasePolicy, load_policy, private, read_ledger
from palermo.standard import Standard
from palermo.tables import NOTHING, SOURCE_ROW, Project, Spending, Tabulation, atomic_folder, sha256_of
from palermo.workflows.private_release import Office

__all__ = ["Account", "open_account"]

_LEDGER = "ledger.jsonl"
_FILES = ("records.parquet", "records.tables.parquet", "records.about.json")
_PAGE = "records.audit.json"
_YES = "yes"
_PERSON = "person_id"
_EXACT = ("records", "findings", "linkage-thresholds")
"""The universes of tables that count the same cases."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for, and what may be published beside it."""

    name: str
    """In the ledger."""
    folder: Path
    """Private, with the files that may be published."""
    tables: list[Tabulation]
    noisy: Noisy
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What one run may spend, decided before the data are read."""

    project: Project
    spending: Spending
    policy: ReleasePolicy
    domain: private.Domain
    sources: tuple[str, ...]
    """Those that have records."""

    @property
    def settings(self) -> dict[str, Any]:
        """On what the id of a release depends besides the rest."""
        return {
            "policy": self.policy.sha256,
            "domain": sha256_of(self.policy.domain),
            "epsilon": self.spending.epsilon,
            "exact_tables_approved_by": self.spending.exact_tables_approved_by,
        }

    @property
    def exact_too(self) -> bool:
        """Whether somebody answers for numbers without noise beside those with it."""
        return bool(self.spending.exact_tables_approved_by)

    def check(self, release: str) -> None:
        """See before any work that the release was measured before, or that what is left of the budget pays for it.

        Raises
        ------
        PalermoError
            The budget is spent, the audit has failed, or the policy or the ledger is not as it was.
        """
        name, _ = _attempts(self._ledger, release)
        if name is None:
            self._office.afford(self.spending.epsilon)
        else:
            self._not_failed(name)

    def spend(
        self,
        release: str,
        tables: Sequence[Tabulation],
        standard: Standard,
        unit: str,
        persons: pl.DataFrame | None = None,
    ) -> Paid:
        """Measure the records of the sources once, and make all else from that; what was measured before is taken up.

        Parameters
        ----------
        release
            Its id; the ledger knows it by this name, or with a number after it where an attempt had failed.
        tables
            The exact ones, which are left out where they count the same cases, unless somebody answers for them.
        persons
            ``source``, ``source_row``, ``person_id``; needed where the policy protects persons.

        Raises
        ------
        PalermoError
            The budget is spent, or the records and the domain do not fit: then nothing was spent on this.
        """
        kept = self.project.store / "private" / release
        name, following = _attempts(self._ledger, release)
        if name and kept.is_dir():
            self._office.verify(name, kept)
        else:
            name = following
            columns = self._columns(_together(self.project, self.sources, self._fields, persons))
            where = f"records of {', '.join(self.sources)}"
            private.encode(columns.drop(_PERSON, strict=False), self.domain, where)  # refused before it costs
            with atomic_folder(kept, near=self.project.store) as folder:
                self._measure(name, columns, folder)
        return Paid(name, kept, self._publishable(tables), self._noisy(kept, standard, unit), self._cautions(name))

    def audit(self, paid: Paid) -> None:
        """Attack trial releases of the records that were made, once, and put the page beside them.

        Raises
        ------
        ReleaseRefused
            The attacks find more than is allowed.
        """
        if read_ledger(self._ledger)[1].releases[paid.name].passed is None:
            shadow, page = paid.folder / _FILES[0], paid.folder / _PAGE
            self._office.audit(paid.name, shadow, self.project.publisher, out=page)
        self._not_failed(paid.name)

    def _not_failed(self, name: str) -> None:
        if read_ledger(self._ledger)[1].releases[name].passed is False:
            raise ReleaseRefused(
                f"the audit of {name} has failed: the attacks find more than is allowed.",
                where=_LEDGER,
                todo=f"It may not go out, and what it cost is spent. See {_PAGE} in store/private for what was found.",
            )

    def _measure(self, name: str, columns: pl.DataFrame, folder: Path) -> None:
        office, by, table = self._office, self.project.publisher, folder / "cases.parquet"
        columns.write_parquet(table)
        office.plan(name, "records", self.spending.epsilon, by)
        office.reserve(name, by)
        office.make(name, table, folder / _FILES[0], by, _PERSON if self.policy.unit == "person" else None)
        if self.spending.exact_tables_approved_by:
            office.outside(f"exact tables beside {name}", self.spending.exact_tables_approved_by)
        table.unlink()

    def _noisy(self, folder: Path, standard: Standard, unit: str) -> Noisy:
        """Take up what was measured, in the words of the standard."""
        about = json.loads((folder / _FILES[2]).read_text("utf-8"))
        made = private.PrivateRelease(None, pl.read_parquet(folder / _FILES[1]), about)
        return Noisy(made, unit, f"{unit.capitalize()}s of: {self.project.title}.", standard.field_label)

    def _publishable(self, tables: Sequence[Tabulation]) -> list[Tabulation]:
        if self.exact_too:
            return list(tables)
        return [table for table in tables if table.universe not in _EXACT]

    def _cautions(self, name: str) -> tuple[str, ...]:
        """Say on every page what the numbers are, and what is promised of them."""
        unit = "a person" if self.policy.unit == "person" else "a row, which is taken for a person,"
        said = (
            f"Numbers with an interval beside them hold noise: nobody can tell from them whether {unit} is in the data"
            f" (ε = {self.spending.epsilon:g}, δ = {self.policy.delta:.2g}). The count lies in the interval 95 times in"
            " 100.",
            "Synthetic records in the folder private/ are nobody's. What none of them combines may be somebody's.",
            f"It has passed its audit, and may be passed on once the publisher's ledger shows {name} as published:"
            " approved by two people.",
        )
        who = self.spending.exact_tables_approved_by
        exact = f"{who} approved the tables without noise, which the guarantee does not cover."
        return (*said, exact) if who else said

    @property
    def _ledger(self) -> Path:
        return self.project.store / _LEDGER

    @property
    def _office(self) -> Office:
        return Office(self.spending.policy, self._ledger)

    @property
    def _fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column.name.partition(TICK)[0] for column in self.domain.columns))

    def _columns(self, cases: pl.DataFrame) -> pl.DataFrame:
        """Give each column of the domain: a code, or yes where a field of several codes has this one."""
        for field in self._fields:
            if cases[field].dtype == pl.List:
                self._all_ticked(cases, field)
        columns = [_column(cases, column.name) for column in self.domain.columns]
        return cases.select(*columns, *([_PERSON] if self.policy.unit == "person" else []))

    def _all_ticked(self, cases: pl.DataFrame, field: str) -> None:
        """A code without a column would be lost in silence."""
        names = [column.name.partition(TICK) for column in self.domain.columns]
        declared = [code for name, _, code in names if name == field]
        strange = cases[field].explode().drop_nulls().is_in([*declared, *NOTHING]).not_().sum()
        if strange:
            raise InputError(
                f"{field} holds codes in {strange:,} places that the domain does not declare.",
                where=self.policy.domain.name,
                todo=f'Declare each code of the standard as a column [columns."{field}.CODE"] values = ["{_YES}"].',
            )


def open_account(project: Project, standard: Standard, sources: Sequence[str], *, linked: bool = False) -> Account:
    """Read what was decided about a project's budget, before any record is read.

    Parameters
    ----------
    sources
        The names of those that have records.
    linked
        Whether it will be known which records are one person's.

    Raises
    ------
    PalermoError
        The policy or the domain must be mended, or somebody approves who may not.
    """
    spending = project.budget
    assert spending is not None
    policy = load_policy(spending.policy)
    _may_spend(spending, policy)
    if policy.unit == "person" and not linked:
        raise ReleaseRefused(
            "it protects persons, and nothing says which records are one person's.",
            where=spending.policy.name,
            todo='Link the records, or set unit = "row": then a row is taken for a person, and every page says so.',
        )
    if not sources:
        raise ProjectError(
            "no source has records, and noise is for records.",
            where="palermo.toml",
            todo="Take [budget] out: figures that others reported are published as they are.",
        )
    account = Account(project, spending, policy, private.load_domain(policy.domain), tuple(sources))
    unknown = [field for field in account._fields if field not in standard.fields]
    if unknown:
        raise InputError(
            f"the standard has no field {', '.join(unknown)}.",
            where=policy.domain.name,
            todo="Name the columns by fields of the standard: palermo standard fields",
        )
    return account


def _may_spend(spending: Spending, policy: ReleasePolicy) -> None:
    who = spending.exact_tables_approved_by
    if who and who not in policy.approvers:
        raise ReleaseRefused(
            "who answers for exact tables is not one of the approvers.",
            where="palermo.toml",
            todo=f"Name one of those in {spending.policy.name}, or leave exact_tables_approved_by out.",
        )
    if not 0 < spending.epsilon <= policy.epsilon_each:
        raise ReleaseRefused(
            f"an ε of {spending.epsilon:g} is nothing, or more than the policy allows one release.",
            where="palermo.toml",
            todo=f"Put epsilon under [budget] to at most {policy.epsilon_each:g}.",
        )


def _attempts(ledger: Path, release: str) -> tuple[str | None, str]:
    """Give the attempt that was made, if one was, and the name of the next: what was started and failed is spent."""
    known = read_ledger(ledger)[1].releases
    names = (release, *(f"{release}-{number}" for number in range(2, len(known) + 3)))
    following = next(name for name in names if name not in known)
    return next((name for name in names if name in known and known[name].files), None), following


def _together(
    project: Project, sources: Sequence[str], fields: Sequence[str], persons: pl.DataFrame | None
) -> pl.DataFrame:
    """Put the coded records of the sources together, within the period."""
    wanted = list(dict.fromkeys((*fields, "year", SOURCE_ROW)))
    frames = [
        pl.read_parquet(project.store / name / "cases.parquet", columns=wanted).with_columns(source=pl.lit(name))
        for name in sources
    ]
    cases = pl.concat(frames, how="vertical_relaxed")
    first, last = project.first_year or -math.inf, project.last_year or math.inf
    cases = cases.filter(pl.col("year").is_null() | pl.col("year").is_between(first, last))
    return cases if persons is None else cases.join(persons, on=["source", SOURCE_ROW], how="left")


def _column(cases: pl.DataFrame, name: str) -> pl.Expr:
    field, _, code = name.partition(TICK)
    if code:
        ticked = pl.col(field).list.contains(code).fill_null(value=False)
        return pl.when(ticked).then(pl.lit(_YES)).otherwise(pl.lit("")).alias(name)
    text = pl.col(field).cast(pl.String)
    return pl.when(text.is_in(NOTHING)).then(pl.lit("")).otherwise(text).alias(name)
