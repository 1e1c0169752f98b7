"""A form as a workbook that KoboToolbox and ODK read (XLSForm): the same form gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from palermo.errors import UsageError
from palermo.standard.countries import is_language, name_in
from palermo.standard.forms.questions import CHILD, MODULES, Form, Question, group_of
from palermo.standard.labels import label_in
from palermo.standard.languages import language_name
from palermo.standard.profile import Standard
from palermo.tables import atomic_file

__all__ = ["sheets", "write_xlsform"]

_AGREED = "${consent} = 'yes'"
_NOT_AGREED = "${consent} != '' and ${consent} != 'yes'"
_TYPES = {"code": "select_one", "codes": "select_multiple", "date": "date", "integer": "integer", "text": "text"}
_ONLY = "not(selected(., 'unknown')) or count-selected(.) = 1"
_STOP = "Without agreement the form ends here. Keep only what your law obliges you to record."
_NO_MEANS = (
    "The person is under 18. For a child no means is needed (article 3 c of the Protocol), so how it was done is not "
    "asked."
)
_OTHER_LANGUAGES = (
    "Names of countries and languages are CLDR's. The terms of the Protocol are from general knowledge, not checked: "
    "have them read by somebody who speaks the language. What is marked [en] is there in English only."
)
_RECALLED = " This question is our reconstruction on the units of IC-TIP, not its official wording."

Row = dict[str, str]


def write_xlsform(form: Form, standard: Standard, path: Path, languages: Sequence[str] = ("en",)) -> None:
    """Write a form as an XLSForm.

    Raises
    ------
    UsageError
        A language is none of CLDR's.
    """
    from xlsxwriter import Workbook  # large, and of no use to most commands

    for language in languages:
        if not is_language(language):
            raise UsageError(f"there is no language {language!r}.", todo="Write it as en, fr, es, ar, ru or zh.")
    with atomic_file(path) as unfinished:
        book = Workbook(str(unfinished), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": form.title, "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        for name, rows in sheets(form, standard, languages).items():
            sheet = book.add_worksheet(name)
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, heading)
                for line, row in enumerate(rows, start=1):
                    if row.get(heading):
                        sheet.write_string(line, column, row[heading])
        book.close()


def sheets(form: Form, standard: Standard, languages: Sequence[str] = ("en",)) -> dict[str, list[Row]]:
    """Lay out the three sheets of an XLSForm."""
    asked = dict.fromkeys(question.field.list for question in form.questions if question.field.is_coded)
    first = languages[0]
    settings = {
        "form_title": f"palermo, {form.title.lower()}",
        "form_id": f"palermo_{form.name}",
        "version": form.version,
        "default_language": _heading(first),
    }
    return {
        "survey": list(_survey(form, languages)),
        "choices": [row for name in asked for row in _choices(name, standard, languages)],
        "settings": [settings],
    }


def _survey(form: Form, languages: Sequence[str]) -> Iterator[Row]:
    """Ask module by module; only a long form has groups, since programs put their names into what they export."""
    if set(languages) - {"en"}:
        yield {"type": "note", "name": "languages", **_said(_OTHER_LANGUAGES, languages)}
    for module, questions in form.modules().items():
        agreed_before = form.is_grouped and module != "record"
        if form.is_grouped:
            opening = {"type": "begin_group", "name": group_of(module), **_said(MODULES[module], languages)}
            yield opening | ({"relevant": _AGREED} if agreed_before else {})
        for question in questions:
            needs = "" if agreed_before or question.field.field == "consent" else _AGREED
            yield _asked(question, languages) | {"relevant": _both(needs, question.relevant)}
            yield from _after(question, languages)
        if form.is_grouped:
            yield {"type": "end_group", "name": group_of(module)}


def _both(one: str, other: str) -> str:
    return f"{one} and ({other})" if one and other else one or other


def _after(question: Question, languages: Sequence[str]) -> Iterator[Row]:
    """Say what follows from an answer, where that is not another question."""
    if question.field.field == "consent":
        yield {"type": "note", "name": "stop", **_said(_STOP, languages), "relevant": _NOT_AGREED}
    if question.field.field == "age_group":
        yield {"type": "calculate", "name": "is_child", "calculation": CHILD}
    if question.field.field == "act":
        told = _said(_NO_MEANS, languages)
        yield {"type": "note", "name": "no_means", **told, "relevant": f"{_AGREED} and ${{is_child}} = 'yes'"}


def _asked(question: Question, languages: Sequence[str]) -> Row:
    field = question.field
    kind = _TYPES[field.type]
    why = f"Why: {question.why} Who uses it: {question.used_by}"
    row: Row = {
        "type": f"{kind} {field.list}" if field.is_coded else kind,
        "name": field.field,
        **_said(question.label, languages),
        **_said(why + _RECALLED * (field.certainty == "recalled"), languages, column="hint"),
        "required": "yes" if question.required else "",
        "constraint": _ONLY if field.type == "codes" else question.constraint,
    }
    message = "Unknown stands alone." if field.type == "codes" else question.message
    told = _said(message, languages, column="constraint_message") if message else {}
    return row | told | ({"appearance": "minimal"} if field.list in ("country", "language") else {})


def _choices(name: str, standard: Standard, languages: Sequence[str]) -> Iterator[Row]:
    for code in [*standard.codes(name).codes, "unknown"]:
        labels = {language: _label(name, code, language, standard) for language in languages}
        yield {"list_name": name, "name": code} | {
            f"label::{_heading(language)}": labels[language] for language in labels
        }


def _label(name: str, code: str, language: str, standard: Standard) -> str:
    if name == "country" and code in standard.countries:
        return name_in(language, standard.countries[code])
    if name == "language" and code in standard.languages:
        return language_name(language, code)
    return label_in(language, name, code, standard).marked


def _said(english: str, languages: Sequence[str], *, column: str = "label") -> Row:
    """Say a sentence of ours in every language of the form: it is there in English only, and is marked so elsewhere."""
    return {
        f"{column}::{_heading(language)}": english if language == "en" else f"[en] {english}" for language in languages
    }


def _heading(language: str) -> str:
    return f"{language_name(language, language)} ({language})"
