"""What must hold of cooperation: agreements have their parties, and nothing ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from palermo.commitments.records import Finding
from palermo.commitments.registers import Known

__all__ = ["RULES"]

_PAIR = 2


def agreements_have_their_parties(known: Known) -> Iterator[Finding]:
    """Two parties make an agreement bilateral, and every agreement has two at least."""
    for record in known.rows("agreements"):
        n_parties = len(record["states"] or ()) + len(record["actors"] or ())
        if n_parties < _PAIR or (record["kind"] == "bilateral" and n_parties != _PAIR):
            what = "an agreement has two parties at least, and a bilateral one has exactly two."
            yield known.finding("agreements", record, "agreement.parties", what, "Mend states, actors or kind.")


def nothing_ends_before_it_begins(known: Known) -> Iterator[Finding]:
    """An activity, an agreement or an action ends after it begins."""
    spans = (
        ("activities", "from_on_earliest", "to_on_latest"),
        ("agreements", "signed_on_earliest", "ended_on_latest"),
    )
    for name, begin, end in (*spans, ("agency_actions", "agreed_on", "due_on")):
        for record in known.rows(name):
            if record[begin] and record[end] and record[end] < record[begin]:
                what = "it ends, or is due, before it begins."
                yield known.finding(name, record, "cooperation.days", what, "Mend the days.")


RULES = (agreements_have_their_parties, nothing_ends_before_it_begins)
