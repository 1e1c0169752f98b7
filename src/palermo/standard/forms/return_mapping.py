"""The mapping that reads a form's answers back, from the CSV that KoboToolbox or ODK exports."""

from __future__ import annotations

from typing import Any

from palermo.standard.forms.questions import Form, Question, group_of

__all__ = ["return_mapping"]

_ADDED = """
start end today deviceid username phonenumber _id _uuid __version__ _version_ _submission_time _submitted_by _status
_notes _tags _index _validation_status _attachments meta/instanceID meta-instanceID instanceID KEY SubmissionDate
SubmitterID SubmitterName AttachmentsPresent AttachmentsExpected ReviewState DeviceID Edits FormVersion
"""
"""The headings that the programs add."""
_WORKED_OUT = {"is_child": "person", "stop": "record", "no_means": "event", "languages": ""}
"""What the form says by itself, and in which module."""


def return_mapping(form: Form) -> str:
    """Write the mapping as TOML: headings alone, or after the name of their group as either program writes it."""
    import tomlkit  # of no use to most commands

    document = tomlkit.document()
    document.add(tomlkit.comment(f"Reads what the form palermo_{form.name} asked, from a CSV export with XML values."))
    document.add(tomlkit.comment("Say whose records these are: add publisher, citation, terms and coverage."))
    own = [heading for name, module in _WORKED_OUT.items() for heading in _headings(name, module, form)]
    head: dict[str, Any] = {
        "name": f"form-{form.name}",
        "title": f"Answers to the form: {form.title[0].lower()}{form.title[1:]}",
        "shape": "records",
        "unit": "record",
        "ignore": [*_ADDED.split(), *own],
    }
    for key, value in head.items():
        document.add(key, value)
    fields = tomlkit.table()
    for question in form.questions:
        fields.add(question.field.field, _field(question, form))
    document.add("fields", fields)
    return tomlkit.dumps(document)


def _field(question: Question, form: Form) -> Any:
    import tomlkit

    headings = _headings(question.field.field, question.module, form)
    table = tomlkit.inline_table()
    table.append("column", headings if form.is_grouped else headings[0])
    if question.field.type == "codes":
        table.append("split", " ")
    return table


def _headings(name: str, module: str, form: Form) -> list[str]:
    """Name a column as KoboToolbox (slash) and ODK (dash) do where the form has groups."""
    return [name, *(f"{group_of(module)}{mark}{name}" for mark in ("/", "-") if form.is_grouped and module)]
