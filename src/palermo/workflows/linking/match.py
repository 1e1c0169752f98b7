"""At the linkage unit: encodings in, persons out, with what they are worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from palermo import linkage
from palermo.errors import PalermoError
from palermo.tables import atomic_file
from palermo.workflows.linking.apart import must_be_apart, must_be_distinct

if TYPE_CHECKING:
    import polars as pl

    from palermo.linkage.quality import Quality

__all__ = ["MatchRequest", "Matched", "match"]


class LinkageCollapsed(PalermoError):
    """The model took strangers for the same people, and nothing of it may be used."""


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """What is to be matched, and what is wanted of it."""

    encodings: tuple[Path, ...]
    persons: Path
    settings: linkage.MatchSettings
    judgements: Path | None = None
    links: Path | None = None
    """Where pairs that may be one person go, for review."""
    histories: Path | None = None
    """Where capture histories go."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a match says: numbers for those inside."""

    profile: str
    schema: str
    key_id: str
    sources: dict[str, int]
    quality: Quality
    overlaps: list[dict[str, Any]]
    judged_elsewhere: int
    """Judgements about a record that is in none of the files, which were left out."""

    def as_json(self) -> dict[str, Any]:
        """Give the answer for programs."""
        return {
            "private": True,
            "profile": self.profile,
            "schema": self.schema,
            "key": self.key_id,
            "sources": self.sources,
            "overlaps": self.overlaps,
            "judged_elsewhere": self.judged_elsewhere,
            **self.quality.as_json(),
        }


def match(request: MatchRequest) -> Matched:
    """Say which records are the same person, over all files given.

    Raises
    ------
    LinkageCollapsed
        The model shows the signs of having fallen apart; nothing is written.
    PalermoError
        A file is damaged, or files cannot be compared.
    """
    from palermo.linkage import judgements, persons, quality
    from palermo.linkage.matching import NO_PAIRS
    from palermo.linkage.profiles import MATCHERS

    outputs = (request.persons, request.links, request.histories)
    must_be_apart(outputs, (*request.encodings, request.judgements))
    must_be_distinct(request.encodings)
    names = [path.name for path in request.encodings]
    encodings = linkage.together([linkage.read_encodings(path) for path in request.encodings], names)
    pairs, same, n_elsewhere = NO_PAIRS, np.zeros(0), 0
    if request.judgements:
        said = judgements.read_judgements(request.judgements)
        pairs, same = judgements.judged_rows(said, encodings)
        n_elsewhere = judgements.standing(said).height - len(pairs)
    matcher = MATCHERS[encodings.schema.profile]
    found = matcher(encodings, request.settings, same=pairs[same == 1], different=pairs[same == 0])
    judged = quality.judge_quality(found, pairs, same)
    if judged.verdict == "collapsed":
        raise LinkageCollapsed(
            f"no persons are given: {judged.reasons[0]}",
            todo="Link files with more fields filled, or files that share more people; or judge pairs by hand.",
        )
    table = persons.persons_of(found)
    _write(table, request.persons)
    if request.links:
        _write(persons.links_of(found), request.links)
    if request.histories:
        _write(persons.capture_histories(table, thresholds=request.settings.all_thresholds), request.histories)
    return Matched(
        profile=encodings.schema.profile,
        schema=encodings.schema.name,
        key_id=encodings.key_id,
        sources=dict(sorted(Counter(encodings.source.tolist()).items())),
        quality=judged,
        overlaps=persons.overlaps(table).to_dicts(),
        judged_elsewhere=n_elsewhere,
    )


def _write(table: pl.DataFrame, path: Path) -> None:
    with atomic_file(path) as unfinished:
        unfinished.touch(mode=0o600)
        if path.suffix.lower() == ".csv":
            table.write_csv(unfinished, line_terminator="\n")
        else:
            table.write_parquet(unfinished)
