"""The way of an answer: experts draft it, the focal point clears it, and only then it may be published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["Standing", "Status", "Step", "StepTaken", "Voice", "WrongStep", "follow"]


class Voice(StrEnum):
    """Who speaks in an answer."""

    STATE = "state"
    CIVIL_SOCIETY = "civil_society"
    GOVERNMENT_REPLY = "government_reply"


class Step(StrEnum):
    """What can be done with an answer."""

    SUBMIT = "submit"
    RETURN = "return"
    CLEAR = "clear"
    PUBLISH = "publish"
    REOPEN = "reopen"


class Status(StrEnum):
    """How far an answer is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLEARED = "cleared"
    PUBLISHED = "published"


_GOVERNMENT = {
    (Status.DRAFT, Step.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Step.RETURN): Status.DRAFT,
    (Status.SUBMITTED, Step.CLEAR): Status.CLEARED,
    (Status.CLEARED, Step.PUBLISH): Status.PUBLISHED,
    (Status.CLEARED, Step.REOPEN): Status.DRAFT,
    (Status.PUBLISHED, Step.REOPEN): Status.DRAFT,
}
_CIVIL_SOCIETY = {
    (Status.DRAFT, Step.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Step.RETURN): Status.DRAFT,
    (Status.SUBMITTED, Step.PUBLISH): Status.PUBLISHED,
    (Status.PUBLISHED, Step.REOPEN): Status.DRAFT,
}
_WAYS = {Voice.STATE: _GOVERNMENT, Voice.GOVERNMENT_REPLY: _GOVERNMENT, Voice.CIVIL_SOCIETY: _CIVIL_SOCIETY}
"""Civil society speaks for itself: no focal point clears what it says."""


class WrongStep(ValueError):
    """The step cannot be taken from where the answer is."""

    def __init__(self, number: int, status: Status, step: Step) -> None:
        self.number = number
        """Which of the steps it was, from 0."""
        super().__init__(f"a {status} answer cannot take the step {step}")


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step, by whom, and when."""

    step: Step
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an answer is, and who cleared it, if anybody did since it was last reopened."""

    status: Status
    cleared_by: str = ""
    cleared_on: date | None = None


def follow(voice: Voice, steps: Iterable[StepTaken]) -> Standing:
    """Follow an answer from its draft through its steps.

    Raises
    ------
    WrongStep
        A step cannot be taken from where the answer is then.
    """
    stands = Standing(Status.DRAFT)
    for number, taken in enumerate(steps):
        status = _WAYS[voice].get((stands.status, taken.step))
        if status is None:
            raise WrongStep(number, stands.status, taken.step)
        if taken.step is Step.CLEAR:
            stands = Standing(status, taken.by, taken.on)
        elif status in (Status.DRAFT, Status.SUBMITTED):
            stands = Standing(status)
        else:
            stands = Standing(status, stands.cleared_by, stands.cleared_on)
    return stands
