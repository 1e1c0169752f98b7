"""Records of several agencies → whose they are, so that a person can be counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import polars as pl
from ibis.expr.types import Table

from palermo import linkage
from palermo.errors import InputError, ProjectError
from palermo.tables import SOURCE_ROW, Engine, Project, load_project, must_be_file, sha256_of
from palermo.workflows.linking.match import MatchRequest, match
from palermo.workflows.linking.repeated import told_apart

if TYPE_CHECKING:
    from palermo.linkage.quality import Interval, Quality

__all__ = ["Linked", "capture_histories", "encodings_of", "hashes_of", "link_sources", "persons_by_row", "with_persons"]


@dataclass(frozen=True, slots=True)
class Linked:
    """Whose the records of a project are. Private."""

    persons: pl.DataFrame
    """``source``, ``record_id``, ``person_id`` and ``person_id_<threshold>``."""
    thresholds: dict[str, str]
    """By threshold, the column that says whose a record is."""
    own: str
    """The threshold on which ``person_id`` stands."""
    quality: Quality

    @property
    def publishable(self) -> bool:
        """Whether a number of persons may stand on it; otherwise people must first judge a sample of the links."""
        return self.quality.verdict == "usable"

    @property
    def contributor(self) -> str:
        """The column of the lowest threshold, at which the fewest people stand behind the records."""
        return next(iter(self.thresholds.values()))

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said of the linkage beside a number of persons, in whole percent."""
        said = [
            f"Of the links between records the model expects {_percent(self.quality.precision)} to be right, and to"
            f" have found {_percent(self.quality.recall)} of those among the pairs that were compared. It can be wrong"
            " about itself."
        ]
        if self.quality.candidate_recall is not None:
            share = f"{self.quality.candidate_recall:.0%}"
            said.append(f"Of the pairs that belong together, {share} are estimated to have been compared.")
        judged = self.quality.judged_precision
        if judged is None:
            said.append("Nobody has judged a sample of the links.")
        else:
            said.append(f"Of the links that people have judged, {_percent(judged)} were right.")
        return tuple(said)


def encodings_of(project: Project, sources: Sequence[str]) -> tuple[Path, ...]:
    """Say where the encodings of sources lie; none in a project that does not link."""
    return tuple(project.encodings / f"{name}.parquet" for name in sources) if project.encodings else ()


def hashes_of(project: Project, sources: Sequence[str]) -> dict[str, str]:
    """Hash what a linkage depends on."""
    files = [*encodings_of(project, sources), *([project.judgements] if project.judgements else [])]
    for path in files:
        must_be_file(path, todo="Name it in [linkage]; encodings are made at the agencies by: palermo link encode")
    return {path.name: sha256_of(path) for path in files}


def link_sources(project: Project, sources: Sequence[str]) -> Linked:
    """Compare the encodings that the agencies sent, and keep persons, links and histories in the private store.

    Raises
    ------
    PalermoError
        A file is damaged or of another source, files cannot be compared, or the linkage fell apart.
    """
    persons, links, histories = (_kept(project, name) for name in ("persons", "links", "histories"))
    persons.parent.mkdir(mode=0o700, exist_ok=True)
    files = encodings_of(project, sources)
    for path, name in zip(files, sources, strict=True):
        _check_source(path, name)
    settings = linkage.MatchSettings()
    answer = match(MatchRequest(files, persons, settings, project.judgements, links, histories))
    columns = {f"{each:g}": f"person_id_{each:g}" for each in settings.all_thresholds}
    return Linked(pl.read_parquet(persons), columns, f"{settings.threshold:g}", answer.quality)


def capture_histories(root: Path) -> pl.DataFrame:
    """Read who has seen how many persons, as the last run of a project has linked them. Private.

    Returns
    -------
    polars.DataFrame
        A row for each ``threshold`` and history: a column of yes and no for each source, and how many ``persons``.

    Raises
    ------
    ProjectError
        No run of the project has linked anything.
    """
    path = _kept(load_project(root), "histories")
    if not path.is_file():
        raise ProjectError(
            "this project has no capture histories.",
            where=root.name,
            todo="Name the agencies' encodings under [linkage] in palermo.toml, and run: palermo run",
        )
    return pl.read_parquet(path)


def with_persons(tables: dict[str, Table], linked: Linked, engine: Engine) -> dict[str, Table]:
    """Say of each record whose it is; one that was not encoded is of a person of its own.

    Records that share a ``record_id`` are told apart as `palermo link encode` does.
    """
    columns = ("person_id", *linked.thresholds.values())
    found = {}
    for source, table in tables.items():
        own = linked.persons.filter(pl.col("source") == source).select(pl.col("record_id").alias("encoded"), *columns)
        whose = engine.from_frame(own)
        named = table.mutate(told=told_apart(table))
        joined = named.left_join(whose, named.told == whose.encoded)
        alone = ibis.literal(f"{source} ") + joined[SOURCE_ROW].cast("string")
        persons = {name: ibis.coalesce(joined[name], alone) for name in columns}
        found[source] = joined.mutate(source=ibis.literal(source), **persons).drop("encoded", "told")
    return found


def persons_by_row(tables: dict[str, Table], linked: Linked, engine: Engine) -> pl.DataFrame:
    """Say of each row of each source whose it is, at the threshold at which the fewest people stand behind the rows.

    Returns
    -------
    polars.DataFrame
        ``source``, ``source_row`` and ``person_id``. Private.
    """
    columns = {"source": "source", SOURCE_ROW: SOURCE_ROW, "person_id": linked.contributor}
    whose = with_persons(tables, linked, engine).values()
    return pl.concat(
        [engine.collect(table.select(**{new: table[old] for new, old in columns.items()})) for table in whose]
    )


def _kept(project: Project, name: str) -> Path:
    return project.store / "linkage" / f"{name}.parquet"


def _check_source(path: Path, name: str) -> None:
    if linkage.source_of(path) != name:
        raise InputError(
            f"these are not the encodings of the source {name}.",
            where=path.name,
            todo=f"Ask the agency to encode again with: --source {name}",
        )


def _percent(share: Interval | None) -> str:
    return "an unknown share" if share is None else f"{share.point:.0%} ({share.low:.0%} to {share.high:.0%})"
