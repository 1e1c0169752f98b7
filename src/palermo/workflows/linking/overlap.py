"""How many people two agencies share, without a centre: ask, answer, count."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palermo import linkage
from palermo.errors import InputError
from palermo.standard import load_standard
from palermo.tables import atomic_file, must_be_file
from palermo.workflows.linking.apart import must_be_apart

__all__ = ["Overlap", "answer", "ask", "count"]

_KEPT = "palermo overlap question"


@dataclass(frozen=True, slots=True)
class Overlap:
    """The number of people two agencies share; at least."""

    at_least: int

    def as_json(self) -> dict[str, Any]:
        """Give the answer for programs."""
        return {
            "private": True,
            "at_least": self.at_least,
            "what": "exact keys that both have: a lower bound, and of two agencies only, so no capture history",
        }


def ask(people: Path, key: Path, out: Path, state: Path, mapping: Path | None) -> None:
    """Write the message to the other agency, and the file that stays at home."""
    from palermo.linkage import intersection

    must_be_apart((out, state), (people, key, mapping))
    question = intersection.ask(_keys(people, key, mapping))
    kept = {"what": _KEPT, "message": _text(question.message), "secret": _text(question.secret)}
    with atomic_file(state) as unfinished:
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(kept), "utf-8")
    with atomic_file(out) as unfinished:
        unfinished.write_bytes(question.message)


def answer(people: Path, key: Path, message: Path, out: Path, mapping: Path | None) -> None:
    """Write the answer to a message."""
    from palermo.linkage import intersection

    must_be_apart((out,), (people, key, message, mapping))
    must_be_file(message, todo="Check the path of the other agency's message.")
    answered = intersection.answer(_keys(people, key, mapping), message.read_bytes())
    with atomic_file(out) as unfinished:
        unfinished.write_bytes(answered)


def count(state: Path, message: Path) -> Overlap:
    """Read the number in an answer."""
    from palermo.linkage import intersection

    must_be_file(state, todo="It was made when you asked.")
    must_be_file(message, todo="Check the path of the other agency's answer.")
    try:
        kept = json.loads(state.read_bytes())
        question = intersection.Question(base64.b64decode(kept["message"]), base64.b64decode(kept["secret"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("this is no question of yours.", where=state.name, todo="Ask again.") from error
    return Overlap(intersection.size(question, message.read_bytes()))


def _keys(people: Path, key: Path, mapping: Path | None) -> list[str]:
    from palermo.linkage import intersection

    countries = {each.alpha_2: code for code, each in load_standard().countries.items() if each.alpha_2}
    return intersection.exact_keys(linkage.read_people(people, mapping, countries), linkage.read_key(key))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
