"""The section of the Secretary-General's report, drafted from records: no sentence without a source."""

from palermo.commitments.section.event import EVENTS, FACTS, facts_from_events, load_events
from palermo.commitments.section.section import ORDER, Annex, Material, ReportSection, write_section
from palermo.commitments.section.sentence import CLEARANCES, Sentence, clearance_rules, wording

__all__ = [
    "CLEARANCES",
    "EVENTS",
    "FACTS",
    "ORDER",
    "Annex",
    "Material",
    "ReportSection",
    "Sentence",
    "clearance_rules",
    "facts_from_events",
    "load_events",
    "wording",
    "write_section",
]
