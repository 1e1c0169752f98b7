"""From a file that nobody has mapped to the draft of a mapping, for a person to confirm."""

from palermo.intake.suggesting.drafting import draft
from palermo.intake.suggesting.sampling import Sample, sample
from palermo.intake.suggesting.suggestion import ColumnGuess, Suggestion, ValueGuess, suggest

__all__ = ["ColumnGuess", "Sample", "Suggestion", "ValueGuess", "draft", "sample", "suggest"]
