"""What can be asked of the files beside the registers: their records as of a day, and the checklist of the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from palermo.commitments import law
from palermo.commitments.beside import BESIDE, Beside
from palermo.commitments.records import RecordKind, until
from palermo.workflows.register_views import Question, View

__all__ = ["BESIDE_VIEWS", "view_beside"]


def view_beside(beside: Beside, name: str, question: Question) -> View:
    """Show a view of these files by its name, or the records of one of them by the name of its kind."""
    if name in BESIDE_VIEWS:
        return View(name, question, BESIDE_VIEWS[name][1](beside, question), private=False)
    kind = BESIDE[name]
    records = beside.known(kind, question.as_recorded)
    return View(kind.file, question, _shown(kind, records, question), private=True, notes=_undated(kind, records))


def _shown(kind: RecordKind, records: pl.DataFrame, question: Question) -> pl.DataFrame:
    true = until(records, kind.true_from, question.as_of) if kind.true_from else records
    if question.states and "state" in true.columns:
        true = true.filter(pl.col("state").is_in(question.states))
    return true.select(column.name for column in kind.columns)


def _undated(kind: RecordKind, records: pl.DataFrame) -> tuple[str, ...]:
    n_undated = records[kind.true_from].null_count() if kind.true_from else 0
    return (f"{n_undated} records have no date, and are left out.",) if n_undated else ()


def _checklist(beside: Beside, question: Question) -> pl.DataFrame:
    checks = beside.known(law.CHECKS, question.as_recorded)
    states = question.states or sorted(set(checks["state"]))
    rows = [
        {"state": state, **answer.as_json()}
        for state in states
        for answer in law.checklist(checks, state, question.as_of)
    ]
    names = ("state", "element", "question", "articles", "answer", "law", "cited", "since", "confidence", "source")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()))


def _measures(beside: Beside, question: Question) -> pl.DataFrame:
    """Give each standing measure under every article and provision that it names; under none if it names none."""
    known = beside.known(law.MEASURES, question.as_recorded)
    standing = law.measures_on(known, question.as_of, states=question.states or None)
    rows = [
        {"under": under, **record}
        for record in standing.iter_rows(named=True)
        for under in (*law.split(record["articles"]), *law.split(record["provisions"])) or ("",)
    ]
    names = ("under", "state", "kind", "title", "adopted_on", "confidence", "source", "id")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String())).sort("under", "state", "adopted_on", "id")


BESIDE_VIEWS: Mapping[str, tuple[str, Callable[[Beside, Question], pl.DataFrame]]] = {
    "measures-by-provision": (
        "laws, programmes, plans and practices that stand, by article and by provision",
        _measures,
    ),
    "checklist": ("what each State's law was found to hold, element by element; unknown is not no", _checklist),
}
"""What can be shown: in words, and how it is made."""
