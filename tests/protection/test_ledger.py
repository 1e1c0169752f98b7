"""The ledger spends before it computes, never beyond the cap, and shows every change."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from palermo.errors import InputError, PalermoError, ReleaseRefused
from palermo.protection.ledger import Ledger, in_parts, known_end, read_ledger

OPEN = ("open", "Amara", "", {"policy": "p", "cap": 100, "approvers": ["Amara", "Bruno", "Chen"]})
WHOLE = [
    OPEN,
    ("plan", "Amara", "r1", {"product": "records", "rho": 60}),
    ("reserve", "Amara", "r1", {}),
    ("start", "Amara", "r1", {}),
    ("make", "Amara", "r1", {"files": {"a": "1"}}),
    ("audit", "Amara", "r1", {"passed": True}),
    ("approve", "Bruno", "r1", {}),
    ("approve", "Chen", "r1", {}),
    ("publish", "Amara", "r1", {}),
    ("outside", "Amara", "", {"what": "exact counts in the yearbook"}),
]


@pytest.fixture
def ledger(tmp_path):
    written = Ledger(tmp_path / "ledger.jsonl")
    for event in WHOLE:
        written.write([event])
    return written


def test_a_release_goes_from_plan_to_publication(ledger):
    entries, book = read_ledger(ledger.path)
    assert len(entries) == len(WHOLE)
    assert book.releases["r1"].stage == "published"
    assert (book.spent, book.outside) == (60, 1)


@pytest.mark.parametrize("number", range(len(WHOLE)))
@pytest.mark.parametrize("change", ["a letter", "gone", "twice", "a space", "nonsense", "a number"])
def test_a_changed_line_breaks_verification(ledger, number, change):
    lines = ledger.path.read_text("utf-8").splitlines(keepends=True)
    changed = {
        "a letter": [lines[number].replace("Amara", "Amira").replace("Bruno", "Brunn").replace("Chen", "Chem")],
        "gone": [],
        "twice": [lines[number], lines[number]],
        "a space": [" " + lines[number]],
        "nonsense": ["{}\n"],
        "a number": [lines[number].replace('"number": ', '"number": 1')],
    }[change]
    ledger.path.write_text("".join([*lines[:number], *changed, *lines[number + 1 :]]), "utf-8")
    with pytest.raises(InputError, match="line"):
        read_ledger(ledger.path)
    with pytest.raises(InputError):
        ledger.write([("outside", "Amara", "", {})])


@pytest.mark.parametrize("left", [0, 1, 5, len(WHOLE) - 1])
def test_lines_that_are_gone_from_the_end_are_missed(ledger, left):
    lines = ledger.path.read_text("utf-8").splitlines(keepends=True)
    ledger.path.write_text("".join(lines[:left]), "utf-8")
    with pytest.raises(InputError, match="lines are gone from its end"):
        read_ledger(ledger.path)


def test_a_line_that_is_cut_short_is_seen(ledger):
    ledger.path.write_bytes(ledger.path.read_bytes()[:-40])
    with pytest.raises(InputError, match=f"line {len(WHOLE)} is not as it was written"):
        read_ledger(ledger.path)


def test_a_copy_without_its_end_is_read_and_says_so(ledger, tmp_path):
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(ledger.path.read_bytes())
    assert len(read_ledger(copy)[0]) == len(WHOLE) and known_end(copy) is None
    assert known_end(ledger.path) == read_ledger(copy)[0][-1].hash


def test_a_line_with_a_right_hash_that_was_not_allowed_breaks_verification(tmp_path):
    from palermo.protection.ledger import Entry

    path = tmp_path / "ledger.jsonl"
    draft = Entry(1, "2026-01-01T00:00:00+00:00", "publish", "Amara", "r1", {}, "0" * 64, "")
    path.write_text(Entry(**draft.body(), hash=draft.right_hash()).line() + "\n", "utf-8")
    with pytest.raises(InputError):
        read_ledger(path)


@pytest.mark.parametrize(
    ("before", "event", "words"),
    [
        (0, ("plan", "Amara", "r", {"product": "records", "rho": 1}), "nothing was planned yet"),
        (1, OPEN, "opened once"),
        (1, ("plan", " ", "r", {"product": "records", "rho": 1}), "nobody is named"),
        (1, ("plan", "Amara", "r", {"product": "records", "rho": 0}), "asks for nothing"),
        (1, ("plan", "Amara", "r", {"product": "records", "rho": 101}), "more than the whole"),
        (2, ("plan", "Amara", "r1", {"product": "records", "rho": 1}), "already"),
        (2, ("reserve", "Amara", "r2", {}), "no release"),
        (1, ("plan", "Amara", " ", {"product": "records", "rho": 1}), "has no name"),
        (2, ("start", "Amara", "r1", {}), "is planned. Next is: palermo release reserve"),
        (3, ("make", "Amara", "r1", {}), "is reserved. Next is: palermo release make"),
        (4, ("start", "Amara", "r1", {}), "spent: plan another"),
        (6, ("approve", "Mallory", "r1", {}), "may not approve it. These may: "),
        (7, ("approve", "Bruno", "r1", {}), "has approved it already"),
        (5, ("publish", "Amara", "r1", {}), "has not passed an audit"),
        (7, ("publish", "Amara", "r1", {}), "two approvals"),
    ],
)
def test_what_may_not_happen_is_refused_and_leaves_no_line(tmp_path, before, event, words):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    if before:
        ledger.write(WHOLE[:before])
    with pytest.raises(ReleaseRefused, match=words):
        ledger.write([event])
    assert len(read_ledger(ledger.path)[0]) == before
    assert ledger.path.exists() == bool(before)


def test_a_second_release_beyond_the_cap_is_refused(ledger):
    ledger.write([("plan", "Amara", "r2", {"product": "tables", "rho": 50})])
    with pytest.raises(ReleaseRefused, match="budget is spent"):
        ledger.write([("reserve", "Amara", "r2", {})])


def test_rho_is_counted_in_whole_parts_rounded_up():
    assert in_parts(0.1) == 100_000_000_000
    assert in_parts(1e-15) == 1


class LedgerMachine(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = Ledger(Path(self.folder.name) / "ledger.jsonl")
        self.ledger.write([OPEN])
        self.reserved: dict[str, int] = {}
        self.planned: dict[str, int] = {}
        self.signed: dict[str, set[str]] = {}
        self.done: list[tuple[str, str]] = []

    def _try(self, event, by, release, facts) -> bool:
        try:
            self.ledger.write([(event, by, release, facts)])
        except PalermoError:
            return False
        self.done.append((event, release))
        return True

    @rule(release=st.sampled_from("abc"), rho=st.integers(-1, 120))
    def plan(self, release, rho):
        if self._try("plan", "Amara", release, {"product": "records", "rho": rho}):
            assert release not in self.planned
            self.planned[release] = rho

    @rule(release=st.sampled_from("abc"))
    def reserve(self, release):
        if self._try("reserve", "Amara", release, {}):
            self.reserved[release] = self.planned[release]

    @rule(release=st.sampled_from("abc"), event=st.sampled_from(["start", "audit", "make"]), passed=st.booleans())
    def work(self, release, event, passed):
        self._try(event, "Amara", release, {"files": {}, "passed": passed})

    @rule(release=st.sampled_from("abc"), by=st.sampled_from(["Amara", "Bruno", "Chen", "Mallory"]))
    def approve(self, release, by):
        if self._try("approve", by, release, {}):
            assert by != "Mallory"
            assert by not in self.signed.setdefault(release, set())
            self.signed[release].add(by)

    @rule(release=st.sampled_from("abc"))
    def publish(self, release):
        if self._try("publish", "Bruno", release, {}):
            assert len(self.signed[release]) >= 2
            assert [event for event, name in self.done if name == release and event in ("start", "make")] == [
                "start",
                "make",
            ]
            assert release in self.reserved

    @invariant()
    def what_is_reserved_is_spent_and_never_beyond_the_cap(self):
        entries, book = read_ledger(self.ledger.path)
        assert book.spent == sum(self.reserved.values()) <= 100
        assert len(entries) == 1 + len(self.done)

    def teardown(self):
        self.folder.cleanup()


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
