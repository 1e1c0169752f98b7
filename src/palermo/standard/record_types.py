"""What is recorded: the four units of IC-TIP, referral and assistance beside them, and how they are linked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from palermo.standard.rows import read_rows

__all__ = ["Link", "RecordType", "read_links", "read_record_types"]

LinkKind = Literal["many-to-many", "one-to-many"]


@dataclass(frozen=True, slots=True)
class RecordType:
    """A kind of record, with the field that tells one such record from another."""

    record: str
    key: str
    """Empty for a figure, which is told from others by all that it is about."""
    beside: tuple[str, ...]
    """Fields of other record types that stand in such a record too."""
    label: str
    definition: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """Which records belong together; fields whose unit is the link speak of both ends at once."""

    link: str
    one: str
    other: str
    kind: LinkKind
    label: str
    definition: str


def read_record_types(path: Path) -> dict[str, RecordType]:
    """Read the record types, in order."""
    rows = read_rows(path, ("record", "key", "beside", "label", "definition", "certainty", "source"))
    return {name: RecordType(**{**row, "beside": tuple(row["beside"].split())}) for name, row in rows.items()}  # type: ignore[arg-type]


def read_links(path: Path) -> dict[str, Link]:
    """Read the links, in order."""
    rows = read_rows(path, ("link", "from", "to", "kind", "label", "definition"))
    return {
        name: Link(name, row["from"], row["to"], cast(LinkKind, row["kind"]), row["label"], row["definition"])
        for name, row in rows.items()
    }
