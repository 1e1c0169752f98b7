"""The way of an answer: whatever is done in whatever order, nothing is published that nobody has cleared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from palermo.commitments.answers import Status, Step, StepTaken, Voice, WrongStep, follow

DAY = date(2012, 5, 1)
OFFICES = st.sampled_from(["Rapporteur", "Ministry of Justice", "Experts"])


def taken(*steps: Step) -> list[StepTaken]:
    return [StepTaken(step, "Rapporteur", DAY + timedelta(n)) for n, step in enumerate(steps)]


class AnAnswer(RuleBasedStateMachine):
    """Somebody tries every step at every time; the model only remembers who has cleared since the last way back."""

    @initialize(voice=st.sampled_from(list(Voice)))
    def draft(self, voice):
        self.voice, self.steps, self.cleared_by, self.submitted = voice, [], None, False

    @rule(step=st.sampled_from(list(Step)), by=OFFICES)
    def try_a_step(self, step, by):
        tried = [*self.steps, StepTaken(step, by, DAY + timedelta(len(self.steps)))]
        try:
            follow(self.voice, tried)
        except WrongStep as error:
            assert error.number == len(self.steps)
            return
        self.steps = tried
        if step is Step.CLEAR:
            self.cleared_by = by
        if step in (Step.RETURN, Step.REOPEN):
            self.cleared_by, self.submitted = None, False
        if step is Step.SUBMIT:
            self.submitted = True

    @invariant()
    def who_has_cleared_is_known(self):
        stands = follow(self.voice, self.steps)
        assert (stands.cleared_by or None) == self.cleared_by

    @invariant()
    def only_what_is_cleared_is_published(self):
        stands = follow(self.voice, self.steps)
        if stands.status is Status.PUBLISHED:
            assert self.submitted
            assert self.voice is Voice.CIVIL_SOCIETY or self.cleared_by

    @invariant()
    def no_government_clears_what_civil_society_says(self):
        assert self.voice is not Voice.CIVIL_SOCIETY or self.cleared_by is None


TestAnAnswer = AnAnswer.TestCase


@given(st.sampled_from(list(Voice)), st.lists(st.sampled_from(list(Step)), max_size=8))
def test_a_step_after_a_wrong_one_changes_nothing(voice, steps):
    try:
        follow(voice, taken(*steps))
    except WrongStep as error:
        follow(voice, taken(*steps[: error.number]))
        with pytest.raises(WrongStep):
            follow(voice, taken(*steps[: error.number + 1]))


def test_an_answer_goes_from_draft_to_published():
    stands = follow(Voice.STATE, taken(Step.SUBMIT, Step.CLEAR, Step.PUBLISH))
    assert (stands.status, stands.cleared_by, stands.cleared_on) == (Status.PUBLISHED, "Rapporteur", DAY + timedelta(1))


def test_every_status_can_be_reached():
    ways = [[], [Step.SUBMIT], [Step.SUBMIT, Step.CLEAR], [Step.SUBMIT, Step.CLEAR, Step.PUBLISH]]
    assert [follow(Voice.STATE, taken(*way)).status for way in ways] == list(Status)


def test_an_answer_that_is_opened_again_is_cleared_by_nobody():
    assert follow(Voice.STATE, taken(Step.SUBMIT, Step.CLEAR, Step.REOPEN)).cleared_by == ""
