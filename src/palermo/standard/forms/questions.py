"""What a form asks, why, and who uses the answer: the minimum, or all of it by modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from palermo.errors import UsageError
from palermo.standard.profile import Field, Standard
from palermo.standard.rows import read_rows

__all__ = ["CHILD", "FORMS", "MODULES", "Form", "FormName", "Question", "group_of", "load_form"]

FormName = Literal["minimum", "full"]
FORMS: dict[FormName, str] = {
    "minimum": "What every figure needs",
    "full": "All that the profile records, by modules",
}
MODULES = {
    "record": "The record",
    "person": "The person",
    "status": "Standing as a victim",
    "event": "What happened",
    "exploitation": "The exploitation",
    "perpetrator": "The perpetrator",
    "referral": "Referral",
    "assistance": "Assistance",
}
CHILD = "if(${age} != '', if(${age} < 18, 'yes', 'no'), if(${age_group} = 'child', 'yes', 'no'))"
"""Whether the person is a child, as a form works it out; a person of unknown age is not taken for one."""
_TABLE = Path(str(resources.files("palermo.standard") / "data" / "questions.csv"))
_COLUMNS = ("field", "module", "minimum", "required", "label", "why", "used_by", "relevant", "constraint", "message")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field it fills, and the conditions under which it is asked and answered."""

    field: Field
    module: str
    label: str
    why: str
    used_by: str
    required: bool
    relevant: str
    constraint: str
    message: str


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of a form, in order."""

    name: FormName
    title: str
    version: str
    questions: tuple[Question, ...]

    @property
    def is_grouped(self) -> bool:
        """Whether the questions of a module stand under a heading of their own."""
        return self.name == "full"

    def modules(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions under the module that they belong to."""
        return {
            module: asked
            for module in MODULES
            if (asked := tuple(question for question in self.questions if question.module == module))
        }


def group_of(module: str) -> str:
    """Name the group in which a long form asks the questions of a module; short, since some programs cut headings."""
    return f"g_{module}"


def load_form(name: str, standard: Standard) -> Form:
    """Read a form of the standard.

    Raises
    ------
    UsageError
        There is no such form.
    """
    for known, title in FORMS.items():
        if name == known:
            rows = read_rows(_TABLE, _COLUMNS).values()
            asked = tuple(_question(row, standard) for row in rows if known == "full" or row["minimum"] == "yes")
            return Form(known, title, standard.version, asked)
    raise UsageError(f"there is no form {name!r}.", todo=f"The forms are: {', '.join(FORMS)}.")


def _question(row: Mapping[str, str], standard: Standard) -> Question:
    return Question(
        field=standard.field(row["field"]),
        module=row["module"],
        label=row["label"],
        why=row["why"],
        used_by=row["used_by"],
        required=row["required"] == "yes",
        relevant=row["relevant"],
        constraint=row["constraint"],
        message=row["message"],
    )
