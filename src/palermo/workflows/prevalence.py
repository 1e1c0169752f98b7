"""Capture histories → an estimate, all estimates beside each other, or what there is to doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from palermo import __version__, prevalence, protection
from palermo.errors import PalermoError, UsageError
from palermo.reports import EstimatesPage, write_estimates
from palermo.tables import Estimation, Policy, Release, atomic_file, sha256_of

__all__ = ["Compared", "Question", "Step", "compare", "diagnose", "diagnosis_as_json", "estimate", "estimate_as_json"]

Step = Callable[[str], AbstractContextManager[None]]
"""Tells the user what is being done, for as long as it takes."""

PRIVATE = Policy(threshold=1)
_TWO = 2


def _silent(_: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Question:
    """A table, and how it is to be estimated."""

    table: Path
    settings: prevalence.EstimateSettings
    threshold: int = 10
    """The least number of people in a cell that is shown."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All estimates of a table, as they may be shown, and the page with them."""

    page: Path | None
    release: Release
    estimates: tuple[prevalence.PopulationEstimate, ...]
    failures: tuple[tuple[str, str], ...]
    """The methods that gave no number, and why."""


def estimate(question: Question, method: str) -> prevalence.PopulationEstimate:
    """Make one estimate.

    Raises
    ------
    UsageError
        There is no such method.
    PalermoError
        The table must be mended, or no number can be defended.
    """
    if method not in prevalence.METHODS:
        raise UsageError(f"there is no method {method!r}.", todo=f"Take one of: {', '.join(prevalence.METHODS)}.")
    _check(question.settings)
    return prevalence.METHODS[method](prevalence.read_histories(question.table), question.settings)


def diagnose(question: Question) -> prevalence.Diagnosis:
    """Try the table in all the ways in which its number could fall."""
    _check(question.settings)
    return prevalence.diagnose(prevalence.read_histories(question.table), question.settings)


def compare(question: Question, *, out: Path | None = None, private: bool = False, step: Step = _silent) -> Compared:
    """Make every estimate that the table allows, and a page with all of them, which has passed the gate.

    Raises
    ------
    ReleaseRefused
        The table stands on too few people to be published at all.
    """
    _check(question.settings)
    histories = prevalence.read_histories(question.table)
    estimates, failures = _every_estimate(histories, question.settings, step)
    with step("Try what could change the number"):
        diagnosis = prevalence.diagnose(histories, question.settings)
    with step("Protect the overlaps and the estimates together, and attack them"):
        release = protection.release(
            [prevalence.tabulate_histories(histories)],
            PRIVATE if private else Policy(threshold=question.threshold),
            _estimations(histories, estimates, failures, diagnosis),
        )
    if out is not None:
        page = _page(question, histories, diagnosis, private=private)
        with step("Write the page"), atomic_file(out) as unfinished:
            unfinished.write_text(write_estimates(release, page), "utf-8", newline="\n")
    return Compared(out, release, tuple(estimates), tuple(failures))


def estimate_as_json(found: prevalence.PopulationEstimate) -> dict[str, Any]:
    """Say an estimate for programs."""
    first = found.interval
    return {
        "seen": found.seen,
        "point": found.point,
        "interval": asdict(first) if first else None,
        "method": found.method,
        "model": found.model,
        "warnings": list(found.warnings),
        "intervals": [asdict(interval) for interval in found.intervals],
        "settings": dict(found.settings),
        "seed": found.seed,
    }


def diagnosis_as_json(found: prevalence.Diagnosis, *, threshold: int) -> dict[str, Any]:
    """Say a diagnosis for programs; overlaps of fewer than the threshold are told as such."""
    told = asdict(found)
    told["pairs"] = [{"lists": [pair.one, pair.other], "count": _small(pair.count, threshold)} for pair in found.pairs]
    told["times"] = [_small(count, threshold) for count in found.times]
    told["sizes"] = {name: _small(size, threshold) for name, size in zip(found.lists, found.sizes, strict=True)}
    told["share_on_several"] = round(found.share_on_several, 3)
    told["empty_pairs"] = [[pair.one, pair.other] for pair in found.empty_pairs]
    told["defensible"] = not found.doubts
    for trial in ("without", "merged", "consistency", "thresholds", "tops", "priors"):
        told[trial] = [_outcome(outcome, threshold) for outcome in getattr(found, trial)]
    return told


def _outcome(outcome: prevalence.Outcome, threshold: int) -> dict[str, Any]:
    told = asdict(outcome)
    told.pop("carriers")
    if outcome.truth is not None:
        told |= {"truth": _small(outcome.truth, threshold), "covers": outcome.covers}
    else:
        told.pop("truth")
    return told


def _small(count: int, threshold: int) -> int | str:
    return f"<{threshold}" if 0 < count < threshold else count


def _check(settings: prevalence.EstimateSettings) -> None:
    if settings.bootstrap < 0:
        raise UsageError("--bootstrap must not be negative.", todo="Take 1000, or 0 for no bootstrap.")
    if settings.threshold is not None and not 0 < settings.threshold < 1:
        raise UsageError("--threshold is a p-value between 0 and 1.", todo="Take 0.02.")
    if settings.top is not None and settings.top < 1:
        raise UsageError("--top must be at least 1.", todo="Take 100.")


def _every_estimate(
    histories: prevalence.CaptureHistories, settings: prevalence.EstimateSettings, step: Step
) -> tuple[list[prevalence.PopulationEstimate], list[tuple[str, str]]]:
    """Run the methods that are for as many lists as there are; a fixed model only where one is named."""
    estimates, failures = [], []
    for name, method in prevalence.METHODS.items():
        if (name == "fixed" and not settings.model) or (name == "chapman" and histories.n_lists != _TWO):
            continue
        with step(f"Estimate by {name}"):
            try:
                estimates.append(method(histories, settings))
            except PalermoError as error:
                failures.append((name, error.what))
    return estimates, failures


def _estimations(
    histories: prevalence.CaptureHistories,
    estimates: Sequence[prevalence.PopulationEstimate],
    failures: Sequence[tuple[str, str]],
    diagnosis: prevalence.Diagnosis,
) -> list[Estimation]:
    """Give the gate everything that the page is to show."""
    carried = prevalence.carriers(histories)
    found = [_of_method(estimate, carried) for estimate in estimates]
    none = Estimation("", "method", "", None, None, None, 0.95, "", carried)
    found += [replace(none, name=name, words=(why,)) for name, why in failures]
    for model in diagnosis.models:
        distance = model.bic - diagnosis.models[0].bic
        found.append(
            replace(none, name=model.model, group="model", model=model.model, point=model.point, distance=distance,
                    weight=model.weight)
        )  # fmt: skip
    for group, outcomes in (("without", diagnosis.without), ("merged", diagnosis.merged)):
        for outcome in outcomes:
            words = () if outcome.point is not None else (outcome.why,)
            carriers = carried if outcome.point is None else outcome.carriers
            found.append(
                Estimation(outcome.changed, group, outcome.model, outcome.point, outcome.low, outcome.high, 0.95,
                           "log-normal", carriers, words)
            )  # fmt: skip
    return found


def _of_method(found: prevalence.PopulationEstimate, carried: int) -> Estimation:
    first = found.interval
    return Estimation(
        name=found.method,
        group="method",
        model=found.model,
        point=found.point,
        low=first.low if first else None,
        high=first.high if first else None,
        level=first.level if first else 0.95,
        kind=first.kind if first else "",
        contributors=carried,
        words=found.warnings,
    )


def _page(
    question: Question, histories: prevalence.CaptureHistories, diagnosis: prevalence.Diagnosis, *, private: bool
) -> EstimatesPage:
    return EstimatesPage(
        table=question.table.stem,
        sha256=sha256_of(question.table),
        lists=histories.lists,
        assumption=diagnosis.assumption,
        doubts=diagnosis.doubts,
        seed=question.settings.seed,
        bootstrap=question.settings.bootstrap,
        is_private=private,
        version=__version__,
    )
