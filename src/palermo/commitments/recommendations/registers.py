"""The registers of follow-up: recommendations, what is done about them, how it goes, and the evidence."""

from __future__ import annotations

from palermo.commitments.registers import Field, Register

__all__ = ["MECHANISMS", "REGISTERS", "STAGES"]

MECHANISMS = ("treaty_body", "special_procedure", "upr", "greta", "committee_of_the_parties", "untoc_review", "other")
STAGES = ("not_started", "under_way", "done", "stopped")

REGISTERS = (
    Register(
        "recommendations",
        "What a body has recommended to a State.",
        (
            Field("state", "state", "The State.", True),
            Field("mechanism", "code", "The kind of body.", True, MECHANISMS),
            Field("body", "text", "The body, as it is called in its document.", True),
            Field("text", "text", "The recommendation, word for word.", True),
            Field("published_on", "date", "When the document was published."),
            Field("document", "text", "Its symbol."),
            Field("themes", "texts", "Its themes, as the source has them."),
            Field("position", "code", "In the UPR, what the State answered.", False, ("supported", "noted")),
            Field("provisions", "provisions", "The provisions that it is about."),
        ),
        "published_on",
    ),
    Register(
        "actions",
        "What is to be done about one or more recommendations.",
        (
            Field("recommendations", "links", "The recommendations.", True, into=("recommendations",)),
            Field("lead", "text", "The body that leads.", True),
            Field("action", "text", "What it will do.", True),
            Field("indicator", "text", "By what one will see that it is done.", True),
            Field("baseline", "text", "Where the indicator stands at the beginning."),
            Field("target", "text", "Where it should stand in the end."),
            Field("agreed_on", "date", "When this was agreed."),
            Field("due_on", "day", "By when.", True),
        ),
    ),
    Register(
        "progress",
        "How something that was promised goes: an action, an inter-agency action, or a commitment made in a meeting.",
        (
            Field("about", "link", "What was promised.", True, into=("actions", "agency_actions", "statements")),
            Field("noted_on", "day", "The day of which this speaks.", True),
            Field("stage", "code", "How far it is.", True, STAGES),
            Field("note", "text", "What happened.", True),
            Field("evidence", "links", "What shows it.", into=("evidence",)),
        ),
        "noted_on",
    ),
    Register(
        "evidence",
        "Something that can be shown: a figure of a release, a law, a document, a decision.",
        (
            Field("kind", "code", "What it is.", True, ("figure", "law", "document", "decision", "budget", "other")),
            Field("title", "text", "What it shows, in a sentence.", True),
            Field("reference", "text", "Where it is: release and table, symbol, or address.", True),
            Field("dated_on", "date", "The day that it has."),
        ),
        "dated_on",
    ),
)
