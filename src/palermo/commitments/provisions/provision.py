"""A provision of the Global Plan of Action or of the resolution.

The official text of the Global Plan replaces our reconstruction without code: give `load_provisions` a file with the
same columns and ``official`` as the certainty, as in ``register/provisions.csv``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from palermo.commitments.records import Finding, read_table, refuse

__all__ = ["PILLARS", "Provision", "load_provisions"]

_OURS = Path(__file__).with_name("data") / "provisions.csv"
PILLARS = {
    "general": "General provisions",
    "prevention": "Preventing trafficking in persons",
    "protection": "Protecting and assisting victims",
    "prosecution": "Prosecuting crimes of trafficking in persons",
    "partnership": "Strengthening partnerships",
}
"""The four pillars of the Global Plan in its order, after its general provisions."""
CERTAINTIES = ("official", "read", "reconstructed")


@dataclass(frozen=True, slots=True)
class Provision:
    """One paragraph, in our words unless its certainty is official."""

    id: str
    text: str
    number: str
    pillar: str
    """A key of `PILLARS`; empty for a paragraph of the resolution."""
    gist: str
    addressee: str
    certainty: str
    """``official``, ``read`` (in the draft of the resolution) or ``reconstructed`` (recalled: to be checked)."""
    number_confidence: str
    content_confidence: str
    due_on: date | None
    note: str
    source: str

    @property
    def mark(self) -> str:
        """What a screen says beside the paragraph where its wording is not certain."""
        if self.certainty != "reconstructed":
            return ""
        return f"reconstructed: number {self.number_confidence}, content {self.content_confidence} confidence"


def load_provisions(official: Path | None = None) -> dict[str, Provision]:
    """Give the provisions by id; rows of another file replace every row of ours that is of the same text.

    Raises
    ------
    RecordsRefused
        A row has no id, an unknown pillar or certainty, or an id is twice there.
    InputError
        The file holds no such table.
    """
    ours = _read(_OURS)
    if official is None:
        return ours
    theirs = _read(official)
    texts = {provision.text for provision in theirs.values()}
    return {id_: provision for id_, provision in ours.items() if provision.text not in texts} | theirs


def _read(path: Path) -> dict[str, Provision]:
    needed = ("id", "text", "number", "pillar", "gist", "addressee", "certainty", "source")
    rows = read_table(path, needed=needed)
    findings: list[Finding] = []
    ids: set[str] = set()
    for number, row in rows:
        findings += [Finding("provisions.row", path.name, number, *problem) for problem in _problems(row, ids)]
        ids.add(row["id"])
    refuse(findings)
    return {row["id"]: _provision(row) for _, row in rows}


def _problems(row: Mapping[str, str], above: Collection[str]) -> Iterator[tuple[str, str]]:
    if not row["id"] or row["id"] in above:
        yield "it has no id, or one that is there already.", "Give it an id of its own, as in gpa-27."
    if row["pillar"] not in ("", *PILLARS):
        yield "there is no such pillar.", f"Write one of {', '.join(PILLARS)}, or none."
    if row["certainty"] not in CERTAINTIES:
        yield "there is no such certainty.", f"Write one of {', '.join(CERTAINTIES)}."
    try:
        _day(row)
    except ValueError:
        yield "due_on is no day.", "Write it as 2013-01-31."


def _day(row: Mapping[str, str]) -> date | None:
    return date.fromisoformat(row["due_on"]) if row.get("due_on") else None


def _provision(row: Mapping[str, str]) -> Provision:
    return Provision(
        id=row["id"],
        text=row["text"],
        number=row["number"],
        pillar=row["pillar"],
        gist=row["gist"],
        addressee=row["addressee"],
        certainty=row["certainty"],
        number_confidence=row.get("number_confidence", ""),
        content_confidence=row.get("content_confidence", ""),
        due_on=_day(row),
        note=row.get("note", ""),
        source=row["source"],
    )
