"""What is wrong with a record, and the refusal of a file that holds any such thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from palermo.errors import InputError

__all__ = ["Finding", "RecordsRefused", "findings_of", "refuse"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person must mend: which rule, in which file and row, and how.

    `row` is the row that a spreadsheet program shows, the headings being row 1; 0 speaks of the whole file.
    No cell is quoted: a file given by mistake may hold anything.
    """

    rule: str
    file: str
    row: int
    what: str
    todo: str = ""

    def sentence(self) -> str:
        """Say where, what, and what to do next."""
        place = f"{self.file}, row {self.row}" if self.row else self.file
        return " ".join(part for part in (f"{place}: {self.what}", self.todo) if part)

    def as_json(self) -> dict[str, Any]:
        """Give it as the commands print it."""
        return asdict(self)


class RecordsRefused(InputError):
    """A file with findings: not one row of it is taken."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [finding.sentence() for finding in findings[:_SHOWN]]
        more = len(findings) - len(lines)
        lines += [f"There are {more} more."] if more else []
        super().__init__("\n  ".join(["nothing was taken.", *lines]), where=findings[0].file)


def findings_of(error: InputError, file: str) -> tuple[Finding, ...]:
    """Give the findings of a refusal; a file that cannot be read at all is one of the whole file."""
    if isinstance(error, RecordsRefused):
        return error.findings
    return (Finding("file.readable", error.where or file, 0, error.what, error.todo),)


def refuse(findings: Sequence[Finding]) -> None:
    """Stop if there is any finding.

    Raises
    ------
    RecordsRefused
        With all of them.
    """
    if findings:
        raise RecordsRefused(findings)
