"""Estimates and what could change them → what the gate is to see of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from palermo import prevalence
from palermo.tables import Estimation

__all__ = ["as_estimation", "estimations_of"]

_STEP = 0.05
_NAMED = 4
_NONE = Estimation("", "method", "", None, None, None, 0.95, "", 0)


def estimations_of(
    histories: prevalence.CaptureHistories,
    estimates: Sequence[prevalence.PopulationEstimate],
    failures: Sequence[tuple[str, str]],
    diagnosis: prevalence.Diagnosis,
    *,
    threshold: int,
) -> list[Estimation]:
    """Say everything that a page is to show: methods, models, and what becomes of the number when something changes."""
    carried, lists = prevalence.carriers(histories), histories.lists
    none = replace(_NONE, contributors=carried)
    found = [as_estimation(estimate, carried, lists) for estimate in estimates]
    found += [replace(none, name=name, words=(why,)) for name, why in failures]
    for model in diagnosis.models:
        words = prevalence.in_words(model.model, lists)
        distance = model.bic - diagnosis.models[0].bic
        found.append(
            replace(none, name=words, group="model", model=words, point=model.point, distance=distance,
                    weight=model.weight)
        )  # fmt: skip
    for group, outcomes in (("without", diagnosis.without), ("merged", diagnosis.merged)):
        found += [_of_trial(group, each, each.carriers if each.point is not None else carried) for each in outcomes]
    for outcomes in (diagnosis.thresholds, diagnosis.tops, diagnosis.priors, diagnosis.grids):
        found += [_of_trial("setting", each, carried) for each in _alike(outcomes)]
    return [*found, replace(none, name="remarks", group="remarks", words=_remarks(diagnosis, threshold))]


def as_estimation(found: prevalence.PopulationEstimate, carried: int, lists: Sequence[str] = ()) -> Estimation:
    """Give an estimate to the gate, with the number of people who carry it, and its model in words."""
    first = found.interval
    return Estimation(
        name=found.method,
        group="method",
        model=prevalence.in_words(found.model, lists),
        point=found.point,
        low=first.low if first else None,
        high=first.high if first else None,
        level=first.level if first else 0.95,
        kind=first.kind if first else "",
        contributors=carried,
        words=found.warnings,
    )


def _of_trial(group: str, outcome: prevalence.Outcome, carried: int) -> Estimation:
    words = (outcome.why,) if outcome.why else ()
    return Estimation(outcome.changed, group, "", outcome.point, outcome.low, outcome.high, 0.95, "", carried, words)


def _alike(outcomes: Sequence[prevalence.Outcome]) -> list[prevalence.Outcome]:
    """Take neighbours for one that say the same in two digits: "threshold 0.01 to 0.05"."""
    found = []
    for _, group in groupby(outcomes, key=_said):
        same = list(group)
        upto = f" to {same[-1].changed.split()[-1]}" if len(same) > 1 else ""
        found.append(replace(same[0], changed=same[0].changed + upto))
    return found


def _said(outcome: prevalence.Outcome) -> tuple[str, ...]:
    numbers = (outcome.point, outcome.low, outcome.high)
    return tuple("" if number is None else prevalence.roughly(number) for number in numbers)


def _remarks(diagnosis: prevalence.Diagnosis, threshold: int) -> tuple[str, ...]:
    """Say what a table is like, and how well its lists foretell each other."""
    told = _shared(diagnosis, threshold), _empty(diagnosis), _failed(diagnosis), _consistency(diagnosis)
    return tuple(filter(None, told))


def _shared(diagnosis: prevalence.Diagnosis, threshold: int) -> str:
    """Say the share on several lists in twentieths, if these are of more people than a share might give away."""
    steps = round(diagnosis.share_on_several / _STEP)
    if diagnosis.seen * _STEP < 2 * threshold:
        return ""
    return (
        f"About {steps * _STEP:.0%} of the people seen are on more than one list."
        if steps
        else ("Hardly anybody is on more than one list.")
    )


def _empty(diagnosis: prevalence.Diagnosis) -> str:
    empty = diagnosis.empty_pairs
    named = "; ".join(f"{pair.one} and {pair.other}" for pair in empty)
    told = f" ({named})" if 0 < len(empty) <= _NAMED else ""
    return f"Pairs of lists that share nobody: {len(empty) or 'none'} of {len(diagnosis.pairs)}{told}."


def _failed(diagnosis: prevalence.Diagnosis) -> str:
    if not diagnosis.n_models:
        return ""
    why = "; ".join(f"{many:,} since {reason}" for reason, many in diagnosis.failures)
    return f"{diagnosis.n_models:,} models were tried" + (
        f". Some give no number: {why}." if why else ", and all give a number."
    )


def _consistency(diagnosis: prevalence.Diagnosis) -> str:
    """Say for how many lists the others hit its size; not for which, which would tell the sizes of small lists."""
    verdicts = [outcome.covers for outcome in diagnosis.consistency if outcome.covers is not None]
    if not verdicts:
        return ""
    low = sum(bool(each.point and each.truth and each.point < each.truth) for each in diagnosis.consistency)
    within = f"{sum(verdicts)} of {len(verdicts)}"
    return (
        "Each list in turn was taken for all the people there are, and its size estimated from the other lists."
        f" The known size lies within the interval for {within}, and above the number for {low}."
    )
