"""Capture histories → an estimate, all estimates beside each other, or what there is to doubt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

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
    "compare",
    "diagnose",
    "estimate",
]

Watch = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

Step = Callable[[str], AbstractContextManager[Watch]]
"""Tells the user what is being done, for as long as it takes."""

PRIVATE = Policy(threshold=1)
_TWO = 2
_MOST_DRAWS = 1000


def _silent(_: str) -> AbstractContextManager[Watch]:
    return nullcontext(lambda done, of: None)


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

    def watched(self, watch: Watch) -> Question:
        """Ask the same, and tell how far the work has come."""
        return replace(self, settings=replace(self.settings, watch=watch))

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
    is_private: bool = False
    """Whether nothing was withheld or rounded."""


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
        with step("Estimate over all linkages") as watch:
            estimates += _over_linkages(question.watched(watch))
    with step("Try what could change the number") as watch:
        diagnosis = prevalence.diagnose(histories, question.watched(watch).settings)
    with step("Protect the overlaps and the estimates together, and attack them"):
        policy = PRIVATE if private else Policy(threshold=question.threshold)
        told = estimations_of(histories, estimates, failures, diagnosis, threshold=policy.threshold)
        release = protection.release([prevalence.tabulate_histories(histories)], policy, told)
    if out is not None:
        page = _page(question, histories, diagnosis, private=private)
        with step("Write the page"), atomic_file(out) as unfinished:
            unfinished.write_text(write_estimates(release, page), "utf-8", newline="\n")
    return Compared(out, release, tuple(estimates), tuple(failures), diagnosis.doubts, private)


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
        with step(f"Estimate by {name}") as watch:
            try:
                estimates.append(_by(name, histories, replace(settings, watch=watch)))
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
