"""Records that are linked → how many people no agency has met, as the gate is to see it."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis.expr.types import Table

from palermo import linkage, prevalence
from palermo.errors import PalermoError
from palermo.tables import Engine, Estimation
from palermo.workflows.estimations import as_estimation
from palermo.workflows.once import Linked

__all__ = ["estimate_unseen"]

METHODS = ("stepwise", "bic-average")
"""Both repeat their selection on each resampled table; they disagree where one model's number hides others."""
NOT_REVIEWED = "People must first judge a sample of the links between records."


def estimate_unseen(met: Table, linked: Linked, sources: Sequence[str], engine: Engine) -> list[Estimation]:
    """Estimate at every threshold of the linkage, so that intervals reach over what it is unsure of.

    Parameters
    ----------
    met
        Records with ``source`` and, for each threshold, the column that says whose a record is.

    Returns
    -------
    list of Estimation
        One a method; or one without a number, which says why none can be defended.
    """
    if not linked.publishable:
        return [_none((NOT_REVIEWED,), linked.persons.height)]
    tables = tuple(_histories(met, column, sources, engine) for column in linked.thresholds.values())
    names = tuple(linked.thresholds)
    own = names.index(f"{linkage.MatchSettings().threshold:g}")
    carried, settings = min(map(prevalence.carriers, tables)), prevalence.EstimateSettings()
    linkages = prevalence.Linkages("thresholds", names, tables, own)
    try:
        doubts = prevalence.doubts(tables[own].checked(), settings)
        found = [prevalence.estimate_over_linkages(linkages, prevalence.METHODS[name], settings) for name in METHODS]
    except PalermoError as error:
        return [_none((error.what,), carried)]
    return [_none(doubts, carried)] if doubts else [as_estimation(each.estimate, carried, sources) for each in found]


def _histories(met: Table, column: str, sources: Sequence[str], engine: Engine) -> prevalence.CaptureHistories:
    """Count persons by the sources that have met them."""
    there = [
        (met.source == name).any().ifelse(1 << place, 0) for place, name in enumerate(sources)
    ]  # one person's history, as a whole number
    persons = met.group_by(column).aggregate(history=sum(there[1:], there[0]).cast("int64"))
    counted = engine.collect(persons.group_by("history").aggregate(persons=ibis._.count()))
    return prevalence.CaptureHistories.of(tuple(sources), dict(counted.select("history", "persons").rows()))


def _none(words: tuple[str, ...], carried: int) -> Estimation:
    return Estimation("no number", "method", "", None, None, None, 0.95, "", carried, words)
