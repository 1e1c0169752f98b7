"""The files that lie beside the registers: on treaties, laws, figures, findings and the report, read together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from palermo.commitments import appraisal, instruments, law, section
from palermo.commitments.records import Finding, Loaded, RecordKind, Rule, current_ids, examine, known

__all__ = ["BESIDE", "Beside", "read_beside"]

BESIDE: Mapping[str, RecordKind] = {
    kind.name: kind
    for kind in (
        instruments.ACTIONS,
        instruments.RESERVATIONS,
        instruments.COVERAGE,
        law.MEASURES,
        law.CHECKS,
        appraisal.FIGURES,
        appraisal.STATEMENTS,
        section.EVENTS,
        section.CLEARANCES,
    )
}
"""What each of these files holds, by its name."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What these files hold, every record that was ever written down, and what is wrong with them."""

    loaded: Mapping[str, Loaded]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give what is wrong, file by file."""
        return tuple(finding for each in self.loaded.values() for finding in each.findings)

    def known(self, kind: RecordKind, as_recorded: date | None = None) -> pl.DataFrame:
        """Give what was known on a day from one of the files."""
        return known(self.loaded[kind.name].frame, as_recorded)


def read_beside(folder: Path | None, provisions: Collection[str], others: Collection[str] | None = ()) -> Beside:
    """Read every one of these files, and put every rule to it; without a folder they are all empty.

    Parameters
    ----------
    others
        The ids of records of other files that stand, on which a statement can rest; none if they cannot be known.
    """
    if folder is None:
        nothing = {name: Loaded(pl.DataFrame(schema=kind.schema()), ()) for name, kind in BESIDE.items()}
        return Beside(nothing)
    measures = _examine(folder, law.MEASURES, partial(law.measure_rules, provisions=provisions))
    of_laws = [] if measures.findings else [partial(law.check_rules, measures=measures.frame)]
    checks = _examine(folder, law.CHECKS, *of_laws)
    figures = _examine(folder, appraisal.FIGURES, appraisal.figure_rules)
    evidence = [measures, checks, figures]
    blind = others is None or any(each.findings for each in evidence)
    of_evidence = [] if blind else [_rests(provisions, [each.frame for each in evidence], others or ())]
    statements = _examine(folder, appraisal.STATEMENTS, *of_evidence)
    events = _examine(folder, section.EVENTS, above=section.load_events())
    clearances = _examine(folder, section.CLEARANCES, section.clearance_rules)
    read = (measures, checks, figures, statements, events, clearances)
    names = list(BESIDE)[-len(read) :]
    return Beside(instruments.examine_treaties(folder) | dict(zip(names, read, strict=True)))


def _rests(provisions: Collection[str], evidence: Sequence[pl.DataFrame], others: Collection[str]) -> Rule:
    standing = {id_ for table in evidence for id_ in current_ids(table)} | set(others)
    gone = {id_ for table in evidence for id_ in table["id"]} - standing
    return partial(appraisal.statement_rules, provisions=provisions, standing=standing, gone=gone)


def _examine(folder: Path, kind: RecordKind, *rules: Rule, above: pl.DataFrame | None = None) -> Loaded:
    return examine(folder / kind.file, kind, *rules, above=above)
