"""Capture histories → an estimate, all estimates beside each other, or what there is to doubt."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from palermo import __version__, prevalence, protection
from palermo.errors import PalermoError, UsageError
from palermo.reports import EstimatesPage, write_estimates
from palermo.tables import Policy, Release, atomic_file, sha256_of
from palermo.workflows.estimations import estimations_of
from palermo.workflows.linked_histories import read_linkages

__all__ = [
    "Answered",
    "Compared",
    "Question",
    "Step",
    "answer_as_json",
    "compare",
    "diagnose",
    "diagnosis_as_json",
    "estimate",
    "made_as_json",
]

Step = Callable[[str], AbstractContextManager[None]]
"""Tells the user what is being done, for as long as it takes."""

PRIVATE = Policy(threshold=1)
_TWO = 2
_MOST_DRAWS = 1000


def _silent(_: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Question:
    """A table, and how it is to be estimated."""

    table: Path
    settings: prevalence.EstimateSettings
    threshold: int = 10
    """The least number of people in a cell that is shown."""
    linked: bool = False
    """Whether the table is one that a linkage has written: persons, or histories at several thresholds."""
    links: Path | None = None
    """The linkage's pairs with their probabilities, from which it is drawn anew."""
    n_draws: int = 20
    strata: tuple[str, ...] = ()
    """The columns that tell strata apart."""

    def linkages(self) -> prevalence.Linkages:
        """Read what a linkage has written."""
        return read_linkages(self.table, self.links, n_draws=self.n_draws, seed=self.settings.seed)

    def histories(self) -> prevalence.CaptureHistories:
        """Read the one table of capture histories that is at the centre."""
        if not self.linked:
            return prevalence.read_histories(self.table)
        linkages = replace(self, links=None).linkages()
        return linkages.tables[linkages.chosen].checked(where=self.table.name)


@dataclass(frozen=True, slots=True)
class Answered:
    """An estimate, with those of each linkage or stratum it was made from."""

    estimate: prevalence.PopulationEstimate
    linkages: tuple[prevalence.OneLinkage, ...] = ()
    strata: prevalence.StrataEstimate | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """All estimates of a table, as they may be shown, and the page with them."""

    page: Path | None
    release: Release
    estimates: tuple[prevalence.PopulationEstimate, ...]
    failures: tuple[tuple[str, str], ...]
    """The methods that gave no number, and why."""
    doubts: tuple[str, ...] = ()
    """Why no single number can be defended, if so."""


def estimate(question: Question, method: str) -> Answered:
    """Make one estimate, over all linkages or strata if there are several.

    Raises
    ------
    UsageError
        There is no such method, or the words contradict each other.
    PalermoError
        The table must be mended, or no number can be defended.
    """
    if method not in prevalence.METHODS:
        raise UsageError(f"there is no method {method!r}.", todo=f"Take one of: {', '.join(prevalence.METHODS)}.")
    _check(question)
    if question.strata:
        table = prevalence.read_stratified(question.table, question.strata)
        parts = prevalence.estimate_strata(table, question.settings, method)
        return Answered(parts.estimate, strata=parts)
    if question.linked:
        over = prevalence.estimate_over_linkages(question.linkages(), prevalence.METHODS[method], question.settings)
        return Answered(over.estimate, over.linkages)
    return Answered(_by(method, question.histories(), question.settings))


def _by(
    method: str, histories: prevalence.CaptureHistories, settings: prevalence.EstimateSettings
) -> prevalence.PopulationEstimate:
    """Estimate by a method, with the doubt that any method has where too few people are on several lists."""
    found = prevalence.METHODS[method](histories, settings)
    return replace(found, warnings=(*prevalence.too_few(histories), *found.warnings))


def diagnose(question: Question) -> prevalence.Diagnosis:
    """Try the table in all the ways in which its number could fall."""
    _check(question)
    return prevalence.diagnose(question.histories(), question.settings)


def compare(question: Question, *, out: Path | None = None, private: bool = False, step: Step = _silent) -> Compared:
    """Make every estimate that the table allows, and a page with all of them, which has passed the gate.

    Raises
    ------
    ReleaseRefused
        The table stands on too few people to be published at all.
    """
    _check(question)
    if out is not None and out.is_dir():
        raise UsageError("this is a folder, and a file is to be written.", where=out.name, todo="Name a file in it.")
    histories = question.histories()
    estimates, failures = _every_estimate(histories, question.settings, step)
    if question.linked:
        with step("Estimate over all linkages"):
            estimates += _over_linkages(question)
    with step("Try what could change the number"):
        diagnosis = prevalence.diagnose(histories, question.settings)
    with step("Protect the overlaps and the estimates together, and attack them"):
        release = protection.release(
            [prevalence.tabulate_histories(histories)],
            PRIVATE if private else Policy(threshold=question.threshold),
            estimations_of(histories, estimates, failures, diagnosis),
        )
    if out is not None:
        page = _page(question, histories, diagnosis, private=private)
        with step("Write the page"), atomic_file(out) as unfinished:
            unfinished.write_text(write_estimates(release, page), "utf-8", newline="\n")
    return Compared(out, release, tuple(estimates), tuple(failures), diagnosis.doubts)


def _as_json(found: prevalence.PopulationEstimate) -> dict[str, Any]:
    """Say an estimate for programs, in the words they rely on; a limit that is not there is null."""
    return {
        "seen": found.seen,
        "point": found.point,
        "interval": _interval(found.interval),
        "method": found.method,
        "model": found.model,
        "warnings": list(found.warnings),
    }


def made_as_json(found: prevalence.PopulationEstimate) -> dict[str, Any]:
    """Say an estimate for programs, with all its intervals and how it was made."""
    return _as_json(found) | {
        "intervals": [_interval(interval) for interval in found.intervals],
        "settings": dict(found.settings),
        "seed": found.seed,
    }


def answer_as_json(found: Answered) -> dict[str, Any]:
    """Say an estimate for programs, with those of each linkage or stratum."""
    told = _as_json(found.estimate)
    if found.linkages:
        told["linkages"] = [
            {"linkage": each.name, "estimate": _as_json(each.estimate) if each.estimate else None,
             "why": each.why}
            for each in found.linkages
        ]  # fmt: skip
    if found.strata:
        for name in ("strata", "groups", "ratios"):
            told[name] = [
                {"name": each.name, "seen": each.seen, "point": each.point, "interval": _interval(each.interval),
                 "why": each.why}
                for each in getattr(found.strata, name)
            ]  # fmt: skip
    return told


def _interval(found: prevalence.Interval | None) -> dict[str, Any] | None:
    return asdict(found) | {"low": _finite(found.low), "high": _finite(found.high)} if found else None


def _finite(number: float | None) -> float | None:
    """Give nothing for what is endless: JSON has no word for it."""
    return number if number is not None and math.isfinite(number) else None


def diagnosis_as_json(found: prevalence.Diagnosis, *, threshold: int) -> dict[str, Any]:
    """Say a diagnosis for programs; overlaps of fewer than the threshold are told as such."""
    told = asdict(found)
    told["pairs"] = [{"lists": [pair.one, pair.other], "count": _small(pair.count, threshold)} for pair in found.pairs]
    told["times"] = [_small(count, threshold) for count in found.times]
    told["sizes"] = {name: _small(size, threshold) for name, size in zip(found.lists, found.sizes, strict=True)}
    told["share_on_several"] = round(found.share_on_several, 3)
    told["empty_pairs"] = [[pair.one, pair.other] for pair in found.empty_pairs]
    told["defensible"] = not found.doubts
    for trial in ("without", "merged", "consistency", "thresholds", "tops", "priors", "grids"):
        told[trial] = [_outcome(outcome, threshold) for outcome in getattr(found, trial)]
    return told


def _outcome(outcome: prevalence.Outcome, threshold: int) -> dict[str, Any]:
    told = asdict(outcome) | {"low": _finite(outcome.low), "high": _finite(outcome.high)}
    told.pop("carriers")
    if outcome.truth is not None:
        told |= {"truth": _small(outcome.truth, threshold), "covers": outcome.covers}
    else:
        told.pop("truth")
    return told


def _small(count: int, threshold: int) -> int | str:
    return f"<{threshold}" if 0 < count < threshold else count


def _check(question: Question) -> None:
    settings = question.settings
    if settings.seed < 0:
        raise UsageError("--seed must not be negative.", todo="Take 1.")
    if question.links and not question.linked:
        raise UsageError("--links are those of persons.", todo="Say --linked, and name the persons for TABLE.")
    if question.links and not _TWO <= question.n_draws <= _MOST_DRAWS:
        raise UsageError(f"a linkage is drawn {_TWO} to {_MOST_DRAWS:,} times.", todo="Take --draws 20.")
    if question.strata and question.linked:
        raise UsageError("strata of linked persons are not estimated.", todo="Leave out --strata or --linked.")
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
    left_out = {"chapman" if histories.n_lists > _TWO else "all-pairs", "" if settings.model else "fixed"}
    for name in (name for name in prevalence.METHODS if name not in left_out):
        with step(f"Estimate by {name}"):
            try:
                estimates.append(_by(name, histories, settings))
            except UsageError:
                raise
            except PalermoError as error:
                failures.append((name, error.what))
    return estimates, failures


def _over_linkages(question: Question) -> list[prevalence.PopulationEstimate]:
    """Estimate over all linkages by the two methods whose interval one would publish."""
    found, linkages = [], question.linkages()
    for name in ("stepwise", "bic-average"):
        try:
            over = prevalence.estimate_over_linkages(linkages, prevalence.METHODS[name], question.settings)
        except PalermoError:
            continue  # what is wrong with the method on this table is among the failures already
        found.append(replace(over.estimate, method=f"{name}, all linkages"))
    return found


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
