"""Answers about the standard, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from palermo.cli.screen import Screen, show_json
from palermo.errors import UsageError
from palermo.standard import (
    Crosswalk,
    Field,
    Form,
    Standard,
    chain,
    crosswalks,
    did_you_mean,
    find_outside_list,
    is_language,
    label_in,
    language_name,
    load_crosswalk,
    name_in,
    outside_lists,
    stranded,
    table_shapes,
)

__all__ = [
    "show_chain",
    "show_codes",
    "show_crosswalk",
    "show_crosswalks",
    "show_fields",
    "show_form",
    "show_standard",
]

Rows = Sequence[Mapping[str, str]]


def _show(rows: Rows, *, as_json: bool, right: Sequence[int] = ()) -> None:
    """Print rows as a table, or as they are for programs."""
    if as_json:
        show_json(list(rows))
    elif rows:
        Screen().table(tuple(rows[0]), [tuple(row.values()) for row in rows], right=right)


def show_standard(standard: Standard, name: str | None, *, as_json: bool) -> None:
    """Say what is recorded, or what there is to say of one part."""
    if name is None:
        rows = [
            {"record": at.record, "told by": at.key, "means": at.definition} for at in standard.record_types.values()
        ]
        links = [{"link": at.link, "kind": at.kind, "means": at.definition} for at in standard.links.values()]
        if as_json:
            show_json({"name": standard.name, "version": standard.version, "records": rows, "links": links})
            return
        Screen().say(f"{standard.name}, version {standard.version}: {len(standard.fields)} fields")
        _show(rows, as_json=False)
        _show(links, as_json=False)
        return
    for shape in table_shapes(standard):
        if name == shape.name and name not in standard.fields:
            _show(_fields(shape.fields), as_json=as_json)
            return
    if name not in standard.fields:
        known = [*standard.fields, *(shape.name for shape in table_shapes(standard))]
        what = f"there is no field {name!r} in the standard, and no record type or link of that name."
        raise UsageError(what, todo=did_you_mean(name, known) + "See: palermo standard fields")
    _show_field(standard, standard.field(name), as_json=as_json)


def _show_field(standard: Standard, field: Field, *, as_json: bool) -> None:
    said = asdict(field) | {"certainty": f"{field.certainty}: {standard.certainties[field.certainty]}"}
    said |= {"source": standard.sources[field.source]}
    elsewhere = [
        {"standard": name, "field": at, "match": match}
        for name in crosswalks()
        for at, match in _whereabouts(load_crosswalk(name, standard), field.field)
    ]
    if as_json:
        show_json({**said, "elsewhere": elsewhere})
        return
    screen = Screen()
    for key, text in said.items():
        if text:
            screen.say(f"{key}: {text}")
    _show(elsewhere, as_json=False)


def _whereabouts(walk: Crosswalk, field: str) -> list[tuple[str, str]]:
    """Name their fields for one of ours, each with how well it fits at worst."""
    found: dict[str, set[str]] = {}
    for row in walk.rows:
        if row.field == field:
            found.setdefault(row.their_field or "–", set()).add(row.match)
    return [(at, " ".join(sorted(matches))) for at, matches in found.items()]


def _fields(fields: Sequence[Field]) -> Rows:
    names = ("field", "unit", "type", "list", "of", "label")
    return [{name: getattr(field, name) for name in names} for field in fields]


def show_fields(standard: Standard, *, as_json: bool) -> None:
    """List the fields."""
    _show(_fields(list(standard.fields.values())), as_json=as_json)


def show_codes(standard: Standard, name: str | None, language: str, *, as_json: bool) -> None:
    """List the codes of a list or of a field, or the lists there are."""
    if not is_language(language):
        raise UsageError(f"there is no language {language!r}.", todo="Write it as en, fr, es, ar, ru or zh.")
    if name is None:
        _show_lists(standard, as_json=as_json)
        return
    known = standard.fields[name].list if name in standard.fields else name
    if name in standard.fields and not known:
        raise UsageError(f"{name} holds no codes.", todo=f"See: palermo standard show {name}")
    if known not in (*standard.lists, *outside_lists()):
        todo = did_you_mean(known, (*standard.lists, *standard.fields, *outside_lists()))
        raise UsageError(f"there is no code list {known!r}.", todo=f"{todo}List them all with: palermo standard codes")
    if known not in standard.lists:
        rows = [
            {"code": at.code, "label": at.label, "definition": at.definition, **at.more, "certainty": at.certainty}
            for at in find_outside_list(known)
        ]
    else:
        rows = [
            {
                "code": at.code,
                "label": _label(standard, known, at.code, language),
                **_of_label(standard, known, at.code, language),
                "definition": at.definition,
                "certainty": at.certainty,
            }
            for at in standard.codes(known)
        ]
    _show(rows, as_json=as_json)


def _of_label(standard: Standard, list_name: str, code: str, language: str) -> dict[str, str]:
    """Say how certain a label is that is not the English one; those of countries and languages are CLDR's."""
    if language == "en" or list_name in ("country", "language"):
        return {}
    return {"label is": label_in(language, list_name, code, standard).certainty}


def _label(standard: Standard, list_name: str, code: str, language: str) -> str:
    if list_name == "country":
        return name_in(language, standard.countries[code])
    if list_name == "language":
        return language_name(language, code)
    return label_in(language, list_name, code, standard).marked


def _show_lists(standard: Standard, *, as_json: bool) -> None:
    ours = {name: ("palermo", len(listed), "") for name, listed in standard.lists.items()}
    theirs = {name: (at.standard, len(at), at.certainty) for name, at in outside_lists().items()}
    if as_json:
        show_json([*ours, *theirs])
        return
    rows = [(name, of, f"{count}", certainty) for name, (of, count, certainty) in (ours | theirs).items()]
    Screen().table(("code list", "standard", "codes", "certainty"), rows, right=(2,))


def show_form(form: Form, *, as_json: bool) -> None:
    """List what a form asks, why, and who uses it."""
    rows = [
        {
            "field": at.field.field,
            "question": at.label,
            "why": at.why,
            "who uses it": at.used_by,
            "asked if": at.relevant,
        }
        for at in form.questions
    ]
    _show(rows, as_json=as_json)


def show_crosswalks(standard: Standard, *, as_json: bool) -> None:
    """Name the standards there is a crosswalk to, with how many rows fit how well."""
    rows = []
    for name in crosswalks():
        matches = [row.match for row in load_crosswalk(name, standard).rows]
        counted = {match: f"{matches.count(match)}" for match in ("exact", "broader", "narrower", "none")}
        rows.append({"standard": name, **counted})
    _show(rows, as_json=as_json, right=(1, 2, 3, 4))


def show_crosswalk(walk: Crosswalk, field: str | None, *, as_json: bool) -> None:
    """List the rows of a crosswalk."""
    rows = [row for row in walk.rows if field is None or row.field == field]
    if as_json:
        show_json([asdict(row) for row in rows])
        return
    named = ("field", "code", "match", "their_field", "their_code", "lost", "certainty")
    _show([{name.replace("_", " "): getattr(row, name) for name in named} for row in rows], as_json=False)


def show_chain(first: Crosswalk, second: Crosswalk, field: str | None, *, as_json: bool) -> None:
    """List what the values of one standard become in another, and those that become nothing."""
    theirs = second.name if second.name != first.name else f"{second.name} again"
    rows = [
        {
            first.name: f"{at.first.their_field} {at.first.their_code}".strip(),
            "match": at.match,
            theirs: f"{at.second.their_field} {at.second.their_code}".strip(),
            "by": f"{at.first.field} {at.first.code}".strip(),
            "lost": at.lost,
        }
        for at in chain(first, second)
        if field is None or at.first.field == field
    ]
    rows += [
        {
            first.name: f"{at.first.their_field} {at.first.their_code}".strip(),
            "match": "none",
            theirs: "",
            "by": f"{at.first.field} {at.first.code}".strip(),
            "lost": at.lost,
        }
        for at in stranded(first, second)
        if field is None or at.first.field == field
    ]
    _show(rows, as_json=as_json)
