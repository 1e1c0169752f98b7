"""What must hold of a meeting: who speaks was admitted, and nobody speaks longer than the modalities give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from palermo.commitments.meetings.registers import NEED_ACCREDITATION
from palermo.commitments.meetings.speakers import allotted
from palermo.commitments.records import Finding
from palermo.commitments.registers import Known

__all__ = ["CO_FACILITATORS", "RULES"]

CO_FACILITATORS = 2
"""How many the resolution asks to be appointed."""


def accreditation_is_decided_where_it_is_needed(known: Known) -> Iterator[Finding]:
    """Who needs accreditation has asked for it, and a decision has its day."""
    for record in known.rows("participants"):
        needs = record["category"] in NEED_ACCREDITATION
        if needs == (record["accreditation"] == "not_needed"):
            what = "participants of this category need accreditation." if needs else "this category needs none."
            yield known.finding("participants", record, "participant.accreditation", what, "Mend accreditation.")
        if record["accreditation"] in ("accredited", "refused") and not record["decided_on"]:
            what = "the decision has no day."
            yield known.finding("participants", record, "participant.decided", what, "Fill in decided_on.")
        if (record["category"] == "member_state") != bool(record["state"]) and record["category"] != "observer_state":
            what = "a Member State has its code in state, and other participants have none."
            yield known.finding("participants", record, "participant.state", what, "Mend category or state.")


def who_speaks_was_admitted(known: Known) -> Iterator[Finding]:
    """Nobody is on the list of speakers without a seat or accreditation, or for another meeting."""
    participants, sessions = known.by_id("participants"), known.by_id("sessions")
    for record in known.rows("speakers"):
        speaker = participants[record["participant"]]
        if speaker["accreditation"] not in ("not_needed", "accredited"):
            what = "the speaker was not accredited."
            yield known.finding(
                "speakers", record, "speaker.admitted", what, "Take the row back, or enter the decision."
            )
        if speaker["meeting"] != sessions[record["session"]]["meeting"]:
            what = "the speaker takes part in another meeting."
            yield known.finding("speakers", record, "speaker.meeting", what, "Mend session or participant.")


def nobody_speaks_too_long(known: Known) -> Iterator[Finding]:
    """Nobody is given more minutes than the modalities give the category."""
    participants, sessions = known.by_id("participants"), known.by_id("sessions")
    for record in known.rows("speakers"):
        meeting = sessions[record["session"]]["meeting"]
        limit = allotted(known, meeting).get(participants[record["participant"]]["category"])
        if limit is None and not record["minutes"]:
            what = "nothing says how long the speaker speaks."
            todo = "Fill in minutes, or add the speaking time of the category to modalities.csv."
            yield known.finding("speakers", record, "speaker.minutes", what, todo)
        elif limit is not None and (record["minutes"] or 0) > limit:
            what = "this is longer than the modalities give."
            yield known.finding("speakers", record, "speaker.minutes", what, "Mend minutes, or the modalities.")


def no_place_is_taken_twice(known: Known) -> Iterator[Finding]:
    """Within a session and a category, each place has one speaker, and each participant speaks once."""
    participants = known.by_id("participants")
    places: Counter[tuple[str, str, int]] = Counter()
    speakers: Counter[tuple[str, str]] = Counter()
    for record in known.rows("speakers"):
        place = (record["session"], participants[record["participant"]]["category"], record["place"])
        speaker = (record["session"], record["participant"])
        places[place] += 1
        speakers[speaker] += 1
        if places[place] > 1 or speakers[speaker] > 1:
            what = "the place is taken, or the participant is on the list of this session already."
            yield known.finding("speakers", record, "speaker.place", what, "Give another place, or take the row back.")


def facilitators_are_two_states(known: Known) -> Iterator[Finding]:
    """A meeting has no more than two co-facilitators, of two States."""
    appointed: dict[str, list[str]] = {}
    for record in known.rows("facilitators"):
        states = appointed.setdefault(record["meeting"], [])
        if record["state"] in states or len(states) == CO_FACILITATORS:
            what = "a meeting has two co-facilitators, of two States."
            yield known.finding("facilitators", record, "facilitator.two", what, "Take back the one who was replaced.")
        states.append(record["state"])


def what_was_said_was_said_there(known: Known) -> Iterator[Finding]:
    """A statement is by a participant of its meeting and on one of its days; a summary cites its own meeting."""
    participants, meetings, statements = (known.by_id(name) for name in ("participants", "meetings", "statements"))
    for record in known.rows("statements"):
        meeting = meetings[record["meeting"]]
        if participants[record["participant"]]["meeting"] != record["meeting"]:
            what = "the speaker takes part in another meeting."
            yield known.finding("statements", record, "statement.meeting", what, "Mend meeting or participant.")
        if not meeting["from_on"] <= record["made_on"] <= meeting["to_on"]:
            yield known.finding(
                "statements", record, "statement.day", "the meeting was not on that day.", "Mend made_on."
            )
        if record["commits"] and not record["provisions"]:
            what = "the commitment names no provision, so nobody can follow it there."
            yield known.finding("statements", record, "statement.provisions", what, "Fill in provisions.")
    for record in known.rows("summary"):
        if any(statements[cited]["meeting"] != record["meeting"] for cited in record["cites"]):
            what = "the sentence cites a statement of another meeting."
            yield known.finding("summary", record, "summary.meeting", what, "Mend cites.")


def meetings_end_after_they_begin(known: Known) -> Iterator[Finding]:
    """A meeting and a session end after they begin, and a session is on a day of its meeting."""
    meetings = known.by_id("meetings")
    for record in meetings.values():
        if record["to_on"] < record["from_on"]:
            yield known.finding("meetings", record, "meeting.days", "it ends before it begins.", "Mend the days.")
    for record in known.rows("sessions"):
        meeting = meetings[record["meeting"]]
        outside = not meeting["from_on"] <= record["held_on"] <= meeting["to_on"]
        if outside or record["ends_at"] <= record["begins_at"]:
            what = "the session ends before it begins, or is on a day on which the meeting is not."
            yield known.finding("sessions", record, "session.times", what, "Mend the day or the times.")


RULES = (
    accreditation_is_decided_where_it_is_needed,
    who_speaks_was_admitted,
    nobody_speaks_too_long,
    no_place_is_taken_twice,
    facilitators_are_two_states,
    what_was_said_was_said_there,
    meetings_end_after_they_begin,
)
