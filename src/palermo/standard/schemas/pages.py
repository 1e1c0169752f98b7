"""The standard as pages: the data dictionary that people read, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from palermo.standard.countries import name_in
from palermo.standard.crosswalk import Crossing, Crosswalk, crosswalks, load_crosswalk
from palermo.standard.forms.questions import FORMS, MODULES, load_form
from palermo.standard.labels import translated
from palermo.standard.languages import language_name
from palermo.standard.outside import OutsideList, outside_lists
from palermo.standard.profile import Standard
from palermo.standard.schemas.shape import TableShape, table_shapes

__all__ = ["pages"]

UN_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
_GENERATED = (
    "*Generated from the data of the standard: `palermo standard schema pages`. Change the data, not this page.*"
)
_OWN_PAGE = ("country", "language")
_MATCHES = """A row says what theirs is beside ours: **exact**; **broader**, it covers ours and more; **narrower**, it
covers a part of ours; or **none**. Out of the profile one goes by exact and broader rows, into it by exact and narrower
ones."""


def pages(standard: Standard) -> Mapping[str, str]:
    """Write every page, by file name."""
    made = {
        "fields.md": _fields(standard),
        "codes.md": _codes(standard),
        "countries.md": _countries(standard),
        "languages.md": _languages(standard),
        "labels.md": _labels(),
        "forms.md": _forms(standard),
    }
    for name, lists in _by_standard().items():
        made[f"lists/{_slug(name)}.md"] = _outside(name, lists, standard)
    for name in crosswalks():
        made[f"crosswalks/{name}.md"] = _crosswalk(load_crosswalk(name, standard))
    return {"README.md": _front(standard, made), **made}


def _front(standard: Standard, made: Mapping[str, str]) -> str:
    units = ((record.label, record.definition, record.certainty) for record in standard.record_types.values())
    links = ((link.label, link.kind, link.definition) for link in standard.links.values())
    sources = standard.sources.items()
    titles = ((f"[{text.splitlines()[0].removeprefix('# ')}]({name})",) for name, text in made.items())
    schemas = [
        ("[palermo.schema.json](palermo.schema.json)", "JSON Schema, draft 2020-12"),
        ("[datapackage.json](datapackage.json)", "Data Package 2 with a Table Schema for each table"),
        ("[palermo.sql](palermo.sql)", "tables for a database, with their lists"),
    ]
    return _page(
        f"The standard, version {standard.version}",
        f"The {standard.name}. {standard.sources['ic-tip']}: nothing here may be called an IC-TIP code.",
        "## What is recorded",
        _table(("record", "means", "certainty"), units),
        "## How records belong together",
        _table(("link", "kind", "means"), links),
        "## How sure",
        _table(("certainty", "means"), standard.certainties.items()),
        "## Pages",
        "\n".join(f"- {title}" for (title,) in titles),
        "## For programs",
        _table(("file", "is"), schemas),
        "## Sources",
        _table(("source", "is"), sources),
    )


def _fields(standard: Standard) -> str:
    parts = [part for shape in table_shapes(standard) for part in _shape(shape, standard)]
    return _page("Fields", "“Of” says of what an age, a date or a country speaks.", *parts)


def _shape(shape: TableShape, standard: Standard) -> Iterator[str]:
    yield f"## {shape.label}"
    key = f" Told apart by {', '.join(f'`{name}`' for name in shape.key)}." if shape.key else ""
    yield f"{shape.definition}.{key}"
    yield _table(
        ("field", "label", "type", "code list", "of", "means", "certainty", "source"),
        (
            (f"`{at.field}`", at.label, at.type, at.list, at.of, at.definition, at.certainty, at.source)
            for at in shape.fields
        ),
    )


def _codes(standard: Standard) -> str:
    parts = ["Countries and languages have [pages](countries.md) of [their own](languages.md)."]
    for listed in standard.lists.values():
        if listed.name not in _OWN_PAGE:
            rows = ((f"`{c.code}`", c.label, c.definition, c.parent, c.certainty, c.source) for c in listed)
            parts += [
                f"## {listed.name}",
                _table(("code", "label", "means", "belongs to", "certainty", "source"), rows),
            ]
    return _page("Code lists of the profile", *parts)


def _countries(standard: Standard) -> str:
    rows = (
        (f"`{at.code}`", at.alpha_2, at.numeric, *(name_in(language, at) for language in UN_LANGUAGES))
        for at in standard.countries.values()
    )
    about = "Codes of ISO 3166-1 and M49; names of CLDR, in the languages of the United Nations."
    return _page("Countries", about, _table(("code", "alpha-2", "M49", *UN_LANGUAGES), rows))


def _languages(standard: Standard) -> str:
    rows = (
        (f"`{code}`", " ".join(threes), *(language_name(language, code) for language in UN_LANGUAGES))
        for code, threes in standard.languages.items()
    )
    about = (
        "Two letters, and the three that mean the same. HTCDS asks for both at once, so both are read. Names of CLDR."
    )
    return _page("Languages", about, _table(("code", "three letters", *UN_LANGUAGES), rows))


def _labels() -> str:
    rows = ((list_name, f"`{code}`", at, *said) for (list_name, code, at), said in translated().items())
    about = "All other labels and all definitions are in English only; elsewhere they are marked `[en]`."
    return _page(
        "Labels in other languages", about, _table(("code list", "code", "language", "label", "certainty"), rows)
    )


def _forms(standard: Standard) -> str:
    parts = [
        "`palermo standard form minimum --out FOLDER` writes a form as an XLSForm for KoboToolbox and ODK, "
        "and beside it the mapping that reads its answers back. Without a yes to the first question a form ends. "
        "For a child no means is asked: none is needed (article 3 c of the Protocol).",
        "The full form asks of one perpetrator, one referral and one kind of assistance with each record.",
    ]
    for name, title in FORMS.items():
        form = load_form(name, standard)
        parts.append(f"## {name.capitalize()}: {title[0].lower()}{title[1:]} ({len(form.questions)} questions)")
        for module, questions in form.modules().items():
            rows = (
                (q.label, f"`{q.field.field}`", q.why, q.used_by, f"`{q.relevant}`" if q.relevant else "")
                for q in questions
            )
            parts += [
                f"### {MODULES[module]}",
                _table(("question", "field", "why", "who uses it", "asked only if"), rows),
            ]
    return _page("Forms", *parts)


def _by_standard() -> dict[str, list[OutsideList]]:
    found: dict[str, list[OutsideList]] = {}
    for listed in outside_lists().values():
        found.setdefault(listed.standard, []).append(listed)
    return found


def _outside(name: str, lists: Sequence[OutsideList], standard: Standard) -> str:
    parts = []
    for listed in lists:
        more = list(next(iter(listed)).more)
        rows = ((f"`{c.code}`", c.label, c.definition, *(c.more[key] for key in more)) for c in listed)
        parts += [
            f"## {listed.title}",
            f"`{listed.name}`, **{listed.certainty}**: {standard.certainties[listed.certainty]}. "
            f"{standard.sources[listed.source]}.",
            _table(("code", "label", "means", *(key.replace("_", " ") for key in more)), rows),
        ]
    return _page(f"Lists of {name}", *parts)


def _crosswalk(walk: Crosswalk) -> str:
    met = [row for row in walk.rows if row.match != "none"]
    alone = [row for row in walk.rows if row.match == "none"]
    rows = ((_side(row.field, row.code), row.match, _theirs(row), row.lost, _sure(row)) for row in met)
    ours = ((_side(row.field, row.code), row.lost, _sure(row)) for row in alone if row.field)
    theirs = ((_side(row.their_field, row.their_code), row.lost, _sure(row)) for row in alone if row.their_field)
    return _page(
        f"Crosswalk to {walk.name}",
        "Ours, not official.",
        _MATCHES,
        _table(("ours", "match", "theirs", "what is lost", "certainty, source"), rows),
        "## What they have no place for",
        _table(("ours", "why", "certainty, source"), ours),
        "## What we have no place for",
        _table(("theirs", "why", "certainty, source"), theirs),
    )


def _side(field: str, code: str) -> str:
    whole = {"*": "any field"}.get(field, field)
    return f"{whole}: {code}" if code else whole


def _theirs(row: Crossing) -> str:
    """Name their side, with how a whole field is written there or that a spelling is only read."""
    ways = {"accepted": "read only", "": ""}
    way = ways.get(row.written, f"as {row.written}")
    return f"{_side(row.their_field, row.their_code)}{f' ({way})' if way else ''}"


def _sure(row: Crossing) -> str:
    return f"{row.certainty}, {row.source}"


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", _GENERATED, *parts]) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(said) for said in line) + " |" for line in lines)


def _cell(said: str) -> str:
    return (
        said.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
        if "`" not in said
        else said.replace("|", "\\|")
    )


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))
