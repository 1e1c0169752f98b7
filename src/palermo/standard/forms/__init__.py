"""Forms to ask for what the standard records, and the mapping that reads the answers back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from palermo.standard.forms.questions import FORMS, Form, FormName, Question, load_form
from palermo.standard.forms.return_mapping import return_mapping
from palermo.standard.forms.xlsform import write_xlsform
from palermo.standard.profile import Standard
from palermo.tables import atomic_file

__all__ = ["FORMS", "Form", "FormName", "Question", "load_form", "return_mapping", "write_form"]


def write_form(form: Form, standard: Standard, folder: Path, languages: Sequence[str] = ("en",)) -> tuple[Path, Path]:
    """Write a form as an XLSForm, and beside it the mapping that reads its answers."""
    workbook, mapping = folder / f"palermo-{form.name}.xlsx", folder / f"form-{form.name}.toml"
    write_xlsform(form, standard, workbook, languages)
    with atomic_file(mapping) as unfinished:
        unfinished.write_text(return_mapping(form), "utf-8", newline="\n")
    return workbook, mapping
