"""Estimates and doubts, as a person reads them."""

from __future__ import annotations

import math
from typing import Any

from palermo.cli.screen import Screen
from palermo.prevalence import Interval, PopulationEstimate
from palermo.workflows.prevalence import Answered, Compared

__all__ = ["show_answer", "show_comparison", "show_diagnosis"]

_TRIALS = {
    "without": "with a list left out",
    "merged": "with two lists as one",
    "consistency": "a list taken as all there are",
    "thresholds": "other thresholds",
    "tops": "more models to choose among",
    "priors": "other priors",
    "grids": "other ends of the grid",
}


def show_answer(found: Answered) -> None:
    """Print an estimate with its interval and its doubts, and those of each linkage or stratum."""
    screen = Screen()
    _show_estimate(found.estimate, screen)
    each = [(one.name, *_told(one.estimate), one.why) for one in found.linkages]
    if each:
        screen.table(("linkage", "people", "interval", ""), each, right=(1,))
    if found.strata:
        for heading, groups in (("stratum", found.strata.strata), ("all with", found.strata.groups)):
            rows = [(group.name, _people(group.point), _reach(group.interval), group.why) for group in groups]
            screen.table((heading, "people", "interval", ""), rows, right=(1,))
        ratios = [
            (each.name, "–" if each.point is None else f"{each.point:.2g}",
             f"{each.interval.low:.2g} – {each.interval.high:.2g}" if each.interval else "")
            for each in found.strata.ratios
        ]  # fmt: skip
        screen.table(("how many times as many", "ratio", "interval"), ratios, right=(1,))


def _show_estimate(found: PopulationEstimate, screen: Screen) -> None:
    screen.say(f"{found.seen:,} people seen; {found.point:,.0f} seen or unseen, by {found.method}")
    for interval in found.intervals:
        screen.say(f"  {interval.level:.0%} {interval.kind}: {_reach(interval)}")
    screen.say(f"  model: {found.model}")
    for warning in found.warnings:
        screen.say(f"  ! {warning}")


def _told(found: PopulationEstimate | None) -> tuple[str, str]:
    return (_people(found.point), _reach(found.interval)) if found else ("–", "")


def _reach(interval: Interval | None) -> str:
    return f"{_people(interval.low)} to {_people(interval.high)}" if interval else ""


def show_comparison(found: Compared, screen: Screen) -> None:
    """Print what may be published of all estimates."""
    rows = [
        (each.name, _people(each.point), f"{_people(each.low)} – {_people(each.high)}" if each.low else "",
         " ".join(each.words) if each.point is None else each.kind)
        for each in found.release.estimates
        if each.group == "method"
    ]  # fmt: skip
    screen.table(("method", "people", "interval", ""), rows, right=(1,))
    for doubt in found.doubts:
        screen.say(f"No single number can be defended: {doubt}")
    if found.page:
        screen.say(f"The page is {found.page}.")


def show_diagnosis(told: dict[str, Any]) -> None:
    """Print what there is to doubt."""
    screen = Screen()
    screen.say(f"{told['seen']:,} people on {len(told['lists'])} lists; {told['share_on_several']:.1%} on several")
    screen.table(("lists", "on both"), [(" and ".join(p["lists"]), str(p["count"])) for p in told["pairs"]], right=(1,))
    if told["n_models"]:
        screen.say(f"{told['n_models']:,} models tried")
    for why, many in told["failures"]:
        screen.say(f"  {many:,} without a number: {why}")
    best = [(m["model"], f"{m['point']:,.0f}", f"{m['weight']:.0%}") for m in told["models"][:10]]
    if best:
        screen.table(("best models", "people", "weight"), best, right=(1, 2))
    for trial, heading in _TRIALS.items():
        rows = [
            (each["changed"], _people(each["point"]), f"{_people(each['low'])} – {_people(each['high'])}", each["why"])
            for each in told[trial]
        ]
        if rows:
            screen.table((heading, "people", "interval", ""), rows, right=(1,))
    screen.say(told["assumption"])
    for doubt in told["doubts"]:
        screen.say(f"No single number can be defended: {doubt}")


def _people(number: float | None) -> str:
    if number is None:
        return "–"
    return f"{number:,.0f}" if math.isfinite(number) else "no limit"
