"""From the register to an appraisal, and to the section of the Secretary-General's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import polars as pl

from palermo.commitments import appraisal, instruments, law, section
from palermo.commitments.appraisal import Appraisal, Period
from palermo.commitments.beside import read_beside
from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.instruments import Instrument, Status
from palermo.commitments.provisions import Provision, load_provisions
from palermo.commitments.records import known, refuse
from palermo.commitments.registers import Known
from palermo.commitments.section import Material, ReportSection
from palermo.workflows.register_evidence import evidence_from_register, facts_from_register
from palermo.workflows.treaties import Asked

__all__ = ["Question", "appraise", "report_section"]


@dataclass(frozen=True, slots=True)
class Question:
    """Of whom and of which period, from which register, beside which outside schemes."""

    scope: str
    period: Period
    asked: Asked
    schemes: Mapping[str, Path]
    """Files by the names of their schemes."""


@dataclass(frozen=True, slots=True)
class _Register:
    """What is known from the tables of a register."""

    provisions: Mapping[str, Provision]
    measures: pl.DataFrame
    checks: pl.DataFrame
    figures: pl.DataFrame
    statements: pl.DataFrame
    clearances: pl.DataFrame
    events: pl.DataFrame
    """Those that palermo ships, and those of the register."""
    registers: Known | None
    """Recommendations, cooperation, funds and meetings, if there is a register."""

    def evidence(self, last: date) -> list[pl.DataFrame]:
        followed = [evidence_from_register(self.registers, last)] if self.registers else []
        return [
            *followed,
            appraisal.evidence_from_measures(law.measures_on(self.measures, last)),
            appraisal.evidence_from_checks(self.checks.filter(pl.col("since_latest") <= last)),
            appraisal.evidence_from_statements(self.statements),
        ]


def appraise(question: Question) -> Appraisal:
    """Say what was achieved, what is missing and what is hard, for a State, a region or the world over a period.

    Raises
    ------
    PalermoError
        A word is wrong, or a table of the register must be mended.
    """
    schemes = [appraisal.read_scheme(name, path) for name, path in question.schemes.items()]
    return _appraise(question, _register(question.asked), schemes)


def report_section(since: date, asked: Asked) -> ReportSection:
    """Draft the section of the Secretary-General's report for the time since a day."""
    register = _register(asked)
    period = Period(since, asked.as_of)
    treaties = _treaties()
    facts = [section.facts_from_events(register.events, since, asked.as_of)]
    facts += [facts_from_register(register.registers, since, asked.as_of)] if register.registers else []
    return section.write_section(
        Material(
            as_of=asked.as_of,
            since=since,
            instruments=treaties,
            before=_statuses(treaties, asked, since - timedelta(1)),
            after=_statuses(treaties, asked, asked.as_of),
            appraisal=_appraise(Question("world", period, asked, {}), register, ()),
            checks=register.checks,
            facts=pl.concat(facts),
            clearances=register.clearances,
        )
    )


def _appraise(question: Question, register: _Register, schemes: Sequence[appraisal.SchemeSeries]) -> Appraisal:
    period, asked = question.period, question.asked
    scope = appraisal.read_scope(question.scope, period.last)
    treaties = _treaties()
    before = _statuses(treaties, asked, period.first - timedelta(1))
    after = _statuses(treaties, asked, period.last)
    reservations = instruments.load_reservations(asked.register, as_recorded=asked.as_recorded)
    joined = [
        appraisal.appraise_instrument(
            each,
            before[id_],
            after[id_],
            instruments.reservations_on(reservations, id_, period.last),
            scope.states,
        )
        for id_, each in treaties.items()
    ]
    return appraisal.appraise(
        scope,
        period,
        provisions=register.provisions.values(),
        instruments={id_: each.short for id_, each in treaties.items()},
        statuses=after,
        evidence=[*joined, *register.evidence(period.last)],
        figures=register.figures,
        schemes=schemes,
        notes=[f"{treaties[id_].short}: {status.note}" for id_, status in after.items() if status.note],
    )


def _treaties() -> dict[str, Instrument]:
    """Give the instruments that the resolution names, in its order."""
    return {id_: each for id_, each in instruments.load_instruments().items() if each.is_treaty and each.paragraph}


def _statuses(treaties: Mapping[str, Instrument], asked: Asked, day: date) -> dict[str, Status]:
    recorded = asked.as_recorded
    actions = instruments.load_actions(asked.register, as_recorded=recorded)
    coverage = instruments.load_coverage(asked.register, as_recorded=recorded)
    return {
        id_: instruments.status(actions, each, day, basis=asked.basis, coverage=coverage, as_recorded=recorded)
        for id_, each in treaties.items()
    }


def _register(asked: Asked) -> _Register:
    folder = asked.register
    official = folder / "provisions.csv" if folder else None
    provisions = load_provisions(official if official and official.exists() else None)
    recorded = asked.as_recorded or date.max
    registers = CATALOGUE.load(folder, as_recorded=recorded, provisions=frozenset(provisions)) if folder else None
    beside = read_beside(folder, provisions, registers.ids if registers else ())
    refuse(beside.findings)
    now = partial(beside.known, as_recorded=asked.as_recorded)
    events = known(pl.concat([section.load_events(), beside.loaded[section.EVENTS.name].frame]), asked.as_recorded)
    kinds = (law.MEASURES, law.CHECKS, appraisal.FIGURES, appraisal.STATEMENTS, section.CLEARANCES)
    measures, checks, figures, statements, clearances = (now(kind) for kind in kinds)
    return _Register(provisions, measures, checks, figures, statements, clearances, events, registers)
