"""The summary of a meeting, assembled from its records: every sentence names what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from palermo.commitments.provisions import PILLARS, Provision
from palermo.commitments.registers import Known, Record
from palermo.standard import load_standard, name_in

__all__ = ["Sentence", "Summary", "summarise"]

_SHOWN = 12
"""How many speakers a sentence names before it counts the others."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the records that it rests on, of which there is at least one."""

    section: str
    text: str
    cites: tuple[str, ...]
    status: str
    """``draft`` or ``cleared``; what is assembled by rule is a draft."""

    def __post_init__(self) -> None:
        if not self.cites:
            raise ValueError("a sentence of a summary needs a citation")


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences of a summary in their order."""

    meeting: str
    title: str
    sentences: tuple[Sentence, ...]


def summarise(known: Known, meeting: str, provisions: Mapping[str, Provision], as_of: date) -> Summary:
    """Assemble the summary of a meeting from what was said by a day, and from sentences that a person has written."""
    record = known.by_id("meetings")[meeting]
    said = [each for each in known.rows("statements") if each["meeting"] == meeting and each["made_on"] <= as_of]
    said.sort(key=lambda each: (each["made_on"], each["row"]))
    drafted = [*_opening(known, record, said), *_by_pillar(known, said, provisions), *_commitments(known, said)]
    return Summary(meeting, record["title"], (*drafted, *_written(known, meeting, {each["id"] for each in said})))


def _opening(known: Known, meeting: Record, said: Sequence[Record]) -> Iterator[Sentence]:
    first, last = _words(meeting["from_on"]), _words(meeting["to_on"])
    days = f"on {first}" if first == last else f"from {first} to {last}"
    place = f" at {meeting['place']}" if meeting["place"] else ""
    mandate = f", as {meeting['mandate']} had asked" if meeting["mandate"] else ""
    yield Sentence("Opening", f"{meeting['title']} was held {days}{place}{mandate}.", (meeting["id"],), "draft")
    facilitators = [each for each in known.rows("facilitators") if each["meeting"] == meeting["id"]]
    if facilitators:
        countries = load_standard().countries
        states = _listed([name_in("en", countries[each["state"]]) for each in facilitators])
        text = f"The consultations were facilitated by the permanent representatives of {states}."
        yield Sentence("Opening", text, tuple(each["id"] for each in facilitators), "draft")
    if said:
        speakers = {each["participant"] for each in said}
        participants = "participants" if len(speakers) > 1 else "participant"
        text = f"The record holds statements of {len(speakers)} {participants}."
        yield Sentence("Opening", text, tuple(each["id"] for each in said), "draft")


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _by_pillar(known: Known, said: Sequence[Record], provisions: Mapping[str, Provision]) -> Iterator[Sentence]:
    headings = PILLARS | {"": "Other provisions"}
    named = {name for each in said for name in each["provisions"] or ()}
    order = sorted(named, key=lambda name: _place(name, provisions))
    for pillar, heading in headings.items():
        for name in order:
            provision = provisions.get(name)
            if (provision.pillar if provision else "") == pillar:
                about = [each for each in said if name in (each["provisions"] or ())]
                yield Sentence(heading, _about(known, name, provision, about), _ids(about), "draft")


def _place(name: str, provisions: Mapping[str, Provision]) -> tuple[str, int, str]:
    instrument, _, number = name.rpartition("-")
    return instrument, int(number) if number.isdigit() else len(provisions), name


def _about(known: Known, name: str, provision: Provision | None, about: Sequence[Record]) -> str:
    speakers = _listed(_names(known, about))
    if provision is None:
        return f"On {name} spoke {speakers}."
    mark = f" ({provision.mark})" if provision.mark else ""
    return f"On {name}{mark}, “{provision.gist.rstrip('.')}”, spoke {speakers}."


def _names(known: Known, about: Sequence[Record]) -> list[str]:
    participants = known.by_id("participants")
    return list(dict.fromkeys(participants[each["participant"]]["name"] for each in about))


def _ids(about: Sequence[Record]) -> tuple[str, ...]:
    return tuple(each["id"] for each in about)


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_SHOWN])
    more = len(names) - len(shown)
    parts = [*shown, f"{more} other{'s' if more > 1 else ''}"] if more else shown
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _commitments(known: Known, said: Sequence[Record]) -> Iterator[Sentence]:
    for each in said:
        if each["commits"]:
            by = f" by {_words(each['due_on'])}" if each["due_on"] else ""
            text = f"{_names(known, [each])[0]} committed itself{by}: “{each['text'].rstrip('.')}”."
            yield Sentence("Commitments", text, (each["id"],), "draft")


def _written(known: Known, meeting: str, said: set[str]) -> Iterator[Sentence]:
    """Give the sentences that a person has written, of those whose statements had all been made."""
    own = [each for each in known.rows("summary") if each["meeting"] == meeting and said >= set(each["cites"])]
    for each in sorted(own, key=lambda record: (record["section"], record["place"])):
        yield Sentence(each["section"], each["text"], tuple(each["cites"]), each["status"])
