"""Suggest a mapping for a file, and say what changed where there was one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from palermo import intake
from palermo.errors import UsageError
from palermo.standard import Standard
from palermo.tables import atomic_file, open_engine
from palermo.workflows.surroundings import mapping_for, remembered, standard_around

__all__ = ["Changes", "MapAnswer", "suggest_mapping"]


@dataclass(frozen=True, slots=True)
class Changes:
    """How a file differs from the one that a mapping was made for."""

    missing: tuple[str, ...]
    """Columns of the mapping that the file has no longer."""
    new: tuple[str, ...]
    """Columns of the file that the mapping does not know."""
    renamed: tuple[tuple[str, str], ...]
    """Pairs of these that could be the same column: before, now."""
    values: tuple[tuple[str, int], ...]
    """Fields with the number of values, in the rows that were looked at, for which the mapping has no code."""


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """What `palermo map` says about a file."""

    suggestion: intake.Suggestion
    toml: str
    earlier: intake.Mapping | None
    """The mapping that the file is compared with: the one that was named, or one that knows its columns."""
    changes: Changes | None
    out: Path | None

    def as_json(self) -> dict[str, Any]:
        """The answer for programs; no value of a cell is in it."""
        changes = self.changes
        return {
            "file": self.suggestion.file,
            "sample_only": self.suggestion.is_part,
            "shape": self.suggestion.shape,
            "recognised": [mapping.name for mapping in self.suggestion.recognised],
            "columns": [_column(guess) for guess in self.suggestion.columns],
            "changes": changes
            and {
                "missing": list(changes.missing),
                "new": list(changes.new),
                "renamed": [list(pair) for pair in changes.renamed],
                "values_without_a_code": [{"field": field, "values": number} for field, number in changes.values],
            },
            "mapping": None if self.out is None else str(self.out),
            "notes": list(self.suggestion.notes),
        }


def suggest_mapping(file: Path, *, before: str | None = None, out: Path | None = None) -> MapAnswer:
    """Draft a mapping for a file; headings and words of ready mappings and of those around it are known.

    Parameters
    ----------
    before
        A mapping that was right for an earlier file of this kind; otherwise one that knows the columns is looked for.
    out
        Where the draft is written; nothing is overwritten.

    Raises
    ------
    InputError
        The file or the earlier mapping cannot be read.
    UsageError
        There is a file at ``out``.
    """
    if out is not None and out.exists():
        raise UsageError(f"there is a file {out.name} already.", todo="Take another name for --out, or move it away.")
    standard = standard_around(file)
    earlier = mapping_for(file, before, standard) if before else None
    known = [*([earlier] if earlier else remembered(file, standard)), *_ready(standard)]
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        sample = intake.sample(file, scratch, known)
        suggestion = intake.suggest(sample, standard, known)
        earlier = earlier or _nearest(sample, standard, scratch)
        changes = _changes(sample, suggestion, earlier, standard, scratch) if earlier else None
    toml = intake.draft(suggestion, standard)
    if out is not None:
        with atomic_file(out) as unfinished:
            unfinished.write_text(toml, "utf-8")
    return MapAnswer(suggestion, toml, earlier, changes, out)


def _ready(standard: Standard) -> Iterable[intake.Mapping]:
    return (intake.load_mapping(name, standard) for name in intake.ready_mappings())


def _column(guess: intake.ColumnGuess) -> dict[str, Any]:
    content = guess.content
    return {
        "column": guess.column,
        "role": guess.role,
        "field": guess.meaning,
        "code": guess.code,
        "score": guess.score,
        "why": guess.why,
        "values": len(content.values),
        "values_with_a_code": sum(value.code is not None for value in content.values),
        "preview": content.preview,
    }


def _nearest(sample: intake.Sample, standard: Standard, scratch: Path) -> intake.Mapping | None:
    """Choose among mappings that know as many columns the one that knows the values too."""
    if len(sample.recognised) < 2:
        return next(iter(sample.recognised), None)
    return min(sample.recognised, key=lambda one: sum(n for _, n in _values(sample, one, standard, scratch)))


def _changes(
    sample: intake.Sample, suggestion: intake.Suggestion, earlier: intake.Mapping, standard: Standard, scratch: Path
) -> Changes:
    columns = [guess.column for guess in suggestion.columns]
    headings = intake.match_headings(suggestion.file, columns, replace(earlier, required=()))
    fills = {column: mapped.field for mapped in earlier.fields.values() for column in mapped.columns}
    guessed = {guess.meaning: guess.column for guess in suggestion.columns if guess.column in headings.extra}
    renamed = [(old, guessed[fills[old]]) for old in headings.missing if fills.get(old) in guessed]
    return Changes(headings.missing, headings.extra, tuple(renamed), _values(sample, earlier, standard, scratch))


def _values(
    sample: intake.Sample, earlier: intake.Mapping, standard: Standard, scratch: Path
) -> tuple[tuple[str, int], ...]:
    """Count the values that the earlier mapping would not know, by reading the sample with it."""
    if not set(earlier.columns) & set(sample.rows.columns):
        return ()
    rows = scratch / "rows.parquet"
    sample.rows.write_parquet(rows)
    with open_engine() as engine:
        unmapped = intake.values_without_code(rows, replace(earlier, required=()), standard, engine)
    return tuple(unmapped.group_by("field", maintain_order=True).len().rows())
