"""The registers of a meeting: its modalities, who takes part, who speaks when, and what was said."""

from __future__ import annotations

from palermo.commitments.registers import Field, Register

__all__ = ["CATEGORIES", "NEED_ACCREDITATION", "REGISTERS"]

CATEGORIES = (
    "member_state",
    "observer_state",
    "un_entity",
    "igo",
    "mandate_holder",
    "ngo",
    "survivor_advocate",
    "academia",
    "private_sector",
    "media",
)
"""The participants that the resolution names, in the order in which they speak if the modalities say nothing else."""

NEED_ACCREDITATION = frozenset({"ngo", "survivor_advocate", "academia", "private_sector", "media"})
"""Those that the Assembly admits; the others have a seat."""

_MEETING = Field("meeting", "link", "The meeting.", True, into=("meetings",))

REGISTERS = (
    Register(
        "meetings",
        "A meeting, such as a high-level meeting of the General Assembly or the hearing before it.",
        (
            Field("title", "text", "Its title.", True),
            Field("kind", "code", "What it is.", True, ("high_level", "hearing", "inter_agency", "other")),
            Field("from_on", "day", "Its first day.", True),
            Field("to_on", "day", "Its last day.", True),
            Field("place", "text", "Where."),
            Field("mandate", "text", "The resolution that convenes it."),
        ),
    ),
    Register(
        "modalities",
        "A rule for a meeting: a segment, who takes part, who speaks in which order and how long, what comes out.",
        (
            _MEETING,
            Field(
                "subject",
                "code",
                "What it rules.",
                True,
                ("segment", "participation", "speaking_order", "speaking_time", "outcome", "document", "other"),
            ),
            Field("category", "code", "The participants that it is about.", False, CATEGORIES),
            Field("number", "number", "For speaking_order the place of the category, for speaking_time minutes."),
            Field("text", "text", "The rule in words.", True),
            Field("adopted_on", "date", "When it was adopted."),
        ),
        "adopted_on",
    ),
    Register(
        "facilitators",
        "A State whose permanent representative is appointed to facilitate the consultations.",
        (
            _MEETING,
            Field("state", "state", "The State.", True),
            Field("appointed_on", "date", "When."),
        ),
    ),
    Register(
        "consultations",
        "A consultation on how a meeting will be held, or on what comes out of it.",
        (
            _MEETING,
            Field("held_on", "day", "When.", True),
            Field("subject", "text", "On what.", True),
            Field("open_to", "texts", "Who could take part."),
            Field("outcome", "text", "What came of it."),
        ),
        "held_on",
    ),
    Register(
        "participants",
        "Who takes part in a meeting. A survivor takes part under the name that they choose.",
        (
            _MEETING,
            Field("name", "text", "As it is called out.", True),
            Field("category", "code", "As what.", True, CATEGORIES),
            Field("state", "state", "The State, where the participant is one."),
            Field(
                "accreditation",
                "code",
                "Whether it was admitted.",
                True,
                ("not_needed", "requested", "accredited", "objected", "refused"),
            ),
            Field("decided_on", "date", "When that was decided."),
        ),
    ),
    Register(
        "sessions",
        "A part of a meeting with a list of speakers.",
        (
            _MEETING,
            Field("name", "text", "Its name, such as plenary, morning.", True),
            Field("held_on", "day", "Its day.", True),
            Field("begins_at", "time", "When it begins.", True),
            Field("ends_at", "time", "When it ends.", True),
        ),
    ),
    Register(
        "speakers",
        "A participant on the list of speakers of a session.",
        (
            Field("session", "link", "The session.", True, into=("sessions",)),
            Field("participant", "link", "Who speaks.", True, into=("participants",)),
            Field("place", "number", "The place within the participant's category.", True),
            Field("minutes", "number", "How long; empty for what the modalities give."),
        ),
    ),
    Register(
        "statements",
        "A passage of a statement. One that commits its speaker is followed in progress.csv.",
        (
            _MEETING,
            Field("participant", "link", "Who said it.", True, into=("participants",)),
            Field("made_on", "day", "When.", True),
            Field("text", "text", "The passage, word for word or in a sentence.", True),
            Field("provisions", "provisions", "The provisions that it is about."),
            Field("commits", "flag", "Yes if the speaker promises to do something."),
            Field("due_on", "day", "By when it is promised."),
            Field("document", "text", "Where the whole statement is."),
        ),
        "made_on",
    ),
    Register(
        "summary",
        "A sentence of the summary of a meeting that a person has written, with the statements that it rests on.",
        (
            _MEETING,
            Field("section", "text", "The heading under which it stands.", True),
            Field("place", "number", "Its place under the heading.", True),
            Field("text", "text", "The sentence.", True),
            Field("cites", "links", "The statements that it rests on.", True, into=("statements",)),
            Field("status", "code", "Whether the President has cleared it.", True, ("draft", "cleared")),
        ),
    ),
)
