"""What must hold of follow-up: what is done is shown, and time runs forward."""

from __future__ import annotations

from collections.abc import Iterator

from palermo.commitments.records import Finding
from palermo.commitments.registers import Known

__all__ = ["RULES"]


def what_is_done_is_shown(known: Known) -> Iterator[Finding]:
    """Nothing is done without evidence."""
    for record in known.rows("progress"):
        if record["stage"] == "done" and not record["evidence"]:
            what, todo = "it is said to be done, and nothing shows it.", "Name evidence, or give another stage."
            yield known.finding("progress", record, "progress.evidence", what, todo)


def a_statement_is_followed_only_if_it_commits(known: Known) -> Iterator[Finding]:
    """Progress is noted of what was promised, and not of other statements."""
    statements = known.by_id("statements")
    for record in known.rows("progress"):
        statement = statements.get(record["about"])
        if statement and not statement["commits"]:
            what, todo = "the statement promises nothing.", "Write yes in its column commits, or mend the id."
            yield known.finding("progress", record, "progress.commitment", what, todo)


def positions_are_of_the_upr(known: Known) -> Iterator[Finding]:
    """Only recommendations of the Universal Periodic Review are supported or noted."""
    for record in known.rows("recommendations"):
        if record["position"] and record["mechanism"] != "upr":
            what, todo = "only the UPR asks for a position.", "Empty position, or mend mechanism."
            yield known.finding("recommendations", record, "recommendation.position", what, todo)


def one_id_names_one_promise(known: Known) -> Iterator[Finding]:
    """An action, an inter-agency action and a statement do not share an id: progress could be of either."""
    seen: set[str] = set()
    for name in ("actions", "agency_actions", "statements"):
        for record in known.rows(name):
            if record["id"] in seen:
                what = "another register of promises has this id."
                yield known.finding(name, record, "promise.one-id", what, "Give it an id of its own.")
            seen.add(record["id"])


RULES = (
    what_is_done_is_shown,
    a_statement_is_followed_only_if_it_commits,
    positions_are_of_the_upr,
    one_id_names_one_promise,
)
