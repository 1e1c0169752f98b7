"""The ledger: what was spent on which release, written before it is spent, and never taken back.

Each line holds the hash of the line before it, and a file beside the ledger the hash of the last one. A release goes
through planned, reserved, started, made and published, and no step twice. What is reserved is spent, also where the
computer stops in the middle.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from palermo.errors import InputError, ReleaseRefused
from palermo.tables import atomic_file

__all__ = ["Book", "Entry", "Ledger", "Planned", "in_parts", "known_end", "read_ledger"]

_START = "0" * 64
_PARTS = 10**12
"""ρ is counted in whole parts of this many to one, so that sums are exact."""
_APPROVERS = 2
_STEPS = {
    "reserve": ("planned", "reserved"),
    "start": ("reserved", "started"),
    "make": ("started", "made"),
    "audit": ("made", "made"),
    "approve": ("made", "made"),
    "publish": ("made", "published"),
}
"""What each event asks a release to be, and what it becomes."""


def in_parts(rho: float) -> int:
    """Count ρ in whole parts, rounded up."""
    return math.ceil(rho * _PARTS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line."""

    number: int
    at: str
    event: str
    by: str
    release: str
    facts: Mapping[str, Any]
    previous: str
    hash: str

    def line(self) -> str:
        """Write the line as it stands in the file."""
        return json.dumps(self.body() | {"hash": self.hash}, ensure_ascii=False, sort_keys=True)

    def body(self) -> dict[str, Any]:
        """Give all but the hash."""
        names = ("number", "at", "event", "by", "release", "facts", "previous")
        return {name: getattr(self, name) for name in names}

    def right_hash(self) -> str:
        """Work out the hash that the line should have."""
        text = json.dumps(self.body(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(slots=True)
class Planned:
    """A release on its way."""

    product: str
    rho: int
    stage: str = "planned"
    passed: bool | None = None
    """What the last audit said; nothing where there was none."""
    files: Mapping[str, str] = field(default_factory=dict)
    approvers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Book:
    """What a ledger says, added up."""

    policy: str = ""
    cap: int = 0
    approvers: tuple[str, ...] = ()
    spent: int = 0
    releases: dict[str, Planned] = field(default_factory=dict)
    outside: int = 0

    def take(self, event: str, by: str, release: str, facts: Mapping[str, Any]) -> None:
        """Take an event in.

        Raises
        ------
        ReleaseRefused
            It may not happen now; then nothing has changed.
        """
        if event == "open" and self.policy:
            raise _no("the ledger is opened once.", "Plan another release in it: palermo release plan.")
        if event != "open" and not self.policy:
            raise _no("nothing was planned yet.", "Begin with: palermo release plan.")
        if not by.strip():
            raise _no("nobody is named.", "Say with --by who does this.")
        if event == "open":
            self.policy, self.cap = facts["policy"], int(facts["cap"])
            self.approvers = tuple(facts["approvers"])
        elif event == "outside":
            self.outside += 1
        elif event == "plan":
            self._plan(release, facts)
        else:
            self._step(event, by, release, facts)

    def _plan(self, release: str, facts: Mapping[str, Any]) -> None:
        if not release.strip():
            raise _no("the release has no name.", "Give it one: palermo release plan NAME.")
        if release in self.releases:
            raise _no(f"there is a release {release!r} already.", "Give the new one another name.")
        if facts["rho"] <= 0 or facts["rho"] > self.cap:
            raise _no("it asks for nothing, or for more than the whole budget.", "Plan a smaller epsilon.")
        self.releases[release] = Planned(str(facts["product"]), int(facts["rho"]))

    def _step(self, event: str, by: str, release: str, facts: Mapping[str, Any]) -> None:
        planned = self.releases.get(release)
        if planned is None:
            raise _no(f"there is no release {release!r}.", "See: palermo release ledger show.")
        before, after = _STEPS[event]
        if planned.stage != before:
            raise _no(
                f"{event} asks for a release that is {before}, and {release} is {planned.stage}.", _NEXT[planned.stage]
            )
        if event == "reserve":
            if self.spent + planned.rho > self.cap:
                raise _no("the budget is spent: what is left is less than this release costs.", "Plan a smaller one.")
            self.spent += planned.rho
        elif event == "make":
            planned.files = dict(facts["files"])
        elif event == "audit":
            planned.passed = facts["passed"] is True
        elif event == "approve":
            if by not in self.approvers:
                raise _no(f"{by} may not approve it.", f"These may: {', '.join(self.approvers)}.")
            if by in planned.approvers:
                raise _no(f"{by} has approved it already.", "Ask another approver of the policy.")
            planned.approvers.add(by)
        elif event == "publish" and not planned.passed:
            raise _no("it has not passed an audit.", f"Audit it: palermo release audit --release {release}.")
        elif event == "publish" and len(planned.approvers) < _APPROVERS:
            raise _no("it lacks two approvals.", f"Let two approve it: palermo release approve {release}.")
        planned.stage = after


def read_ledger(path: Path) -> tuple[list[Entry], Book]:
    """Read a ledger, and see that every line is as it was written and was allowed.

    Raises
    ------
    InputError
        A line was changed, taken out, put in or moved, or lines are gone from the end.
    """
    entries: list[Entry] = []
    book = Book()
    lines = _lines(path)
    for number, line in enumerate(lines, 1):
        try:
            entry = Entry(**json.loads(line))
            whole = entry.hash == entry.right_hash() and entry.line() == line
        except (ValueError, TypeError) as error:
            raise _broken(path, number) from error
        before = entries[-1].hash if entries else _START
        if not whole or entry.previous != before or entry.number != number:
            raise _broken(path, number)
        try:
            book.take(entry.event, entry.by, entry.release, entry.facts)
        except (ReleaseRefused, KeyError) as error:
            raise _broken(path, number) from error
        entries.append(entry)
    end = known_end(path)
    if end is not None and end not in [entry.hash for entry in entries]:
        raise InputError(
            "lines are gone from its end: no line has the hash that the last one had.",
            where=path.name,
            todo="Nothing may be released until it is known what was there; find a copy.",
        )
    return entries, book


def known_end(path: Path) -> str | None:
    """Give the hash that the last line had when it was written, which is kept in a file beside the ledger."""
    end = _end(path)
    return end.read_text("utf-8").strip() if end.is_file() else None


def _end(path: Path) -> Path:
    return path.with_name(path.name + ".end")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines() if path.exists() else []
    except UnicodeDecodeError as error:
        raise _broken(path, path.read_bytes()[: error.start].count(b"\n") + 1) from error


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger's file; one writer at a time."""

    path: Path

    def write(self, events: Sequence[tuple[str, str, str, Mapping[str, Any]]]) -> Book:
        """Append events, each a name, who, which release, and facts; all of them or none.

        Raises
        ------
        PalermoError
            The ledger was changed, or an event is not allowed; then nothing is written.
        """
        if not self.path.exists():
            _rehearse(events)  # what is refused must leave no empty file: it would look as if its lines were gone
        with self._alone() as file:
            entries, book = read_ledger(self.path)
            lines = []
            for event, by, release, facts in events:
                book.take(event, by, release, facts)
                previous = entries[-1].hash if entries else _START
                now = datetime.now(UTC).isoformat(timespec="seconds")
                draft = Entry(len(entries) + 1, now, event, by, release, dict(facts), previous, "")
                entries.append(Entry(**draft.body(), hash=draft.right_hash()))
                lines.append(entries[-1].line() + "\n")
            os.write(file, "".join(lines).encode("utf-8"))
            os.fsync(file)
            with atomic_file(_end(self.path)) as unfinished:
                unfinished.write_text(entries[-1].hash + "\n", "utf-8")
        return book

    @contextmanager
    def _alone(self) -> Iterator[int]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def _rehearse(events: Sequence[tuple[str, str, str, Mapping[str, Any]]]) -> None:
    book = Book()
    for event, by, release, facts in events:
        book.take(event, by, release, facts)


_NEXT = {
    "planned": "Next is: palermo release reserve.",
    "reserved": "Next is: palermo release make.",
    "started": "What was started and not made is spent: plan another.",
    "made": "Next are: palermo release audit, approve and publish.",
    "published": "It is out: plan another.",
}


def _no(what: str, todo: str) -> ReleaseRefused:
    return ReleaseRefused(what, where="ledger", todo=todo)


def _broken(path: Path, number: int) -> InputError:
    return InputError(
        f"line {number} is not as it was written, or something before it is gone.",
        where=path.name,
        todo="Nothing may be released until it is known what was changed; compare it with a copy.",
    )
