"""What the terminal shows of linkages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palermo.cli.screen import Screen
from palermo.errors import many

if TYPE_CHECKING:  # each command imports its own workflow, and waits for no other
    from palermo.linkage.quality import Interval
    from palermo.workflows.linking.dedupe import Deduped
    from palermo.workflows.linking.encode import Encoded
    from palermo.workflows.linking.match import Matched

__all__ = ["show_dedupe", "show_encode", "show_match"]


def show_encode(answer: Encoded) -> None:
    """Say what was encoded, and what is to be known of it."""
    screen = Screen()
    records = many(answer.records, "record", "records")
    screen.say(f"Encoded {records} of {answer.source} by the schema {answer.schema}, key {answer.key_id}.")
    for note in answer.notes:
        screen.say(note)


def show_dedupe(answer: Deduped) -> None:
    """Show how many people a file holds and how they were counted, for those inside."""
    screen = Screen()
    rows = [
        ("records", f"{answer.records:,}"),
        ("persons", f"{answer.persons:,}"),
        ("counted more than once", f"{answer.double_count:,}"),
        *((f"persons at {each}", f"{count:,}") for each, count in answer.persons_by_threshold.items()),
        ("links", f"{answer.links:,}"),
    ]
    screen.table(("private", ""), rows, right=(1,))
    screen.say(f"Counted on {answer.engine} by {_BY[answer.by]}. Compared: {', '.join(answer.compared)}.")
    for note in answer.notes:
        screen.say(note)


_BY = {
    "weights": "weights that Splink has learnt from the file",
    "equality": "first name, surname and birth date, all of them equal",
}


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
        (f"precision, judged on {many(quality.judged, 'link', 'links')}", _interval(quality.judged_precision)),
        (f"recall, judged also on {quality.judged_in_doubt:,} in doubt", _interval(quality.judged_recall)),
        ("brought together by blocking, estimated", _share(quality.candidate_recall)),
        ("pairs to review", f"{quality.to_review:,}"),
        ("records that share nothing with any other", f"{quality.alone:,}"),
    ]
    screen.table(("private", ""), [row for row in rows if row[1]], right=(1,))
    for kind, (blocks, records) in quality.dropped_blocks.items():
        dropped, held = many(blocks, "block", "blocks"), many(records, "record", "records")
        screen.say(f"Dropped as too large: {dropped} by {kind}, with {held}.")
    if answer.judged_elsewhere:
        are = many(answer.judged_elsewhere, "judgement is", "judgements are")
        screen.say(f"{are} about a record that is in none of these files, and left out.")
    screen.say(f"Profile {answer.profile}, schema {answer.schema}, key {answer.key_id}. Verdict: {quality.verdict}.")
    for reason in quality.reasons:
        screen.say(f"Not to be published before people have judged a sample: {reason}")


def _interval(value: Interval | None) -> str:
    return f"{value.point:.3f} ({value.low:.3f}–{value.high:.3f})" if value else ""


def _share(value: float | None) -> str:
    return f"{value:.3f}" if value is not None else ""
