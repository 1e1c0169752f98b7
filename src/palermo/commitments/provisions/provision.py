"""A provision of the Global Plan of Action or of the resolution.

The official text of the Global Plan replaces our reconstruction without code: give `load_provisions` a file with the
same columns and ``official`` as the certainty, as in ``register/provisions.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from palermo.commitments.records import read_table
from palermo.errors import InputError

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
    InputError
        A row has no id, an unknown pillar or certainty, or an id is twice there.
    """
    ours = _read(_OURS)
    if official is None:
        return ours
    theirs = _read(official)
    texts = {provision.text for provision in theirs.values()}
    return {id_: provision for id_, provision in ours.items() if provision.text not in texts} | theirs


def _read(path: Path) -> dict[str, Provision]:
    needed = ("id", "text", "number", "pillar", "gist", "addressee", "certainty", "source")
    found: dict[str, Provision] = {}
    for number, row in read_table(path, needed=needed):
        provision = _provision(row, path.name, number)
        if provision.id in found:
            raise InputError(f"row {number} has an id that is there already.", where=path.name, todo="Give a new id.")
        found[provision.id] = provision
    return found


def _provision(row: dict[str, str], file: str, number: int) -> Provision:
    known = row["id"] and row["pillar"] in ("", *PILLARS) and row["certainty"] in CERTAINTIES
    try:
        due_on = date.fromisoformat(row["due_on"]) if row.get("due_on") else None
    except ValueError:
        known = ""
    if not known:
        todo = f"It needs an id, a pillar ({', '.join(PILLARS)} or none), a certainty ({', '.join(CERTAINTIES)})."
        raise InputError(f"row {number} is no provision.", where=file, todo=f"{todo} due_on is a day.")
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
        due_on=due_on,
        note=row.get("note", ""),
        source=row["source"],
    )
