"""How many people two agencies share, for those who give their encodings to nobody.

By private set intersection cardinality: one agency asks, the other answers, and the one who asked learns a number and
nothing else. Elements are exact keys of people, so that a spelling that differs is not seen: it is a lower bound.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from palermo.errors import InputError, ProjectError
from palermo.linkage.keys import Key
from palermo.linkage.people import People
from palermo.linkage.spelling import sound

__all__ = ["LEAST", "Question", "answer", "ask", "exact_keys", "size"]

LEAST = 100
"""Smaller sets are refused: who sends a few chosen people could ask whether these are known elsewhere."""
_FALSE = 1e-9


@dataclass(frozen=True, slots=True)
class Question:
    """What one agency sends, and what it keeps to read the answer with."""

    message: bytes
    secret: bytes


def exact_keys(people: People, key: Key) -> list[str]:
    """Give one keyed hash for each person of whom both names and the whole date are known, in no order."""
    own = key.derive("intersection")
    found = set()
    columns = (people.first_name, people.surname, people.year, people.month_day, people.sex)
    for first, last, year, day, sex in zip(*columns, strict=True):
        if first and last and year and day:
            names = "|".join(sorted((sound(first), sound(last))))
            found.add(hmac.digest(own, f"{names}|{year}|{day}|{sex}".encode(), hashlib.sha256).hex())
    return sorted(found)


def ask(keys: list[str]) -> Question:
    """Make the first message.

    Raises
    ------
    InputError
        There are fewer than `LEAST` people.
    """
    _enough(len(keys), "your file")
    client = _library().client.CreateWithNewKey(False)
    return Question(client.CreateRequest(keys).SerializeToString(), client.GetPrivateKeyBytes())


def answer(keys: list[str], message: bytes) -> bytes:
    """Answer another agency's message with one that lets it count, and with nothing else.

    Raises
    ------
    InputError
        Either side has fewer than `LEAST` people, the message is damaged, or it asks for who is shared.
    """
    psi = _library()
    request = _parsed(psi.Request(), message)
    if request.reveal_intersection:
        raise InputError("the message asks who is shared, and only how many is answered.", todo="Ask for a number.")
    _enough(len(keys), "your file")
    _enough(len(request.encrypted_elements), "the set of who asks")
    server = psi.server.CreateWithNewKey(False)
    setup = server.CreateSetupMessage(_FALSE, len(request.encrypted_elements), keys, psi.DataStructure.RAW)
    parts = (setup.SerializeToString(), server.ProcessRequest(request).SerializeToString())
    return bytes(len(parts[0]).to_bytes(8, "big") + parts[0] + parts[1])


def size(question: Question, message: bytes) -> int:
    """Read the answer: how many exact keys both have.

    Raises
    ------
    InputError
        The answer is damaged, or is of fewer than `LEAST` people.
    """
    psi = _library()
    cut = 8 + int.from_bytes(message[:8], "big")
    setup, response = _parsed(psi.ServerSetup(), message[8:cut]), _parsed(psi.Response(), message[cut:])
    asked = _parsed(psi.Request(), question.message)
    if len(response.encrypted_elements) != len(asked.encrypted_elements):
        raise InputError("this answers another question.", todo="Take the answer to the question that you asked.")
    _enough(len(setup.raw.encrypted_elements), "the set of who answers")
    client = psi.client.CreateFromKey(question.secret, False)
    return int(client.GetIntersectionSize(setup, response))


def _enough(n: int, whose: str) -> None:
    if n < LEAST:
        raise InputError(
            f"{whose} has fewer than {LEAST} people with both names and a whole date, and smaller sets are refused.",
            todo="A small set could be made to ask after single people. Count over more years.",
        )


def _parsed(message: Any, content: bytes) -> Any:
    try:
        message.ParseFromString(content)
    except Exception as error:  # the library's own, which it does not export
        if type(error).__name__ != "DecodeError":
            raise
        raise InputError("the message is cut off or damaged.", todo="Have it sent again.") from None
    return message


def _library() -> Any:
    try:
        import private_set_intersection.python as psi  # type: ignore[import-untyped]
    except ImportError as missing:
        raise ProjectError("openmined-psi is not installed.", todo="Install palermo[psi].") from missing
    return psi
