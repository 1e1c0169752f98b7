"""Figures of estimates: methods beside each other, overlaps of lists, models by their fit, and changed tables."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.reports.cells import Counts
from palermo.reports.description import FigureSpec, Row, TableView, Value
from palermo.reports.marks import Crowd, Overlap, Sets, Span, Spans
from palermo.reports.numbers import whole
from palermo.tables import TOTAL, Release, ReleasedEstimate

__all__ = ["TRIALS", "method_spans", "model_crowd", "overlap_sets", "trial_spans"]

ASSUMED = "Each number rests on an assumption that the data cannot test. Numbers are rounded to two digits."
HIDDEN = "Overlaps of few people are withheld, and others with them, so that nobody can be recognised."
TRIALS = {
    "without": ("without-lists", "One list left out", "Leaving one list out"),
    "merged": ("merged-lists", "Two lists taken for one", "Taking two lists for one"),
    "setting": ("settings", "The whole table with other thresholds, models to choose among, priors and grids",
                "Settings that nobody can prove right"),
}  # fmt: skip
"""The name of each figure, what it changes, and the beginning of its title."""
MUCH = 1.5
MOST_DRAWN = 12


def method_spans(release: Release, seen: int, source: str) -> FigureSpec | None:
    """Put all methods on one scale, which begins with the people seen."""
    found = _group(release, "method")
    points = [each.point for each in found if each.point is not None]
    if not points:
        return None
    times = max(points) / min(points)
    title = (
        f"Methods disagree: the greatest number is {times:.1f} times the least"
        if times >= MUCH
        else f"{len(points)} methods agree within {whole(min(points))} to {whole(max(points))} people"
    )
    if min(points) == max(points):
        title = f"About {whole(points[0])} people, seen or unseen, by each method that gives a number"
    return _spans(
        "methods",
        title,
        "People, seen or unseen, by method, with 95% intervals; the upright line is the people seen",
        found,
        seen,
        source,
    )


def trial_spans(release: Release, group: str, seen: int, source: str) -> FigureSpec | None:
    """Show what becomes of the number when lists or settings change; of many changes, those that move it most."""
    found = _group(release, group)
    points = sorted(each.point for each in found if each.point is not None)
    if not points:
        return None
    name, head, what = TRIALS[group]
    least, most = whole(points[0]), whole(points[-1])
    does = (
        f"take the number from {least} to {most}" if group == "setting" else f"takes the number from {least} to {most}"
    )
    title = f"{what} {does}" if points[-1] >= MUCH * points[0] else f"{head}: the number stays within {least} to {most}"
    if least == most:
        title = f"{head}: the number stays about {most}"
    drawn = _furthest(found, points[len(points) // 2])
    parts = [head, *(["intervals take the chosen model for true"] if group != "setting" else [])]
    parts += [f"the {len(drawn)} of {len(found)} that move it most"] if len(drawn) < len(found) else []
    return _spans(name, title, "; ".join(parts), found, seen, source, drawn)


def _furthest(found: Sequence[ReleasedEstimate], middle: int) -> list[ReleasedEstimate]:
    """Choose the numbers that lie furthest from the middle one, and leave them in their order."""

    def away(each: ReleasedEstimate) -> float:
        return max(each.point / middle, middle / each.point) if each.point else 0.0

    chosen = sorted(found, key=away, reverse=True)[:MOST_DRAWN]
    return [each for each in found if each in chosen]


def model_crowd(release: Release, source: str) -> FigureSpec | None:
    """Show what each model says and how well it fits."""
    found = [each for each in _group(release, "model") if each.point is not None]
    if len(found) < 2:
        return None
    dots = tuple((each.distance, each.point, each.percent) for each in found if each.point is not None)
    near = [number for distance, number, _ in dots if distance <= 2]
    title = f"{len(near)} models fit as well as the best, and say {whole(min(near))} to {whole(max(near))}"
    if len(near) == 1:
        title = f"The best model says {whole(near[0])}, and no other fits as well"
    rows = tuple(
        Row(each.model, (Value(whole(each.point or 0)), Value(str(each.distance)), Value(f"{each.percent}%")))
        for each in found
    )
    view = TableView("models", "The best models", "Model", ("People", "Worse by", "Weight"), rows)
    alternative = f"{len(found)} models as dots. {title}."
    subtitle = "People by model, against how much worse than the best the model fits; the heavier, the larger"
    return FigureSpec("models", title, subtitle, Crowd(dots), ASSUMED, source, alternative, view)


def overlap_sets(release: Release, lists: Sequence[str], source: str) -> FigureSpec:
    """Show how many people are on just which lists."""
    counts = Counts(release.tables[0])
    overlaps = []
    for key, cell in counts.cells.items():
        if key != (TOTAL,):
            overlaps.append(Overlap(tuple(place for place, sign in enumerate(key[0]) if sign == "1"), cell.count))
    overlaps.sort(key=lambda each: (each.count is None, -(each.count or 0), len(each.on), each.on))
    kept = sum(each.count is None for each in overlaps)
    alone = sum(each.count or 0 for each in overlaps if len(each.on) == 1)
    most = alone * 2 > (counts.total.count or 0)
    title = "Most people are on one list only" if most else "Many people are on several lists"
    if kept and not most:
        title = "People by the lists that they are on"
    rows = tuple(Row(" and ".join(lists[place] for place in each.on), (_value(each.count),)) for each in overlaps)
    view = TableView("overlaps", "People on just these lists", "Lists", ("People",), rows)
    alternative = f"{len(overlaps)} sets of lists as columns, {kept} of them withheld. {title}."
    subtitle = "People on these lists and no other"
    marks = Sets(tuple(lists), tuple(overlaps))
    caution = HIDDEN if kept else "Every overlap is shown."
    return FigureSpec("overlaps", title, subtitle, marks, caution, source, alternative, view)


def _spans(
    name: str,
    title: str,
    subtitle: str,
    found: Sequence[ReleasedEstimate],
    seen: int,
    source: str,
    drawn: Sequence[ReleasedEstimate] = (),
) -> FigureSpec:
    """Describe numbers on one scale, all or some of them drawn, and all in the table."""
    spans = tuple(Span(each.name, each.point, each.low, each.high, _text(each)) for each in drawn or found)
    rows = tuple(
        Row(each.name, (Value(_text(each), "withheld" if each.status == "withheld" else "number"),
                        Value(_range(each)), Value(each.model, "words")))
        for each in found
    )  # fmt: skip
    view = TableView(name, title, "Estimate", ("People", "Interval", "Model"), rows)
    said = "; ".join(f"{each.name} {_text(each)}" for each in found)
    return FigureSpec(name, title, subtitle, Spans(spans, seen), ASSUMED, source, f"{title}: {said}.", view)


def _group(release: Release, group: str) -> list[ReleasedEstimate]:
    return [each for each in release.estimates if each.group == group]


def _text(each: ReleasedEstimate) -> str:
    if each.status == "withheld":
        return "withheld"
    return "no number" if each.point is None else whole(each.point)


def _range(each: ReleasedEstimate) -> str:
    if each.low is None:
        return "–"
    return f"{whole(each.low)}–{'no limit' if each.high is None else whole(each.high)}"


def _value(count: int | None) -> Value:
    return Value("withheld", "withheld") if count is None else Value(whole(count))
