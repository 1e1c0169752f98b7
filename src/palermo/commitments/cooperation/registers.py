"""The registers of cooperation: who there is, what was agreed, who does what where, and what is known to work."""

from __future__ import annotations

from palermo.commitments.cooperation.practices import DESIGNS
from palermo.commitments.registers import Field, Register

__all__ = ["REGISTERS", "THEMES"]

THEMES = (
    "prevention",
    "identification",
    "assistance",
    "shelter",
    "return_and_reintegration",
    "legal_aid_and_remedy",
    "prosecution",
    "labour_inspection",
    "data_and_research",
    "training",
    "awareness",
    "coordination",
)
"""What one does, in the grid of who does what where."""

_ACTORS = ("state_body", "un_entity", "igo", "regional_organization", "ngo", "private_sector", "academia", "other")

REGISTERS = (
    Register(
        "actors",
        "A body or organisation, with its mandate.",
        (
            Field("name", "text", "Its name.", True),
            Field("kind", "code", "What it is.", True, _ACTORS),
            Field("state", "state", "The State, where it belongs to one."),
            Field("mandate", "text", "What it is charged with, and by what."),
            Field(
                "icat",
                "code",
                "What it is in the Inter-Agency Coordination Group.",
                False,
                ("founder", "member", "partner"),
            ),
            Field("icat_since", "date", "Since when."),
            Field("succeeded_by", "link", "The body that has taken over its mandate.", into=("actors",)),
        ),
    ),
    Register(
        "agreements",
        "An agreement between States or bodies.",
        (
            Field("title", "text", "Its title.", True),
            Field("kind", "code", "Among how many.", True, ("bilateral", "regional", "global", "inter_agency")),
            Field("states", "states", "The States that are party to it."),
            Field("actors", "links", "The bodies that are party to it.", into=("actors",)),
            Field("signed_on", "date", "When it was signed.", True),
            Field("in_force_on", "date", "Since when it binds."),
            Field("ended_on", "date", "When it ended."),
            Field("subject", "text", "What it is about.", True),
            Field("provisions", "provisions", "The provisions that it serves."),
        ),
        "signed_on",
    ),
    Register(
        "activities",
        "What an actor does in a country on a theme, from one day to another.",
        (
            Field("actor", "link", "Who does it.", True, into=("actors",)),
            Field("theme", "code", "What it is.", True, THEMES),
            Field("country", "state", "Where.", True),
            Field("title", "text", "In a sentence.", True),
            Field("from_on", "date", "Since when.", True),
            Field("to_on", "date", "Until when; empty while it goes on."),
            Field("project", "link", "The project that pays for it, if a fund does.", into=("projects",)),
        ),
        "from_on",
    ),
    Register(
        "agency_actions",
        "What agencies have agreed that one of them will do.",
        (
            Field("owner", "text", "The agency that does it.", True),
            Field("action", "text", "What.", True),
            Field("agreed_at", "text", "The meeting that agreed it.", True),
            Field("agreed_on", "day", "When.", True),
            Field("due_on", "day", "By when.", True),
            Field("provisions", "provisions", "The provisions that it serves."),
        ),
        "agreed_on",
    ),
    Register(
        "practices",
        "Something that was tried, and what is known of its effect.",
        (
            Field("title", "text", "Its name.", True),
            Field("country", "state", "Where.", True),
            Field("actor", "link", "Who did it.", True, into=("actors",)),
            Field("theme", "code", "What it is.", True, THEMES),
            Field("objective", "text", "What it was to achieve.", True),
            Field("design", "code", "How its effect was looked at.", True, tuple(DESIGNS)),
            Field("method", "text", "How, in a sentence: who was compared, when, how many.", True),
            Field("result", "text", "What was found, the unwelcome too.", True),
            Field("limits", "text", "What this cannot show.", True),
            Field("evaluated_on", "date", "When the evaluation was published."),
            Field("evidence", "links", "Where it can be read.", into=("evidence",)),
            Field("provisions", "provisions", "The provisions that it serves."),
        ),
    ),
)
