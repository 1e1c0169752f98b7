"""Suggest a mapping for a file, and say what changed where there was one before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from palermo import intake
from palermo.errors import UsageError
from palermo.tables import atomic_file
from palermo.workflows.surroundings import mappings_around, standard_around

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


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """What `palermo map` says about a file."""

    suggestion: intake.Suggestion
    toml: str
    changes: Changes | None
    out: Path | None

    def as_json(self) -> dict[str, Any]:
        """The answer for programs; no value of a cell is in it."""
        changes = self.changes
        return {
            "file": self.suggestion.file,
            "sample_only": self.suggestion.is_part,
            "columns": [_column(guess) for guess in self.suggestion.columns],
            "changes": changes
            and {
                "missing": list(changes.missing),
                "new": list(changes.new),
                "renamed": [list(pair) for pair in changes.renamed],
            },
            "mapping": None if self.out is None else str(self.out),
            "notes": list(self.suggestion.notes),
        }


def suggest_mapping(file: Path, *, before: str | None = None, out: Path | None = None) -> MapAnswer:
    """Draft a mapping for a file; headings and words of ready mappings and of those in its project are known.

    Parameters
    ----------
    before
        A mapping that was right for an earlier file of this kind.
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
    own = mappings_around(file)
    earlier = intake.load_mapping(before, standard, folder=own) if before else None
    names = (
        [*(path.stem for path in sorted(own.glob("*.toml"))), *intake.ready_mappings()]
        if own
        else intake.ready_mappings()
    )
    known = [intake.load_mapping(name, standard, folder=own) for name in dict.fromkeys(names)]
    with TemporaryDirectory() as scratch:
        suggestion = intake.suggest(
            intake.sample(file, Path(scratch)), standard, [*([earlier] if earlier else []), *known]
        )
    toml = intake.draft(suggestion, standard)
    if out is not None:
        with atomic_file(out) as unfinished:
            unfinished.write_text(toml, "utf-8")
    return MapAnswer(suggestion, toml, _changes(suggestion, earlier) if earlier else None, out)


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
    }


def _changes(suggestion: intake.Suggestion, earlier: intake.Mapping) -> Changes:
    columns = {guess.column: guess for guess in suggestion.columns}
    headings = intake.match_headings(suggestion.file, list(columns), earlier)
    fills = {column: mapped.field for mapped in earlier.fields.values() for column in mapped.columns}
    guessed = {guess.meaning: guess.column for guess in suggestion.columns if guess.column in headings.extra}
    renamed = [(old, guessed[fills[old]]) for old in headings.missing if fills.get(old) in guessed]
    return Changes(headings.missing, headings.extra, tuple(renamed))
