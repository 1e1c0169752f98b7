"""What the terminal shows of linkages."""

from __future__ import annotations

from palermo.cli.screen import Screen
from palermo.linkage.quality import Interval
from palermo.workflows.linking.match import Matched

__all__ = ["show_match"]


def show_match(answer: Matched) -> None:
    """Show what a match found, for those inside."""
    screen, quality = Screen(), answer.quality
    rows = [
        ("records", f"{quality.records:,}"),
        ("persons", f"{quality.persons:,}"),
        ("counted more than once", f"{quality.double_count:,}"),
        *((f"persons at {each}", f"{count:,}") for each, count in quality.persons_by_threshold.items()),
        ("precision of links, claimed", _interval(quality.precision)),
        ("recall of links, claimed", _interval(quality.recall)),
        (f"precision, judged on {quality.judged:,} links", _interval(quality.judged_precision)),
        (f"recall, judged also on {quality.judged_in_doubt:,} in doubt", _interval(quality.judged_recall)),
        ("brought together by blocking, estimated", _share(quality.candidate_recall)),
        ("pairs to review", f"{quality.to_review:,}"),
        ("records that share nothing with any other", f"{quality.alone:,}"),
    ]
    screen.table(("private", ""), [row for row in rows if row[1]], right=(1,))
    for kind, (blocks, records) in quality.dropped_blocks.items():
        screen.say(f"Dropped as too large: {blocks:,} blocks by {kind}, with {records:,} records.")
    screen.say(f"Profile {answer.profile}, schema {answer.schema}, key {answer.key_id}. Verdict: {quality.verdict}.")
    for reason in quality.reasons:
        screen.say(f"Not to be published before people have judged a sample: {reason}")


def _interval(value: Interval | None) -> str:
    return f"{value.point:.3f} ({value.low:.3f}–{value.high:.3f})" if value else ""


def _share(value: float | None) -> str:
    return f"{value:.3f}" if value is not None else ""
